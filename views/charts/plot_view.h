// PlotView: the frame around every chart: plot area, grid, labels, shaded windows, cursor line.
//
// Model     Qt Charts draws the lines and nothing else. Axes are hidden: QtCharts' own labels cost
//           a rich-text layout each and cannot say "99.9" or "2 ms". Everything here is in the
//           axes' own numbers; a logarithmic axis holds log10 of the values.
// Threads   GUI thread.
// Compare   time_chart.h and percentile_chart.h are the two that fill it.
#pragma once

#include <QChartView>
#include <QElapsedTimer>

#include <optional>
#include <vector>

#include "views/charts/axis.h"

class QValueAxis;

namespace ringside::views {

class Theme;

class PlotView : public QChartView {
  Q_OBJECT

 public:
  PlotView(const Theme& theme, const QString& name, QWidget* parent);

  [[nodiscard]] QRectF plotRect() const { return plot_; }
  // Where a point of the axes lies in the widget.
  [[nodiscard]] QPointF at(double x, double y) const;
  QSize minimumSizeHint() const override { return {120, 70}; }
  QSize sizeHint() const override { return {220, 140}; }
  // Data changes that reached Qt Charts; a hidden chart gets none.
  [[nodiscard]] int updates() const { return updates_; }

 protected:
  struct Band {
    double from = 0;
    double to = 0;
  };

  const Theme& theme() const { return theme_; }
  QValueAxis* xAxis() const { return x_; }
  QValueAxis* yAxis() const { return y_; }
  void setTicks(std::vector<Tick> x, std::vector<Tick> y);
  void setBands(std::vector<Band> bands) { bands_ = std::move(bands); }
  void setHint(const QString& hint) { hint_ = hint; }  // In the middle, instead of data.
  void countUpdate() { ++updates_; }
  [[nodiscard]] int ticksAcross() const;
  [[nodiscard]] int ticksUp() const;
  [[nodiscard]] double xAt(const QPointF& point) const;
  qint64 nowMs() const { return clock_.elapsed(); }

  void layOut();
  void resizeEvent(QResizeEvent* event) override;
  void drawBackground(QPainter* painter, const QRectF& rect) override;
  void drawForeground(QPainter* painter, const QRectF& rect) override;
  virtual void paintOver(QPainter&) {}
  // Where no axis label may stand: something is painted over it.
  [[nodiscard]] virtual QRectF reserved() const { return {}; }
  virtual void restyle();
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

  // QChartView's own handlers look up a chart item that need not be there and crash in 6.4.
  void mousePressEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;

 private:
  void paintGrid(QPainter& painter) const;
  void paintLabels(QPainter& painter) const;

  const Theme& theme_;
  QValueAxis* x_;
  QValueAxis* y_;
  QRectF plot_;
  std::vector<Tick> xTicks_, yTicks_;
  std::vector<Band> bands_;
  QString hint_;
  QElapsedTimer clock_;
  int labelWidth_ = 0;
  int updates_ = 0;
};

}  // namespace ringside::views
