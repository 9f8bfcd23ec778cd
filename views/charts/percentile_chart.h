// PercentileChart: a distribution as value by log10(1 / (1 - percentile)), both ways logarithmic.
//
// Model     Each nine takes the same width, so the tail that averages hide is most of the picture.
//           p50, p99 and p99.9 are marked, each only where the sample supports it. The largest
//           value lies on the right edge.
// Keys      Left and Right move through the points, Escape stops.
// Threads   GUI thread.
#pragma once

#include <QLineSeries>

#include <optional>
#include <vector>

#include "engine/lab/frame.h"
#include "views/charts/legend_bar.h"
#include "views/charts/plot_view.h"

class QAreaSeries;

namespace ringside::views {

// The place of a percentile on the axis; at most `most`, where 1 lies as well.
double ninesOf(double percentile, double most);

struct MarkedPoint {
  QString name;  // "p99".
  double percentile = 0;
  double value = 0;
};

// Those of p50, p99 and p99.9 that the distribution has values beyond.
std::vector<MarkedPoint> markedPoints(const std::vector<lab::PercentilePoint>& distribution);

class PercentileChart : public PlotView {
  Q_OBJECT

 public:
  PercentileChart(const Theme& theme, const QString& name, QWidget* parent = nullptr);

  void setChart(const lab::Chart& chart);
  [[nodiscard]] std::vector<LegendEntry> legend() const;
  [[nodiscard]] QList<QPointF> drawnPoints() const { return line_->points(); }
  // Where the labels of the marked points stand; empty ones found no room.
  [[nodiscard]] std::vector<QRectF> labelBoxes() const;

 Q_SIGNALS:
  void legendChanged();

 protected:
  void paintOver(QPainter& painter) override;
  void restyle() override;
  void keyPressEvent(QKeyEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;

 private:
  void setProbe(std::optional<std::size_t> point);
  [[nodiscard]] std::vector<Tick> ninesTicks() const;
  [[nodiscard]] QPointF placeOf(const MarkedPoint& mark) const;
  [[nodiscard]] QString labelOf(const MarkedPoint& mark) const;
  void paintMark(QPainter& painter, std::size_t index) const;
  void paintLabels(QPainter& painter) const;
  void describe();

  lab::Chart chart_;
  std::vector<MarkedPoint> marks_;
  ValueRange range_{ValueRange::Scale::Logarithmic};
  QLineSeries* line_;
  QAreaSeries* area_;
  double nines_ = 4;
  std::optional<std::size_t> probe_;  // Under the mouse or the keyboard.
};

}  // namespace ringside::views
