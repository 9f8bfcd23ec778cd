// RunWorker: a run on a thread of its own, steered by wishes and watched through frames.
//
// Model     The worker advances the run in slices of at most 8 ms of wall time. Wishes are read
//           between slices; frames go out through a newest-wins mailbox and are built only when the
//           last one was taken, at most 60 a second. While a journey to another time is under way,
//           whatever is asked of the run waits until it has arrived.
// Threads   Every method may be called from any one controlling thread; none waits for the worker,
//           but for the destructor, which waits for the end of a slice. The memory of the runs is
//           then given back by a thread that lives on just for that.
// Compare   time_travel.h is what it steers; run_worker_loop.h the thread's side.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/lab/frame.h"
#include "engine/run/condition.h"
#include "engine/run/journal.h"
#include "engine/run/plan.h"
#include "engine/run/seek.h"
#include "engine/run/story.h"

namespace ringside::run {

enum class Pace {
  Paced,    // `speed` virtual seconds per wall second.
  Fast,     // As fast as it goes, frames still 60 a second.
  Express,  // As fast as it goes, two frames a second.
};

// A condition at which the run pauses whenever it comes true.
struct Breakpoint {
  std::string condition;
  bool on = true;
  bool operator==(const Breakpoint&) const = default;
};

class WorkerLoop;

class RunWorker {
 public:
  // Builds the run on its thread. A plan that cannot be built gives one Failed frame with the text.
  explicit RunWorker(RunPlan plan, Story story = {});
  ~RunWorker();
  RunWorker(const RunWorker&) = delete;
  RunWorker& operator=(const RunWorker&) = delete;

  void run(Pace pace);
  void pause();                       // Also gives up a journey.
  void stepEvent();                   // Runs one event, then pauses.
  void stepActor(std::string actor);  // Runs to the next event of that actor, then pauses.
  void stepToEffect();                // Runs to the first event that the last one scheduled.
  void runUntil(Instant time);        // At the pace last chosen (Fast if none), then pauses.
  void runUntilEvent(std::uint64_t number);
  void runUntilCondition(std::string condition);  // See condition.h.
  // Replaces the list. What cannot be read is complained of and left out.
  void setBreakpoints(std::vector<Breakpoint> breakpoints);
  void setSpeed(double virtualPerWall);  // For Pace::Paced; 1e-6 to 1e9.
  void turnKnob(std::string key, double value);
  void inject(lab::FaultOrder order);
  void lift(std::uint64_t faultId);
  void wantFrame();  // Publish a frame even if nothing changed.

  // Journeys; each pauses the run, and replaces one under way.
  void seek(Goal goal);
  void stepBack();                        // To before the last event.
  void stepBackActor(std::string actor);  // To its last event before this one.
  void stepToCause();                     // To the event that scheduled the last one.
  void switchBranch(int branch);          // To the same time on another branch.
  void seekOn(int branch, Goal goal);

  void fork(std::string name);  // A new branch from here, without the acts that would follow.
  void mark(std::string name);  // A bookmark here.
  void unmark(std::size_t index);
  void renameBranch(int branch, std::string name);

  // Performs `visit` on the run between slices, on the worker's thread (exports read it so).
  void visit(std::function<void(const class Run&)> visitor);

  // The newest frame not yet taken; null when there is none.
  [[nodiscard]] lab::FramePtr takeFrame();
  // The oldest wish that could not be granted (a knob out of range...), once; empty when there is
  // none. At most 64 are kept.
  [[nodiscard]] std::string takeComplaint();
  // Everything done so far on the present branch, for "save" and "compare"; a copy.
  [[nodiscard]] Journal journal() const;
  [[nodiscard]] const RunPlan& plan() const;
  // Branches and bookmarks; the same pointer as long as nothing changed. Never null.
  [[nodiscard]] std::shared_ptr<const Story> story() const;
  // What conditions can name; null until the run is built.
  [[nodiscard]] std::shared_ptr<const ConditionNames> names() const;
  // How much of a journey is done, 0 to 1; empty when none is under way.
  [[nodiscard]] std::optional<double> travelled() const;

 private:
  std::shared_ptr<WorkerLoop> loop_;  // Shared with its thread, which frees it.
};

}  // namespace ringside::run
