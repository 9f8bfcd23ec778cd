#include "engine/labs/payment_gateway_scenes.h"

namespace ringside::labs {
namespace {

using lab::Health;
using systems::Method;
using BreakerState = gateway::CircuitBreaker::State;

constexpr std::size_t kRingKeys = 2'000;

std::string_view stateName(BreakerState state) {
  switch (state) {
    case BreakerState::Closed:
      return "closed";
    case BreakerState::HalfOpen:
      return "half-open";
    case BreakerState::Open:
      break;
  }
  return "open";
}

std::string methodName(Method method) {
  return std::string(systems::kMethodNames[static_cast<std::size_t>(method)]);
}

double loadOf(const systems::ShardCluster& shards, std::size_t i) {
  double all = 0;
  for (std::size_t n = 0; n < shards.size(); ++n) {
    all += static_cast<double>(shards.node(n).statements);
  }
  return all > 0 ? static_cast<double>(shards.node(i).statements) / all : 0;
}

lab::RingScene ringScene(const systems::ShardCluster& shards, const PaymentGatewayKnobs& knobs) {
  lab::RingScene scene;
  const sharding::HashRing& ring = shards.ring();
  scene.version = shards.ringVersion();
  scene.movedShare = shards.ringVersion() > 1 ? shards.movedShare() : 0;
  for (std::size_t i = 0; i < shards.size(); ++i) {
    const auto node = static_cast<sharding::NodeId>(i);
    scene.members.push_back({ring.name(node), ring.share(node), loadOf(shards, i),
                             shards.node(i).up ? Health::Ok : Health::Down});
  }
  for (const auto& point : ring.points()) {
    scene.points.push_back({point.hash, static_cast<std::int32_t>(point.node)});
  }
  const auto keys = std::min<std::uint64_t>(knobs.merchants.as<std::uint64_t>(), kRingKeys);
  for (std::uint64_t merchant = 0; merchant < keys; ++merchant) {
    // The most frequent merchants come first; Zipf's weight of the rank, the first being 1.
    const float weight = 1.0F / (1.0F + 0.05F * static_cast<float>(merchant));
    scene.keys.push_back({systems::ShardCluster::hashOf(merchant), weight});
  }
  return scene;
}

int indexOf(BreakerState state) {
  return state == BreakerState::Closed ? 0 : state == BreakerState::Open ? 1 : 2;
}

lab::StateMachine breakerMachine(systems::PaymentService& service, Method method, Instant now,
                                 const BreakerHistory& history) {
  const gateway::CircuitBreaker& breaker = service.breaker(method);
  lab::StateMachine machine;
  machine.name = methodName(method);
  machine.states = {"closed", "open", "half-open"};
  machine.transitions = {{0, 1}, {1, 2}, {2, 0}, {2, 1}};
  machine.current = indexOf(breaker.lastState());
  if (const auto& last = history[static_cast<std::size_t>(method)]) {
    machine.changedAt = last->at;
    machine.lastFrom = indexOf(last->from);
  }
  if (const auto left = breaker.timeToNextState(now)) machine.nextAt = now + *left;
  const auto& counts = breaker.counts();
  machine.facts = {{"requests", std::to_string(counts.requests)},
                   {"failures", std::to_string(counts.failures)},
                   {"failures in a row", std::to_string(counts.consecutiveFailures)},
                   {"generation", std::to_string(breaker.generation())}};
  return machine;
}

lab::CacheLevel level(std::string name, Health health, const cache::CacheStats& stats, double size,
                      double capacity) {
  const double looks = static_cast<double>(stats.hits + stats.misses);
  return {.name = std::move(name),
          .health = health,
          .entries = size,
          .capacity = capacity,
          .hitRatio = looks > 0 ? static_cast<double>(stats.hits) / looks : 0,
          .hits = static_cast<double>(stats.hits),
          .misses = static_cast<double>(stats.misses),
          .evictions = static_cast<double>(stats.evicted),
          .expirations = static_cast<double>(stats.expired)};
}

lab::CacheScene cacheScene(systems::GatewayCaches& caches) {
  lab::CacheScene scene;
  for (std::size_t i = 0; i < caches.gateways(); ++i) {
    const auto& l1 = caches.local(i).l1();
    scene.levels.push_back(level("L1 profiles, gateway " + std::to_string(i + 1), Health::Ok,
                                 l1.stats(), static_cast<double>(l1.size()),
                                 static_cast<double>(l1.capacity())));
  }
  const Health health = caches.sharedUp() ? Health::Ok : Health::Down;
  const auto& profiles = caches.sharedProfiles().cache();
  scene.levels.push_back(level("L2 profiles", health, profiles.stats(),
                               static_cast<double>(profiles.size()),
                               static_cast<double>(profiles.capacity())));
  const auto& results = caches.results().cache();
  scene.levels.push_back(level("L2 results", health, results.stats(),
                               static_cast<double>(results.size()),
                               static_cast<double>(results.capacity())));
  scene.singleFlightShared = static_cast<double>(caches.flights().counts().followed);
  return scene;
}

lab::LogScene logScene(const systems::Notifier& notifier) {
  lab::LogScene scene;
  const auto& log = notifier.log();
  const double each = static_cast<double>(notifier.producer().buffered()) / log.partitionCount();
  for (std::uint32_t i = 0; i < log.partitionCount(); ++i) {
    scene.partitions.push_back({.name = "partition " + std::to_string(i),
                                .earliest = static_cast<std::int64_t>(log.earliest(i)),
                                .highWater = static_cast<std::int64_t>(log.highWater(i)),
                                .consumed = static_cast<std::int64_t>(notifier.consumed(i)),
                                .buffered = each,
                                .health = log.isUp(i) ? Health::Ok : Health::Down});
  }
  return scene;
}

lab::LedgerScene ledgerScene(const systems::PaymentGateway& system,
                             const systems::ShardCluster& shards) {
  lab::LedgerScene scene;
  for (std::size_t i = 0; i < systems::kMethods; ++i) {
    scene.accounts.push_back({"payers, " + methodName(static_cast<Method>(i)),
                              shards.balance(static_cast<storage::AccountId>(i))});
  }
  scene.accounts.push_back({"merchants", shards.balance(systems::kMethods)});
  scene.total = shards.balanceSum();
  const auto& t = system.auditor().totals();
  const auto tally = [&](std::string name, std::uint64_t count, bool mustBeZero) {
    scene.tallies.push_back({std::move(name), static_cast<std::int64_t>(count), mustBeZero});
  };
  tally("charged twice", t.chargedTwice, true);
  tally("paid, not recorded", t.paidNotRecorded, true);
  tally("told failed, but paid", t.reportedFailedButPaid, true);
  tally("postings lost", t.lostPostings, true);
  tally("wrong replays", t.wrongReplays, true);
  tally("events lost", t.eventsLost, true);
  tally("refused: key reused", t.fingerprintConflicts, false);
  return scene;
}

}  // namespace

void declareScenes(lab::World& world, systems::PaymentGateway& system,
                   const PaymentGatewayKnobs& knobs, const BreakerHistory& breakers) {
  world.topology(topologyMaker(world, system, knobs));
  world.scene("Hash ring", [&] { return ringScene(system.shards(), knobs); });
  world.scene("Breakers", [&] {
    lab::StateMachineScene scene;
    for (std::size_t i = 0; i < systems::kMethods; ++i) {
      scene.machines.push_back(
          breakerMachine(system.service(), static_cast<Method>(i), world.now(), breakers));
    }
    return scene;
  });
  world.scene("Caches", [&] { return cacheScene(system.caches()); });
  world.scene("Log", [&] { return logScene(system.notifier()); });
  world.scene("Ledger", [&] { return ledgerScene(system, system.shards()); });
  world.traces(&tellTrace);
}

void noteBreaker(lab::World& world, Method method,
                 const gateway::CircuitBreaker::Transition& transition) {
  using lab::Severity;
  const Severity severity = transition.to == BreakerState::Open       ? Severity::Bad
                            : transition.to == BreakerState::HalfOpen ? Severity::Warning
                                                                      : Severity::Good;
  world.note("bank-" + methodName(method),
             "breaker " + methodName(method) + ": " + std::string(stateName(transition.from)) +
                 " -> " + std::string(stateName(transition.to)),
             severity);
}

metrics::RequestTrace toRequestTrace(const systems::PaymentInFlight& payment,
                                     systems::Outcome outcome, Instant end) {
  metrics::RequestTrace trace;
  trace.id = payment.request.number;
  trace.subject = payment.request.merchant * 4 + static_cast<std::uint64_t>(payment.request.method);
  trace.outcome = static_cast<std::uint32_t>(outcome);
  trace.start = payment.arrived;
  trace.end = end;
  Instant at = payment.arrived;
  Duration wait{};
  for (std::size_t i = 0; i < payment.trace.size(); ++i) {
    const systems::TraceMark& mark = payment.trace[i];
    const Duration spent(static_cast<std::int64_t>(mark.nanos));
    const auto step = static_cast<std::uint32_t>(mark.place * 256 + mark.component);
    const bool served = mark.waiting == 0;
    // A wait and the service after it are one step; a wait for nothing is one of its own.
    const bool last = i + 1 == payment.trace.size() || payment.trace[i + 1].place != mark.place;
    if (served || last) {
      trace.steps.push_back({.step = step,
                             .start = at - wait,
                             .wait = served ? wait : wait + spent,
                             .service = served ? spent : Duration::zero()});
      wait = Duration::zero();
    } else {
      wait += spent;
    }
    at += spent;
  }
  return trace;
}

namespace {

constexpr std::array<std::string_view, systems::kSteps> kStepLabels{
    "validate",  "rate limit", "breaker check", "cache look-up", "begin transaction",
    "bank call", "update row", "commit",        "cache result",  "notify"};

lab::TraceStep tellStep(const metrics::SpanStep& step, const std::string& method) {
  const auto place = static_cast<std::uint8_t>(step.step / 256);
  const std::string component = std::to_string(step.step % 256);
  lab::TraceStep told{.name = "",
                      .component = "payment-service",
                      .start = step.start,
                      .wait = step.wait,
                      .service = step.service};
  if (place < systems::kSteps) {
    told.name = kStepLabels[place];
    const auto as = static_cast<systems::Step>(place);
    const bool database =
        as == systems::Step::Begin || as == systems::Step::Update || as == systems::Step::Commit;
    if (database) told.component = "shard-" + component;
    if (as == systems::Step::Bank) told.component = "bank-" + method;
    if (as == systems::Step::Cache || as == systems::Step::CacheWrite) told.component = "l2";
    if (as == systems::Step::Notify) told.component = "log";
    return told;
  }
  switch (static_cast<systems::Place>(place)) {
    case systems::Place::Gateway:
      told.name = "gateway";
      told.component = "gateway-" + std::to_string(step.step % 256 + 1);
      break;
    case systems::Place::ProfileLoad:
      told.name = "load profile";
      break;
    case systems::Place::Enquiry:
      told.name = "enquire at bank";
      told.component = "bank-" + method;
      break;
    case systems::Place::Backoff:
      told.name = "back off";
      break;
  }
  return told;
}

lab::Severity severityOf(systems::Outcome outcome) {
  switch (outcome) {
    case systems::Outcome::Approved:
    case systems::Outcome::Replayed:
      return lab::Severity::Good;
    case systems::Outcome::Failed:
    case systems::Outcome::Unavailable:
    case systems::Outcome::Unknown:
      return lab::Severity::Bad;
    default:
      return lab::Severity::Warning;
  }
}

}  // namespace

lab::Trace tellTrace(const metrics::RequestTrace& trace) {
  const auto outcome = static_cast<systems::Outcome>(trace.outcome);
  const std::string method = methodName(static_cast<Method>(trace.subject % 4));
  lab::Trace told;
  told.id = trace.id;
  told.label = "payment " + std::to_string(trace.id) + ", " + method + ", merchant " +
               std::to_string(trace.subject / 4);
  told.outcome = systems::kOutcomeNames[trace.outcome];
  told.severity = severityOf(outcome);
  told.start = trace.start;
  told.end = trace.end;
  for (const auto& step : trace.steps) told.steps.push_back(tellStep(step, method));
  return told;
}

}  // namespace ringside::labs
