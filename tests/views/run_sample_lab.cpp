#include "tests/views/run_fixture.h"

namespace ringside::test {
namespace {

using namespace std::chrono_literals;
using lab::ParameterEffect;
using lab::ParameterKind;
using lab::ParameterScale;
using lab::ParameterSpec;
using metrics::Unit;

constexpr double kMs = 1e6;

ParameterSpec duration(const char* key, const char* label, const char* group, double initial) {
  ParameterSpec spec;
  spec.key = key, spec.label = label, spec.group = group;
  spec.help = std::string(label) + ", as one step of the payment takes it.";
  spec.kind = ParameterKind::Duration, spec.unit = Unit::Nanoseconds;
  spec.initial = initial, spec.minimum = 1e4, spec.maximum = 5e9;
  spec.scale = ParameterScale::Logarithmic;
  return spec;
}

ParameterSpec count(const char* key, const char* label, const char* group, double initial,
                    double maximum, ParameterEffect effect = ParameterEffect::NextRun) {
  ParameterSpec spec;
  spec.key = key, spec.label = label, spec.group = group;
  spec.help = std::string(label) + " in the system.";
  spec.kind = ParameterKind::Integer, spec.unit = Unit::Count;
  spec.initial = initial, spec.minimum = 1, spec.maximum = maximum, spec.effect = effect;
  return spec;
}

ParameterSpec ratio(const char* key, const char* label, const char* group, double initial) {
  ParameterSpec spec;
  spec.key = key, spec.label = label, spec.group = group;
  spec.help = std::string(label) + ", as a share of all.";
  spec.kind = ParameterKind::Real, spec.unit = Unit::Ratio, spec.initial = initial;
  return spec;
}

ParameterSpec toggle(const char* key, const char* label, const char* group, bool on) {
  ParameterSpec spec;
  spec.key = key, spec.label = label, spec.group = group;
  spec.help = std::string(label) + ", on or off.";
  spec.kind = ParameterKind::Toggle, spec.initial = on ? 1 : 0;
  return spec;
}

ParameterSpec rate(const char* key, const char* label, const char* group, double initial) {
  ParameterSpec spec;
  spec.key = key, spec.label = label, spec.group = group;
  spec.help = std::string(label) + ", over all merchants.";
  spec.kind = ParameterKind::Real, spec.unit = Unit::PerSecond;
  spec.initial = initial, spec.minimum = 1, spec.maximum = 2e6;
  spec.scale = ParameterScale::Logarithmic;
  return spec;
}

ParameterSpec choice(const char* key, const char* label, const char* group,
                     std::vector<std::string> choices) {
  ParameterSpec spec;
  spec.key = key, spec.label = label, spec.group = group;
  spec.help = std::string(label) + ": how it is drawn.";
  spec.kind = ParameterKind::Choice, spec.choices = std::move(choices);
  spec.maximum = static_cast<double>(spec.choices.size()) - 1;
  return spec;
}

std::vector<ParameterSpec> knobs() {
  std::vector<ParameterSpec> knobs = {
      rate("traffic.rate", "Payments offered", "Traffic", 1e6),
      choice("traffic.shape", "Arrival process", "Traffic",
             {"poisson", "steady", "ramp", "spike", "diurnal"}),
      ratio("traffic.duplicates", "Duplicate requests", "Traffic", 0.02),
      count("merchants.count", "Merchants", "Traffic", 10'000, 1e6),
      toggle("traffic.warm", "Warm start", "Traffic", true),
      count("gateway.count", "Gateways", "Gateway", 5, 20),
      duration("gateway.timeout", "Request deadline", "Gateway", 250 * kMs),
      count("gateway.queue", "Queue limit of a gateway", "Gateway", 512, 65'536),
      duration("bank.latency", "Bank latency", "Bank", 50 * kMs),
      choice("bank.distribution", "Bank latency distribution", "Bank",
             {"fixed", "lognormal", "exponential"}),
      duration("bank.timeout", "Bank timer", "Bank", 45 * kMs),
      ratio("bank.errors", "Bank errors", "Bank", 0.001),
      toggle("bank.idempotent", "Bank takes idempotency keys", "Bank", true),
      count("shards.count", "Shards", "Shards", 8, 64),
      count("shards.replicas", "Replicas of a shard", "Shards", 2, 3),
      count("ring.vnodes", "Virtual nodes of a shard", "Shards", 128, 1024),
  };
  const char* const groups[] = {"Retry", "Breaker", "Cache", "Notifications", "Ledger"};
  for (const char* group : groups) {
    for (int i = 1; i <= 9; ++i) {
      const std::string key = std::string(group) + ".step" + std::to_string(i);
      const std::string label = std::string(group) + " step " + std::to_string(i);
      knobs.push_back(duration(key.c_str(), label.c_str(), group, i * kMs));
    }
  }
  return knobs;
}

lab::FaultSpec fault(const char* name, const char* label, std::vector<ParameterSpec> arguments,
                     Duration lasts, const char* component, const char* countKnob = "") {
  return {name,
          label,
          std::string(label) + ": watch the queues behind it.",
          std::move(arguments),
          lasts,
          component,
          countKnob};
}

}  // namespace

lab::LabInfo sampleLab() {
  lab::LabInfo info;
  info.id = "payment-gateway";
  info.title = "Payment gateway";
  info.knobs = knobs();
  info.presets = {{"common", "Commonly written", "As it is usually written.", {}},
                  {"corrected",
                   "Corrected",
                   "With the defects mended.",
                   {{"bank.timeout", "150ms"}, {"shards.count", "16"}}}};
  info.faults = {
      fault("kill_shard", "Kill shard", {count("shard", "Shard", "", 2, 64, ParameterEffect::Live)},
            300ms, "shard-2", "shards.count"),
      fault("slow_bank", "Slow bank",
            {choice("method", "Method", "", {"card", "upi", "wallet"}),
             duration("extra", "Extra latency", "", 200 * kMs)},
            lab::kForever, "bank-0"),
      fault("packet_loss", "Packet loss", {ratio("share", "Share lost", "", 0.05)}, 100ms, ""),
      fault("flush_l2", "Flush L2 cache", {}, 1ms, "l2")};
  info.usualLength = 1s;
  info.usualPace = 0.01;
  info.acceptsArrivals = true;
  return info;
}

run::RunPlan samplePlan() {
  run::RunPlan plan;
  plan.labId = "payment-gateway";
  plan.preset = "common";
  plan.seed = 7;
  plan.length = 1s;
  return plan;
}

study::Scenario sampleScenario() {
  study::Scenario scenario;
  scenario.id = "payment-gateway-1m-tps";
  study::Claim under;
  under.id = "C1";
  under.text = "A payment takes under 100 ms at the 99th percentile.";
  under.metric = "p99(payment.latency)";
  under.comparator = study::Comparator::LessOrEqual;
  under.valueText = "100ms";
  study::Claim said = under;
  said.id = "C2";
  said.text = "It is often said that a retry after a timeout is harmless.";
  said.comparator = study::Comparator::Near;
  said.valueText = "0";
  said.toleranceText = "1";
  said.expected = study::Expectation::Fails;
  study::Claim balance = under;
  balance.id = "C3";
  balance.text = "One gateway of five lost: each other takes a quarter more.";
  balance.comparator = study::Comparator::Near;
  balance.valueText = "1.25";
  scenario.claims = {under, said, balance};
  return scenario;
}

}  // namespace ringside::test
