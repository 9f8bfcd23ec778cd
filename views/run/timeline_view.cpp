#include "views/run/timeline_view.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "views/run/run_text.h"
#include "views/shell/theme.h"

// Handling; timeline_paint.cpp has the drawing.
namespace ringside::views {
namespace {

constexpr double kNamesWidth = 56;
constexpr double kMarkWidth = 9;   // Marks closer than this are one.
constexpr double kNear = 8;        // Pixels from a mark that still hit it.
constexpr double kZoomStep = 1.5;  // A key or a notch of the wheel.
constexpr double kPanStep = 0.2;

QString word(lab::Severity severity) {
  switch (severity) {
    case lab::Severity::Info:
      return TimelineView::tr("info");
    case lab::Severity::Good:
      return TimelineView::tr("good");
    case lab::Severity::Warning:
      return TimelineView::tr("warning");
    case lab::Severity::Bad:
      return TimelineView::tr("bad");
  }
  return {};
}

QString verdictWord(lab::Verdict verdict) {
  switch (verdict) {
    case lab::Verdict::NotReached:
      return TimelineView::tr("not reached");
    case lab::Verdict::Holds:
      return TimelineView::tr("holds");
    case lab::Verdict::Fails:
      return TimelineView::tr("fails");
  }
  return {};
}

QString momentText(Instant at) { return durationText(at.time_since_epoch()); }

}  // namespace

TimelineView::TimelineView(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
  setObjectName(QStringLiteral("timeline"));
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setAccessibleName(tr("Timeline"));
  connect(&theme_, &Theme::changed, this, qOverload<>(&QWidget::update));
  describe();
}

void TimelineView::clear(Duration length) {
  log_.clear();
  length_ = length;
  geometry_.setLength(length);
  now_ = Instant{};
  selected_.reset();
  describe();
  update();
}

void TimelineView::show(const lab::Frame& frame) {
  const std::uint64_t droppedBefore = log_.dropped();
  log_.add(frame);
  if (selected_) {  // The log lost lines at its front: keep the same event selected.
    const std::uint64_t lost = log_.dropped() - droppedBefore;
    if (lost > *selected_) {
      selected_.reset();
    } else {
      *selected_ -= static_cast<std::size_t>(lost);
    }
  }
  now_ = frame.now;
  if (frame.end > Instant{}) {
    length_ = frame.end.time_since_epoch();
    geometry_.setLength(length_);
  }
  if (frame.state == lab::RunState::Running) geometry_.reveal(now_);
  describe();
  update();
}

void TimelineView::setStory(const run::Story& story) {
  story_ = story;
  update();
}

void TimelineView::setPhases(const lab::LabInfo& info, const run::Journal& journal) {
  log_.setPhases(info, length_, journal);
  update();
}

void TimelineView::describe() {
  setAccessibleDescription(
      tr("Virtual time %1 of %2; %3 events, %4 faults, %5 changed verdicts. F2 shows a table.")
          .arg(momentText(now_), durationText(length_))
          .arg(log_.events().size())
          .arg(log_.faults().size())
          .arg(log_.checks().size()));
}

void TimelineView::relayout() { geometry_.setSize(width(), height(), kNamesWidth); }

void TimelineView::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  relayout();
}

// ---- Events --------------------------------------------------------------------------------

std::vector<TimelineView::Mark> TimelineView::marks() const {
  const auto& events = log_.events();
  const QRectF lane = geometry_.lane(TimelineGeometry::Events);
  std::vector<Mark> marks;
  for (std::size_t i = 0; i < events.size(); ++i) {
    const double x = geometry_.x(events[i].at);
    if (x < lane.left() || x > lane.right()) continue;
    if (marks.empty() || x - marks.back().x >= kMarkWidth) {
      marks.push_back({x, i, 1});
      continue;
    }
    ++marks.back().count;
    if (events[i].severity > events[marks.back().event].severity) marks.back().event = i;
  }
  return marks;
}

