#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <array>

#include "views/run/timeline_view.h"
#include "views/shell/theme.h"
#include "views/shell/widgets.h"

// How the timeline looks; timeline_view.cpp has what it does.
namespace ringside::views {
namespace {

constexpr int kTextPixels = 11;
constexpr double kTickSpacing = 90;
constexpr double kRadius = 4;      // Of an event's mark.
constexpr double kTextPad = 6;     // Inside a bar.
constexpr double kLeastText = 24;  // Narrower bars say it in the tool tip.

QColor colourOf(const Tokens& t, lab::Severity severity) {
  switch (severity) {
    case lab::Severity::Info:
      return t.accent;
    case lab::Severity::Good:
      return t.ok;
    case lab::Severity::Warning:
      return t.warn;
    case lab::Severity::Bad:
      return t.error;
  }
  return t.accent;
}

// Circle, triangle, square, diamond: told apart without colour.
QPainterPath shapeOf(lab::Severity severity, QPointF at) {
  QPainterPath path;
  const double r = kRadius;
  switch (severity) {
    case lab::Severity::Info:
      path.addEllipse(at, r - 0.5, r - 0.5);
      break;
    case lab::Severity::Good:
      path.addPolygon(QPolygonF({at + QPointF(0, -r), at + QPointF(r, r - 0.5),
                                 at + QPointF(-r, r - 0.5), at + QPointF(0, -r)}));
      break;
    case lab::Severity::Warning:
      path.addRect(QRectF(at.x() - r + 0.5, at.y() - r + 0.5, 2 * r - 1, 2 * r - 1));
      break;
    case lab::Severity::Bad:
      path.addPolygon(
          QPolygonF({at + QPointF(0, -r - 1), at + QPointF(r + 1, 0), at + QPointF(0, r + 1),
                     at + QPointF(-r - 1, 0), at + QPointF(0, -r - 1)}));
      break;
  }
  return path;
}

QRectF inset(const QRectF& lane) { return lane.adjusted(0, 1.5, 0, -1.5); }

}  // namespace

void TimelineView::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setFont(theme_.text(kTextPixels));
  paintRuler(painter);
  painter.save();
  painter.setClipRect(geometry_.track().adjusted(-kRadius - 1, 0, kRadius + 1, 0));
  paintPhases(painter);
  paintFaults(painter);
  paintEvents(painter);
  paintChecks(painter);
  painter.restore();
  paintStory(painter);
  paintPlayhead(painter);
  if (!hasFocus()) return;
  painter.setPen(QPen(theme_.tokens().focus, 2));
  painter.setBrush(Qt::NoBrush);
  painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 6, 6);
}

void TimelineView::paintRuler(QPainter& painter) const {
  const Tokens& t = theme_.tokens();
  const std::array<QString, TimelineGeometry::kLanes> names = {tr("Phase"), tr("Faults"),
                                                               tr("Events"), tr("Checks")};
  for (std::size_t i = 0; i < names.size(); ++i) {
    const QRectF lane = geometry_.lane(static_cast<TimelineGeometry::Lane>(i));
    painter.setPen(t.text2);
    painter.drawText(QRectF(8, lane.top(), lane.left() - 14, lane.height()),
                     Qt::AlignRight | Qt::AlignVCenter,
                     elide(painter.fontMetrics(), names[i], static_cast<int>(lane.left()) - 14));
    painter.setPen(t.grid);
    painter.drawLine(QPointF(lane.left(), lane.bottom() - 0.5),
                     QPointF(lane.right(), lane.bottom() - 0.5));
  }
  const QRectF track = geometry_.track();
  painter.setFont(theme_.figures(kTextPixels));
  for (const TimelineGeometry::Tick& tick : geometry_.ticks(kTickSpacing)) {
    painter.setPen(t.grid);
    painter.drawLine(QPointF(tick.x, track.top()), QPointF(tick.x, track.bottom()));
    painter.setPen(t.text3);
    const double half = kTickSpacing / 2;
    double left = std::max(tick.x - half, track.left());
    const auto align = left > tick.x - half ? Qt::AlignLeft : Qt::AlignHCenter;
    painter.drawText(QRectF(left, 0, kTickSpacing, TimelineGeometry::kRulerHeight),
                     static_cast<int>(Qt::AlignVCenter | align), tick.text);
  }
  painter.setFont(theme_.text(kTextPixels));
}

void TimelineView::paintPhases(QPainter& painter) const {
  const Tokens& t = theme_.tokens();
  const auto& phases = log_.phases();
  for (std::size_t i = 0; i < phases.size(); ++i) {
    const Instant to = i + 1 < phases.size() ? phases[i + 1].from : std::max(now_, phases[i].from);
    const QRectF bar = geometry_.bar(TimelineGeometry::Phases, phases[i].from, to);
    if (bar.isNull()) continue;
    const QRectF box = inset(bar).adjusted(0, 0, -1, 0);
    painter.fillRect(box, i % 2 == 0 ? t.accentSoft : t.raised);
    painter.fillRect(QRectF(box.left(), box.top(), 2, box.height()), t.accent);
    if (box.width() < kLeastText) continue;
    painter.setPen(t.text);
    painter.drawText(
        box.adjusted(kTextPad, 0, -2, 0), Qt::AlignVCenter | Qt::AlignLeft,
        elide(painter.fontMetrics(), phases[i].text, static_cast<int>(box.width() - kTextPad - 2)));
  }
}

