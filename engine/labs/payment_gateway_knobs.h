// PaymentGatewayKnobs: every knob of the payment gateway lab, declared once.
//
// Model     Defaults are the catalogue's; where it gives none they are ours, at a scale of 1:1.
// Compare   systems/gateway_config.h holds the values in the form that the system reads.
#pragma once

#include "engine/lab/knob.h"
#include "engine/lab/parts/arrival_process.h"
#include "engine/systems/gateway_config.h"

namespace ringside::labs {

struct PaymentGatewayKnobs : lab::KnobSet {
  using Effect = lab::ParameterEffect;
  using Scale = lab::ParameterScale;
  using Unit = metrics::Unit;
  using Spec = lab::ParameterSpec;

  static Spec count(const char* key, const char* label, const char* group, const char* help,
                    double initial, double minimum, double maximum, Effect effect = Effect::Live,
                    Scale scale = Scale::Linear) {
    return {key,         label,   group,   help,    lab::ParameterKind::Integer,
            Unit::Count, initial, minimum, maximum, scale,
            effect,      {}};
  }
  static Spec real(const char* key, const char* label, const char* group, const char* help,
                   Unit unit, double initial, double minimum, double maximum,
                   Effect effect = Effect::Live, Scale scale = Scale::Linear) {
    return {key,     label, group,  help, lab::ParameterKind::Real, unit, initial, minimum,
            maximum, scale, effect, {}};
  }
  static Spec time(const char* key, const char* label, const char* group, const char* help,
                   Duration initial, Duration minimum, Duration maximum,
                   Effect effect = Effect::Live) {
    return {key,
            label,
            group,
            help,
            lab::ParameterKind::Duration,
            Unit::Nanoseconds,
            static_cast<double>(initial.count()),
            static_cast<double>(minimum.count()),
            static_cast<double>(maximum.count()),
            minimum > Duration::zero() ? Scale::Logarithmic : Scale::Linear,
            effect,
            {}};
  }
  static Spec choice(const char* key, const char* label, const char* group, const char* help,
                     double initial, std::vector<std::string> choices,
                     Effect effect = Effect::Live) {
    return {key,
            label,
            group,
            help,
            lab::ParameterKind::Choice,
            Unit::None,
            initial,
            0,
            static_cast<double>(choices.size()) - 1,
            Scale::Linear,
            effect,
            std::move(choices)};
  }
  static Spec toggle(const char* key, const char* label, const char* group, const char* help,
                     bool initial) {
    return {key,
            label,
            group,
            help,
            lab::ParameterKind::Toggle,
            Unit::None,
            initial ? 1.0 : 0.0,
            0,
            1,
            Scale::Linear,
            Effect::Live,
            {}};
  }
  static constexpr Duration ms(std::int64_t n) { return std::chrono::milliseconds(n); }
  static constexpr Duration s(std::int64_t n) { return std::chrono::seconds(n); }

  // Traffic.
  lab::RealKnob tps{*this, real("tps", "Offered payments", "Traffic", "Payments offered a second.",
                                Unit::PerSecond, 1e6, 1e3, 2e6, Effect::Live, Scale::Logarithmic)};
  lab::ChoiceKnob<lab::ArrivalLaw> arrivals{
      *this, choice("arrivals", "Arrivals", "Traffic", "How payments arrive over the run.", 0,
                    {"poisson", "steady", "ramp", "spike", "diurnal", "trace"}, Effect::NextRun)};
  lab::RealKnob spikeFactor{*this,
                            real("arrivals.spike_factor", "Spike factor", "Traffic",
                                 "How much the spike multiplies the rate.", Unit::None, 3, 1, 20)};
  lab::RealKnob timeScale{*this, real("arrivals.time_scale", "Trace time scale", "Traffic",
                                      "Virtual seconds a recorded second takes.", Unit::None, 1,
                                      1e-6, 1e3, Effect::NextRun, Scale::Logarithmic)};
  lab::IntegerKnob merchants{
      *this, count("merchants", "Merchants", "Traffic", "How many merchants there are.", 10'000, 10,
                   1'000'000, Effect::NextRun, Scale::Logarithmic)};
  lab::RealKnob zipf{*this, real("zipf", "Merchant skew", "Traffic",
                                 "Exponent of the Zipf law of merchants; 0 makes all alike.",
                                 Unit::None, 0.6, 0, 2, Effect::NextRun)};
  lab::RealKnob duplicates{
      *this, real("duplicates", "Duplicates", "Traffic",
                  "Part of the payments submitted a second time.", Unit::Ratio, 0.02, 0, 0.2)};
  lab::DurationKnob duplicateDelay{
      *this, time("duplicate_delay", "Duplicate delay", "Traffic",
                  "How long after the first the repeat comes.", ms(5), Duration(1000), s(10))};
  lab::RealKnob reuse{*this, real("reuse", "Reused ids", "Traffic",
                                  "Part of the payments whose id is used again for another amount.",
                                  Unit::Ratio, 0, 0, 0.2)};

