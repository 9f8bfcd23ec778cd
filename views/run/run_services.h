// RunControl and RunServices: the seam between the window and the engine.
//
// Model     RunControl is what the window may ask of a run, method for method as run::RunWorker.
//           RunServices are the few functions that a session needs beside it. Views know no lab, so
//           the composition hands in what describes one; tests hand in a run of their own.
// Threads   GUI thread, as for RunWorker: nothing here waits for the worker.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/lab/frame.h"
#include "engine/lab/lab.h"
#include "engine/run/claims.h"
#include "engine/run/run_worker.h"

namespace ringside::views {

class RunControl {
 public:
  virtual ~RunControl() = default;

  virtual void run(run::Pace pace) = 0;
  virtual void pause() = 0;
  virtual void stepEvent() = 0;
  virtual void stepActor(std::string actor) = 0;
  virtual void runUntil(Instant time) = 0;
  virtual void runUntilEvent(std::uint64_t number) = 0;
  virtual void runUntilCondition(std::string condition) = 0;
  virtual void stepToEffect() = 0;
  virtual void setBreakpoints(std::vector<run::Breakpoint> breakpoints) = 0;
  virtual void seek(run::Goal goal) = 0;
  virtual void stepBack() = 0;
  virtual void stepBackActor(std::string actor) = 0;
  virtual void stepToCause() = 0;
  virtual void switchBranch(int branch) = 0;
  virtual void seekOn(int branch, run::Goal goal) = 0;
  virtual void fork(std::string name) = 0;
  virtual void mark(std::string name) = 0;
  virtual void unmark(std::size_t index) = 0;
  virtual void renameBranch(int branch, std::string name) = 0;
  virtual void setSpeed(double virtualPerWall) = 0;
  virtual void turnKnob(std::string key, double value) = 0;
  virtual void inject(lab::FaultOrder order) = 0;
  virtual void lift(std::uint64_t faultId) = 0;
  virtual void wantFrame() = 0;
  virtual void visit(std::function<void(const run::Run&)> visitor) = 0;
  virtual lab::FramePtr takeFrame() = 0;
  virtual std::string takeComplaint() = 0;
  [[nodiscard]] virtual run::Journal journal() const = 0;
  [[nodiscard]] virtual std::shared_ptr<const run::Story> story() const = 0;
  [[nodiscard]] virtual std::shared_ptr<const run::ConditionNames> names() const = 0;
  [[nodiscard]] virtual std::optional<double> travelled() const = 0;
};

using DescribeLab = std::function<Result<lab::LabInfo>(const std::string& labId)>;

struct RunServices {
  std::function<std::unique_ptr<RunControl>(run::RunPlan, run::Story)> start;
  DescribeLab describe;
  std::function<Result<run::RunPlan>(const study::Experiment&)> planOf;
  std::function<Result<lab::ArrivalTrace>(const std::string& path)> readArrivals;
  // The claims of a scenario that a finished, untouched run of `plan` decides by itself.
  std::function<std::vector<run::ClaimOutcome>(const study::Scenario&, const run::RunPlan& plan,
                                               const lab::Frame&)>
      judge;
};

// The services of the real engine.
RunServices engineServices(DescribeLab describe);

}  // namespace ringside::views
