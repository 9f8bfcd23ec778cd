// GatewayBench: a small payment gateway under test, with payers that can be steered.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/metrics/recorder.h"
#include "engine/runtime/virtual_runtime.h"
#include "engine/systems/payment_gateway.h"

namespace ringside::systems {

class GatewayBench {
 public:
  static constexpr std::uint64_t kMerchants = 50;

  // The corrected design, small and with steps of fixed length.
  static GatewayConfig small() {
    GatewayConfig config;
    config.l2Capacity = 10'000;
    config.pool = 800;
    config.poolQueue = 800;
    return config;
  }

  explicit GatewayBench(GatewayConfig figures = small(), std::uint64_t seed = 1)
      : config(figures), recorder(metrics::Recorder::Config{}), runtime(seed) {
    PaymentGateway::Hooks hooks;
    hooks.onEnded = [this](const PaymentInFlight& payment, Outcome outcome) {
      ended.push_back({payment.request, outcome, runtime.now() - payment.arrived});
    };
    system = std::make_unique<PaymentGateway>(runtime, config, recorder, kMerchants, hooks);
    system->start();
  }
  GatewayBench(const GatewayBench&) = delete;
  GatewayBench& operator=(const GatewayBench&) = delete;
  ~GatewayBench() {
    runtime.shutDown();
    system.reset();
  }

  PaymentRequest request(std::uint64_t key, std::uint64_t merchant = 1,
                         std::int64_t amount = 1000) {
    PaymentRequest made;
    made.number = ++number_;
    made.key = key;
    made.merchant = merchant;
    made.amount = amount;
    made.fingerprint = merchant * 1'000'003 + static_cast<std::uint64_t>(amount);
    return made;
  }

  // One wish to pay, asked for once.
  void submit(PaymentRequest request) {
    request.intent = system->auditor().open();
    system->submit(request);
    system->auditor().release(request.intent);
  }

  // One wish to pay, asked for twice: now and after `gap`.
  void submitTwice(PaymentRequest request, Duration gap) {
    request.intent = system->auditor().open();
    system->auditor().hold(request.intent);
    system->submit(request);
    system->auditor().release(request.intent);
    runtime.spawn(repeat(request, gap), runtime.actor("payer"));
  }

  void runFor(Duration time) { runtime.advance(runtime.now() + time, ~std::uint64_t{0}); }

  [[nodiscard]] const Auditor::Totals& totals() const { return system->auditor().totals(); }
  [[nodiscard]] std::uint64_t count(Outcome outcome) const {
    return totals().outcomes[static_cast<std::size_t>(outcome)];
  }

  struct Ended {
    PaymentRequest request;
    Outcome outcome;
    Duration latency;
  };

  GatewayConfig config;
  metrics::Recorder recorder;
  VirtualRuntime runtime;
  std::unique_ptr<PaymentGateway> system;
  std::vector<Ended> ended;

 private:
  Task<> repeat(PaymentRequest request, Duration gap) {
    co_await sleepFor(runtime, gap);
    request.number = ++number_;
    system->submit(request);
    system->auditor().release(request.intent);
  }

  std::uint64_t number_ = 0;
};

}  // namespace ringside::systems
