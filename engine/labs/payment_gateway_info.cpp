// What the payment gateway lab is called, its presets and its faults.
#include "engine/labs/payment_gateway_lab.h"

namespace ringside::labs {
namespace {

using lab::FaultSpec;
using lab::ParameterKind;
using lab::ParameterSpec;

ParameterSpec number(std::string key, std::string label, ParameterKind kind, double initial,
                     double minimum, double maximum, metrics::Unit unit = metrics::Unit::None) {
  ParameterSpec spec;
  spec.key = std::move(key);
  spec.label = std::move(label);
  spec.kind = kind;
  spec.unit = unit;
  spec.initial = initial;
  spec.minimum = minimum;
  spec.maximum = maximum;
  return spec;
}

ParameterSpec method() {
  ParameterSpec spec = number("method", "Method", ParameterKind::Choice, 0, 0, 2);
  for (const std::string_view name : systems::kMethodNames) spec.choices.emplace_back(name);
  return spec;
}

ParameterSpec factor(double initial, double maximum) {
  return number("factor", "Factor", ParameterKind::Real, initial, 1, maximum);
}

ParameterSpec ratio(std::string key, std::string label, double initial, double maximum) {
  return number(std::move(key), std::move(label), ParameterKind::Real, initial, 0.001, maximum,
                metrics::Unit::Ratio);
}

ParameterSpec shard(double last) {
  return number("shard", "Shard", ParameterKind::Integer, 2, 0, last);
}

std::vector<lab::Preset> presets() {
  return {
      {"corrected",
       "Corrected",
       "Intent first, bank without a connection, unique row, enquiry after a timeout, outbox.",
       {}},
      {"common",
       "Commonly written",
       "Transaction open across the bank call, result cached by id alone, 45 ms timer on a 50 ms "
       "bank.",
       {{"tx_scope", "across_bank"},
        {"idempotency", "cache_by_id"},
        {"bank.timeout", "45ms"},
        {"unknown_policy", "fail"},
        {"breaker.enabled", "off"},
        {"ledger.consistency", "eventual"},
        {"retry.attempts", "1"},
        {"outbox", "off"}}},
  };
}

std::vector<FaultSpec> faults(double lastShard, double gateways) {
  const Duration usual = std::chrono::milliseconds(300);
  return {
      {"kill_shard",
       "Kill shard",
       "The node dies with what it had not copied; its arcs pass to its neighbours on the ring.",
       {shard(lastShard)},
       usual,
       "shard-2",
       "shards"},
      {"slow_shard",
       "Slow shard",
       "Every statement on the node takes longer.",
       {shard(lastShard), factor(4, 100)},
       usual,
       "shard-2",
       "shards"},
      {"kill_gateway",
       "Kill gateway",
       "Its queue is lost and its share goes to the others.",
       {number("gateway", "Gateway", ParameterKind::Integer, 1, 1, gateways)},
       usual,
       "gateway-1",
       "gws"},
      {"kill_bank",
       "Kill bank",
       "The bank refuses connections and drops what it was doing.",
       {method()},
       usual,
       "bank-card"},
      {"slow_bank",
       "Slow bank",
       "Answers take longer; timers may strike first.",
       {method(), factor(4, 100)},
       usual,
       "bank-card"},
      {"kill_l2",
       "Kill L2 cache",
       "Results and profiles are gone; profiles load from shards.",
       {},
       usual,
       "l2"},
      {"kill_log",
       "Kill log",
       "The notification log takes nothing: events wait in the outbox, or without one until the "
       "buffer is full.",
       {},
       usual,
       "log"},
      {"packet_loss",
       "Packet loss",
       "Requests to banks and their answers vanish.",
       {ratio("ratio", "Lost", 0.01, 0.5)},
       usual,
       "bank-card"},
      {"traffic_spike",
       "Traffic spike",
       "More payments arrive than planned for.",
       {factor(2, 20)},
       usual,
       "clients"},
      {"hot_merchant",
       "Hot merchant",
       "One merchant gets a large part of all payments.",
       {ratio("share", "Share", 0.2, 0.9)},
       usual,
       "clients"},
  };
}

}  // namespace

lab::LabInfo PaymentGatewayLab::describe() const {
  lab::LabInfo info;
  info.id = "payment-gateway";
  info.title = "Payment gateway";
  info.summary =
      "A payment gateway at a million payments a second: balancers, gateways, limiter, breakers, "
      "caches, a ring of database shards and three banks.";
  info.knobs = knobs_.specs();
  info.presets = presets();
  info.faults = faults(knobs_.shards.spec().maximum - 1, knobs_.gws.spec().maximum);
  info.usualLength = std::chrono::seconds(1);
  info.usualPace = 0.01;
  info.acceptsArrivals = true;
  return info;
}

}  // namespace ringside::labs
