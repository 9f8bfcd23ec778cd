// RunWorker: a run on a thread of its own, steered by wishes and watched through frames.
//
// Model     The worker advances the run in slices of at most 8 ms of wall time. Wishes are read
//           between slices; frames go out through a newest-wins mailbox and are built only when the
//           last one was taken, at most 60 a second.
// Threads   Every method may be called from any one controlling thread; none waits for the worker,
//           but for the destructor, which stops it within a slice.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "engine/lab/frame.h"
#include "engine/run/journal.h"
#include "engine/run/plan.h"

namespace ringside::run {

enum class Pace {
  Paced,    // `speed` virtual seconds per wall second.
  Fast,     // As fast as it goes, frames still 60 a second.
  Express,  // As fast as it goes, two frames a second.
};

class RunWorker {
 public:
  // Builds the run on its thread. A plan that cannot be built gives one Failed frame with the text.
  explicit RunWorker(RunPlan plan);
  ~RunWorker();
  RunWorker(const RunWorker&) = delete;
  RunWorker& operator=(const RunWorker&) = delete;

  void run(Pace pace);
  void pause();
  void stepEvent();                   // Runs one event, then pauses.
  void stepActor(std::string actor);  // Runs to the next event of that actor, then pauses.
  void runUntil(Instant time);        // At the pace last chosen (Fast if none), then pauses.
  void runUntilEvent(std::uint64_t number);
  void setSpeed(double virtualPerWall);  // For Pace::Paced; 1e-6 to 1e9.
  void turnKnob(std::string key, double value);
  void inject(lab::FaultOrder order);
  void lift(std::uint64_t faultId);
  void wantFrame();  // Publish a frame even if nothing changed.

  // Performs `visit` on the run between slices, on the worker's thread (exports read it so).
  void visit(std::function<void(const class Run&)> visitor);

  // The newest frame not yet taken; null when there is none.
  [[nodiscard]] lab::FramePtr takeFrame();
  // The oldest wish that could not be granted (a knob out of range...), once; empty when there is
  // none. At most 64 are kept.
  [[nodiscard]] std::string takeComplaint();
  // Everything done so far, for "save" and "compare"; a copy.
  [[nodiscard]] Journal journal() const;
  [[nodiscard]] const RunPlan& plan() const;

 private:
  struct Shared;
  std::unique_ptr<Shared> shared_;
};

}  // namespace ringside::run
