#include "views/run/run_session.h"

#include <QRandomGenerator>

#include <algorithm>
#include <cmath>

#include "engine/lab/parts/arrival_trace.h"
#include "views/run/run_commands.h"
#include "views/run/run_text.h"

namespace ringside::views {
namespace {

constexpr int kPollMillis = 16;
// After the last frame of a run at rest, wait this long for the effect of a wish still under way.
constexpr int kQuietPolls = 500 / kPollMillis;
}  // namespace

RunSession::RunSession(RunServices services, QObject* parent)
    : QObject(parent), services_(std::move(services)), undo_(this) {
  poll_.setTimerType(Qt::PreciseTimer);
  poll_.setInterval(kPollMillis);
  connect(&poll_, &QTimer::timeout, this, &RunSession::poll);
  rebuild_.setSingleShot(true);
  connect(&rebuild_, &QTimer::timeout, this, [this] { begin(); });
}

RunSession::~RunSession() = default;

bool RunSession::open(const run::RunPlan& plan) { return open(plan, {}, {}); }

bool RunSession::open(const run::RunPlan& plan, const run::Story& story, run::Position place) {
  Result<lab::LabInfo> info = services_.describe(plan.labId);
  if (!info) return Q_EMIT complaint(text(info.error().message)), false;
  Result<KnobSheet> knobs = KnobSheet::make(*info, plan.preset, plan.knobs);
  if (!knobs) return Q_EMIT complaint(text(knobs.error().message)), false;
  if (info_.id != info->id) speed_ = info->usualPace;
  info_ = *std::move(info);
  knobs_ = *std::move(knobs);
  plan_ = plan;
  if (plan_.length <= Duration::zero()) plan_.length = info_.usualLength;
  undo_.clear();
  arrivalsFile_.clear();
  begin(story);
  if (place != run::Position{}) seek(run::Goal::place(place));
  Q_EMIT speedChanged(speed_);
  return true;
}

bool RunSession::load(const study::Experiment& experiment) {
  const Result<run::RunPlan> plan = services_.planOf(experiment);
  if (!plan) return Q_EMIT complaint(text(plan.error().message)), false;
  return open(*plan);
}

Result<Done> RunSession::openArrivals(const QString& path) {
  if (!isOpen() || !info_.acceptsArrivals) {
    return Error{"This lab cannot be driven from recorded arrivals."};
  }
  Result<lab::ArrivalTrace> trace = services_.readArrivals(path.toStdString());
  if (!trace) return trace.error();
  plan_.arrivals = std::make_shared<const lab::ArrivalTrace>(*std::move(trace));
  arrivalsFile_ = path;
  begin();
  return Done{};
}

lab::RunState RunSession::state() const { return frame_ ? frame_->state : lab::RunState::Idle; }

Duration RunSession::length() const {
  return frame_ && frame_->end > Instant{} ? frame_->end.time_since_epoch() : plan_.length;
}

run::Journal RunSession::journal() const { return control_ ? control_->journal() : run::Journal{}; }

bool RunSession::untouched() const { return knobs_.waitingCount() == 0 && journal().empty(); }

std::vector<run::ClaimOutcome> RunSession::judge(const study::Scenario& scenario) const {
  if (!frame_ || frame_->state != lab::RunState::Finished || !untouched()) return {};
  return services_.judge(scenario, plan_, *frame_);
}

bool RunSession::visit(std::function<void(const run::Run&)> visitor) {
  if (control_) control_->visit(std::move(visitor));
  return control_ != nullptr;
}

// ---- Frames --------------------------------------------------------------------------------

void RunSession::setWatched(bool watched) {
  if (watched_ == watched) return;
  watched_ = watched;
  if (!watched_) return poll_.stop();
  if (!control_) return;
  control_->wantFrame();
  keepPolling();
}

void RunSession::keepPolling() {
  quietPolls_ = 0;
  if (watched_ && !poll_.isActive()) poll_.start();
}

void RunSession::command(bool willRun) {
  begun_ = true;
  expectRunning_ = willRun;
  keepPolling();
}

void RunSession::poll() {
  const lab::FramePtr frame = control_->takeFrame();
  const std::string sentence = control_->takeComplaint();
  if (!sentence.empty()) Q_EMIT complaint(text(sentence));
  const std::optional<double> travelled = control_->travelled();
  if (std::exchange(travelled_, travelled) != travelled) Q_EMIT travelledChanged();
  if (frame) return take(frame);
  // The first frame of a large lab may take a while; until it is there the run is being built.
  const bool running = frame_ && frame_->state == lab::RunState::Running;
  const bool busy = !frame_ || travelled_ || expectRunning_ || running;
  if (!busy && ++quietPolls_ >= kQuietPolls) poll_.stop();
}

void RunSession::take(const lab::FramePtr& frame) {
  const lab::RunState before = state();
  const bool first = frame_ == nullptr;
  frame_ = frame;
  quietPolls_ = 0;
  if (frame->state == lab::RunState::Running || lab::isOver(frame->state)) expectRunning_ = false;
  takeStory();
  takeKnobs(*frame);
  if (faults_->awaits()) faults_->learn(control_->journal());
  Q_EMIT frameReady(frame_);
  if (!first && before == frame->state) return;
  Q_EMIT stateChanged(frame->state);
  if (lab::isOver(frame->state)) Q_EMIT ended(frame->state);
}

// ---- Starting ------------------------------------------------------------------------------

void RunSession::begin(const run::Story& story) {
  rebuild_.stop();
  forgetFaultsInUndo();
  plan_.preset = knobs_.presetId();
  plan_.knobs = knobs_.changes();
  control_ = services_.start(plan_, story);
  story_ = control_->story();
  travelled_.reset();
  departed_ = false;
  if (!breakpoints_.empty()) control_->setBreakpoints(breakpoints_);
  faults_ = std::make_unique<FaultBook>(*control_);
  if (speed_ != info_.usualPace) control_->setSpeed(speed_);
  knobs_.started();
  frame_ = nullptr;
  Q_EMIT opened();
  Q_EMIT storyChanged();
  Q_EMIT knobsChanged();
  control_->wantFrame();
  command(false);
  begun_ = false;
  acts_ = 0;
}

// A fault belongs to the run it struck; a knob's turn outlives a restart.
void RunSession::forgetFaultsInUndo() {
  std::vector<KnobCommand*> kept;
  bool anyFault = false;
  for (int i = 0; i < undo_.count(); ++i) {
    const auto* knob = dynamic_cast<const KnobCommand*>(undo_.command(i));
    anyFault = anyFault || knob == nullptr;
    if (knob != nullptr && i < undo_.index()) kept.push_back(knob->copyDone());
  }
  if (anyFault) undo_.clear();
  for (KnobCommand* knob : kept) anyFault ? undo_.push(knob) : delete knob;
}

void RunSession::rebuildIfDue() {
  if (rebuild_.isActive()) begin();
}

void RunSession::restart(Then then) {
  if (!isOpen()) return;
  begin();
  if (then == Then::GoOn) start(pace_);
}

void RunSession::setSeed(std::uint64_t seed) {
  plan_.seed = seed;
  restart(Then::Hold);
}

void RunSession::reseed() { setSeed(QRandomGenerator::global()->bounded(1U, 1'000'000U)); }

// ---- Steering ------------------------------------------------------------------------------

void RunSession::start(run::Pace pace) {
  if (!isOpen()) return;
  if (lab::isOver(state())) begin();
  rebuildIfDue();
  pace_ = pace;
  control_->run(pace);
  command(true);
}

void RunSession::toggle() {
  if (state() == lab::RunState::Running) return pause();
  start(run::Pace::Paced);
}

void RunSession::pause() {
  if (!isOpen()) return;
  control_->pause();
  control_->wantFrame();
  command(false);
}

void RunSession::step() {
  if (!isOpen() || lab::isOver(state())) return;
  rebuildIfDue();
  Q_EMIT stepStarting();
  control_->stepEvent();
  command(false);
}

void RunSession::stepActor(const QString& actor) {
  if (!isOpen() || lab::isOver(state())) return;
  rebuildIfDue();
  Q_EMIT stepStarting();
  control_->stepActor(actor.toStdString());
  command(false);
}

void RunSession::runUntil(Instant time) {
  if (!isOpen() || lab::isOver(state())) return;
  rebuildIfDue();
  control_->runUntil(time);
  command(false);
}

void RunSession::runUntilEvent(std::uint64_t number) {
  if (!isOpen() || lab::isOver(state())) return;
  rebuildIfDue();
  control_->runUntilEvent(number);
  command(false);
}

void RunSession::runUntilCondition(const QString& condition) {
  if (!isOpen() || lab::isOver(state())) return;
  rebuildIfDue();
  control_->runUntilCondition(condition.toStdString());
  command(false);
}

void RunSession::setSpeed(double virtualPerWall) {
  speed_ = std::clamp(virtualPerWall, 1e-6, std::max(1e3, info_.usualPace));
  if (control_) control_->setSpeed(speed_);
  Q_EMIT speedChanged(speed_);
}

}  // namespace ringside::views
