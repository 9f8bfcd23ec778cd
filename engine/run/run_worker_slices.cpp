// WorkerLoop: advancing the run slice by slice, to where it is to stop.
#include <algorithm>
#include <utility>

#include "engine/lab/world.h"
#include "engine/run/run_worker_loop.h"

namespace ringside::run {
namespace {

using namespace std::chrono_literals;

constexpr auto kSlice = 8ms;
constexpr std::uint64_t kEventsPerLook = 2048;   // Between two looks at the wall clock.
constexpr std::uint64_t kStepsPerLook = 64;      // Likewise, where each event is looked at.
constexpr std::uint64_t kMostSteps = 1'000'000;  // An event that never comes is given up.

}  // namespace

void WorkerLoop::start(Pace how) {
  pace = how;
  running = !lab::isOver(run().state());
  struck.clear();
  pacedFrom = rateFrom = WallClock::now();
  pacedAt = rateAt = run().now();
  rateEvents = run().events();
  watchRun();
}

void WorkerLoop::pauseHere() {
  running = false;
  dropTargets();
  travel->settle(ability);
  publish(true);
}

void WorkerLoop::dropTargets() {
  stopAt = kNever;
  stopAtEvent = ~std::uint64_t{0};
  stopAfter = nullptr;
  if (until) {
    until.reset();
    watchRun();
  }
}

bool WorkerLoop::reachedStop() const {
  const Run& here = run();
  if (here.now() > stopAt || here.events() >= stopAtEvent) return true;
  if (here.now() < stopAt) return false;
  const auto next = here.next();  // What else happens at that very instant belongs to it.
  return !next || next->at > stopAt;
}

std::uint64_t WorkerLoop::eventLimit() const {
  return std::min(kEventsPerLook, stopAtEvent - run().events());
}

void WorkerLoop::workSlice() {
  const auto sliceEnd = WallClock::now() + kSlice;
  if (stopAfter) return stepSlice(sliceEnd);
  if (pace == Pace::Paced) return paceSlice(sliceEnd);
  runTowards(std::min(stopAt, run().end()), sliceEnd);
}

void WorkerLoop::stepSlice(WallClock::time_point sliceEnd) {
  for (; stepsLeft > 0; --stepsLeft) {
    if (stepsLeft % kStepsPerLook == 0 && WallClock::now() >= sliceEnd) return;
    const auto next = run().world().runtime().next();
    const bool found = next && stopAfter(*next);
    if (!run().step() || found) return pauseHere();
  }
  complain("no " + stopAfterText + " among the next million");
  pauseHere();
}

void WorkerLoop::stepTo(std::function<bool(const PendingEvent&)> isIt, std::string what) {
  dropTargets();
  start(pace);
  stopAfter = std::move(isIt);
  stopAfterText = std::move(what);
  stepsLeft = kMostSteps;
}

void WorkerLoop::runTowards(Instant target, WallClock::time_point sliceEnd) {
  const auto began = WallClock::now();
  const std::uint64_t before = run().events();
  while (!lab::isOver(run().state()) && !reachedStop()) {
    const std::uint64_t limit = eventLimit();
    const std::uint64_t done = run().advance(target, limit);
    if (run().stopped()) {
      pauseHere();
      break;
    }
    if (done < limit || WallClock::now() >= sliceEnd) break;
  }
  const std::uint64_t done = run().events() - before;
  if (done < kEventsPerLook) return;  // Too few to tell.
  const double took = std::chrono::duration<double>(WallClock::now() - began).count();
  ability += 0.1 * (static_cast<double>(done) / std::max(took, 1e-6) - ability);
}

// Runs up to where virtual time should be by now; a run that cannot keep up does not hurry later.
void WorkerLoop::paceSlice(WallClock::time_point sliceEnd) {
  const auto wall = std::chrono::duration<double>(WallClock::now() - pacedFrom).count();
  const Instant due = pacedAt + fromSeconds(std::min(wall * speed, 1e9));
  runTowards(std::min({due, stopAt, run().end()}), sliceEnd);
  if (run().now() < due && WallClock::now() >= sliceEnd) {
    pacedFrom = WallClock::now();
    pacedAt = run().now();
    return;
  }
  std::unique_lock lock(mutex);
  wake.wait_until(lock, sliceEnd, [&] { return !wishes.empty(); });
}

// ---- Conditions ----------------------------------------------------------------------------

void WorkerLoop::watchRun() {
  watches.clear();
  if (until) watches.push_back(std::make_unique<ConditionWatch>(*until, run()));
  for (const Condition& condition : breakpoints) {
    watches.push_back(std::make_unique<ConditionWatch>(condition, run()));
  }
  if (watches.empty()) return run().stopWhere({});
  run().stopWhere([this] { return anyStrikes(); });
}

// Looks at them all, since each has to know how things stood before.
bool WorkerLoop::anyStrikes() {
  const ConditionWatch* first = nullptr;
  for (const auto& watch : watches) {
    if (watch->strikes() && first == nullptr) first = watch.get();
  }
  if (first != nullptr) struck = first->condition().text();
  return first != nullptr;
}

void WorkerLoop::setUntil(const std::string& text) {
  const auto condition = Condition::parse(text, *names);
  if (!condition) return complain(condition.error().message);
  if (ConditionWatch(*condition, run()).holds()) {
    return complain("it is so already: " + condition->text());
  }
  dropTargets();
  until = *condition;
  start(pace);
}

void WorkerLoop::setBreakpoints(const std::vector<Breakpoint>& list) {
  breakpoints.clear();
  for (const Breakpoint& breakpoint : list) {
    if (!breakpoint.on) continue;
    const auto condition = Condition::parse(breakpoint.condition, *names);
    if (condition) {
      breakpoints.push_back(*condition);
    } else {
      complain("breakpoint: " + condition.error().message);
    }
  }
  watchRun();
}

}  // namespace ringside::run
