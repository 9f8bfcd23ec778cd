// PaymentGateway: the whole system: balancers, gateways, payment service, caches, shards, banks.
//
// Model     submit() brings one request in; it passes a balancer and a gateway's queue, is
//           processed by the payment service, and ends in one outcome.
// Threads   None. One owner.
// Cost      About 12 events a payment.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <vector>

#include "engine/systems/gateway_tier.h"
#include "engine/systems/payment_service.h"

namespace ringside::systems {

class PaymentGateway {
 public:
  // Told of every request that ended; the trace is the payment's own and goes after the call.
  using OnEnded = std::function<void(const PaymentInFlight& payment, Outcome outcome)>;

  struct Hooks {
    PaymentService::BreakerListener onBreaker;
    OnEnded onEnded;
  };

  PaymentGateway(Runtime& runtime, GatewayConfig& config, metrics::Recorder& recorder,
                 std::uint64_t merchants, Hooks hooks);

  // Starts the processes that run by themselves.
  void start() { notifier_.start(); }

  // REQUIRES: request.intent is open at the auditor.
  void submit(const PaymentRequest& request);

  void stepsChanged();

  [[nodiscard]] Runtime& runtime() { return runtime_; }
  [[nodiscard]] const GatewayConfig& config() const { return config_; }
  [[nodiscard]] Auditor& auditor() { return auditor_; }
  [[nodiscard]] const Auditor& auditor() const { return auditor_; }
  [[nodiscard]] GatewayTier& gateways() { return gateways_; }
  [[nodiscard]] GatewayCaches& caches() { return caches_; }
  [[nodiscard]] ShardCluster& shards() { return shards_; }
  [[nodiscard]] Notifier& notifier() { return notifier_; }
  [[nodiscard]] PaymentService& service() { return service_; }
  [[nodiscard]] GatewayMeters& meters() { return meters_; }
  [[nodiscard]] Bank& bank(Method method) { return *banks_[static_cast<std::size_t>(method)]; }
  [[nodiscard]] const Bank& bank(Method method) const {
    return *banks_[static_cast<std::size_t>(method)];
  }
  [[nodiscard]] std::uint64_t inFlight() const { return inFlight_; }

 private:
  Task<> serve(PaymentRequest request);
  void noteGateway(PaymentInFlight& payment, const GatewayTier::Passage& passage);
  void end(const PaymentInFlight& payment, Outcome outcome);

  Runtime& runtime_;
  GatewayConfig& config_;
  OnEnded onEnded_;
  ActorId clients_;
  Auditor auditor_;
  GatewayMeters meters_;
  GatewayTier gateways_;
  GatewayCaches caches_;
  ShardCluster shards_;
  Notifier notifier_;
  std::array<std::unique_ptr<Bank>, kMethods> banks_;
  PaymentService service_;
  std::uint64_t inFlight_ = 0;
};

}  // namespace ringside::systems
