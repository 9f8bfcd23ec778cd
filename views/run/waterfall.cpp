#include "views/run/waterfall.h"

#include <QPainter>

#include <algorithm>

#include "views/run/run_text.h"
#include "views/shell/theme.h"
#include "views/shell/widgets.h"

namespace ringside::views {
namespace {

constexpr double kSide = 12;

QString figuresOf(const lab::TraceStep& step) {
  if (step.wait <= Duration::zero()) return durationText(step.service);
  if (step.service <= Duration::zero()) {
    return Waterfall::tr("waited %1").arg(durationText(step.wait));
  }
  return Waterfall::tr("waited %1 + %2").arg(durationText(step.wait), durationText(step.service));
}

}  // namespace

std::vector<WaterfallBar> WaterfallGeometry::bars(const lab::Trace& trace, double left,
                                                  double width) {
  const auto total =
      static_cast<double>(std::max((trace.end - trace.start).count(), std::int64_t{1}));
  const auto x = [&](Instant at) {
    const double part = static_cast<double>((at - trace.start).count()) / total;
    return left + std::clamp(part, 0.0, 1.0) * width;
  };
  const auto box = [&](Instant from, Instant to, double y) {
    // A step too short to see is still there.
    const double begin = std::min(x(from), left + width - 1);
    return QRectF(begin, y, std::max(x(to) - begin, 1.0), kBarHeight);
  };
  std::vector<WaterfallBar> bars;
  double y = 0;
  for (const lab::TraceStep& step : trace.steps) {
    WaterfallBar bar;
    bar.row = QRectF(left, y, width, rowHeight(width));
    const double top = y + labelHeight(width) + 2;
    const Instant served = step.start + step.wait;
    if (step.wait > Duration::zero()) bar.wait = box(step.start, served, top);
    if (step.service > Duration::zero()) bar.service = box(served, served + step.service, top);
    bars.push_back(bar);
    y += rowHeight(width);
  }
  return bars;
}

int WaterfallGeometry::slowest(const lab::Trace& trace) {
  const auto longest = std::max_element(
      trace.steps.begin(), trace.steps.end(),
      [](const auto& a, const auto& b) { return a.wait + a.service < b.wait + b.service; });
  return longest == trace.steps.end() ? -1 : static_cast<int>(longest - trace.steps.begin());
}

Waterfall::Waterfall(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
  setObjectName(QStringLiteral("waterfall"));
  setAccessibleName(tr("Steps of the request"));
  connect(&theme_, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Waterfall::fit() {
  const int row = WaterfallGeometry::rowHeight(width() - 2 * kSide);
  setMinimumHeight(static_cast<int>(trace_.steps.size()) * row + 8);
}

void Waterfall::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  fit();
}

void Waterfall::show(const lab::Trace& trace) {
  trace_ = trace;
  QStringList words;
  for (const lab::TraceStep& step : trace.steps) {
    words << tr("%1: %2").arg(text(step.name), figuresOf(step));
  }
  setAccessibleDescription(words.join(QStringLiteral("; ")));
  fit();
  update();
}

void Waterfall::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const auto bars = WaterfallGeometry::bars(trace_, kSide, width() - 2 * kSide);
  const int slowest = WaterfallGeometry::slowest(trace_);
  for (std::size_t i = 0; i < bars.size(); ++i) {
    paintStep(painter, trace_.steps[i], bars[i], static_cast<int>(i) == slowest);
  }
}

void Waterfall::paintStep(QPainter& painter, const lab::TraceStep& step, const WaterfallBar& bar,
                          bool slowest) const {
  const Tokens& t = theme_.tokens();
  const QString figures = figuresOf(step);
  painter.setFont(theme_.figures(12, slowest ? QFont::DemiBold : QFont::Normal));
  const bool narrow = bar.row.width() < WaterfallGeometry::kNarrow;
  const int needed = narrow ? 0 : painter.fontMetrics().horizontalAdvance(figures) + 8;
  const QRectF line(bar.row.left(), bar.row.top(), bar.row.width(), WaterfallGeometry::kLineHeight);
  const auto side = narrow ? Qt::AlignLeft : Qt::AlignRight;
  painter.setPen(slowest ? t.text : t.text2);
  painter.drawText(narrow ? line.translated(0, line.height()) : line,
                   static_cast<int>(side | Qt::AlignVCenter), figures);
  painter.setFont(theme_.text(12, slowest ? QFont::DemiBold : QFont::Normal));
  painter.setPen(t.text);
  const int room = std::max(0, static_cast<int>(line.width()) - needed);
  painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                   elide(painter.fontMetrics(), text(step.name), room));
  painter.setPen(Qt::NoPen);
  painter.setBrush(t.track);
  painter.drawRoundedRect(
      QRectF(bar.row.left(), bar.row.top() + WaterfallGeometry::labelHeight(bar.row.width()) + 6,
             bar.row.width(), 2),
      1, 1);
  if (!bar.wait.isNull()) {
    painter.setBrush(t.warnSoft);
    painter.drawRect(bar.wait);
    painter.setBrush(QBrush(t.warn, Qt::BDiagPattern));
    painter.setPen(QPen(t.warn, 1));
    painter.drawRect(bar.wait.adjusted(0.5, 0.5, -0.5, -0.5));
  }
  if (!bar.service.isNull()) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(t.accent);
    painter.drawRect(bar.service);
  }
}

}  // namespace ringside::views