std::optional<std::size_t> TimelineView::eventAt(QPointF position) const {
  const QRectF lane = geometry_.lane(TimelineGeometry::Events);
  if (position.y() < lane.top() || position.y() > lane.bottom()) return {};
  std::optional<std::size_t> nearest;
  double distance = kNear;
  for (const Mark& mark : marks()) {
    const double away = std::abs(mark.x - position.x());
    if (away > distance) continue;
    distance = away;
    nearest = mark.event;
  }
  return nearest;
}

void TimelineView::selectEvent(std::size_t index) {
  if (index >= log_.events().size()) return;
  selected_ = index;
  const lab::EventLine& line = log_.events()[index];
  geometry_.reveal(line.at);
  update();
  setAccessibleDescription(
      tr("Selected: %1, %2, %3: %4")
          .arg(momentText(line.at), text(line.component), word(line.severity), text(line.text)));
  Q_EMIT selected(text(line.component));
}

void TimelineView::stepSelection(int direction, bool sameComponent) {
  const auto& events = log_.events();
  if (events.empty()) return;
  const auto count = static_cast<std::ptrdiff_t>(events.size());
  std::ptrdiff_t at = selected_       ? static_cast<std::ptrdiff_t>(*selected_)
                      : direction > 0 ? -1
                                      : count;
  const std::string component = selected_ ? events[*selected_].component : std::string();
  for (at += direction; at >= 0 && at < count; at += direction) {
    const auto index = static_cast<std::size_t>(at);
    if (sameComponent && selected_ && events[index].component != component) continue;
    return selectEvent(index);
  }
}

bool TimelineView::onPlayhead(QPointF position) const {
  const QRectF track = geometry_.track();
  if (position.x() < track.left() - kNear || position.x() > track.right() + kNear) return false;
  return position.y() < track.top() || std::abs(position.x() - geometry_.x(now_)) <= kNear / 2;
}

void TimelineView::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return;
  if (const auto hit = eventAt(event->position())) return selectEvent(*hit);
  if (!onPlayhead(event->position())) return;
  dragged_ = geometry_.at(event->position().x());
  update();
}

void TimelineView::mouseMoveEvent(QMouseEvent* event) {
  const bool grip = dragged_ || onPlayhead(event->position());
  setCursor(grip ? Qt::SizeHorCursor : Qt::ArrowCursor);
  if (!dragged_) return;
  dragged_ = geometry_.at(event->position().x());
  QToolTip::showText(event->globalPosition().toPoint(), momentText(*dragged_), this);
  update();
}

void TimelineView::mouseReleaseEvent(QMouseEvent*) {
  if (!dragged_) return;
  Q_EMIT timeWanted(*std::exchange(dragged_, std::nullopt));
  update();
}

void TimelineView::mouseDoubleClickEvent(QMouseEvent* event) {
  if (const auto hit = eventAt(event->position())) Q_EMIT eventWanted(log_.events()[*hit].number);
}

void TimelineView::wheelEvent(QWheelEvent* event) {
  const double notches = event->angleDelta().y() / 120.0;
  if (event->modifiers().testFlag(Qt::ControlModifier)) {
    geometry_.zoom(std::pow(kZoomStep, notches), event->position().x());
  } else {
    geometry_.pan(-notches * kPanStep);
  }
  event->accept();
  update();
}

// A hundredth of what is seen, so that a zoomed timeline is stepped through finely.
bool TimelineView::playheadKey(const QKeyEvent& event) {
  if (!event.modifiers().testFlag(Qt::ShiftModifier)) return false;
  const bool back = event.key() == Qt::Key_Left;
  if (back || event.key() == Qt::Key_Right) {
    const Duration step = geometry_.span() / 100;
    const Duration to = now_.time_since_epoch() + (back ? -step : step);
    Q_EMIT timeWanted(Instant(std::clamp(to, Duration::zero(), length_)));
    return true;
  }
  const bool enter = event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter;
  if (enter && selected_) Q_EMIT eventWanted(log_.events()[*selected_].number);
  return enter;
}

