// ShadowSet: runs of one plan that are held at earlier places, so that going back is quick.
//
// Model     A coroutine's frame cannot be copied, so a checkpoint is another run of the same plan
//           and journal, advanced in the background to where shadow_plan.h wants it and held there.
//           A shadow only moves forwards: one that is taken becomes the run itself, and another is
//           made from the start. A run that is given up is kept while there is room, since one may
//           want to come back to it, and is destroyed in the background, which takes a while.
// Promise   Any held run that Run::isOn() the journal asked for may be had, whichever branch it was
//           made for. Their measured memory stays within the budget, but for the one being moved.
// Threads   One owner, and a thread of the set's own at a lower priority. That one works in slices
//           of kSliceEvents, so nothing here waits longer than for such a slice, or for a run to be
//           freed in the destructor.
// Rejected  Forking the process, which copies everything at once: the window could not look into
//           the copy. Slices of the worker when paused: nothing would be held yet when a run that
//           went as fast as it goes is paused.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "engine/base/result.h"
#include "engine/run/run.h"
#include "engine/run/shadow_plan.h"

namespace ringside::run {

// A run, and the memory it is thought to take: its part of what the process grew by.
struct HeldRun {
  std::unique_ptr<Run> run;
  std::size_t bytes = 0;
};

class ShadowSet {
 public:
  using Maker = std::function<Result<std::unique_ptr<Run>>()>;  // Called on the set's thread.

  static constexpr std::uint64_t kSliceEvents = 2048;

  ShadowSet(Maker maker, std::size_t budgetBytes);
  ~ShadowSet();
  ShadowSet(const ShadowSet&) = delete;
  ShadowSet& operator=(const ShadowSet&) = delete;

  // Ends the thread's work and lets it destroy what is held; does not wait.
  void stop() { thread_.request_stop(); }

  // What to work towards: the run's place, its journal and its speed. Cheap where nothing changed.
  // Returns what the process grew by on account of the run since the last call.
  std::size_t aim(Position present, std::shared_ptr<const Journal> journal, double eventsPerSecond,
                  std::size_t presentBytes);

  // The held run furthest along among those on `whole` at a place that `serves`; none: null.
  HeldRun take(const Journal& whole, const std::function<bool(Position)>& serves);
  // Keeps a run, or destroys it in the background; null is ignored.
  void keep(HeldRun run);

  // Whether everything planned is in place.
  [[nodiscard]] bool atRest() const;
  [[nodiscard]] std::vector<Position> places() const;  // Of the held runs, in no order.
  [[nodiscard]] std::size_t bytes() const;

 private:
  struct Job {
    HeldRun held;
    std::uint64_t to = 0;
  };

  void work(const std::stop_token& stop);
  bool nextJob(Job& job);
  void advance(Job& job, std::unique_lock<std::mutex>& lock);
  [[nodiscard]] std::vector<int> assign(const std::vector<std::uint64_t>& wanted) const;
  bool makeRoom(std::vector<int>& assigned, std::size_t needed);
  void doom(std::size_t index);
  void bury(std::unique_lock<std::mutex>& lock);
  void measure(HeldRun* moving, std::uint64_t movedEvents);
  [[nodiscard]] std::size_t heldBytes() const;
  [[nodiscard]] bool isReachable(const HeldRun& held) const;

  const Maker maker_;
  const std::size_t budget_;

  mutable std::mutex mutex_;
  std::condition_variable_any wake_;      // There may be work.
  std::condition_variable_any returned_;  // What was being advanced is back.
  std::vector<HeldRun> held_;
  std::vector<HeldRun> doomed_;
  ShadowNeeds needs_;
  std::shared_ptr<const Journal> journal_;
  bool changed_ = false;  // Since the thread last found nothing to do.
  bool moving_ = false;   // A run is out with the thread.
  bool resting_ = false;  // The thread found nothing to do.
  bool makerFails_ = false;
  int takers_ = 0;  // The thread lets these go first.
  std::size_t residentBefore_ = 0;
  std::uint64_t presentBefore_ = 0;
  std::uint64_t movedEvents_ = 0;  // By shadows, since the last measure.
  std::size_t presentGrowth_ = 0;

  std::jthread thread_;  // Last: stopped and joined before the rest goes.
};

}  // namespace ringside::run
