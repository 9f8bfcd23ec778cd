// TimeChart: values over virtual time: lines, lines on a logarithmic axis, or stacked rates.
//
// Model     At most kMostSeries of a chart's series are drawn, in the lab's order; the table has
//           them all. Each is cut to at most kMostPoints points that keep every extreme. On a
//           logarithmic axis, what is not above 0 lies on the axis' lower edge. Laws of theory lie
//           across it where they hold; the tool tip has the others, with what stands against them.
// Keys      Left and Right move the cursor, Escape takes it away.
// Threads   GUI thread.
// Cost      One replace() a series and at most one setRange() an axis; nothing while hidden.
#pragma once

#include <QPen>

#include <optional>
#include <vector>

#include "engine/lab/frame.h"
#include "views/charts/decimate.h"
#include "views/charts/legend_bar.h"
#include "views/charts/plot_view.h"

class QAreaSeries;
class QLineSeries;

namespace ringside::views {

class TimeChart : public PlotView {
  Q_OBJECT

 public:
  static constexpr int kMostPoints = 512;
  static constexpr int kMostSeries = 8;

  TimeChart(const Theme& theme, lab::ChartKind kind, const QString& name,
            QWidget* parent = nullptr);

  // Nothing is drawn, and nothing kept, while the chart is hidden.
  void setChart(const lab::Chart& chart, const lab::Frame& frame);

  // The moment the cursor stands on, in seconds; shared by the charts of a strip.
  void setCursorAt(std::optional<double> seconds);
  [[nodiscard]] std::optional<double> cursorAt() const { return cursor_; }
  // What each drawn series is now, or at the cursor.
  [[nodiscard]] std::vector<LegendEntry> legend() const;
  // Draws the series of this name stronger and the others weaker; empty: all alike.
  void emphasize(const QString& name);

  [[nodiscard]] int drawnSeries() const { return static_cast<int>(lines_.size()); }
  [[nodiscard]] QList<QPointF> drawnPoints(int series) const;
  [[nodiscard]] QStringList drawnTheory() const;  // Laws whose line is drawn.

 Q_SIGNALS:
  void cursorMoved(std::optional<double> seconds);

 protected:
  void paintOver(QPainter& painter) override;
  [[nodiscard]] QRectF reserved() const override;
  void restyle() override;
  void keyPressEvent(QKeyEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;

 private:
  using Points = QList<QPointF>;

  // A law's value, as a level across the chart.
  struct TheoryMark {
    QString law;
    double value = 0;
  };

  void takeTheory(const lab::Frame& frame);
  void paintTheory(QPainter& painter) const;
  void setShape(const lab::Chart& chart);
  void clearSeries();
  [[nodiscard]] std::vector<Points> pointsOf(const lab::Chart& chart, TimeSpan span) const;
  void stack(std::vector<Points>& points) const;
  void fitValues(const std::vector<Points>& points);
  void apply(std::vector<Points> points, TimeSpan span);
  void describe();
  [[nodiscard]] QPen penOf(int series) const;
  [[nodiscard]] double valueAt(int series, double seconds) const;
  [[nodiscard]] double shownValue(int series) const;  // At the cursor, or the last one.

  lab::ChartKind kind_;
  lab::Chart chart_;
  ValueRange range_;
  std::vector<QLineSeries*> lines_;
  std::vector<QAreaSeries*> areas_;  // Of a stacked chart, one for each line.
  std::vector<TheoryMark> theory_;
  QString theoryText_;
  std::optional<double> cursor_;
  QString emphasis_;
  QString description_;
  QElapsedTimer sinceDescribed_;
};

}  // namespace ringside::views
