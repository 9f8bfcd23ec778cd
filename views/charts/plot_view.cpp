#include "views/charts/plot_view.h"

#include <QChart>
#include <QLegend>
#include <QMouseEvent>
#include <QPainter>
#include <QValueAxis>

#include <algorithm>
#include <cmath>
#include <utility>

#include "views/canvas/painting.h"
#include "views/shell/theme.h"

namespace ringside::views {
namespace {

constexpr double kTop = 6, kRight = 10, kBottom = 18, kLeft = 8;

}  // namespace

PlotView::PlotView(const Theme& theme, const QString& name, QWidget* parent)
    : QChartView(parent), theme_(theme), x_(new QValueAxis(this)), y_(new QValueAxis(this)) {
  clock_.start();
  setAccessibleName(name);
  setFocusPolicy(Qt::StrongFocus);
  setFrameShape(QFrame::NoFrame);
  setRubberBand(QChartView::NoRubberBand);
  setRenderHint(QPainter::Antialiasing);
  setViewportUpdateMode(FullViewportUpdate);
  setMouseTracking(true);
  chart()->setAnimationOptions(QChart::NoAnimation);
  chart()->setBackgroundVisible(false);
  chart()->setMargins({});
  chart()->legend()->hide();
  for (QValueAxis* axis : {x_, y_}) {
    axis->setVisible(false);
    chart()->addAxis(axis, axis == x_ ? Qt::AlignBottom : Qt::AlignLeft);
  }
  connect(&theme_, &Theme::changed, this, [this] { restyle(); });
}

void PlotView::restyle() {
  setBackgroundBrush(theme_.tokens().panel);
  layOut();
}

void PlotView::setTicks(std::vector<Tick> x, std::vector<Tick> y) {
  xTicks_ = std::move(x);
  yTicks_ = std::move(y);
  const QFontMetrics metrics(theme_.figures(11));
  int widest = 0;
  for (const Tick& tick : yTicks_) {
    widest = std::max(widest, metrics.horizontalAdvance(tick.label));
  }
  // Only ever wider, in steps: the plot must not move with each label.
  const int width = (widest + 7) / 8 * 8;
  if (width <= labelWidth_) return;
  labelWidth_ = width;
  layOut();
}

void PlotView::layOut() {
  const QRectF all(QPointF(0, 0), QSizeF(viewport()->size()));
  plot_ = all.adjusted(kLeft + labelWidth_ + 4, kTop, -kRight, -kBottom);
  if (plot_.width() < 8 || plot_.height() < 8) plot_ = QRectF(all.topLeft(), QSizeF(8, 8));
  chart()->setPlotArea(plot_);
  viewport()->update();
}

void PlotView::resizeEvent(QResizeEvent* event) {
  QChartView::resizeEvent(event);
  layOut();
}

QPointF PlotView::at(double x, double y) const {
  const double across = (x - x_->min()) / std::max(1e-300, x_->max() - x_->min());
  const double up = (y - y_->min()) / std::max(1e-300, y_->max() - y_->min());
  return {plot_.left() + across * plot_.width(), plot_.bottom() - up * plot_.height()};
}

double PlotView::xAt(const QPointF& point) const {
  const double across = std::clamp((point.x() - plot_.left()) / plot_.width(), 0.0, 1.0);
  return x_->min() + across * (x_->max() - x_->min());
}

int PlotView::ticksAcross() const { return std::clamp(static_cast<int>(plot_.width() / 64), 1, 8); }

int PlotView::ticksUp() const { return std::clamp(static_cast<int>(plot_.height() / 24), 1, 8); }

void PlotView::drawBackground(QPainter* painter, const QRectF& rect) {
  QGraphicsView::drawBackground(painter, rect);
  const Tokens& t = theme_.tokens();
  painter->setRenderHint(QPainter::Antialiasing, false);
  for (const Band& band : bands_) {
    const double from = std::clamp(at(band.from, 0).x(), plot_.left(), plot_.right());
    const double to = std::clamp(at(band.to, 0).x(), plot_.left(), plot_.right());
    if (band.to < x_->min() || band.from > x_->max()) continue;
    const QRectF area(QPointF(from, plot_.top()), QPointF(std::max(to, from + 2), plot_.bottom()));
    painter->fillRect(area, t.errorSoft);
    painter->fillRect(QRectF(area.topLeft(), QSizeF(area.width(), 2)), t.error);
  }
  paintGrid(*painter);
  paintLabels(*painter);
  painter->setRenderHint(QPainter::Antialiasing);
}

void PlotView::paintGrid(QPainter& painter) const {
  painter.setPen(QPen(theme_.tokens().grid, 1));
  for (const Tick& tick : yTicks_) {
    const double y = std::round(at(0, tick.at).y()) + 0.5;
    painter.drawLine(QPointF(plot_.left(), y), QPointF(plot_.right(), y));
  }
  for (const Tick& tick : xTicks_) {
    const double x = std::round(at(tick.at, 0).x()) + 0.5;
    painter.drawLine(QPointF(x, plot_.top()), QPointF(x, plot_.bottom()));
  }
}

void PlotView::paintLabels(QPainter& painter) const {
  painter.setFont(theme_.figures(11));
  painter.setPen(theme_.tokens().text3);
  for (const Tick& tick : yTicks_) {
    const double y = at(0, tick.at).y();
    paintText(painter, {0, y - 8, plot_.left() - 5, 16}, tick.label,
              Qt::AlignRight | Qt::AlignVCenter);
  }
  const double most = viewport()->width() - 1.0;
  const QRectF kept = reserved();
  double free = 0;  // Labels that would touch the one before are left out.
  for (const Tick& tick : xTicks_) {
    const double width = painter.fontMetrics().horizontalAdvance(tick.label);
    const double left = std::min(at(tick.at, 0).x() - width / 2, most - width);
    const QRectF box(left, plot_.bottom() + 2, width + 1, 15);
    if (left < free || box.intersects(kept)) continue;
    paintText(painter, box, tick.label);
    free = left + width + 6;
  }
}

void PlotView::drawForeground(QPainter* painter, const QRectF&) {
  const Tokens& t = theme_.tokens();
  if (!hint_.isEmpty()) {
    painter->setFont(theme_.text(12));
    painter->setPen(t.text2);
    paintText(*painter, plot_, hint_, Qt::AlignCenter);
  } else {
    paintOver(*painter);
  }
  if (hasFocus()) paintFocus(*painter, plot_.adjusted(-1, -1, 1, 1), 4, t);
}

void PlotView::focusInEvent(QFocusEvent* event) {
  QChartView::focusInEvent(event);
  viewport()->update();
}

void PlotView::focusOutEvent(QFocusEvent* event) {
  QChartView::focusOutEvent(event);
  viewport()->update();
}

void PlotView::mousePressEvent(QMouseEvent* event) { QGraphicsView::mousePressEvent(event); }

void PlotView::mouseReleaseEvent(QMouseEvent* event) { QGraphicsView::mouseReleaseEvent(event); }

void PlotView::mouseMoveEvent(QMouseEvent* event) { QGraphicsView::mouseMoveEvent(event); }

}  // namespace ringside::views
