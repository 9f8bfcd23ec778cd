#include "engine/run/run_worker.h"

#include <algorithm>
#include <utility>

#include "engine/lab/world.h"
#include "engine/run/run_worker_loop.h"

namespace ringside::run {
namespace {

using Turn = WorkerLoop::Turn;

}  // namespace

RunWorker::RunWorker(RunPlan plan, Story story)
    : loop_(std::make_shared<WorkerLoop>(std::move(plan), std::move(story))) {
  loop_->story = std::make_shared<const Story>(loop_->firstStory);
  loop_->journal = loop_->firstStory.branch().journal;
  loop_->thread = std::jthread([loop = loop_](const std::stop_token& stop) {
    loop->work(stop);
    {
      const std::scoped_lock lock(loop->mutex);
      loop->ended = true;
    }
    loop->wake.notify_all();
    loop->travel.reset();  // Here and not where the last reference goes.
  });
}

// A large run takes a tenth of a second to free, and a window does not wait for that.
RunWorker::~RunWorker() {
  loop_->thread.request_stop();
  loop_->awaitEnd();
  loop_->thread.detach();
}

void RunWorker::run(Pace pace) {
  loop_->wish(Turn::AfterJourney, [pace](WorkerLoop& loop) { loop.start(pace); });
}

void RunWorker::pause() {
  loop_->wish(Turn::AtOnce, [](WorkerLoop& loop) {
    const bool travelling = loop.travel->isTravelling();
    loop.travel->giveUp();
    if (travelling) loop.arrive({});
    loop.pauseHere();
  });
}

void RunWorker::stepEvent() {
  loop_->wish(Turn::AfterJourney, [](WorkerLoop& loop) {
    loop.running = false;
    loop.dropTargets();
    loop.struck.clear();
    loop.run().stopWhere({});  // One event, whatever it brings.
    loop.run().step();
  });
}

void RunWorker::stepActor(std::string actor) {
  loop_->wish(Turn::AfterJourney, [actor = std::move(actor)](WorkerLoop& loop) {
    loop.stepTo([&loop, actor](
                    const PendingEvent& next) { return loop.run().actorName(next.actor) == actor; },
                "event of " + actor);
  });
}

void RunWorker::stepToEffect() {
  loop_->wish(Turn::AfterJourney, [](WorkerLoop& loop) {
    const std::uint64_t cause = loop.run().events();
    const auto pending = loop.run().world().runtime().pending();
    const bool any = std::ranges::any_of(
        pending, [cause](const PendingEvent& event) { return event.cause == cause; });
    const std::string number = std::to_string(cause);
    if (!any) return loop.complain("event " + number + " has scheduled nothing that is to come");
    loop.stepTo([cause](const PendingEvent& next) { return next.cause == cause; },
                "event scheduled by event " + number);
  });
}

void RunWorker::runUntil(Instant time) {
  loop_->wish(Turn::AfterJourney, [time](WorkerLoop& loop) {
    loop.dropTargets();
    loop.stopAt = time;
    if (loop.reachedStop()) {
      loop.dropTargets();
      return loop.complain("the run is already at " +
                           lab::formatDuration(loop.run().now().time_since_epoch()));
    }
    loop.start(loop.pace);
  });
}

void RunWorker::runUntilEvent(std::uint64_t number) {
  loop_->wish(Turn::AfterJourney, [number](WorkerLoop& loop) {
    if (number <= loop.run().events()) {
      return loop.complain("the run has already had " + std::to_string(loop.run().events()) +
                           " events");
    }
    loop.dropTargets();
    loop.stopAtEvent = number;
    loop.start(loop.pace);
  });
}

void RunWorker::runUntilCondition(std::string condition) {
  loop_->wish(Turn::AfterJourney,
              [condition = std::move(condition)](WorkerLoop& loop) { loop.setUntil(condition); });
}

void RunWorker::setBreakpoints(std::vector<Breakpoint> breakpoints) {
  loop_->wish(Turn::AfterJourney,
              [list = std::move(breakpoints)](WorkerLoop& loop) { loop.setBreakpoints(list); });
}

void RunWorker::setSpeed(double virtualPerWall) {
  const double speed = std::clamp(virtualPerWall, 1e-6, 1e9);
  loop_->wish(Turn::AtOnce, [speed](WorkerLoop& loop) {
    loop.speed = speed;
    loop.pacedFrom = WorkerLoop::WallClock::now();
    loop.pacedAt = loop.run().now();
  });
}

void RunWorker::turnKnob(std::string key, double value) {
  loop_->wish(Turn::AfterJourney, [key = std::move(key), value](WorkerLoop& loop) {
    loop.afterAct(loop.travel->turnKnob(key, value));
  });
}

void RunWorker::inject(lab::FaultOrder order) {
  loop_->wish(Turn::AfterJourney, [order = std::move(order)](WorkerLoop& loop) {
    const auto id = loop.travel->inject(order);
    loop.afterAct(id ? Result<Done>(Done{}) : Result<Done>(id.error()));
  });
}

void RunWorker::lift(std::uint64_t faultId) {
  loop_->wish(Turn::AfterJourney,
              [faultId](WorkerLoop& loop) { loop.afterAct(loop.travel->lift(faultId)); });
}

void RunWorker::wantFrame() {
  loop_->wish(Turn::AtOnce, [](WorkerLoop& loop) { loop.frameWanted = true; });
}

// ---- Other times ---------------------------------------------------------------------------

void RunWorker::seek(Goal goal) {
  loop_->wish(Turn::AtOnce, [goal](WorkerLoop& loop) {
    loop.depart([goal](TimeTravel& travel) { return travel.seek(goal); });
  });
}

void RunWorker::stepBack() {
  loop_->wish(Turn::AtOnce, [](WorkerLoop& loop) { loop.stepBack(); });
}

void RunWorker::stepBackActor(std::string actor) {
  loop_->wish(Turn::AfterJourney, [actor = std::move(actor)](WorkerLoop& loop) {
    loop.depart([&actor](TimeTravel& travel) { return travel.backToActor(actor); });
  });
}

void RunWorker::stepToCause() {
  loop_->wish(Turn::AfterJourney, [](WorkerLoop& loop) {
    loop.depart([](TimeTravel& travel) { return travel.toCause(); });
  });
}

void RunWorker::switchBranch(int branch) {
  loop_->wish(Turn::AfterJourney, [branch](WorkerLoop& loop) {
    loop.depart([branch](TimeTravel& travel) { return travel.switchTo(branch); });
  });
}

void RunWorker::seekOn(int branch, Goal goal) {
  loop_->wish(Turn::AfterJourney, [branch, goal](WorkerLoop& loop) {
    loop.depart([branch, goal](TimeTravel& travel) { return travel.seekOn(branch, goal); });
  });
}

void RunWorker::fork(std::string name) {
  loop_->wish(Turn::AfterJourney, [name = std::move(name)](WorkerLoop& loop) {
    loop.travel->settle(loop.ability);
    loop.travel->fork(name);
  });
}

void RunWorker::mark(std::string name) {
  loop_->wish(Turn::AfterJourney,
              [name = std::move(name)](WorkerLoop& loop) { loop.travel->mark(name); });
}

void RunWorker::unmark(std::size_t index) {
  loop_->wish(Turn::AfterJourney,
              [index](WorkerLoop& loop) { loop.afterAct(loop.travel->unmark(index)); });
}

void RunWorker::renameBranch(int branch, std::string name) {
  loop_->wish(Turn::AfterJourney, [branch, name = std::move(name)](WorkerLoop& loop) {
    loop.afterAct(loop.travel->rename(branch, name));
  });
}

void RunWorker::visit(std::function<void(const Run&)> visitor) {
  loop_->wish(Turn::AfterJourney,
              [visitor = std::move(visitor)](WorkerLoop& loop) { visitor(loop.run()); });
}

// ---- What it tells -------------------------------------------------------------------------

lab::FramePtr RunWorker::takeFrame() { return loop_->frames.take(); }

std::string RunWorker::takeComplaint() {
  const std::scoped_lock lock(loop_->mutex);
  if (loop_->complaints.empty()) return {};
  std::string oldest = std::move(loop_->complaints.front());
  loop_->complaints.pop_front();
  return oldest;
}

Journal RunWorker::journal() const {
  const std::scoped_lock lock(loop_->mutex);
  return loop_->journal;
}

const RunPlan& RunWorker::plan() const { return loop_->plan; }

std::shared_ptr<const Story> RunWorker::story() const {
  const std::scoped_lock lock(loop_->mutex);
  return loop_->story;
}

std::shared_ptr<const ConditionNames> RunWorker::names() const {
  const std::scoped_lock lock(loop_->mutex);
  return loop_->names;
}

std::optional<double> RunWorker::travelled() const {
  const std::scoped_lock lock(loop_->mutex);
  return loop_->travelled;
}

}  // namespace ringside::run