void TimelineView::paintFaults(QPainter& painter) const {
  const Tokens& t = theme_.tokens();
  const auto& faults = log_.faults();
  for (std::size_t i = 0; i < faults.size(); ++i) {
    const QRectF bar = geometry_.bar(TimelineGeometry::Faults, faults[i].from, faults[i].to);
    if (bar.isNull()) continue;
    const QRectF box = inset(bar);
    painter.setPen(QPen(t.error, 1));
    painter.setBrush(t.errorSoft);
    painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5));
    // The text gives way to the next window, which may begin inside this one.
    double right = box.right();
    for (const lab::FaultWindow& other : faults) {
      const double x = geometry_.x(other.from);
      if (x > box.left() && x < right) right = x;
    }
    const double room = right - box.left() - 16;
    if (room < kLeastText) continue;
    theme_.paintIcon(painter, QRectF(box.left() + 3, box.center().y() - 5, 10, 10),
                     QStringLiteral("bolt"), t.error);
    painter.setPen(t.error);
    painter.drawText(QRectF(box.left() + 15, box.top(), room, box.height()),
                     Qt::AlignVCenter | Qt::AlignLeft,
                     elide(painter.fontMetrics(), QString::fromStdString(faults[i].text),
                           static_cast<int>(room)));
  }
}

void TimelineView::paintEvents(QPainter& painter) const {
  const Tokens& t = theme_.tokens();
  const double y = geometry_.lane(TimelineGeometry::Events).center().y();
  for (const Mark& mark : marks()) {
    const lab::EventLine& line = log_.events()[mark.event];
    painter.setPen(Qt::NoPen);
    painter.setBrush(colourOf(t, line.severity));
    painter.drawPath(shapeOf(line.severity, {mark.x, y}));
  }
  if (!selected_) return;
  const double x = geometry_.x(log_.events()[*selected_].at);
  painter.setPen(QPen(t.text, 1.5));
  painter.setBrush(Qt::NoBrush);
  painter.drawEllipse(QPointF(x, y), kRadius + 2.5, kRadius + 2.5);
}

void TimelineView::paintChecks(QPainter& painter) const {
  const Tokens& t = theme_.tokens();
  const double y = geometry_.lane(TimelineGeometry::Checks).center().y();
  for (const CheckMark& check : log_.checks()) {
    const double x = geometry_.x(check.at);
    const bool fails = check.verdict == lab::Verdict::Fails;
    const QString icon = fails                                  ? QStringLiteral("cross")
                         : check.verdict == lab::Verdict::Holds ? QStringLiteral("check")
                                                                : QStringLiteral("minus");
    theme_.paintIcon(painter, QRectF(x - 6, y - 6, 12, 12), icon, fails ? t.error : t.ok);
  }
}

// Bookmarks as flags on the ruler, and where the present branch left its parent as a dashed line.
void TimelineView::paintStory(QPainter& painter) const {
  const Tokens& t = theme_.tokens();
  const QRectF track = geometry_.track();
  const auto visible = [&](double x) { return x >= track.left() && x <= track.right() + 0.5; };
  const run::Branch& branch = story_.branch();
  const double fork = geometry_.x(branch.forked.at);
  if (branch.parent != run::Branch::kNoParent && visible(fork)) {
    painter.setPen(QPen(t.accent, 1.5, Qt::DashLine));
    painter.drawLine(QPointF(fork, track.top()), QPointF(fork, track.bottom()));
  }
  for (const run::Bookmark& mark : story_.bookmarks) {
    const double x = geometry_.x(mark.position.at);
    if (!visible(x)) continue;
    painter.setPen(QPen(t.warn, 1.5));
    painter.drawLine(QPointF(x, track.top() - 11), QPointF(x, track.bottom()));
    painter.setBrush(mark.branch == story_.current ? QBrush(t.warn) : QBrush(Qt::NoBrush));
    painter.drawPolygon(QPolygonF({QPointF(x, track.top() - 11), QPointF(x + 7, track.top() - 8),
                                   QPointF(x, track.top() - 5)}));
  }
}

void TimelineView::paintPlayhead(QPainter& painter) const {
  const QRectF track = geometry_.track();
  const double x = geometry_.x(dragged_.value_or(now_));
  if (x < track.left() || x > track.right() + 0.5) return;
  const QColor ink = theme_.tokens().text;
  painter.setPen(QPen(ink, 1.5));
  painter.drawLine(QPointF(x, track.top() - 3), QPointF(x, track.bottom()));
  painter.setPen(Qt::NoPen);
  painter.setBrush(ink);
  const double top = track.top() - 9;
  painter.drawPolygon(
      QPolygonF({QPointF(x - 4.5, top), QPointF(x + 4.5, top), QPointF(x + 4.5, top + 5),
                 QPointF(x, top + 9.5), QPointF(x - 4.5, top + 5)}));
}

}  // namespace ringside::views
