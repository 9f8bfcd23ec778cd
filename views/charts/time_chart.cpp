#include "views/charts/time_chart.h"

#include <QAreaSeries>
#include <QChart>
#include <QKeyEvent>
#include <QLineSeries>
#include <QPainter>
#include <QSignalBlocker>
#include <QValueAxis>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "views/canvas/painting.h"
#include "views/charts/figures.h"
#include "views/shell/theme.h"

namespace ringside::views {
namespace {

constexpr int kPointBudget = 2048;  // A chart, over all of its series.

bool sameSeries(const lab::Chart& a, const lab::Chart& b) {
  return a.kind == b.kind &&
         std::ranges::equal(a.series, b.series, {}, &lab::Series::name, &lab::Series::name);
}

}  // namespace

TimeChart::TimeChart(const Theme& theme, lab::ChartKind kind, const QString& name, QWidget* parent)
    : PlotView(theme, name, parent),
      kind_(kind),
      range_(kind == lab::ChartKind::LogLines ? ValueRange::Scale::Logarithmic
                                              : ValueRange::Scale::Linear) {
  chart_.kind = kind;
  setHint(tr("No data yet"));
  restyle();
}

void TimeChart::clearSeries() {
  chart()->removeAllSeries();  // Deletes what it holds: lines, or the areas over them.
  if (kind_ == lab::ChartKind::Stacked) qDeleteAll(lines_);
  lines_.clear();
  areas_.clear();
}

void TimeChart::setShape(const lab::Chart& next) {
  clearSeries();
  const auto count = std::min<std::size_t>(next.series.size(), kMostSeries);
  for (std::size_t i = 0; i < count; ++i) {
    auto* line = new QLineSeries;
    lines_.push_back(line);
    if (kind_ != lab::ChartKind::Stacked) {
      chart()->addSeries(line);
      line->attachAxis(xAxis());
      line->attachAxis(yAxis());
      continue;
    }
    line->setParent(this);
    // Its lower edge is the series below; the lowest stands on the axis.
    auto* area = i == 0 ? new QAreaSeries(line) : new QAreaSeries(line, lines_[i - 1]);
    areas_.push_back(area);
    chart()->addSeries(area);
    area->attachAxis(xAxis());
    area->attachAxis(yAxis());
  }
  range_.forget();
}

void TimeChart::setChart(const lab::Chart& next, const lab::Frame& frame) {
  if (!isVisible()) return;
  countUpdate();
  const bool another = !sameSeries(chart_, next);
  chart_ = next;
  if (another || lines_.empty()) {
    setShape(next);
    restyle();
  }
  const double now = toSeconds(frame.now);
  std::vector<Band> bands;
  for (const lab::FaultWindow& fault : frame.faults) {
    bands.push_back({toSeconds(fault.from), fault.to == kNever ? now : toSeconds(fault.to)});
  }
  setBands(std::move(bands));
  takeTheory(frame);
  const TimeSpan span{0, timeAxisEnd(now, toSeconds(frame.end))};
  std::vector<Points> points = pointsOf(next, span);
  const bool empty = std::ranges::all_of(points, [](const Points& p) { return p.isEmpty(); });
  setHint(empty ? tr("No data yet") : QString());
  for (QAreaSeries* area : areas_) {
    if (area->isVisible() == empty) area->setVisible(!empty);
  }
  if (kind_ == lab::ChartKind::Stacked) stack(points);
  fitValues(points);
  apply(std::move(points), span);
  describe();
  viewport()->update();
}

std::vector<TimeChart::Points> TimeChart::pointsOf(const lab::Chart& next, TimeSpan span) const {
  const int count = std::max(1, drawnSeries());
  const int byBudget = std::max(48, kPointBudget / count);
  const int pixels = std::max(16, static_cast<int>(plotRect().width()));
  // A stack is drawn by its upper edge alone, so its columns have one point each.
  const int columns = std::min({kMostPoints, byBudget, 2 * pixels}) / 2;
  std::vector<Points> points;
  for (int i = 0; i < drawnSeries(); ++i) {
    points.push_back(decimate(next.series[static_cast<std::size_t>(i)].points, span, columns));
  }
  return points;
}

// Adds each series to the ones below it, at the times of the first that has any.
void TimeChart::stack(std::vector<Points>& points) const {
  const auto base = std::ranges::find_if(points, [](const Points& p) { return !p.isEmpty(); });
  if (base == points.end()) return;
  std::vector<double> times;
  for (const QPointF& p : *base) {
    if (times.empty() || times.back() != p.x()) times.push_back(p.x());
  }
  std::vector<double> sum(times.size(), 0);
  for (Points& own : points) {
    Points upper;
    upper.reserve(static_cast<qsizetype>(times.size()));
    qsizetype at = 0;
    for (std::size_t i = 0; i < times.size(); ++i) {
      double most = 0;
      bool any = false;
      for (; at < own.size() && own[at].x() <= times[i]; ++at) {
        most = any ? std::max(most, own[at].y()) : own[at].y(), any = true;
      }
      if (!any && at > 0) most = own[at - 1].y();
      sum[i] += std::max(0.0, most);
      upper.emplaceBack(times[i], sum[i]);
    }
    own = std::move(upper);
  }
}

void TimeChart::fitValues(const std::vector<Points>& points) {
  double least = std::numeric_limits<double>::max(), largest = -least;
  const bool positive = kind_ == lab::ChartKind::LogLines;
  for (const Points& own : points) {
    for (const QPointF& p : own) {
      if (positive && !(p.y() > 0)) continue;
      least = std::min(least, p.y());
      largest = std::max(largest, p.y());
    }
  }
  for (const TheoryMark& mark : theory_) {
    if (positive && !(mark.value > 0)) continue;
    least = std::min(least, mark.value);
    largest = std::max(largest, mark.value);
  }
  if (largest >= least) range_.fit(least, largest, nowMs());
}

void TimeChart::apply(std::vector<Points> points, TimeSpan span) {
  const bool wider = xAxis()->min() != span.from || xAxis()->max() != span.to;
  const bool taller = yAxis()->min() != range_.low() || yAxis()->max() != range_.high();
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    for (QPointF& p : points[i]) p.setY(range_.place(p.y()));
    // A new range makes Qt Charts lay out every series anyway: once is enough.
    const QSignalBlocker quiet(wider || taller ? lines_[i] : nullptr);
    lines_[i]->replace(points[i]);
  }
  if (wider) xAxis()->setRange(span.from, span.to);
  if (taller) yAxis()->setRange(range_.low(), range_.high());
  const bool any = std::ranges::any_of(points, [](const Points& p) { return !p.isEmpty(); });
  setTicks(timeTicks(span.from, span.to, ticksAcross()),
           any ? range_.ticks(chart_.unit, ticksUp()) : std::vector<Tick>());
}