  // Gateways.
  lab::IntegerKnob lbs{*this, count("lbs", "Load balancers", "Gateways",
                                    "Balancers that share the traffic.", 5, 1, 20)};
  lab::IntegerKnob gws{
      *this, count("gws", "Gateways", "Gateways", "API gateways.", 5, 1, 20, Effect::NextRun)};
  lab::RealKnob gwCapacity{
      *this, real("gw_capacity", "Gateway capacity", "Gateways",
                  "Requests a second that one gateway can pass on.", Unit::PerSecond, 220e3, 1e3,
                  400e3, Effect::Live, Scale::Logarithmic)};
  lab::IntegerKnob gwQueue{*this, count("gw_queue", "Gateway queue", "Gateways",
                                        "Requests a gateway holds before it refuses more.", 50'000,
                                        1, 1'000'000, Effect::Live, Scale::Logarithmic)};
  lab::ChoiceKnob<systems::Balancing> balancing{
      *this, choice("lb.policy", "Balancing", "Gateways", "How a balancer picks a gateway.", 0,
                    {"round_robin", "least_request"})};
  lab::DurationKnob healthCheck{
      *this, time("lb.health_check", "Health check", "Gateways",
                  "Until a dead gateway is taken out.", ms(10), Duration(1000), s(60))};

