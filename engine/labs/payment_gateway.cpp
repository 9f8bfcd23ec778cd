#include <algorithm>

#include "engine/base/digits.h"
#include "engine/base/distributions.h"
#include "engine/base/hash.h"
#include "engine/labs/catalog_labs.h"
#include "engine/labs/payment_gateway_lab.h"
#include "engine/labs/payment_gateway_scenes.h"

namespace ringside::labs {
namespace {

using systems::Method;
using systems::Outcome;
using systems::PaymentRequest;

// Card, UPI, net banking; ours, for want of a stated mix.
constexpr std::array<double, systems::kMethods> kMethodMix{0.4, 0.5, 0.1};
constexpr double kMeanAmount = 50'000;  // Minor units.
constexpr std::uint64_t kHotMerchant = 0;
// Late enough that the first payment under the id has been answered.
constexpr Duration kReuseAfter = std::chrono::milliseconds(300);

Method drawMethod(Rng& rng) {
  const double u = rng.uniform01();
  if (u < kMethodMix[0]) return Method::Card;
  return u < kMethodMix[0] + kMethodMix[1] ? Method::Upi : Method::Netbanking;
}

std::uint64_t fingerprintOf(const PaymentRequest& request) {
  return mix64(request.merchant ^ mix64(static_cast<std::uint64_t>(request.amount) * 4 +
                                        static_cast<std::uint64_t>(request.method)));
}

// Of those that strike one part of several, the first argument is the part.
bool sameTarget(const lab::FaultOrder& a, const lab::FaultOrder& b) {
  if (a.name != b.name) return false;
  const bool ofOnePart =
      a.name.ends_with("_shard") || a.name.ends_with("_gateway") || a.name.ends_with("_bank");
  return !ofOnePart || a.arguments[0].value == b.arguments[0].value;
}

}  // namespace

void PaymentGatewayLab::setKnob(std::string_view key, double value) {
  knobs_.at(key).set(value);
  if (system_ == nullptr) return;
  disturbed_ = true;
  const systems::GatewayConfig before = config_;
  applyKnobs();
  system_->stepsChanged();
  const bool limitMoved =
      before.limitRate != config_.limitRate || before.limitBurst != config_.limitBurst;
  const bool breakerMoved = before.breakerFailures != config_.breakerFailures ||
                            before.breakerOpenFor != config_.breakerOpenFor ||
                            before.breakerProbes != config_.breakerProbes;
  if (limitMoved) system_->service().rebuildLimiter();
  if (breakerMoved) system_->service().rebuildBreakers();
  system_->shards().applyPoolSize();
  process_->setRate(knobs_.tps);
  process_->setSpikeFactor(knobs_.spikeFactor);
}

double PaymentGatewayLab::knob(std::string_view key) const { return knobs_.at(key).value(); }

void PaymentGatewayLab::applyKnobs() {
  systems::GatewayConfig& c = config_;
  const PaymentGatewayKnobs& k = knobs_;
  c.gateways = k.gws.as<std::uint32_t>();
  c.gatewayCapacity = k.gwCapacity;
  c.gatewayQueue = k.gwQueue.as<std::uint32_t>();
  c.balancing = k.balancing;
  c.healthCheck = k.healthCheck;
  c.limitRate = static_cast<std::int64_t>(k.limitRate);
  c.limitBurst = k.limitBurst;
  c.breakerReports = k.breakerEnabled;
  c.breakerFailures = k.breakerFailures.as<std::uint32_t>();
  c.breakerOpenFor = k.breakerOpenFor;
  c.breakerProbes = k.breakerProbes.as<std::uint32_t>();
  c.steps = {k.validate, k.limit,  k.breaker, k.cache,      k.begin,
             k.bank,     k.update, k.commit,  k.cacheWrite, k.notify};
  c.shape = k.shape;
  c.stepScale = k.stepScale;
  c.scope = k.scope;
  c.idempotency = k.idempotency;
  c.l1Capacity = k.l1Capacity.as<std::size_t>();
  c.l1Ttl = k.l1Ttl;
  c.l2Capacity = k.l2Capacity.as<std::size_t>();
  c.l2Ttl = k.l2Ttl;
  c.singleFlight = k.singleFlight;
  c.profileLoad = k.profileLoad;
  c.shards = k.shards.as<std::uint32_t>();
  c.virtualNodes = k.vnodes.as<std::uint32_t>();
  c.replicas = k.replicas.as<std::uint32_t>();
  c.consistency = k.consistency;
  c.replicationLag = k.replicationLag;
  c.failover = k.failover;
  c.retention = k.retention;
  c.pool = k.pool.as<std::uint32_t>();
  c.poolQueue = k.poolQueue.as<std::uint32_t>();
  c.poolTimeout = k.poolTimeout;
  c.commitFailure = k.commitFailure;
  c.crashAfterCommit = k.crashAfterCommit;
  c.bankTimeout = k.bankTimeout;
  c.bankError = k.bankError;
  c.bankReplyLost = k.bankReplyLost;
  c.bankAvailability = k.bankAvailability;
  c.unknownPolicy = k.unknownPolicy;
  c.retryAttempts = k.retryAttempts.as<std::uint32_t>();
  c.retryBase = k.retryBase;
  c.retryBudget = k.retryBudget;
  c.outbox = k.outbox;
  c.notifyLinger = k.notifyLinger;
  c.notifyBuffer = k.notifyBuffer.as<std::uint32_t>();
}

void PaymentGatewayLab::start(lab::World& world) {
  applyKnobs();
  const auto merchants = knobs_.merchants.as<std::uint64_t>();
  auto onBreaker = [this, &world](Method method, const gateway::CircuitBreaker::Transition& t) {
    ++breakerTransitions_;
    breakers_[static_cast<std::size_t>(method)] = t;
    noteBreaker(world, method, t);
  };
  auto onEnded = [this, &world](const systems::PaymentInFlight& payment, Outcome outcome) {
    keepTrace(world, payment, outcome);
  };
  system_ = std::make_unique<systems::PaymentGateway>(
      world.runtime(), config_, world.recorder(), merchants,
      systems::PaymentGateway::Hooks{std::move(onBreaker), std::move(onEnded)});
  const bool recorded = world.arrivals() != nullptr;
  if (knobs_.arrivals == lab::ArrivalLaw::Trace && !recorded) {
    world.note("clients", "there is no recording to replay: nothing arrives", lab::Severity::Bad);
  }
  process_.emplace(
      lab::ArrivalProcess::Config{.law = recorded ? lab::ArrivalLaw::Trace : knobs_.arrivals,
                                  .ratePerSec = knobs_.tps,
                                  .length = world.length(),
                                  .spikeFactor = knobs_.spikeFactor,
                                  .timeScale = knobs_.timeScale,
                                  .trace = world.arrivals()},
      world.runtime().random("arrivals"));
  merchants_.emplace(merchants, knobs_.zipf);
  draws_.emplace(world.runtime().random("payments"));
  declareMetrics(world);
  declareCharts(world);
  declareTheory(world);
  declareScenes(world, *system_, knobs_, breakers_);
  system_->start();
  world.runtime().spawn(arrivals(world), world.runtime().actor("clients"));
  world.runtime().spawn(noteHalfway(world), world.runtime().actor("observer"));
}

Task<> PaymentGatewayLab::arrivals(lab::World& world) {
  Runtime& runtime = world.runtime();
  for (;;) {
    const auto next = process_->next(runtime.now());
    if (!next) co_return;
    co_await sleepUntil(runtime, next->at, {}, EventKind::Arrival);
    submitWithRepeats(newRequest(*next));
  }
}

PaymentRequest PaymentGatewayLab::newRequest(const lab::ArrivalProcess::Next& arrival) {
  Rng& draws = *draws_;
  PaymentRequest request;
  request.number = nextNumber_++;
  request.key = request.number;
  const bool hot = draws.chance(hotShare_);
  const std::uint64_t merchant = merchants_->sample(draws);
  request.merchant = hot ? kHotMerchant : arrival.key.value_or(merchant);
  request.method = drawMethod(draws);
  request.amount = 100 + static_cast<std::int64_t>(exponential(draws, kMeanAmount));
  request.fingerprint = fingerprintOf(request);
  return request;
}

void PaymentGatewayLab::submitWithRepeats(const PaymentRequest& original) {
  PaymentRequest request = original;
  systems::Auditor& auditor = system_->auditor();
  request.intent = auditor.open();
  const bool repeated = draws_->chance(knobs_.duplicates);
  const bool reused = draws_->chance(knobs_.reuse);
  Runtime& runtime = system_->runtime();
  if (repeated) {
    PaymentRequest repeat = request;
    repeat.number = nextNumber_++;
    auditor.hold(request.intent);
    runtime.spawn(repeatLater(repeat, knobs_.duplicateDelay, true), runtime.actor("clients"));
  }
  if (reused) {
    // Another wish of the same payer under the same id: an intent of its own.
    PaymentRequest other = request;
    other.number = nextNumber_++;
    other.amount += 100;
    other.fingerprint = fingerprintOf(other);
    runtime.spawn(repeatLater(other, kReuseAfter, false), runtime.actor("clients"));
  }
  system_->submit(request);
  auditor.release(request.intent);
}

// `opened`: the request's intent is held for it; otherwise it gets one when it comes.
Task<> PaymentGatewayLab::repeatLater(PaymentRequest request, Duration delay, bool opened) {
  co_await sleepFor(system_->runtime(), delay, {}, EventKind::Arrival);
  if (!opened) request.intent = system_->auditor().open();
  system_->submit(request);
  system_->auditor().release(request.intent);
}

Task<> PaymentGatewayLab::noteHalfway(lab::World& world) {
  co_await sleepFor(world.runtime(), world.length() / 2);
  halfway_.at = world.now();
  systems::GatewayTier& tier = system_->gateways();
  for (std::size_t i = 0; i < tier.size(); ++i) halfway_.offered.push_back(tier.node(i).offered);
  halfway_.backlog = tier.totalBacklog();
}

void PaymentGatewayLab::keepTrace(lab::World& world, const systems::PaymentInFlight& payment,
                                  Outcome outcome) {
  metrics::SpanSampler& spans = world.recorder().spans();
  const Duration latency = world.now() - payment.arrived;
  if (!spans.wouldKeep(latency)) return spans.pass();
  spans.offer(toRequestTrace(payment, outcome, world.now()));
}

void PaymentGatewayLab::inject(lab::World&, std::uint64_t id, const lab::FaultOrder& order) {
  disturbed_ = true;
  inForce_.emplace_back(id, order);
  strike(order, true);
}

// Of two faults on one target the later rules; what is lifted leaves the other in force.
void PaymentGatewayLab::lift(lab::World&, std::uint64_t id, const lab::FaultOrder& order) {
  std::erase_if(inForce_, [id](const auto& each) { return each.first == id; });
  const auto other = std::find_if(inForce_.rbegin(), inForce_.rend(),
                                  [&](const auto& each) { return sameTarget(each.second, order); });
  if (other == inForce_.rend()) return strike(order, false);
  strike(other->second, true);
}

void PaymentGatewayLab::strike(const lab::FaultOrder& order, bool on) {
  const auto argument = [&](std::size_t i) { return order.arguments[i].value; };
  const auto part = [&] { return static_cast<std::uint32_t>(argument(0)); };
  systems::ShardCluster& shards = system_->shards();
  systems::GatewayTier& gateways = system_->gateways();
  if (order.name == "kill_shard") {
    const std::uint32_t shard = part();
    on ? shards.kill(shard) : shards.restore(shard);
  } else if (order.name == "slow_shard") {
    shards.node(part()).slowdown = on ? argument(1) : 1;
  } else if (order.name == "kill_gateway") {
    const std::uint32_t gateway = part() - 1;
    on ? gateways.kill(gateway) : gateways.restore(gateway);
  } else if (order.name == "kill_bank") {
    system_->bank(static_cast<Method>(part())).setDown(on);
  } else if (order.name == "slow_bank") {
    system_->bank(static_cast<Method>(part())).setSlowdown(on ? argument(1) : 1);
  } else if (order.name == "kill_l2") {
    on ? system_->caches().killShared() : system_->caches().restoreShared();
  } else if (order.name == "kill_log") {
    system_->notifier().setLogDown(on);
  } else if (order.name == "packet_loss") {
    config_.packetLoss = on ? argument(0) : 0;
  } else if (order.name == "traffic_spike") {
    process_->setBoost(on ? argument(0) : 1);
  } else if (order.name == "hot_merchant") {
    hotShare_ = on ? argument(0) : 0;
  }
}

std::vector<lab::CheckResult> PaymentGatewayLab::check(const lab::World&) const {
  const systems::Auditor& auditor = system_->auditor();
  const auto& t = auditor.totals();
  const auto verdict = [](bool holds) { return holds ? lab::Verdict::Holds : lab::Verdict::Fails; };
  const std::int64_t sum = system_->shards().balanceSum();
  const std::uint64_t open = t.requests - t.ended;
  return {
      {"money_conserved", "What banks moved is in the ledger or known to be in doubt.",
       verdict(auditor.unaccounted() == 0 && sum == 0),
       "banks moved " + grouped(t.charged) + ", ledger has " + grouped(t.recorded) + ", in doubt " +
           grouped(auditor.inDoubt()) + ", unaccounted for " + grouped(auditor.unaccounted()) +
           "; balances add up to " + grouped(sum)},
      {"charged_once", "No payment was charged twice.", verdict(t.chargedTwice == 0),
       grouped(t.chargedTwice) + " charges beyond the first of " + grouped(t.intents) +
           " payments"},
      {"one_outcome", "Every request ends in exactly one outcome.",
       verdict(t.endedTwice == 0 && open == system_->inFlight()),
       grouped(t.requests) + " requests, " + grouped(t.ended) + " ended, " +
           grouped(system_->inFlight()) + " in flight, " + grouped(t.endedTwice) + " ended twice"},
  };
}

std::unique_ptr<lab::Lab> makePaymentGateway() { return std::make_unique<PaymentGatewayLab>(); }

}  // namespace ringside::labs
