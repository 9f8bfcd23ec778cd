// PaymentGatewayLab: the payment gateway at a million payments a second, and what breaks it.
//
// Setup    Clients submit payments of Zipf-distributed merchants through balancers and gateways to
//          the payment service, its caches, its shards and three banks.
// Watch    In-flight payments follow Little's law; a dead gateway's share lands on the others; a
//          dead shard's arcs pass to its neighbours on the ring.
// Predict  What does a transaction held open across the bank call do to the connection pool?
// Claim    Money is conserved, nobody pays twice, and every request ends in exactly one outcome.
#pragma once

#include <array>
#include <memory>
#include <optional>

#include "engine/base/zipf.h"
#include "engine/lab/lab.h"
#include "engine/labs/payment_gateway_knobs.h"
#include "engine/labs/payment_gateway_scenes.h"
#include "engine/systems/payment_gateway.h"

namespace ringside::labs {

class PaymentGatewayLab final : public lab::Lab {
 public:
  [[nodiscard]] lab::LabInfo describe() const override;
  void setKnob(std::string_view key, double value) override;
  [[nodiscard]] double knob(std::string_view key) const override;
  void start(lab::World& world) override;
  void inject(lab::World& world, std::uint64_t id, const lab::FaultOrder& order) override;
  void lift(lab::World& world, std::uint64_t id, const lab::FaultOrder& order) override;
  [[nodiscard]] std::vector<lab::CheckResult> check(const lab::World& world) const override;

 private:
  // Counts as of half the run, so that rates can be read off its settled half.
  struct Halfway {
    Instant at{};
    std::vector<std::uint64_t> offered;  // By gateway.
    std::uint64_t backlog = 0;
  };

  void applyKnobs();
  void strike(const lab::FaultOrder& order, bool on);
  Task<> arrivals(lab::World& world);
  Task<> repeatLater(systems::PaymentRequest request, Duration delay, bool opened);
  Task<> noteHalfway(lab::World& world);
  [[nodiscard]] systems::PaymentRequest newRequest(const lab::ArrivalProcess::Next& arrival);
  void submitWithRepeats(const systems::PaymentRequest& request);
  void keepTrace(lab::World& world, const systems::PaymentInFlight& payment,
                 systems::Outcome outcome);

  // payment_gateway_metrics.cpp
  void declareMetrics(lab::World& world);
  void declareGateways(lab::World& world);
  void declareBanks(metrics::Recorder& recorder);
  void declareCaches(metrics::Recorder& recorder);
  void declareAudit(metrics::Recorder& recorder);
  void declarePlan(lab::World& world);
  void declareCharts(lab::World& world) const;
  [[nodiscard]] double ratePerGateway(Instant now);
  [[nodiscard]] double backlogGrowth(Instant now);

  // payment_gateway_theory.cpp
  void declareTheory(lab::World& world);
  void declareLittle(lab::World& world);
  void declareGatewayTheory(lab::World& world);
  [[nodiscard]] double offeredRate() const;
  [[nodiscard]] theory::Assumption steadyTraffic() const;
  [[nodiscard]] theory::Assumption undisturbed() const;
  [[nodiscard]] theory::Assumption roomAtGateways() const;

  PaymentGatewayKnobs knobs_;
  systems::GatewayConfig config_;
  std::unique_ptr<systems::PaymentGateway> system_;
  std::optional<lab::ArrivalProcess> process_;
  std::optional<Zipf> merchants_;
  std::optional<Rng> draws_;
  Halfway halfway_;
  std::uint64_t nextNumber_ = 1;
  std::uint64_t breakerTransitions_ = 0;
  BreakerHistory breakers_;
  std::vector<std::pair<std::uint64_t, lab::FaultOrder>> inForce_;  // Oldest first.
  bool disturbed_ = false;  // A knob was turned or a fault struck since the start.
  double hotShare_ = 0;     // Part of the traffic that a fault gives to one merchant.
};

}  // namespace ringside::labs