QList<QPointF> TimeChart::drawnPoints(int series) const {
  return lines_[static_cast<std::size_t>(series)]->points();
}

QPen TimeChart::penOf(int series) const {
  const Tokens& t = theme().tokens();
  const QString name = QString::fromStdString(chart_.series[static_cast<std::size_t>(series)].name);
  const bool known =
      !emphasis_.isEmpty() && std::ranges::any_of(chart_.series, [this](const lab::Series& s) {
        return QString::fromStdString(s.name) == emphasis_;
      });
  QPen pen(dataColour(t, series), known && name == emphasis_ ? 2.2 : 1.4);
  if (known && name != emphasis_) pen.setColor(faded(pen.color(), 0.35));
  pen.setStyle(LegendBar::styleOf(series));
  pen.setCapStyle(Qt::FlatCap);
  return pen;
}

void TimeChart::restyle() {
  PlotView::restyle();
  for (int i = 0; i < drawnSeries(); ++i) {
    const auto at = static_cast<std::size_t>(i);
    if (areas_.empty()) {
      lines_[at]->setPen(penOf(i));
      continue;
    }
    areas_[at]->setPen(penOf(i));
    areas_[at]->setBrush(faded(dataColour(theme().tokens(), i), 0.32));
  }
}

void TimeChart::emphasize(const QString& name) {
  if (name == emphasis_) return;
  emphasis_ = name;
  restyle();
}

}  // namespace ringside::views
