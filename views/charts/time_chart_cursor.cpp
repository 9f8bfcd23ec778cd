// The cursor of TimeChart, and what the chart says at it.
#include <QKeyEvent>
#include <QPainter>
#include <QValueAxis>

#include <algorithm>
#include <cmath>
#include <limits>

#include "views/canvas/painting.h"
#include "views/charts/figures.h"
#include "views/charts/time_chart.h"
#include "views/shell/theme.h"

namespace ringside::views {
namespace {

constexpr qint64 kDescribeEveryMs = 500;

}  // namespace

// Not a number where there is nothing to tell.
double TimeChart::valueAt(int series, double seconds) const {
  const auto& points = chart_.series[static_cast<std::size_t>(series)].points;
  const auto after = std::ranges::upper_bound(points, seconds, {}, &lab::SeriesPoint::seconds);
  // A point covers the time up to the next one; before the first there is none.
  return after == points.begin() ? std::numeric_limits<double>::quiet_NaN() : (after - 1)->high;
}

double TimeChart::shownValue(int series) const {
  if (cursor_) return valueAt(series, *cursor_);
  const lab::Series& own = chart_.series[static_cast<std::size_t>(series)];
  return own.points.empty() ? std::numeric_limits<double>::quiet_NaN() : own.last;
}

std::vector<LegendEntry> TimeChart::legend() const {
  std::vector<LegendEntry> entries;
  for (int i = 0; i < drawnSeries(); ++i) {
    const lab::Series& series = chart_.series[static_cast<std::size_t>(i)];
    const double value = shownValue(i);
    entries.push_back(
        {QString::fromStdString(series.name),
         std::isfinite(value) ? shortFigure(value, series.unit) : QStringLiteral("\u2013"), i});
  }
  return entries;
}

void TimeChart::setCursorAt(std::optional<double> seconds) {
  if (seconds == cursor_) return;
  cursor_ = seconds;
  description_.clear();  // Says what is at the cursor.
  describe();
  viewport()->update();
}

void TimeChart::describe() {
  const bool due = !sinceDescribed_.isValid() || sinceDescribed_.elapsed() >= kDescribeEveryMs;
  if (!due && !description_.isEmpty()) return;
  sinceDescribed_.start();
  QStringList parts;
  for (const LegendEntry& entry : legend()) parts << entry.name + QChar(u' ') + entry.value;
  const QString when = cursor_ ? tr("At %1").arg(timeFigure(*cursor_)) : tr("Now");
  description_ = parts.isEmpty()
                     ? tr("No data yet.")
                     : when + QStringLiteral(": ") + parts.join(QStringLiteral(", ")) + QChar(u'.');
  if (!theoryText_.isEmpty()) description_ += QChar(u' ') + theoryText_;
  if (description_ != accessibleDescription()) setAccessibleDescription(description_);
}

// The box with the cursor's time, under the plot; empty without a cursor.
QRectF TimeChart::reserved() const {
  if (!cursor_ || *cursor_ < xAxis()->min() || *cursor_ > xAxis()->max()) return {};
  const QFontMetrics metrics(theme().figures(11, QFont::DemiBold));
  const double width = metrics.horizontalAdvance(timeFigure(*cursor_)) + 10;
  const double most = std::max(0.0, viewport()->width() - width);
  const double left = std::clamp(at(*cursor_, 0).x() - width / 2, 0.0, most);
  return {left, plotRect().bottom() + 1, width, 16};
}

void TimeChart::paintOver(QPainter& painter) {
  paintTheory(painter);
  if (reserved().isEmpty()) return;
  const Tokens& t = theme().tokens();
  const double x = at(*cursor_, 0).x();
  painter.setPen(QPen(t.text2, 1));
  painter.drawLine(QPointF(x, plotRect().top()), QPointF(x, plotRect().bottom()));
  double sum = 0;
  for (int i = 0; i < drawnSeries(); ++i) {
    const double value = valueAt(i, *cursor_);
    if (!std::isfinite(value)) continue;
    sum = kind_ == lab::ChartKind::Stacked ? sum + value : value;
    const QPointF p = at(*cursor_, range_.place(sum));
    if (!plotRect().adjusted(-1, -1, 1, 1).contains(p)) continue;
    painter.setPen(QPen(t.panel, 1));
    painter.setBrush(dataColour(t, i));
    painter.drawEllipse(p, 3.2, 3.2);
  }
  const QRectF box = reserved();
  painter.setFont(theme().figures(11, QFont::DemiBold));
  painter.setPen(Qt::NoPen);
  painter.setBrush(t.text);
  painter.drawRoundedRect(box, 3, 3);
  painter.setPen(t.panel);
  paintText(painter, box, timeFigure(*cursor_), Qt::AlignCenter);
}

void TimeChart::keyPressEvent(QKeyEvent* event) {
  const double step = (xAxis()->max() - xAxis()->min()) / 100;
  const double last = chart_.series.empty() || chart_.series.front().points.empty()
                          ? xAxis()->max()
                          : chart_.series.front().points.back().seconds;
  const double from = cursor_.value_or(last);
  std::optional<double> to;
  switch (event->key()) {
    case Qt::Key_Left:
      to = std::max(xAxis()->min(), cursor_ ? from - step : from);
      break;
    case Qt::Key_Right:
      to = std::min(xAxis()->max(), from + step);
      break;
    case Qt::Key_Escape:
      if (!cursor_) return PlotView::keyPressEvent(event);
      break;
    default:
      event->ignore();  // QGraphicsView would scroll; F2 and the like are for the pane.
      return;
  }
  setCursorAt(to);
  Q_EMIT cursorMoved(to);
}

void TimeChart::mouseMoveEvent(QMouseEvent* event) {
  const QPointF point = event->position();
  const bool inside = plotRect().adjusted(-2, -4, 2, 4).contains(point);
  const std::optional<double> to = inside ? std::optional(xAt(point)) : std::nullopt;
  if (to == cursor_) return;
  setCursorAt(to);
  Q_EMIT cursorMoved(to);
}

void TimeChart::leaveEvent(QEvent* event) {
  PlotView::leaveEvent(event);
  if (!cursor_ || hasFocus()) return;
  setCursorAt({});
  Q_EMIT cursorMoved({});
}

}  // namespace ringside::views
