#include "views/charts/percentile_chart.h"

#include <QAreaSeries>
#include <QChart>
#include <QKeyEvent>
#include <QPainter>
#include <QSignalBlocker>
#include <QValueAxis>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "views/canvas/painting.h"
#include "views/charts/figures.h"
#include "views/charts/mark_labels.h"
#include "views/shell/theme.h"

namespace ringside::views {
namespace {

constexpr double kLeastNines = 4, kMostNines = 6;  // To 99.99, or to 99.9999 where there is data.
constexpr std::size_t kMostPoints = 512;

QString percentText(double percentile) {
  return QString::number(percentile * 100, 'g', 7) + QStringLiteral(" %");
}

}  // namespace

double ninesOf(double percentile, double most) {
  if (!(percentile > 0)) return 0;
  if (percentile >= 1) return most;
  return std::min(most, -std::log10(1 - percentile));
}

std::vector<MarkedPoint> markedPoints(const std::vector<lab::PercentilePoint>& distribution) {
  std::vector<MarkedPoint> marks;
  if (distribution.empty()) return marks;
  const auto total = static_cast<double>(distribution.back().count);
  struct Wanted {
    double percentile;
    const char* name;
  };
  for (const auto& [percentile, name] :
       {Wanted{0.5, "p50"}, Wanted{0.99, "p99"}, Wanted{0.999, "p99.9"}}) {
    if (total * (1 - percentile) < 1 - 1e-9) continue;
    const auto at = std::ranges::lower_bound(distribution, percentile - 1e-12, {},
                                             &lab::PercentilePoint::percentile);
    if (at == distribution.end() || !std::isfinite(at->value)) continue;
    marks.push_back({QString::fromLatin1(name), percentile, at->value});
  }
  return marks;
}

PercentileChart::PercentileChart(const Theme& theme, const QString& name, QWidget* parent)
    : PlotView(theme, name, parent), line_(new QLineSeries(this)), area_(new QAreaSeries(line_)) {
  chart()->addSeries(area_);
  area_->attachAxis(xAxis());
  area_->attachAxis(yAxis());
  setHint(tr("No data yet"));
  restyle();
}

void PercentileChart::restyle() {
  PlotView::restyle();
  const QColor colour = theme().tokens().data[0];
  area_->setPen(QPen(colour, 1.6));
  area_->setBrush(faded(colour, 0.2));
}

void PercentileChart::setChart(const lab::Chart& next) {
  if (!isVisible()) return;
  countUpdate();
  chart_ = next;
  const auto& points = chart_.distribution;
  if (probe_ && *probe_ >= points.size()) probe_.reset();
  marks_ = markedPoints(points);
  nines_ = kLeastNines;
  double least = std::numeric_limits<double>::max(), largest = 0;
  for (const lab::PercentilePoint& point : points) {
    if (!(point.value > 0) || !std::isfinite(point.value)) continue;
    least = std::min(least, point.value);
    largest = std::max(largest, point.value);
    if (point.percentile < 1) {
      nines_ = std::max(nines_, std::ceil(ninesOf(point.percentile, kMostNines) - 1e-6));
    }
  }
  if (largest >= least) range_.fit(least, largest, nowMs());
  const bool empty = largest < least;
  setHint(empty ? tr("No data yet") : QString());
  if (area_->isVisible() == empty) area_->setVisible(!empty);

  QList<QPointF> line;
  const std::size_t stride = points.size() / kMostPoints + 1;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const bool last = i + 1 == points.size();  // The largest value is never left out.
    if ((i % stride != 0 && !last) || !std::isfinite(points[i].value)) continue;
    line.emplaceBack(ninesOf(points[i].percentile, nines_), range_.place(points[i].value));
  }
  const bool rescaled = xAxis()->max() != nines_ || yAxis()->min() != range_.low() ||
                        yAxis()->max() != range_.high() || xAxis()->min() != 0;
  {
    const QSignalBlocker quiet(rescaled ? line_ : nullptr);
    line_->replace(line);
  }
  if (rescaled) {
    xAxis()->setRange(0, nines_);
    yAxis()->setRange(range_.low(), range_.high());
  }
  setTicks(ninesTicks(), empty ? std::vector<Tick>() : range_.ticks(chart_.unit, ticksUp()));
  describe();
  Q_EMIT legendChanged();
  viewport()->update();
}

std::vector<Tick> PercentileChart::ninesTicks() const {
  static const std::array kLabels = {"0", "90", "99", "99.9", "99.99", "99.999", "99.9999"};
  std::vector<Tick> ticks;
  for (std::size_t i = 0; i < kLabels.size() && static_cast<double>(i) <= nines_; ++i) {
    ticks.push_back({static_cast<double>(i), QString::fromLatin1(kLabels[i])});
  }
  return ticks;
}

std::vector<LegendEntry> PercentileChart::legend() const {
  std::vector<LegendEntry> entries;
  if (probe_) {
    const lab::PercentilePoint& point = chart_.distribution[*probe_];
    entries.push_back({percentText(point.percentile), shortFigure(point.value, chart_.unit), 0});
    return entries;
  }
  for (const MarkedPoint& mark : marks_) {
    entries.push_back({mark.name, shortFigure(mark.value, chart_.unit), 0});
  }
  return entries;
}

