#include <algorithm>

#include "views/run/run_commands.h"
#include "views/run/run_session.h"
#include "views/run/run_text.h"

// The session at other times and on other branches; run_session.cpp has its going on.
namespace ringside::views {

std::shared_ptr<const run::ConditionNames> RunSession::conditionNames() const {
  return control_ ? control_->names() : nullptr;
}

void RunSession::setBreakpoints(std::vector<run::Breakpoint> breakpoints) {
  breakpoints_ = std::move(breakpoints);
  if (control_) control_->setBreakpoints(breakpoints_);
  keepPolling();
  Q_EMIT breakpointsChanged();
}

// What was done can be undone only where it was done.
void RunSession::depart() {
  rebuildIfDue();
  Q_EMIT stepStarting();
  undo_.clear();
  faults_ = std::make_unique<FaultBook>(*control_);
  faults_->skip(control_->journal().size());
  departed_ = true;
  control_->wantFrame();
  command(false);
}

void RunSession::seek(run::Goal goal) {
  if (!isOpen()) return;
  depart();
  control_->seek(goal);
}

void RunSession::stepBack() {
  if (!isOpen()) return;
  depart();
  control_->stepBack();
}

void RunSession::stepBackActor(const QString& actor) {
  if (!isOpen()) return;
  depart();
  control_->stepBackActor(actor.toStdString());
}

void RunSession::stepToCause() {
  if (!isOpen()) return;
  depart();
  control_->stepToCause();
}

void RunSession::stepToEffect() {
  if (!isOpen() || lab::isOver(state())) return;
  rebuildIfDue();
  Q_EMIT stepStarting();
  control_->stepToEffect();
  command(false);
}

void RunSession::switchBranch(int branch) {
  if (!isOpen() || branch == story_->current) return;
  depart();
  control_->switchBranch(branch);
}

void RunSession::seekOn(int branch, run::Goal goal) {
  if (!isOpen()) return;
  depart();
  control_->seekOn(branch, goal);
}

void RunSession::fork(const QString& name) {
  if (!isOpen()) return;
  rebuildIfDue();
  control_->fork(name.toStdString());
  control_->wantFrame();
  command(false);
}

void RunSession::mark(const QString& name) {
  if (!isOpen()) return;
  control_->mark(name.toStdString());
  control_->wantFrame();
  keepPolling();
}

void RunSession::unmark(std::size_t index) {
  if (!isOpen()) return;
  control_->unmark(index);
  control_->wantFrame();
  keepPolling();
}

void RunSession::renameBranch(int branch, const QString& name) {
  if (!isOpen()) return;
  control_->renameBranch(branch, name.toStdString());
  control_->wantFrame();
  keepPolling();
}

void RunSession::takeStory() {
  const std::shared_ptr<const run::Story> story = control_->story();
  if (story == story_) return;
  const bool forked = story->branches.size() > story_->branches.size();
  story_ = story;
  if (forked) {  // Acts beyond the fork are not of this branch: read on where it left its parent.
    const run::Branch& branch = story->branch();
    const run::Journal& parent = story->branches[static_cast<std::size_t>(branch.parent)].journal;
    const auto parts = std::ranges::mismatch(branch.journal, parent);
    faults_->skip(static_cast<std::size_t>(parts.in1 - branch.journal.begin()));
  }
  Q_EMIT storyChanged();
}

// After a journey the panels show what the knobs were then.
void RunSession::takeKnobs(const lab::Frame& frame) {
  if (!departed_ || control_->travelled() || frame.state == lab::RunState::Running) return;
  bool changed = false;
  for (const lab::ParameterValue& knob : frame.knobs) {
    const lab::ParameterSpec* spec = specOf(knob.key);
    if (spec == nullptr || spec->effect == lab::ParameterEffect::NextRun) continue;
    if (knobs_.wanted(knob.key) == knob.value) continue;
    knobs_.want(knob.key, knob.value);
    changed = true;
  }
  if (changed) Q_EMIT knobsChanged();
}

}  // namespace ringside::views
