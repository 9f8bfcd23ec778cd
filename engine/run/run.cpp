#include "engine/run/run.h"

#include <algorithm>
#include <utility>

#include "engine/run/run_checks.h"
#include "engine/run/run_impl.h"

namespace ringside::run {

// Works in stretches between the acts that are due, so that each falls between the same two events
// whatever the slices.
std::uint64_t Run::Impl::advance(Instant until, std::uint64_t maxEvents) {
  std::uint64_t done = 0;
  stopped = false;
  until = std::min(until, end);
  for (;;) {
    performActs();
    Instant stop = due.empty() ? until : std::min(until, due.back().at);
    std::uint64_t limit = maxEvents - done;
    if (nextReplay < replayed.size()) {
      stop = std::min(stop, replayed[nextReplay].at);
      // Once its events are done, only time is left to pass.
      const std::uint64_t events = world->runtime().events();
      const std::uint64_t after = replayed[nextReplay].afterEvent;
      if (after > events) limit = std::min(limit, after - events);
    }
    done += world->advance(stop, limit);
    if (stopped) return done;
    if (dueIsNext() || replayIsNext()) continue;
    if (done >= maxEvents || world->now() >= until) return done;
  }
}

std::vector<lab::ParameterValue> Run::Impl::knobs() const {
  std::vector<lab::ParameterValue> values;
  for (const lab::ParameterSpec& spec : info.knobs) {
    values.push_back({spec.key, lab->knob(spec.key)});
  }
  return values;
}

// Costs an indirect call an event, so it is there only while something wants to know.
void Run::Impl::hookEvents() {
  if (!trace && !stopWhere) return world->runtime().setStepHook({});
  world->runtime().setStepHook([this](const PendingEvent& event) {
    if (stopWhere && stopWhere()) {
      stopped = true;
      return false;
    }
    if (trace) trace->record(event);
    return true;
  });
}

Run::Run(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Run::~Run() = default;

std::uint64_t Run::advance(Instant until, std::uint64_t maxEvents) {
  if (lab::isOver(impl_->state)) return 0;
  const std::uint64_t done = impl_->guarded([&] { return impl_->advance(until, maxEvents); });
  if (impl_->state == lab::RunState::Failed) return done;
  impl_->state = lab::RunState::Paused;
  const auto next = impl_->world->runtime().next();
  const bool nothingLeft = impl_->world->now() >= impl_->end && (!next || next->at > impl_->end);
  if (nothingLeft) {
    impl_->state = lab::RunState::Finished;
    impl_->guarded([&] { return impl_->world->finish(), Done{}; });
  }
  return done;
}

bool Run::step() { return advance(impl_->end, 1) == 1; }

std::optional<lab::NextEvent> Run::next() const {
  if (lab::isOver(impl_->state)) return std::nullopt;
  VirtualRuntime& runtime = impl_->world->runtime();
  const auto pending = runtime.next();
  if (!pending || pending->at > impl_->end) return std::nullopt;
  return lab::NextEvent{pending->at, runtime.actorName(pending->actor),
                        std::string(kindName(pending->kind)), runtime.events() + 1};
}

Result<Done> Run::turnKnob(std::string_view key, double value) {
  if (lab::isOver(impl_->state)) return Error{"the run is over: restart it to turn knobs"};
  if (auto ok = checkedValue(impl_->info, key, value); !ok) return ok;
  if (specOf(impl_->info, key)->effect == lab::ParameterEffect::NextRun) {
    return Error{std::string(key) + " takes effect at the next start of the run"};
  }
  impl_->guarded([&] { return impl_->performDue(), Done{}; });
  impl_->journal.push_back({now(), events(), KnobTurned{std::string(key), value}});
  impl_->guarded([&] { return impl_->setKnob(key, value), Done{}; });
  return Done{};
}

Result<std::uint64_t> Run::inject(const lab::FaultOrder& order) {
  if (lab::isOver(impl_->state)) return Error{"the run is over: restart it to inject a fault"};
  if (auto ok = impl_->checkOrder(order); !ok) return ok.error();
  impl_->guarded([&] { return impl_->performDue(), Done{}; });
  const std::uint64_t id = impl_->nextFaultId++;
  impl_->journal.push_back({now(), events(), FaultInjected{id, order}});
  impl_->guarded([&] { return impl_->strike(id, order), Done{}; });
  return id;
}

Result<Done> Run::lift(std::uint64_t id) {
  if (lab::isOver(impl_->state)) return Error{"the run is over: restart it to lift a fault"};
  impl_->guarded([&] { return impl_->performDue(), Done{}; });
  const auto found =
      std::ranges::find(impl_->active, id, &std::pair<std::uint64_t, lab::FaultOrder>::first);
  if (found == impl_->active.end()) {
    return Error{"fault " + std::to_string(id) + " is not in force"};
  }
  impl_->journal.push_back({now(), events(), FaultLifted{id}});
  impl_->guarded([&] { return impl_->mend(id), Done{}; });
  return Done{};
}

bool Run::isOn(const Journal& whole) const {
  const Journal& done = impl_->journal;
  if (whole.size() < done.size() || !std::equal(done.begin(), done.end(), whole.begin())) {
    return false;
  }
  return whole.size() == done.size() || position() <= whole[done.size()].position();
}

void Run::setFuture(const Journal& whole) {
  RINGSIDE_CHECK(isOn(whole));
  impl_->replayed = whole;
  impl_->nextReplay = impl_->journal.size();
  impl_->guarded([&] { return impl_->performActs(), Done{}; });
}

void Run::traceEvents(std::size_t capacity) {
  impl_->trace.reset();
  if (capacity > 0) impl_->trace.emplace(capacity, events());
  impl_->hookEvents();
}

const EventTrace* Run::trace() const { return impl_->trace ? &*impl_->trace : nullptr; }

void Run::stopWhere(std::function<bool()> stop) {
  impl_->stopWhere = std::move(stop);
  impl_->stopped = false;
  impl_->hookEvents();
}

bool Run::stopped() const { return impl_->stopped; }

const std::string& Run::actorName(ActorId actor) const {
  return impl_->world->runtime().actorName(actor);
}

const std::vector<lab::FaultWindow>& Run::faults() const { return impl_->windows; }

std::vector<lab::EventStep> Run::recent(std::size_t count) const {
  std::vector<lab::EventStep> steps;
  if (!impl_->trace) return steps;
  const EventTrace& trace = *impl_->trace;
  std::uint64_t number = trace.first();
  if (trace.last() + 1 - number > count) number = trace.last() + 1 - count;
  for (; number <= trace.last(); ++number) {
    const PendingEvent& event = trace.at(number);
    steps.push_back(
        {number, event.at, actorName(event.actor), std::string(kindName(event.kind)), event.cause});
  }
  return steps;
}

lab::World& Run::world() const { return *impl_->world; }

lab::RunState Run::state() const { return impl_->state; }
const std::string& Run::error() const { return impl_->error; }
Instant Run::now() const { return impl_->world->now(); }
Instant Run::end() const { return impl_->end; }
std::uint64_t Run::events() const { return impl_->world->runtime().events(); }
std::uint64_t Run::fingerprint() const { return impl_->world->runtime().fingerprint(); }
const RunPlan& Run::plan() const { return impl_->plan; }
const lab::LabInfo& Run::info() const { return impl_->info; }
const Journal& Run::journal() const { return impl_->journal; }

lab::Frame Run::frame() const {
  lab::Frame frame;
  frame.state = impl_->state;
  frame.note = impl_->error;
  frame.end = impl_->end;
  frame.labId = impl_->plan.labId;
  frame.preset = impl_->presetKept ? impl_->plan.preset : "";
  frame.next = next();
  frame.knobs = impl_->knobs();
  frame.faults = impl_->windows;
  impl_->guarded([&] {
    impl_->world->show(frame);
    frame.checks = checks();
    return Done{};
  });
  frame.state = impl_->state;
  frame.note = impl_->error;
  return frame;
}

std::vector<metrics::MetricValue> Run::metrics() const {
  return impl_->guarded([&] { return impl_->world->recorder().snapshot(now()); });
}

std::vector<lab::CheckResult> Run::checks() const {
  if (impl_->state == lab::RunState::Failed) return {};
  return impl_->guarded([&] { return impl_->lab->check(*impl_->world); });
}

}  // namespace ringside::run