void PercentileChart::describe() {
  QStringList parts;
  for (const LegendEntry& entry : legend()) parts << entry.name + QChar(u' ') + entry.value;
  const QString text =
      parts.isEmpty() ? tr("No data yet.") : parts.join(QStringLiteral(", ")) + QChar(u'.');
  if (text != accessibleDescription()) setAccessibleDescription(text);
}

void PercentileChart::paintOver(QPainter& painter) {
  for (std::size_t i = 0; i < marks_.size(); ++i) paintMark(painter, i);
  paintLabels(painter);
  if (!probe_) return;
  const Tokens& t = theme().tokens();
  const lab::PercentilePoint& point = chart_.distribution[*probe_];
  const QPointF p = at(ninesOf(point.percentile, nines_), range_.place(point.value));
  painter.setPen(QPen(t.text2, 1));
  painter.drawLine(QPointF(p.x(), plotRect().top()), QPointF(p.x(), plotRect().bottom()));
  painter.setPen(QPen(t.panel, 1));
  painter.setBrush(t.accent);
  painter.drawEllipse(p, 4, 4);
}

QPointF PercentileChart::placeOf(const MarkedPoint& mark) const {
  return at(ninesOf(mark.percentile, nines_), range_.place(mark.value));
}

// Each mark has a shape of its own: a disc, a square, a diamond.
void PercentileChart::paintMark(QPainter& painter, std::size_t index) const {
  const Tokens& t = theme().tokens();
  const QPointF p = placeOf(marks_[index]);
  painter.setPen(QPen(t.panel, 1.4));
  painter.setBrush(index == 0 ? t.data[2] : index == 1 ? t.data[0] : t.data[5]);
  if (index == 0) {
    painter.drawEllipse(p, 4, 4);
  } else if (index == 1) {
    painter.drawRect(QRectF(p.x() - 3.5, p.y() - 3.5, 7, 7));
  } else {
    const QPointF diamond[] = {p + QPointF(0, -5), p + QPointF(5, 0), p + QPointF(0, 5),
                               p + QPointF(-5, 0)};
    painter.drawPolygon(diamond, 4);
  }
}

// A narrow chart leaves the names to the legend.
QString PercentileChart::labelOf(const MarkedPoint& mark) const {
  const QString value = shortFigure(mark.value, chart_.unit);
  return plotRect().width() < 300 ? value : mark.name + QChar(u' ') + value;
}

std::vector<QRectF> PercentileChart::labelBoxes() const {
  const QFontMetrics metrics(theme().figures(11, QFont::DemiBold));
  std::vector<MarkLabel> labels;
  for (const MarkedPoint& mark : marks_) {
    labels.push_back({placeOf(mark), QSizeF(metrics.horizontalAdvance(labelOf(mark)) + 6, 14)});
  }
  // A label may reach over the upper edge, where nothing else stands.
  return placeLabels(labels, plotRect().adjusted(0, std::max(-8.0, -plotRect().top()), 0, 0));
}

void PercentileChart::paintLabels(QPainter& painter) const {
  const std::vector<QRectF> boxes = labelBoxes();
  painter.setFont(theme().figures(11, QFont::DemiBold));
  painter.setPen(theme().tokens().text);
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    if (!boxes[i].isEmpty()) paintText(painter, boxes[i], labelOf(marks_[i]), Qt::AlignCenter);
  }
}

void PercentileChart::setProbe(std::optional<std::size_t> point) {
  if (point == probe_) return;
  probe_ = point;
  describe();
  Q_EMIT legendChanged();
  viewport()->update();
}

void PercentileChart::keyPressEvent(QKeyEvent* event) {
  const std::size_t count = chart_.distribution.size();
  if (event->key() == Qt::Key_Escape && probe_) return setProbe({});
  const bool moves = event->key() == Qt::Key_Left || event->key() == Qt::Key_Right;
  if (!moves || count == 0) {
    event->ignore();
    return;
  }
  const std::size_t from = probe_.value_or(count / 2);
  setProbe(event->key() == Qt::Key_Left ? from - std::min<std::size_t>(from, 1)
                                        : std::min(from + 1, count - 1));
}

void PercentileChart::mouseMoveEvent(QMouseEvent* event) {
  const auto& points = chart_.distribution;
  if (points.empty() || !plotRect().contains(event->position())) return setProbe({});
  const double nines = xAt(event->position());
  const auto nearest = std::ranges::min_element(points, {}, [&](const lab::PercentilePoint& p) {
    return std::abs(ninesOf(p.percentile, nines_) - nines);
  });
  setProbe(static_cast<std::size_t>(nearest - points.begin()));
}

void PercentileChart::leaveEvent(QEvent* event) {
  PlotView::leaveEvent(event);
  if (!hasFocus()) setProbe({});
}

}  // namespace ringside::views
