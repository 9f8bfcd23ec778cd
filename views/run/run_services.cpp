#include "views/run/run_services.h"

#include <utility>

#include "engine/lab/parts/arrival_trace.h"

namespace ringside::views {
namespace {

class WorkerControl final : public RunControl {
 public:
  WorkerControl(run::RunPlan plan, run::Story story) : worker_(std::move(plan), std::move(story)) {}

  void run(run::Pace pace) override { worker_.run(pace); }
  void pause() override { worker_.pause(); }
  void stepEvent() override { worker_.stepEvent(); }
  void stepActor(std::string actor) override { worker_.stepActor(std::move(actor)); }
  void runUntil(Instant time) override { worker_.runUntil(time); }
  void runUntilEvent(std::uint64_t number) override { worker_.runUntilEvent(number); }
  void runUntilCondition(std::string condition) override {
    worker_.runUntilCondition(std::move(condition));
  }
  void stepToEffect() override { worker_.stepToEffect(); }
  void setBreakpoints(std::vector<run::Breakpoint> breakpoints) override {
    worker_.setBreakpoints(std::move(breakpoints));
  }
  void seek(run::Goal goal) override { worker_.seek(goal); }
  void stepBack() override { worker_.stepBack(); }
  void stepBackActor(std::string actor) override { worker_.stepBackActor(std::move(actor)); }
  void stepToCause() override { worker_.stepToCause(); }
  void switchBranch(int branch) override { worker_.switchBranch(branch); }
  void seekOn(int branch, run::Goal goal) override { worker_.seekOn(branch, goal); }
  void fork(std::string name) override { worker_.fork(std::move(name)); }
  void mark(std::string name) override { worker_.mark(std::move(name)); }
  void unmark(std::size_t index) override { worker_.unmark(index); }
  void renameBranch(int branch, std::string name) override {
    worker_.renameBranch(branch, std::move(name));
  }
  void setSpeed(double virtualPerWall) override { worker_.setSpeed(virtualPerWall); }
  void turnKnob(std::string key, double value) override { worker_.turnKnob(std::move(key), value); }
  void inject(lab::FaultOrder order) override { worker_.inject(std::move(order)); }
  void lift(std::uint64_t faultId) override { worker_.lift(faultId); }
  void wantFrame() override { worker_.wantFrame(); }
  void visit(std::function<void(const run::Run&)> visitor) override {
    worker_.visit(std::move(visitor));
  }
  lab::FramePtr takeFrame() override { return worker_.takeFrame(); }
  std::string takeComplaint() override { return worker_.takeComplaint(); }
  run::Journal journal() const override { return worker_.journal(); }
  std::shared_ptr<const run::Story> story() const override { return worker_.story(); }
  std::shared_ptr<const run::ConditionNames> names() const override { return worker_.names(); }
  std::optional<double> travelled() const override { return worker_.travelled(); }

 private:
  run::RunWorker worker_;
};

// A ratio to a base experiment needs two runs, so one run cannot decide it.
std::vector<run::ClaimOutcome> judgeRun(const study::Scenario& scenario, const run::RunPlan& plan,
                                        const lab::Frame& frame) {
  std::vector<run::ClaimOutcome> outcomes;
  for (const study::Claim& claim : scenario.claims) {
    if (claim.base || !run::isExperimentOf(claim, plan)) continue;
    const Result<double> measured = run::readMetric(frame.metrics, claim.metric);
    const std::string evidence = "this run: " + plan.labId + ", seed " + std::to_string(plan.seed) +
                                 ", " + std::to_string(frame.events) + " events";
    outcomes.push_back(measured
                           ? run::judge(scenario, claim, *measured, evidence)
                           : run::judge(scenario, claim, std::nullopt, measured.error().message));
  }
  return outcomes;
}

}  // namespace

RunServices engineServices(DescribeLab describe) {
  RunServices services;
  services.start = [](run::RunPlan plan, run::Story story) -> std::unique_ptr<RunControl> {
    return std::make_unique<WorkerControl>(std::move(plan), std::move(story));
  };
  services.describe = std::move(describe);
  services.planOf = run::planOf;
  services.readArrivals = lab::readArrivals;
  services.judge = judgeRun;
  return services;
}

}  // namespace ringside::views
