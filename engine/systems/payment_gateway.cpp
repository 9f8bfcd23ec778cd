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
  PaymentInFlight payment{.request = request, .arrived = runtime_.now()};
  const Outcome outcome = co_await pass(payment);
  end(payment, outcome);
}

Task<Outcome> PaymentGateway::pass(PaymentInFlight& payment) {
  const GatewayTier::Offer offer = gateways_.offer();
  const GatewayTier::Passage& passage = offer.passage;
  if (passage.fate == GatewayTier::Fate::Overloaded) co_return Outcome::RejectedOverload;
  if (passage.fate == GatewayTier::Fate::Dead) co_return Outcome::Unavailable;
  payment.gateway = passage.gateway;
  co_await sleepUntil(runtime_, offer.finish, gateways_.node(passage.gateway).actor,
                      EventKind::Service);
  if (gateways_.arrive(offer) == GatewayTier::Fate::Dead) co_return Outcome::Unavailable;
  meters_.waitedAtGateway(passage.wait);
  payment.trace.mark(static_cast<std::uint8_t>(Place::Gateway),
                     static_cast<std::uint8_t>(passage.gateway), {}, passage.wait, passage.service);
  const Instant entered = runtime_.now();
  const Outcome outcome = co_await service_.process(payment);
  if (outcome == Outcome::Approved) meters_.served(runtime_.now() - entered);
  co_return outcome;
}

void PaymentGateway::end(const PaymentInFlight& payment, Outcome outcome) {
  --inFlight_;
  meters_.ended(outcome, runtime_.now() - payment.arrived);
  auditor_.ended(payment.request.intent, outcome);
  if (onEnded_) onEnded_(payment, outcome);
}

}  // namespace ringside::systems
