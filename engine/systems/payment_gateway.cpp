#include "engine/systems/payment_gateway.h"

namespace ringside::systems {

PaymentGateway::PaymentGateway(Runtime& runtime, GatewayConfig& config, metrics::Recorder& recorder,
                               std::uint64_t merchants, Hooks hooks)
    : runtime_(runtime),
      config_(config),
      onEnded_(std::move(hooks.onEnded)),
      clients_(runtime.actor("clients")),
      meters_(recorder),
      gateways_(runtime, config),
      caches_(runtime, config, merchants),
      shards_(runtime, config, auditor_),
      notifier_(runtime, config, shards_),
      banks_{std::make_unique<Bank>(runtime, Method::Card, config, auditor_),
             std::make_unique<Bank>(runtime, Method::Upi, config, auditor_),
             std::make_unique<Bank>(runtime, Method::Netbanking, config, auditor_)},
      service_({runtime, config, auditor_, meters_, caches_, shards_, notifier_, banks_},
               std::move(hooks.onBreaker)) {}

void PaymentGateway::submit(const PaymentRequest& request) {
  auditor_.begun(request.intent);
  meters_.offered();
  ++inFlight_;
  runtime_.spawn(serve(request), clients_);
}

void PaymentGateway::stepsChanged() {
  service_.stepsChanged();
  for (const auto& bank : banks_) bank->configChanged();
}

Task<> PaymentGateway::serve(PaymentRequest request) {
  PaymentInFlight payment(runtime_, request, &service_);
  const GatewayTier::Offer offer = gateways_.offer();
  const GatewayTier::Passage& passage = offer.passage;
  Outcome outcome = Outcome::Unavailable;
  if (passage.fate == GatewayTier::Fate::Overloaded) outcome = Outcome::RejectedOverload;
  if (passage.fate == GatewayTier::Fate::Passed) {
    payment.gateway = static_cast<std::uint16_t>(passage.gateway);
    co_await payment.pause(gateways_.node(passage.gateway).actor, offer.finish - runtime_.now());
    if (gateways_.arrive(offer) == GatewayTier::Fate::Passed) {
      noteGateway(payment, passage);
      const Instant entered = runtime_.now();
      outcome = co_await service_.process(payment);
      if (outcome == Outcome::Approved) meters_.served(runtime_.now() - entered);
    }
  }
  end(payment, outcome);
}

void PaymentGateway::noteGateway(PaymentInFlight& payment, const GatewayTier::Passage& passage) {
  meters_.waitedAtGateway(passage.wait);
  payment.trace.waited(Place::Gateway, passage.gateway, payment.arrived + passage.wait);
  payment.trace.served(Place::Gateway, passage.gateway, runtime_.now());
}

void PaymentGateway::end(const PaymentInFlight& payment, Outcome outcome) {
  --inFlight_;
  meters_.ended(outcome, runtime_.now() - payment.arrived);
  auditor_.ended(payment.request.intent, outcome);
  if (onEnded_) onEnded_(payment, outcome);
}

}  // namespace ringside::systems
