// SweepPlot: what a sweep measured: a line with intervals over one axis, or a heat map over two.
//
// Model     With one axis the points stand at equal distances in the axis' order, each with its
//           mean and interval. With two, a cell a point, from the track's colour (least) to the
//           accent's (most), with its value written in it.
// Threads   GUI thread.
#pragma once

#include <QWidget>

#include <vector>

#include "engine/metrics/unit.h"
#include "engine/run/sweep_summary.h"

namespace ringside::views {

class Theme;

class SweepPlot : public QWidget {
  Q_OBJECT

 public:
  explicit SweepPlot(const Theme& theme, QWidget* parent = nullptr);

  // `axes` has one or two; the last one runs to the right.
  void set(std::vector<run::SweepAxis> axes, std::vector<run::SweepPoint> points,
           metrics::Unit unit);
  QSize minimumSizeHint() const override { return {320, 200}; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  void paintLine(QPainter& painter, const QRectF& plot) const;
  void paintHeat(QPainter& painter, const QRectF& plot) const;
  void paintAcross(QPainter& painter, const QRectF& plot) const;
  [[nodiscard]] std::pair<double, double> range(bool withIntervals) const;
  [[nodiscard]] const run::SweepPoint* at(std::size_t row, std::size_t column) const;
  void describe();

  const Theme& theme_;
  std::vector<run::SweepAxis> axes_;
  std::vector<run::SweepPoint> points_;
  metrics::Unit unit_ = metrics::Unit::None;
};

}  // namespace ringside::views
