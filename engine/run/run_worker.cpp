#include "engine/run/run_worker.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "engine/run/mailbox.h"
#include "engine/run/run.h"

namespace ringside::run {
namespace {

using WallClock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr auto kSlice = 8ms;
constexpr std::uint64_t kEventsPerLook = 2048;   // Between two looks at the wall clock.
constexpr std::uint64_t kStepsPerLook = 64;      // Likewise, where each event is looked at.
constexpr std::uint64_t kMostSteps = 1'000'000;  // An actor that never comes is given up.
constexpr std::size_t kMostComplaints = 64;

std::chrono::nanoseconds frameInterval(Pace pace) {
  return pace == Pace::Express ? std::chrono::nanoseconds(500ms) : std::chrono::nanoseconds(16ms);
}

}  // namespace

// What both threads see. Everything but the mailbox is guarded by the mutex.
struct RunWorker::Shared {
  explicit Shared(RunPlan planned) : plan(std::move(planned)) {}

  using Wish = std::function<void(Shared&)>;  // Runs on the worker's thread.

  void wish(Wish what) {
    {
      const std::scoped_lock lock(mutex);
      wishes.push_back(std::move(what));
    }
    wake.notify_one();
  }

  void work(const std::stop_token& stop);
  bool grantWishes(const std::stop_token& stop);
  void workSlice();
  void paceSlice(WallClock::time_point sliceEnd);
  void publish(bool evenIfUntaken);
  void publishFailure(const std::string& why);
  void complain(const std::string& what);
  void pauseHere();
  void dropTargets();
  void start(Pace how);
  void afterChange();
  [[nodiscard]] bool reachedStop() const;
  void actorSlice(WallClock::time_point sliceEnd);
  void runTowards(Instant until, WallClock::time_point sliceEnd);
  [[nodiscard]] std::uint64_t eventLimit() const;

  const RunPlan plan;
  Mailbox<lab::Frame> frames;

  mutable std::mutex mutex;
  std::condition_variable_any wake;
  std::vector<Wish> wishes;
  std::deque<std::string> complaints;  // Oldest first.
  Journal journal;

  // The worker's own.
  std::unique_ptr<Run> run;
  bool running = false;
  Pace pace = Pace::Fast;
  double speed = 0.01;
  Instant stopAt = kNever;
  std::uint64_t stopAtEvent = ~std::uint64_t{0};
  std::string stopAtActor;
  std::uint64_t stepsLeft = 0;      // Until stopAtActor is given up.
  WallClock::time_point pacedFrom;  // Paced: wall time at which the run was at `pacedAt`.
  Instant pacedAt;
  WallClock::time_point lastFrame;
  WallClock::time_point rateFrom;
  std::uint64_t rateEvents = 0;
  Instant rateAt;
  double eventsPerSecond = 0;
  double virtualPerSecond = 0;
  bool frameWanted = true;

