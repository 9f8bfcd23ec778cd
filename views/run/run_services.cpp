#include "views/run/run_services.h"

#include <utility>

#include "engine/lab/parts/arrival_trace.h"

namespace ringside::views {
namespace {

class WorkerControl final : public RunControl {
 public:
  explicit WorkerControl(run::RunPlan plan) : worker_(std::move(plan)) {}

  void run(run::Pace pace) override { worker_.run(pace); }
  void pause() override { worker_.pause(); }
  void stepEvent() override { worker_.stepEvent(); }
  void stepActor(std::string actor) override { worker_.stepActor(std::move(actor)); }
  void runUntil(Instant time) override { worker_.runUntil(time); }
  void runUntilEvent(std::uint64_t number) override { worker_.runUntilEvent(number); }
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
  services.start = [](run::RunPlan plan) -> std::unique_ptr<RunControl> {
    return std::make_unique<WorkerControl>(std::move(plan));
  };
  services.describe = std::move(describe);
  services.planOf = run::planOf;
  services.readArrivals = lab::readArrivals;
  services.judge = judgeRun;
  return services;
}

}  // namespace ringside::views
