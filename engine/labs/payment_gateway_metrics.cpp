// What the payment gateway lab measures beside the system's own meters, and its charts.
#include <cmath>

#include "engine/labs/payment_gateway_lab.h"

namespace ringside::labs {
namespace {

using metrics::InstrumentSpec;
using metrics::Recorder;
using metrics::Unit;
using Line = metrics::IntervalPercentiles::Line;

void poll(Recorder& recorder, std::string name, Unit unit, std::string help,
          std::function<double()> read) {
  recorder.poll({std::move(name), unit, std::move(help), {}}, std::move(read));
}

double ratio(double part, double whole) { return whole > 0 ? part / whole : 0; }

double hitRatio(const cache::CacheStats& stats) {
  return ratio(static_cast<double>(stats.hits), static_cast<double>(stats.hits + stats.misses));
}

double maxOverMean(const sharding::HashRing& ring) {
  double most = 0;
  double up = 0;
  for (sharding::NodeId node = 0; node < ring.idCount(); ++node) {
    most = std::max(most, ring.share(node));
    up += ring.share(node) > 0 ? 1 : 0;
  }
  return most * up;
}

// Copies of a payment's record that cross the network: request, response, bank out and back, the
// database's copies and the log's.
double copiesOnTheWire(double copies) { return 4 + 2 * copies; }

}  // namespace

double PaymentGatewayLab::ratePerGateway(Instant now) {
  systems::GatewayTier& tier = system_->gateways();
  const double seconds = toSeconds(now - halfway_.at);
  double offered = 0;
  double up = 0;
  for (std::size_t i = 0; i < tier.size(); ++i) {
    if (!tier.node(i).up) continue;
    const std::uint64_t before = halfway_.offered.empty() ? 0 : halfway_.offered[i];
    offered += static_cast<double>(tier.node(i).offered - before);
    up += 1;
  }
  return ratio(offered, up * seconds);
}

double PaymentGatewayLab::backlogGrowth(Instant now) {
  const auto grown = static_cast<double>(system_->gateways().totalBacklog()) -
                     static_cast<double>(halfway_.backlog);
  return ratio(grown, toSeconds(now - halfway_.at));
}

void PaymentGatewayLab::declareMetrics(lab::World& world) {
  Recorder& recorder = world.recorder();
  systems::PaymentGateway& system = *system_;
  const auto now = [&world] { return world.now(); };
  poll(recorder, "throughput.approved", Unit::PerSecond, "Approved payments a second so far.",
       [&system, now] {
         return ratio(
             static_cast<double>(system.meters().outcome(systems::Outcome::Approved).total()),
             toSeconds(now()));
       });
  poll(recorder, "success_ratio", Unit::Ratio, "Approved and replayed of all that ended.",
       [&system] {
         const auto& t = system.auditor().totals();
         const auto good = t.outcomes[static_cast<std::size_t>(systems::Outcome::Approved)] +
                           t.outcomes[static_cast<std::size_t>(systems::Outcome::Replayed)];
         return ratio(static_cast<double>(good), static_cast<double>(t.ended));
       });
  poll(recorder, "inflight", Unit::Count, "Requests on their way.",
       [&system] { return static_cast<double>(system.inFlight()); });
  poll(recorder, "open_tx", Unit::Count, "Database transactions open.",
       [&system] { return static_cast<double>(system.shards().connectionsInUse()); });
  poll(recorder, "pool.in_use", Unit::Ratio, "Connections taken.", [this] {
    return ratio(system_->shards().connectionsInUse(), static_cast<double>(config_.pool));
  });
  poll(recorder, "pool.waiting", Unit::Count, "Requests waiting for a connection.", [&system] {
    double waiting = 0;
    for (std::size_t i = 0; i < system.shards().size(); ++i) {
      waiting += system.shards().node(i).pool.pool().waiting();
    }
    return waiting;
  });
  declareGateways(world);
  declareBanks(recorder);
  declareCaches(recorder);
  declareAudit(recorder);
  declarePlan(world);
}

void PaymentGatewayLab::declareGateways(lab::World& world) {
  Recorder& recorder = world.recorder();
  systems::PaymentGateway& system = *system_;
  const auto now = [&world] { return world.now(); };
  poll(recorder, "gateway.backlog", Unit::Count, "Requests queued at gateways.",
       [&system] { return static_cast<double>(system.gateways().totalBacklog()); });
  poll(recorder, "gateway.utilisation", Unit::Ratio, "Part of the gateways' capacity in use.",
       [this, now] { return ratio(ratePerGateway(now()), config_.gatewayCapacity); });
  poll(recorder, "gateway.rate_per_gateway", Unit::PerSecond,
       "Requests a second at each gateway that is up, over the second half of the run.",
       [this, now] { return ratePerGateway(now()); });
  poll(recorder, "gateway.backlog_growth", Unit::PerSecond,
       "Growth of the gateways' queues, over the second half of the run.",
       [this, now] { return backlogGrowth(now()); });
}

void PaymentGatewayLab::declareBanks(Recorder& recorder) {
  systems::PaymentGateway& system = *system_;
  poll(recorder, "bank.working", Unit::Count, "Calls that banks are working on.", [&system] {
    double working = 0;
    for (std::size_t i = 0; i < systems::kMethods; ++i) {
      working += static_cast<double>(system.bank(static_cast<systems::Method>(i)).working());
    }
    return working;
  });
  poll(recorder, "bank.calls", Unit::Count, "Calls to banks.", [&system] {
    double calls = 0;
    for (std::size_t i = 0; i < systems::kMethods; ++i) {
      calls += static_cast<double>(system.bank(static_cast<systems::Method>(i)).counts().calls);
    }
    return calls;
  });
  poll(recorder, "bank.calls_to_dead", Unit::Count, "Calls made to a bank that was down.",
       [&system] {
         double calls = 0;
         for (std::size_t i = 0; i < systems::kMethods; ++i) {
           calls +=
               static_cast<double>(system.bank(static_cast<systems::Method>(i)).counts().toDead);
         }
         return calls;
       });
  poll(recorder, "breaker.transitions", Unit::Count, "State changes of all breakers.",
       [this] { return static_cast<double>(breakerTransitions_); });
}

void PaymentGatewayLab::declareCaches(Recorder& recorder) {
  systems::PaymentGateway& system = *system_;
  poll(recorder, "cache.l1.hit_ratio", Unit::Ratio, "Profiles found in the gateway's own cache.",
       [&system] {
         cache::CacheStats sum;
         for (std::size_t i = 0; i < system.caches().gateways(); ++i) {
           sum.hits += system.caches().local(i).l1().stats().hits;
           sum.misses += system.caches().local(i).l1().stats().misses;
         }
         return hitRatio(sum);
       });
  poll(recorder, "cache.l2.hit_ratio", Unit::Ratio, "Profiles found in the shared cache.",
       [&system] { return hitRatio(system.caches().sharedProfiles().cache().stats()); });
  poll(recorder, "ring.max_over_mean", Unit::None, "Largest share of the ring over the mean.",
       [&system] { return maxOverMean(system.shards().ring()); });
  poll(recorder, "ring.moved", Unit::Ratio, "Share of the ring that the last change moved.",
       [&system] { return system.shards().movedShare(); });
  poll(recorder, "notify.buffered", Unit::Count, "Events in the producer's buffer.",
       [&system] { return static_cast<double>(system.notifier().producer().buffered()); });
  poll(recorder, "notify.refused", Unit::Count, "Events that a full buffer did not take.",
       [&system] { return static_cast<double>(system.notifier().refused()); });
  poll(recorder, "outbox.waiting", Unit::Count, "Events in outboxes, not known to have arrived.",
       [&system] { return static_cast<double>(system.notifier().inOutboxes()); });
}

void PaymentGatewayLab::declareAudit(Recorder& recorder) {
  const systems::Auditor& auditor = system_->auditor();
  using Totals = systems::Auditor::Totals;
  const auto total = [&](std::string name, std::string help, std::uint64_t Totals::*field) {
    poll(recorder, "audit." + std::move(name), Unit::Count, std::move(help),
         [&auditor, field] { return static_cast<double>(auditor.totals().*field); });
  };
  total("charged_twice", "Charges beyond a payment's first.", &Totals::chargedTwice);
  total("paid_not_recorded", "Charged, and no ledger row says so.", &Totals::paidNotRecorded);
  total("recorded_not_paid", "In the ledger, and never charged.", &Totals::recordedNotPaid);
  total("reported_failed_but_paid", "Told to have failed, and charged.",
        &Totals::reportedFailedButPaid);
  total("wrong_replays", "Answered with another payment's result.", &Totals::wrongReplays);
  total("fingerprint_conflicts", "Refused: the key was used for something else.",
        &Totals::fingerprintConflicts);
  total("ended_twice", "Requests that ended more than once.", &Totals::endedTwice);
  total("events_lost", "Committed payments whose notification is gone.", &Totals::eventsLost);
  poll(recorder, "audit.lost_or_double_postings", Unit::Count,
       "Acknowledged rows lost in a failover, and charges made twice.", [&auditor] {
         return static_cast<double>(auditor.totals().lostPostings + auditor.totals().chargedTwice);
       });
  poll(recorder, "audit.unaccounted", Unit::Amount, "Money moved that nobody knows of.",
       [&auditor] { return static_cast<double>(auditor.unaccounted()); });
  poll(recorder, "ledger.sum", Unit::Amount, "Sum of all balances: 0 in double entry.",
       [this] { return static_cast<double>(system_->shards().balanceSum()); });
}

// The capacity plan as formulas of the knobs and, for work in flight, of what the run measured.
void PaymentGatewayLab::declarePlan(lab::World& world) {
  Recorder& recorder = world.recorder();
  const PaymentGatewayKnobs& k = knobs_;
  constexpr double kDay = 86'400;
  const auto perSecond = [&k] { return k.tps * static_cast<double>(k.recordBytes); };
  const auto perDay = [perSecond] { return perSecond() * kDay; };
  poll(recorder, "plan.daily_payments", Unit::Count, "Payments a day at this rate.",
       [&k] { return k.tps * kDay; });
  poll(recorder, "plan.storage_per_day", Unit::Bytes, "Records of a day, one copy.", perDay);
  poll(recorder, "plan.storage_binary_constant", Unit::Bytes,
       "The same in terabytes cut to a whole number and read as tebibytes.",
       [perDay] { return std::floor(perDay() / 1e12) * 0x1p40; });
  poll(recorder, "plan.pb_per_year", Unit::None, "Petabytes of a year, all copies.",
       [&k, perDay] { return perDay() * 365 * static_cast<double>(k.copies) / 1e15; });
  poll(recorder, "plan.cache_bytes", Unit::Bytes, "Results of one L2 time to live.", [&k] {
    return k.tps * toSeconds(Duration(k.l2Ttl)) * static_cast<double>(k.cacheRecordBytes);
  });
  poll(recorder, "plan.link_utilisation", Unit::Ratio, "Incoming payload alone on the link.",
       [&k, perSecond] { return perSecond() * 8 / (k.linkGbps * 1e9); });
  poll(recorder, "plan.link_utilisation_all", Unit::Ratio,
       "Requests, answers, bank, database and log with their copies on the link.", [&k, perSecond] {
         return perSecond() * copiesOnTheWire(static_cast<double>(k.copies)) * 8 /
                (k.linkGbps * 1e9);
       });
  poll(recorder, "plan.cores", Unit::Count, "Cores at the utilisation target.", [&k] {
    // A part in 10^9 less, so that a quotient that is whole stays so.
    return std::ceil(k.tps * toSeconds(Duration(k.cpuPerTxn)) / k.utilTarget * (1 - 1e-9));
  });
  poll(recorder, "plan.inflight", Unit::Count, "Rate times mean latency as measured: Little's law.",
       [this, &recorder] {
         const auto* latency = recorder.findDistribution("payment.latency");
         return latency == nullptr ? 0 : knobs_.tps * latency->histogram().mean() * 1e-9;
       });
}

void PaymentGatewayLab::declareCharts(lab::World& world) const {
  world.chart({.id = "queues",
               .title = "Queue depth",
               .kind = lab::ChartKind::Lines,
               .unit = Unit::Count,
               .lines = {{"gateways", "gateway.backlog"},
                         {"connections", "pool.waiting"},
                         {"open tx", "open_tx"},
                         {"banks", "bank.working"}}});
  world.chart({.id = "latency",
               .title = "Latency",
               .kind = lab::ChartKind::LogLines,
               .unit = Unit::Nanoseconds,
               .lines = {{"p50", "payment.latency", Line::P50},
                         {"p99", "payment.latency", Line::P99},
                         {"p99.9", "payment.latency", Line::P999}}});
  world.chart({.id = "percentiles",
               .title = "Percentiles",
               .kind = lab::ChartKind::Percentiles,
               .unit = Unit::Nanoseconds,
               .lines = {{"payment latency", "payment.latency"}}});
  world.chart({.id = "throughput",
               .title = "Throughput",
               .kind = lab::ChartKind::Stacked,
               .unit = Unit::PerSecond,
               .lines = {{"approved", "outcome.approved"},
                         {"replayed", "outcome.replayed"},
                         {"limited", "outcome.rejected_limit"},
                         {"shed", "outcome.rejected_overload"},
                         {"breaker", "outcome.rejected_breaker"},
                         {"unavailable", "outcome.unavailable"},
                         {"failed", "outcome.failed"}}});
}

}  // namespace ringside::labs
