#include "views/sweep/sweep_plot.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <limits>

#include "views/canvas/painting.h"
#include "views/charts/figures.h"
#include "views/shell/theme.h"
#include "views/shell/widgets.h"

namespace ringside::views {
namespace {

QString textOf(const std::string& text) { return QString::fromStdString(text); }

QColor between(const QColor& low, const QColor& high, double part) {
  const auto mix = [part](float a, float b) { return a + (b - a) * static_cast<float>(part); };
  return QColor::fromRgbF(mix(low.redF(), high.redF()), mix(low.greenF(), high.greenF()),
                          mix(low.blueF(), high.blueF()));
}

}  // namespace

SweepPlot::SweepPlot(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
  setAccessibleName(tr("Result of the sweep"));
  connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void SweepPlot::set(std::vector<run::SweepAxis> axes, std::vector<run::SweepPoint> points,
                    metrics::Unit unit) {
  axes_ = std::move(axes);
  points_ = std::move(points);
  unit_ = unit;
  describe();
  update();
}

void SweepPlot::describe() {
  if (points_.empty()) return setAccessibleDescription(tr("No point is measured yet."));
  const auto order = [](const run::SweepPoint& p) { return p.mean; };
  const auto [least, most] = std::ranges::minmax_element(points_, {}, order);
  setAccessibleDescription(
      tr("%n points, from %1 to %2.", nullptr, static_cast<int>(points_.size()))
          .arg(shortFigure(least->mean, unit_), shortFigure(most->mean, unit_)));
}

std::pair<double, double> SweepPlot::range(bool withIntervals) const {
  double low = std::numeric_limits<double>::max();
  double high = -low;
  for (const run::SweepPoint& point : points_) {
    const bool wide = withIntervals && point.interval;
    low = std::min(low, wide ? point.interval->low() : point.mean);
    high = std::max(high, wide ? point.interval->high() : point.mean);
  }
  if (withIntervals && low > 0) low = 0;  // Lengths are compared from zero.
  return {low, high > low ? high : low + 1};
}

const run::SweepPoint* SweepPlot::at(std::size_t row, std::size_t column) const {
  const std::uint64_t number = row * axes_.back().texts.size() + column;
  const auto found = std::ranges::find(points_, number, &run::SweepPoint::point);
  return found == points_.end() ? nullptr : &*found;
}

void SweepPlot::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  if (points_.empty() || axes_.empty()) {
    painter.setFont(theme_.text(12));
    painter.setPen(theme_.tokens().text3);
    return paintText(painter, rect(), tr("No point is measured yet"), Qt::AlignCenter);
  }
  const QRectF plot = QRectF(rect()).adjusted(90, 10, -14, -44);
  paintAcross(painter, plot);
  if (axes_.size() == 1) {
    paintLine(painter, plot);
  } else {
    paintHeat(painter, plot);
  }
}

// The values and the name of the axis to the right.
void SweepPlot::paintAcross(QPainter& painter, const QRectF& plot) const {
  const run::SweepAxis& axis = axes_.back();
  const double width = plot.width() / static_cast<double>(axis.texts.size());
  painter.setFont(theme_.figures(11));
  painter.setPen(theme_.tokens().text2);
  for (std::size_t i = 0; i < axis.texts.size(); ++i) {
    const QRectF box(plot.left() + width * static_cast<double>(i), plot.bottom() + 4, width, 16);
    paintText(painter, box, textOf(axis.texts[i]), Qt::AlignCenter);
  }
  painter.setFont(theme_.text(11));
  paintText(painter, QRectF(plot.left(), plot.bottom() + 22, plot.width(), 16), textOf(axis.key),
            Qt::AlignCenter);
}

void SweepPlot::paintLine(QPainter& painter, const QRectF& plot) const {
  const Tokens& t = theme_.tokens();
  const auto [low, high] = range(true);
  const double step = plot.width() / static_cast<double>(axes_.back().texts.size());
  const auto place = [&, low = low, high = high](std::uint64_t point, double value) {
    return QPointF(plot.left() + step * (static_cast<double>(point) + 0.5),
                   plot.bottom() - (value - low) / (high - low) * plot.height());
  };
  painter.setFont(theme_.figures(11));
  for (const double part : {0.0, 0.5, 1.0}) {
    const double value = low + (high - low) * part;
    const double y = place(0, value).y();
    painter.setPen(t.grid);
    painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
    painter.setPen(t.text2);
    paintText(painter, QRectF(0, y - 8, plot.left() - 8, 16), shortFigure(value, unit_),
              Qt::AlignRight | Qt::AlignVCenter);
  }
  painter.setPen(QPen(dataColour(t, 0), 1.6));
  QPolygonF line;
  for (const run::SweepPoint& point : points_) {
    const QPointF p = place(point.point, point.mean);
    line << p;
    if (!point.interval) continue;
    const QPointF top = place(point.point, point.interval->high());
    const QPointF bottom = place(point.point, point.interval->low());
    painter.drawLine(top, bottom);
    painter.drawLine(top - QPointF(4, 0), top + QPointF(4, 0));
    painter.drawLine(bottom - QPointF(4, 0), bottom + QPointF(4, 0));
  }
  painter.drawPolyline(line);
  painter.setBrush(dataColour(t, 0));
  for (const QPointF& p : line) painter.drawEllipse(p, 3, 3);
}

void SweepPlot::paintHeat(QPainter& painter, const QRectF& plot) const {
  const Tokens& t = theme_.tokens();
  const auto [low, high] = range(false);
  const run::SweepAxis& down = axes_.front();
  const std::size_t columns = axes_.back().texts.size();
  const double width = plot.width() / static_cast<double>(columns);
  const double height = plot.height() / static_cast<double>(down.texts.size());
  for (std::size_t row = 0; row < down.texts.size(); ++row) {
    const double top = plot.top() + height * static_cast<double>(row);
    painter.setFont(theme_.figures(11));
    painter.setPen(t.text2);
    paintText(painter, QRectF(0, top, plot.left() - 8, height),
              textOf(down.key + " " + down.texts[row]), Qt::AlignRight | Qt::AlignVCenter);
    for (std::size_t column = 0; column < columns; ++column) {
      const QRectF cell(plot.left() + width * static_cast<double>(column) + 1, top + 1, width - 2,
                        height - 2);
      const run::SweepPoint* point = at(row, column);
      const double part = point == nullptr ? 0 : (point->mean - low) / (high - low);
      painter.setPen(Qt::NoPen);
      painter.setBrush(point == nullptr ? t.sunken : between(t.track, t.accent, part));
      painter.drawRoundedRect(cell, 4, 4);
      if (point == nullptr) continue;
      painter.setPen(part > 0.5 ? t.onAccent : t.text);
      paintText(painter, cell, shortFigure(point->mean, unit_), Qt::AlignCenter);
    }
  }
}

}  // namespace ringside::views
