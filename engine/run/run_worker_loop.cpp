#include "engine/run/run_worker_loop.h"

#include <algorithm>
#include <exception>
#include <utility>

namespace ringside::run {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kMostComplaints = 64;
constexpr std::size_t kRecentEvents = 256;

std::chrono::nanoseconds frameInterval(Pace pace) {
  return pace == Pace::Express ? std::chrono::nanoseconds(500ms) : std::chrono::nanoseconds(16ms);
}

}  // namespace

void WorkerLoop::wish(Turn turn, Work work) {
  {
    const std::scoped_lock lock(mutex);
    wishes.push_back({turn, std::move(work)});
  }
  wake.notify_one();
}

void WorkerLoop::work(const std::stop_token& stop) {
  try {
    auto made = TimeTravel::of([planned = plan] { return Run::make(planned); },
                               {.budgetBytes = TimeTravel::kBudgetBytes, .story = firstStory});
    if (!made) return publishFailure(made.error().message);
    travel = std::move(*made);
    const std::scoped_lock lock(mutex);
    names = std::make_shared<const ConditionNames>(ConditionNames::of(run()));
    journal = travel->story().branch().journal;
  } catch (const std::exception& caught) {  // A world too large for the machine.
    return publishFailure("the run cannot be built: " + std::string(caught.what()));
  }
  speed = run().info().usualPace;
  publish(true);
  while (grantWishes(stop)) {
    if (travel->isTravelling()) {
      travelSlice();
      continue;
    }
    if (running) workSlice();
    const bool over = lab::isOver(run().state());
    if (running && (over || reachedStop())) pauseHere();
    if (running) publish(false);
    travel->settle(ability);
  }
}

void WorkerLoop::awaitEnd() {
  std::unique_lock lock(mutex);
  wake.wait(lock, [this] { return ended; });
}

// Waits while there is nothing to do. False once the worker is to end.
bool WorkerLoop::grantWishes(const std::stop_token& stop) {
  std::vector<Wish> granted;
  {
    std::unique_lock lock(mutex);
    const auto something = [&] {
      return running || travel->isTravelling() || !wishes.empty() || !waiting.empty();
    };
    if (!wake.wait(lock, stop, something) || stop.stop_requested()) return false;
    granted.swap(wishes);
  }
  if (!waiting.empty()) {  // First come, first served.
    std::move(granted.begin(), granted.end(), std::back_inserter(waiting));
    granted = std::exchange(waiting, {});
  }
  for (Wish& wish : granted) {
    const bool later = travel->isTravelling() && (wish.turn == Turn::AfterJourney);
    if (later || !waiting.empty()) {
      waiting.push_back(std::move(wish));
    } else {
      wish.work(*this);
    }
  }
  if (travel->isTravelling()) return true;
  if (!running && (frameWanted || !granted.empty())) publish(true);
  return true;
}

// ---- Publishing ----------------------------------------------------------------------------

void WorkerLoop::publish(bool evenIfUntaken) {
  const auto now = WallClock::now();
  if (!evenIfUntaken && (now - lastFrame < frameInterval(pace) || frames.full())) return;
  const double wall = std::chrono::duration<double>(now - rateFrom).count();
  if (running && wall >= 0.25) {
    eventsPerSecond = static_cast<double>(run().events() - rateEvents) / wall;
    virtualPerSecond = toSeconds(run().now() - rateAt) / wall;
    rateFrom = now;
    rateEvents = run().events();
    rateAt = run().now();
  }
  travel->settle(ability);
  publishStory();
  lab::Frame frame = run().frame();
  if (running && !lab::isOver(frame.state)) frame.state = lab::RunState::Running;
  if (!running) frame.recent = run().recent(kRecentEvents);
  if (frame.note.empty()) frame.note = struck;
  publishFrame(std::move(frame));
  lastFrame = now;
}

void WorkerLoop::publishFrame(lab::Frame frame) {
  frame.eventsPerWallSecond = eventsPerSecond;
  frame.virtualPerWallSecond = virtualPerSecond;
  frames.put(std::make_shared<const lab::Frame>(std::move(frame)));
  frameWanted = false;
}

void WorkerLoop::publishFailure(const std::string& why) {
  lab::Frame frame;
  frame.state = lab::RunState::Failed;
  frame.note = why;
  frame.labId = plan.labId;
  frame.seed = plan.seed;
  frames.put(std::make_shared<const lab::Frame>(std::move(frame)));
}

// While the run goes on, only how far it got changes: that can wait until it rests.
void WorkerLoop::publishStory() {
  if (running && storySeen == travel->version()) return;
  storySeen = travel->version();
  const std::scoped_lock lock(mutex);
  if (*story == travel->story()) return;
  story = std::make_shared<const Story>(travel->story());
  journal = story->branch().journal;
}

void WorkerLoop::complain(const std::string& what) {
  const std::scoped_lock lock(mutex);
  if (complaints.size() == kMostComplaints) complaints.pop_front();
  complaints.push_back(what);
}

void WorkerLoop::afterAct(const Result<Done>& done) {
  if (!done) complain(done.error().message);
  publishStory();
}

}  // namespace ringside::run
