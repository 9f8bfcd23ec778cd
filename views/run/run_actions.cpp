#include "views/run/run_actions.h"

#include <QUndoStack>

#include "views/run/run_session.h"
#include "views/run/speed_steps.h"
#include "views/shell/theme.h"

namespace ringside::views {

using namespace Qt::StringLiterals;

RunActions::RunActions(RunSession& session, const Theme& theme, QObject* parent)
    : QObject(parent), session_(session), theme_(theme) {
  makeRunning();
  makeTravelling();
  makeHistory();
  connect(&session_, &RunSession::stateChanged, this, &RunActions::reflect);
  connect(&session_, &RunSession::opened, this, &RunActions::reflect);
  connect(&session_, &RunSession::frameReady, this, &RunActions::reflect);
  connect(&session_, &RunSession::travelledChanged, this, &RunActions::reflect);
  connect(&session_, &RunSession::storyChanged, this, &RunActions::reflect);
  reflect();
}

QAction* RunActions::add(const char* id, const QString& name, const QString& icon,
                         const QString& key) {
  auto* action = new QAction(name, this);
  action->setObjectName(QString::fromLatin1(id));
  if (!icon.isEmpty()) action->setIcon(theme_.icon(icon));
  if (!key.isEmpty()) action->setShortcut(QKeySequence(key));
  return action;
}

void RunActions::makeRunning() {
  toStart = add("run.toStart", tr("To the start"), u"to-start"_s, u"Ctrl+Home"_s);
  run = add("run.run", tr("Run"), u"run"_s, u"F5"_s);
  pause = add("run.pause", tr("Pause"), u"pause"_s, u"F8"_s);
  step = add("run.step", tr("Step one event"), u"step"_s, u"F4"_s);
  fast = add("run.fast", tr("Fast: as fast as it goes"), u"fast"_s, u"F6"_s);
  express = add("run.express", tr("Express: fastest, hardly drawn"), u"express"_s, u"F7"_s);
  until =
      add("run.until", tr("Run until a time, an event or a condition"), u"until"_s, u"Ctrl+F5"_s);
  restart = add("run.restart", tr("Restart with the same seed"), u"restart"_s, u"Ctrl+Shift+F5"_s);
  reseed = add("run.reseed", tr("New seed"), u"dice"_s, u"Ctrl+Shift+R"_s);
  slower = add("run.slower", tr("Slower"), {}, u"["_s);
  faster = add("run.faster", tr("Faster"), {}, u"]"_s);
  fast->setCheckable(true);
  express->setCheckable(true);
  RunSession* s = &session_;
  connect(toStart, &QAction::triggered, s, [s] { s->restart(RunSession::Then::Hold); });
  connect(run, &QAction::triggered, s, &RunSession::toggle);
  connect(pause, &QAction::triggered, s, &RunSession::pause);
  connect(step, &QAction::triggered, s, &RunSession::step);
  // Pressed again, a pace gives way to the one that can be followed.
  const auto paceOf = [](QAction* action, ringside::run::Pace pace) {
    return action->isChecked() ? pace : ringside::run::Pace::Paced;
  };
  connect(fast, &QAction::triggered, s,
          [this, s, paceOf] { s->start(paceOf(fast, ringside::run::Pace::Fast)); });
  connect(express, &QAction::triggered, s,
          [this, s, paceOf] { s->start(paceOf(express, ringside::run::Pace::Express)); });
  connect(restart, &QAction::triggered, s, [s] { s->restart(RunSession::Then::GoOn); });
  connect(reseed, &QAction::triggered, s, &RunSession::reseed);
  connect(slower, &QAction::triggered, s, [s] { s->setSpeed(slowerThan(s->speed())); });
  connect(faster, &QAction::triggered, s, [s] { s->setSpeed(fasterThan(s->speed())); });
}

void RunActions::makeTravelling() {
  stepBack = add("run.stepBack", tr("Step back one event"), u"step-back"_s, u"Shift+F4"_s);
  breakpoints = add("run.breakpoints", tr("Breakpoints"), u"target"_s, u"F9"_s);
  story = add("run.story", tr("Branches and bookmarks"), u"replica"_s, u"Ctrl+J"_s);
  fork = add("run.fork", tr("Fork here"), u"ring"_s, u"F"_s);
  mark = add("run.mark", tr("Set a bookmark here"), u"mark"_s, u"M"_s);
  nextMark = add("run.nextMark", tr("Go to the next bookmark"), u"flag"_s, u"Shift+M"_s);
  cause = add("run.cause", tr("Go to the cause of the last event"), {}, u"Ctrl+Left"_s);
  effect = add("run.effect", tr("Go to the effect of the last event"), {}, u"Ctrl+Right"_s);
  RunSession* s = &session_;
  connect(stepBack, &QAction::triggered, s, &RunSession::stepBack);
  connect(fork, &QAction::triggered, s, [s] { s->fork({}); });
  connect(mark, &QAction::triggered, s, [s] { s->mark({}); });
  connect(nextMark, &QAction::triggered, this, &RunActions::goToNextMark);
  connect(cause, &QAction::triggered, s, &RunSession::stepToCause);
  connect(effect, &QAction::triggered, s, &RunSession::stepToEffect);
}

// From the last one to the first again.
void RunActions::goToNextMark() {
  const auto& marks = session_.story().bookmarks;
  if (marks.empty() || !session_.frame()) return;
  const ringside::run::Position here{session_.frame()->events, session_.frame()->now};
  for (const auto& each : marks) {
    if (each.position > here)
      return session_.seekOn(each.branch, ringside::run::Goal::place(each.position));
  }
  session_.seekOn(marks.front().branch, ringside::run::Goal::place(marks.front().position));
}

void RunActions::makeHistory() {
  undo = add("run.undo", tr("Undo"), u"undo"_s, u"Ctrl+Z"_s);
  redo = add("run.redo", tr("Redo"), {}, u"Ctrl+Shift+Z"_s);
  QUndoStack* stack = session_.undoStack();
  connect(undo, &QAction::triggered, stack, &QUndoStack::undo);
  connect(redo, &QAction::triggered, stack, &QUndoStack::redo);
  const auto label = [this, stack] {
    const QString undone = stack->undoText(), redone = stack->redoText();
    undo->setText(undone.isEmpty() ? tr("Undo") : tr("Undo %1").arg(undone));
    redo->setText(redone.isEmpty() ? tr("Redo") : tr("Redo %1").arg(redone));
    undo->setEnabled(stack->canUndo());
    redo->setEnabled(stack->canRedo());
  };
  connect(stack, &QUndoStack::indexChanged, this, label);
  connect(stack, &QUndoStack::undoTextChanged, this, label);
  label();
}

void RunActions::reflect() {
  const lab::RunState state = session_.state();
  const bool open = session_.isOpen();
  const bool running = state == lab::RunState::Running;
  const bool live = open && !lab::isOver(state);
  const bool moved = session_.frame() && session_.frame()->events > 0;
  toStart->setEnabled(open && (moved || lab::isOver(state)));
  run->setEnabled(open);
  run->setText(running ? tr("Pause") : lab::isOver(state) ? tr("Run again") : tr("Run"));
  const QString icon = running ? u"pause"_s : u"run"_s;
  if (run->data().toString() != icon) run->setIcon(theme_.icon(icon));
  run->setData(icon);
  const bool travelling = session_.travelled().has_value();
  pause->setEnabled(running || travelling);
  step->setEnabled(live && !running);
  stepBack->setEnabled(open && moved);
  cause->setEnabled(open && moved && !running);
  effect->setEnabled(live && moved && !running);
  fork->setEnabled(open && session_.frame() && !running && !travelling);
  mark->setEnabled(open && session_.frame());
  nextMark->setEnabled(!session_.story().bookmarks.empty());
  story->setEnabled(open);
  breakpoints->setEnabled(open);
  until->setEnabled(live);
  fast->setEnabled(open);
  express->setEnabled(open);
  fast->setChecked(running && session_.pace() == ringside::run::Pace::Fast);
  express->setChecked(running && session_.pace() == ringside::run::Pace::Express);
  restart->setEnabled(open);
  reseed->setEnabled(open);
}

std::vector<QAction*> RunActions::all() const {
  return {run,         pause,   step,    stepBack, fast,     express, until,
          breakpoints, toStart, restart, reseed,   slower,   faster,  undo,
          redo,        story,   fork,    mark,     nextMark, cause,   effect};
}

QString RunActions::withKey(const QAction& action) {
  const QString key = action.shortcut().toString(QKeySequence::NativeText);
  return key.isEmpty() ? action.text() : u"%1 (%2)"_s.arg(action.text(), key);
}

}  // namespace ringside::views
