// WorkerLoop: journeys to other times, with progress, and steps back that show at once.
#include <algorithm>
#include <utility>

#include "engine/run/run_worker_loop.h"

namespace ringside::run {
namespace {

using namespace std::chrono_literals;

constexpr auto kSlice = 8ms;
constexpr std::uint64_t kEventsPerLook = 2048;
constexpr std::uint64_t kRemembered = 64;  // Frames of the places before a goal.

}  // namespace

void WorkerLoop::depart(const std::function<Result<Done>(TimeTravel&)>& how) {
  running = false;
  dropTargets();
  struck.clear();
  travel->settle(ability);
  const auto departed = how(*travel);
  if (!departed) complain(departed.error().message);
  if (travel->isTravelling()) return travelSlice();
  watchRun();  // Another branch, and the same place.
}

// Steps in quick succession: each goes on from where the last one was to arrive.
void WorkerLoop::stepBack() {
  const auto goal = travel->goal();
  const std::uint64_t from = goal && goal->events ? *goal->events : run().events();
  if (from == 0) {
    return complain("the run is at its start: nothing has happened yet");
  }
  depart([from](TimeTravel& t) { return t.seek(Goal::event(from - 1)); });
  if (!travel->isTravelling() || memoryJournal != travel->story().branch().journal) return;
  for (const lab::FramePtr& frame : memory) {
    if (frame->events == from - 1) publishFrame(*frame);
  }
}

void WorkerLoop::travelSlice() {
  const auto began = WallClock::now();
  std::uint64_t done = 0;
  for (;;) {
    const auto goal = travel->goal();
    std::uint64_t limit = kEventsPerLook;
    const std::uint64_t events = travel->traveller().events();
    const bool back = goal && goal->events && *goal->events < run().events();
    if (back && *goal->events - events > kRemembered) {
      limit = std::min(limit, *goal->events - events - kRemembered);
    } else if (back) {
      rememberFrame(travel->traveller());
      limit = 1;
    }
    const auto onTheWay = travel->travelOn(limit);
    done += limit;
    if (!onTheWay || !*onTheWay) {
      return arrive(onTheWay ? std::string() : onTheWay.error().message);
    }
    if (WallClock::now() - began >= kSlice) break;
  }
  const double took = std::chrono::duration<double>(WallClock::now() - began).count();
  if (done > kEventsPerLook) ability += 0.1 * (static_cast<double>(done) / took - ability);
  const std::scoped_lock lock(mutex);
  travelled = travel->partTravelled();
}

void WorkerLoop::arrive(const std::string& why) {
  if (!why.empty()) complain(why);
  {
    const std::scoped_lock lock(mutex);
    travelled.reset();
  }
  watchRun();
  publish(true);
}

void WorkerLoop::rememberFrame(const Run& traveller) {
  if (memoryJournal != travel->story().branch().journal) memory.clear();
  memoryJournal = travel->story().branch().journal;
  const std::uint64_t events = traveller.events();
  const bool known = std::ranges::any_of(
      memory, [events](const lab::FramePtr& frame) { return frame->events == events; });
  if (known) return;
  lab::Frame frame = traveller.frame();
  frame.recent = traveller.recent(256);
  memory.push_back(std::make_shared<const lab::Frame>(std::move(frame)));
  while (memory.size() > 2 * kRemembered) memory.pop_front();
}

}  // namespace ringside::run