void TimelineView::keyPressEvent(QKeyEvent* event) {
  if (playheadKey(*event)) return;
  const double playhead = geometry_.x(now_);
  switch (event->key()) {
    case Qt::Key_W:
      geometry_.zoom(kZoomStep, playhead);
      break;
    case Qt::Key_S:
      geometry_.zoom(1 / kZoomStep, playhead);
      break;
    case Qt::Key_A:
      geometry_.pan(-kPanStep);
      break;
    case Qt::Key_D:
      geometry_.pan(kPanStep);
      break;
    case Qt::Key_Home:
      geometry_.fit();
      break;
    case Qt::Key_Left:
    case Qt::Key_Comma:
      return stepSelection(-1, event->key() == Qt::Key_Comma);
    case Qt::Key_Right:
    case Qt::Key_Period:
      return stepSelection(1, event->key() == Qt::Key_Period);
    case Qt::Key_Return:
    case Qt::Key_Enter:
      if (selected_) Q_EMIT selected(text(log_.events()[*selected_].component));
      return;
    case Qt::Key_Space:
      Q_EMIT toggleWanted();
      return;
    default:
      return QWidget::keyPressEvent(event);
  }
  update();
}

// ---- Tool tips -----------------------------------------------------------------------------

QString TimelineView::tipAt(QPointF position) const {
  if (const auto hit = eventAt(position)) {
    const lab::EventLine& line = log_.events()[*hit];
    for (const Mark& mark : marks()) {
      if (mark.event != *hit || mark.count == 1) continue;
      return tr("%1  %2 (%3): %4\nand %5 more here; zoom in to tell them apart")
          .arg(momentText(line.at), text(line.component), word(line.severity), text(line.text))
          .arg(mark.count - 1);
    }
    return tr("%1  %2 (%3): %4")
        .arg(momentText(line.at), text(line.component), word(line.severity), text(line.text));
  }
  for (const lab::FaultWindow& fault : log_.faults()) {
    if (!geometry_.bar(TimelineGeometry::Faults, fault.from, fault.to).contains(position)) continue;
    const QString to =
        fault.to == kNever ? tr("until lifted") : tr("to %1").arg(momentText(fault.to));
    return tr("%1: from %2 %3").arg(text(fault.text), momentText(fault.from), to);
  }
  const auto& phases = log_.phases();
  for (std::size_t i = phases.size(); i > 0; --i) {
    const QRectF bar = geometry_.bar(TimelineGeometry::Phases, phases[i - 1].from, kNever);
    if (bar.contains(position)) {
      return tr("%1: from %2").arg(phases[i - 1].text, momentText(phases[i - 1].from));
    }
  }
  const QRectF lane = geometry_.lane(TimelineGeometry::Checks);
  for (const CheckMark& check : log_.checks()) {
    const double away = std::abs(geometry_.x(check.at) - position.x());
    if (away > kNear || position.y() < lane.top()) continue;
    return tr("%1 %2, first seen at %3")
        .arg(check.text, verdictWord(check.verdict), momentText(check.at));
  }
  return {};
}

bool TimelineView::event(QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride) {  // A and D are answers elsewhere.
    static constexpr int kOwn[] = {Qt::Key_W, Qt::Key_A, Qt::Key_S, Qt::Key_D, Qt::Key_Home};
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool plain = key->modifiers() == Qt::NoModifier;
    if (plain && std::find(std::begin(kOwn), std::end(kOwn), key->key()) != std::end(kOwn)) {
      event->accept();
      return true;
    }
  }
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    const QString tip = tipAt(help->pos());
    if (tip.isEmpty()) {
      QToolTip::hideText();
      event->ignore();
    } else {
      QToolTip::showText(help->globalPos(), tip, this);
    }
    return true;
  }
  return QWidget::event(event);
}

}  // namespace ringside::views