  // Limiter and breaker.
  lab::RealKnob limitRate{
      *this, real("limit.rate", "Limit per merchant", "Limiter",
                  "Payments a second that one merchant may submit.", Unit::PerSecond, 50e3, 1, 2e6,
                  Effect::Live, Scale::Logarithmic)};
  lab::IntegerKnob limitBurst{
      *this, count("limit.burst", "Burst", "Limiter", "Payments a merchant may submit at once.",
                   5'000, 1, 1'000'000, Effect::Live, Scale::Logarithmic)};
  lab::ToggleKnob breakerEnabled{*this,
                                 toggle("breaker.enabled", "Report outcomes", "Breaker",
                                        "Whether the breaker is told how calls ended.", true)};
  lab::IntegerKnob breakerFailures{*this, count("breaker.failures", "Failures to open", "Breaker",
                                                "Failures in a row that open the breaker.", 100, 1,
                                                10'000, Effect::Live, Scale::Logarithmic)};
  lab::DurationKnob breakerOpenFor{
      *this, time("breaker.open_for", "Open for", "Breaker",
                  "How long it stays open before it probes.", ms(200), ms(1), s(60))};
  lab::IntegerKnob breakerProbes{*this, count("breaker.probes", "Probes", "Breaker",
                                              "Calls let through while half-open.", 10, 1, 1000)};

  // The ten steps.
  lab::ChoiceKnob<DelayShape> shape{*this, choice("steps.distribution", "Distribution", "Steps",
                                                  "How the time of a step spreads about its mean.",
                                                  1, {"fixed", "lognormal", "exponential"})};
  lab::RealKnob stepScale{*this, real("steps.scale", "Scale of all steps", "Steps",
                                      "Multiplies every step's mean.", Unit::None, 1, 0.1, 5)};
  static Spec stepSpec(const char* key, const char* label, std::int64_t mean) {
    return time(key, label, "Steps", "Mean time of the step.", ms(mean), Duration(0), s(10));
  }
  lab::DurationKnob validate{*this, stepSpec("step.validate", "Validate", 1)};
  lab::DurationKnob limit{*this, stepSpec("step.limit", "Rate limit", 1)};
  lab::DurationKnob breaker{*this, stepSpec("step.breaker", "Breaker check", 1)};
  lab::DurationKnob cache{*this, stepSpec("step.cache", "Cache look-up", 5)};
  lab::DurationKnob begin{*this, stepSpec("step.begin", "Begin transaction", 20)};
  lab::DurationKnob bank{*this, stepSpec("step.bank", "Bank call", 50)};
  lab::DurationKnob update{*this, stepSpec("step.update", "Update row", 10)};
  lab::DurationKnob commit{*this, stepSpec("step.commit", "Commit", 5)};
  lab::DurationKnob cacheWrite{*this, stepSpec("step.cache_write", "Cache result", 2)};
  lab::DurationKnob notify{*this, stepSpec("step.notify", "Notify", 1)};
  lab::ChoiceKnob<systems::TransactionScope> scope{
      *this, choice("tx_scope", "Transaction scope", "Steps",
                    "Whether the transaction stays open while the bank works.", 1,
                    {"across_bank", "split"}, Effect::NextRun)};
  lab::ChoiceKnob<systems::Idempotency> idempotency{
      *this, choice("idempotency", "Idempotency", "Steps",
                    "What keeps a repeated request from charging again.", 1,
                    {"cache_by_id", "keyed_row"}, Effect::NextRun)};

  // Caches.
  lab::IntegerKnob l1Capacity{
      *this, count("l1.capacity", "L1 entries", "Caches", "Merchant profiles kept by each gateway.",
                   2'000, 1, 1'000'000, Effect::NextRun, Scale::Logarithmic)};
  lab::DurationKnob l1Ttl{
      *this, time("l1.ttl", "L1 time to live", "Caches", "How long a gateway trusts its copy.",
                  ms(500), ms(1), s(86'400), Effect::NextRun)};
  lab::IntegerKnob l2Capacity{
      *this, count("l2.capacity", "L2 entries", "Caches", "Results kept in the shared cache.",
                   2'000'000, 1, 10'000'000, Effect::NextRun, Scale::Logarithmic)};
  lab::DurationKnob l2Ttl{*this, time("l2.ttl", "L2 time to live", "Caches",
                                      "How long the shared cache keeps a result.", s(3600), ms(1),
                                      s(86'400), Effect::NextRun)};
  lab::ToggleKnob singleFlight{*this, toggle("single_flight", "Single flight", "Caches",
                                             "One caller loads what many miss.", true)};
  lab::DurationKnob profileLoad{
      *this, time("l3.load", "L3 load", "Caches", "Reading a merchant's profile from its shard.",
                  ms(20), Duration(1000), s(10))};

  // Shards.
  lab::IntegerKnob shards{
      *this, count("shards", "Shards", "Shards", "Database nodes.", 8, 1, 64, Effect::NextRun)};
  lab::IntegerKnob vnodes{
      *this, count("vnodes", "Virtual nodes", "Shards", "Points on the ring for each shard.", 100,
                   1, 1000, Effect::NextRun, Scale::Logarithmic)};
  lab::IntegerKnob replicas{
      *this, count("replicas", "Copies", "Shards", "Copies of each row, the primary's included.", 2,
                   1, 3, Effect::NextRun)};
  lab::ChoiceKnob<systems::Consistency> consistency{
      *this, choice("ledger.consistency", "Ledger consistency", "Shards",
                    "Whether a commit waits for its copies.", 0, {"strict", "eventual"})};
  lab::DurationKnob replicationLag{
      *this, time("replication.lag", "Replication lag", "Shards",
                  "Eventual: how far copies are behind.", ms(5), Duration(1000), s(10))};
  lab::DurationKnob failover{
      *this, time("shard.failover", "Failover", "Shards",
                  "Until the ring passes a dead shard's keys on.", ms(50), ms(1), s(60))};
  lab::DurationKnob retention{
      *this, time("shard.retention", "Row retention", "Shards",
                  "How long rows stay in the lab's memory.", s(5), ms(100), s(60))};
  lab::IntegerKnob pool{
      *this, count("pool", "Connections", "Shards", "Database connections over all shards.", 60'000,
                   8, 200'000, Effect::Live, Scale::Logarithmic)};
  lab::IntegerKnob poolQueue{
      *this, count("pool.queue", "Waiters", "Shards", "Requests that may wait for a connection.",
                   20'000, 0, 2'000'000)};
  lab::DurationKnob poolTimeout{
      *this, time("pool.timeout", "Longest wait", "Shards",
                  "How long a request waits for a connection.", s(1), ms(1), s(60))};
  lab::RealKnob commitFailure{
      *this, real("commit_failure", "Commit failures", "Shards",
                  "Part of the commits after the bank that fail.", Unit::Ratio, 0, 0, 0.5)};

  // Banks.
  lab::DurationKnob bankTimeout{
      *this, time("bank.timeout", "Bank timer", "Banks", "When a bank call is given up; 0 never.",
                  s(2), Duration(0), s(60))};
  lab::RealKnob bankError{
      *this, real("bank.error", "Declined", "Banks", "Part of the payments that banks decline.",
                  Unit::Ratio, 0, 0, 1)};
  lab::RealKnob bankReplyLost{
      *this, real("bank.reply_lost", "Answers lost", "Banks",
                  "Part of the charges whose answer never arrives.", Unit::Ratio, 0, 0, 0.5)};
  lab::RealKnob bankAvailability{
      *this, real("bank.availability", "Availability", "Banks",
                  "Part of the calls that find the bank up.", Unit::Ratio, 1, 0.5, 1)};
  lab::ChoiceKnob<systems::UnknownPolicy> unknownPolicy{
      *this,
      choice("unknown_policy", "Unknown outcomes", "Banks",
             "What a timeout means: ask the bank, or call it failed.", 0, {"enquire", "fail"})};
  lab::IntegerKnob retryAttempts{
      *this, count("retry.attempts", "Attempts", "Banks",
                   "Tries of a refused bank call, the first included.", 3, 1, 10)};
  lab::DurationKnob retryBase{
      *this, time("retry.base", "Backoff base", "Banks", "First step of the full-jitter backoff.",
                  ms(10), Duration(100'000), s(10))};
  lab::RealKnob retryBudget{
      *this, real("retry.budget", "Retry budget", "Banks", "Retries allowed per first attempt.",
                  Unit::Ratio, 0.2, 0, 10, Effect::NextRun)};

  // Notification.
  lab::ToggleKnob outbox{*this, toggle("outbox", "Outbox", "Notification",
                                       "Write the event in the payment's own commit.", true)};
  lab::RealKnob crashAfterCommit{
      *this, real("crash_after_commit", "Crashes", "Notification",
                  "Part of the payments whose process dies after commit.", Unit::Ratio, 0, 0, 0.5)};
  lab::DurationKnob notifyLinger{
      *this, time("notify.linger", "Linger", "Notification", "How long a batch waits to fill.",
                  ms(5), Duration(100'000), s(1))};
  lab::IntegerKnob notifyBuffer{
      *this, count("notify.buffer", "Event buffer", "Notification",
                   "Events that the producer holds while the log takes none.", 1'000'000, 1'000,
                   10'000'000, Effect::NextRun)};

  // Capacity plan.
  lab::IntegerKnob recordBytes{*this, count("record_bytes", "Record", "Capacity plan",
                                            "Bytes of one payment's record.", 1000, 200, 8192)};
  lab::IntegerKnob copies{*this, count("copies", "Stored copies", "Capacity plan",
                                       "Copies that database and log keep.", 3, 1, 5)};
  lab::IntegerKnob cacheRecordBytes{*this,
                                    count("cache_record_bytes", "Cached record", "Capacity plan",
                                          "Bytes of one cached result.", 1024, 64, 8192)};
  lab::DurationKnob cpuPerTxn{
      *this, time("cpu_per_txn", "CPU a payment", "Capacity plan",
                  "Processor time one payment takes.", ms(1), Duration(100'000), ms(10))};
  lab::RealKnob utilTarget{*this, real("util_target", "Utilisation target", "Capacity plan",
                                       "How busy a core may be.", Unit::Ratio, 0.6, 0.3, 0.95)};
  lab::RealKnob linkGbps{*this, real("link_gbps", "Link", "Capacity plan",
                                     "Gigabits a second of the link.", Unit::None, 10, 1, 400)};
};

}  // namespace ringside::labs