  std::jthread thread;  // Last: stopped and joined before the rest goes.
};

void RunWorker::Shared::work(const std::stop_token& stop) {
  try {
    auto made = Run::make(plan);
    if (!made) return publishFailure(made.error().message);
    run = std::move(*made);
  } catch (const std::exception& caught) {  // A world too large for the machine.
    return publishFailure("the run cannot be built: " + std::string(caught.what()));
  }
  speed = run->info().usualPace;
  publish(true);
  while (grantWishes(stop)) {
    if (running) workSlice();
    const bool over = lab::isOver(run->state());
    if (running && (over || reachedStop())) pauseHere();
    if (running) publish(false);
  }
}

// Waits while there is nothing to do. False once the worker is to end.
bool RunWorker::Shared::grantWishes(const std::stop_token& stop) {
  std::vector<Wish> granted;
  {
    std::unique_lock lock(mutex);
    const auto something = [&] { return running || !wishes.empty(); };
    if (!wake.wait(lock, stop, something)) return false;
    granted.swap(wishes);
  }
  for (const Wish& wish : granted) wish(*this);
  if (!running && (frameWanted || !granted.empty())) publish(true);
  return !stop.stop_requested();
}

bool RunWorker::Shared::reachedStop() const {
  if (run->now() > stopAt || run->events() >= stopAtEvent) return true;
  if (run->now() < stopAt) return false;
  const auto next = run->next();  // What else happens at that very instant belongs to it.
  return !next || next->at > stopAt;
}

std::uint64_t RunWorker::Shared::eventLimit() const {
  return std::min(kEventsPerLook, stopAtEvent - run->events());
}

void RunWorker::Shared::workSlice() {
  const auto sliceEnd = WallClock::now() + kSlice;
  if (!stopAtActor.empty()) return actorSlice(sliceEnd);
  if (pace == Pace::Paced) return paceSlice(sliceEnd);
  runTowards(std::min(stopAt, run->end()), sliceEnd);
}

void RunWorker::Shared::actorSlice(WallClock::time_point sliceEnd) {
  for (; stepsLeft > 0; --stepsLeft) {
    if (stepsLeft % kStepsPerLook == 0 && WallClock::now() >= sliceEnd) return;
    const auto next = run->next();
    const bool found = next && next->actor == stopAtActor;
    if (!run->step() || found) return pauseHere();
  }
  complain("no event of " + stopAtActor + " among the next million");
  pauseHere();
}

void RunWorker::Shared::runTowards(Instant until, WallClock::time_point sliceEnd) {
  while (!lab::isOver(run->state()) && !reachedStop()) {
    const std::uint64_t limit = eventLimit();
    const std::uint64_t done = run->advance(until, limit);
    if (done < limit || WallClock::now() >= sliceEnd) return;
  }
}

// Runs up to where virtual time should be by now; a run that cannot keep up does not hurry later.
void RunWorker::Shared::paceSlice(WallClock::time_point sliceEnd) {
  const auto wall = std::chrono::duration<double>(WallClock::now() - pacedFrom).count();
  const Instant due = pacedAt + fromSeconds(std::min(wall * speed, 1e9));
  runTowards(std::min({due, stopAt, run->end()}), sliceEnd);
  if (run->now() < due && WallClock::now() >= sliceEnd) {
    pacedFrom = WallClock::now();
    pacedAt = run->now();
    return;
  }
  std::unique_lock lock(mutex);
  wake.wait_until(lock, sliceEnd, [&] { return !wishes.empty(); });
}

void RunWorker::Shared::publish(bool evenIfUntaken) {
  const auto now = WallClock::now();
  if (!evenIfUntaken && (now - lastFrame < frameInterval(pace) || frames.full())) return;
  const double wall = std::chrono::duration<double>(now - rateFrom).count();
  if (running && wall >= 0.25) {
    eventsPerSecond = static_cast<double>(run->events() - rateEvents) / wall;
    virtualPerSecond = toSeconds(run->now() - rateAt) / wall;
    rateFrom = now;
    rateEvents = run->events();
    rateAt = run->now();
  }
  lab::Frame frame = run->frame();
  if (running && !lab::isOver(frame.state)) frame.state = lab::RunState::Running;
  frame.eventsPerWallSecond = eventsPerSecond;
  frame.virtualPerWallSecond = virtualPerSecond;
  frames.put(std::make_shared<const lab::Frame>(std::move(frame)));
  lastFrame = now;
  frameWanted = false;
}

void RunWorker::Shared::publishFailure(const std::string& why) {
  lab::Frame frame;
  frame.state = lab::RunState::Failed;
  frame.note = why;
  frame.labId = plan.labId;
  frame.seed = plan.seed;
  frames.put(std::make_shared<const lab::Frame>(std::move(frame)));
}

void RunWorker::Shared::complain(const std::string& what) {
  const std::scoped_lock lock(mutex);
  if (complaints.size() == kMostComplaints) complaints.pop_front();
  complaints.push_back(what);
}

void RunWorker::Shared::pauseHere() {
  running = false;
  dropTargets();
  publish(true);
}

void RunWorker::Shared::dropTargets() {
  stopAt = kNever;
  stopAtEvent = ~std::uint64_t{0};
  stopAtActor.clear();
}

void RunWorker::Shared::start(Pace how) {
  pace = how;
  running = !lab::isOver(run->state());
  pacedFrom = rateFrom = WallClock::now();
  pacedAt = rateAt = run->now();
  rateEvents = run->events();
}

void RunWorker::Shared::afterChange() {
  const std::scoped_lock lock(mutex);
  journal = run->journal();
}

RunWorker::RunWorker(RunPlan plan) : shared_(std::make_unique<Shared>(std::move(plan))) {
  shared_->thread =
      std::jthread([shared = shared_.get()](const std::stop_token& stop) { shared->work(stop); });
}

RunWorker::~RunWorker() = default;

void RunWorker::run(Pace pace) {
  shared_->wish([pace](Shared& s) { s.start(pace); });
}

void RunWorker::pause() {
  shared_->wish([](Shared& s) { s.pauseHere(); });
}

void RunWorker::stepEvent() {
  shared_->wish([](Shared& s) {
    s.running = false;
    s.dropTargets();
    s.run->step();
  });
}

void RunWorker::stepActor(std::string actor) {
  shared_->wish([actor = std::move(actor)](Shared& s) {
    s.dropTargets();
    s.start(s.pace);
    s.stopAtActor = actor;
    s.stepsLeft = kMostSteps;
  });
}

void RunWorker::runUntil(Instant time) {
  shared_->wish([time](Shared& s) {
    s.dropTargets();
    s.stopAt = time;
    if (s.reachedStop()) {
      s.dropTargets();
      return s.complain("the run is already at " +
                        lab::formatDuration(s.run->now().time_since_epoch()));
    }
    s.start(s.pace);
  });
}

void RunWorker::runUntilEvent(std::uint64_t number) {
  shared_->wish([number](Shared& s) {
    if (number <= s.run->events()) {
      return s.complain("the run has already had " + std::to_string(s.run->events()) + " events");
    }
    s.dropTargets();
    s.start(s.pace);
    s.stopAtEvent = number;
  });
}

void RunWorker::setSpeed(double virtualPerWall) {
  const double speed = std::clamp(virtualPerWall, 1e-6, 1e9);
  shared_->wish([speed](Shared& s) {
    s.speed = speed;
    s.pacedFrom = WallClock::now();
    s.pacedAt = s.run->now();
  });
}

void RunWorker::turnKnob(std::string key, double value) {
  shared_->wish([key = std::move(key), value](Shared& s) {
    if (const auto done = s.run->turnKnob(key, value); !done) s.complain(done.error().message);
    s.afterChange();
  });
}

void RunWorker::inject(lab::FaultOrder order) {
  shared_->wish([order = std::move(order)](Shared& s) {
    if (const auto id = s.run->inject(order); !id) s.complain(id.error().message);
    s.afterChange();
  });
}

void RunWorker::lift(std::uint64_t faultId) {
  shared_->wish([faultId](Shared& s) {
    if (const auto done = s.run->lift(faultId); !done) s.complain(done.error().message);
    s.afterChange();
  });
}

void RunWorker::wantFrame() {
  shared_->wish([](Shared& s) { s.frameWanted = true; });
}

void RunWorker::visit(std::function<void(const Run&)> visitor) {
  shared_->wish([visitor = std::move(visitor)](Shared& s) { visitor(*s.run); });
}

lab::FramePtr RunWorker::takeFrame() { return shared_->frames.take(); }

std::string RunWorker::takeComplaint() {
  const std::scoped_lock lock(shared_->mutex);
  if (shared_->complaints.empty()) return {};
  std::string oldest = std::move(shared_->complaints.front());
  shared_->complaints.pop_front();
  return oldest;
}

Journal RunWorker::journal() const {
  const std::scoped_lock lock(shared_->mutex);
  return shared_->journal;
}

const RunPlan& RunWorker::plan() const { return shared_->plan; }

}  // namespace ringside::run
