#include "engine/systems/payment_service.h"

namespace ringside::systems {
namespace {

constexpr int kCommitAttempts = 5;
constexpr Duration kReconcileEvery = std::chrono::milliseconds(100);

}  // namespace

PaymentService::PaymentService(const Parts& parts, BreakerListener onTransition)
    : runtime_(parts.runtime),
      config_(parts.config),
      auditor_(parts.auditor),
      meters_(parts.meters),
      caches_(parts.caches),
      shards_(parts.shards),
      notifier_(parts.notifier),
      banks_(parts.banks),
      onTransition_(std::move(onTransition)),
      actor_(runtime_.actor("payment service")),
      jitter_(runtime_.random("retry jitter")),
      fates_(runtime_.random("payment fate")),
      budget_({.minPerSec = 1000, .share = parts.config.retryBudget}) {
  for (const std::string_view name : kStepNames) {
    stepDraws_.push_back(runtime_.random("step " + std::string(name)));
  }
  stepsChanged();
  rebuildLimiter();
  rebuildBreakers();
}

void PaymentService::stepsChanged() {
  delays_.clear();
  for (std::size_t i = 0; i < kSteps; ++i) {
    delays_.push_back(stepDelay(config_, static_cast<Step>(i)));
  }
}

void PaymentService::rebuildLimiter() {
  limiter_.emplace(gateway::KeyedLimiter::Config{
      .quota = gateway::Quota::perSecond(config_.limitRate, config_.limitBurst)});
}

void PaymentService::rebuildBreakers() {
  for (std::size_t i = 0; i < kMethods; ++i) {
    const gateway::CircuitBreaker::Config breaker{
        .probes = config_.breakerProbes,
        .openFor = config_.breakerOpenFor,
        .probeLease = std::chrono::seconds(1),
        .trip = gateway::TripPolicy::consecutiveAtLeast(config_.breakerFailures)};
    breakers_[i] = std::make_unique<gateway::CircuitBreaker>(breaker, runtime_.now());
    breakers_[i]->onTransition([this, i](const gateway::CircuitBreaker::Transition& transition) {
      if (onTransition_) onTransition_(static_cast<Method>(i), transition);
    });
  }
}

PaymentService::Timed PaymentService::step(PaymentInFlight& payment, Step step) {
  const auto i = static_cast<std::size_t>(step);
  payment.doing = placeOf(step);
  payment.endsTask = step == Step::Breaker || step == Step::Cache || step == Step::Notify;
  return Timed(payment.pause(actor_, delays_[i].sample(stepDraws_[i])));
}

void PaymentService::took(PaymentInFlight& payment) const {
  const bool statement = payment.doing == placeOf(Step::Begin) ||
                         payment.doing == placeOf(Step::Update) ||
                         payment.doing == placeOf(Step::Commit);
  const Duration service =
      payment.trace.served(payment.doing, statement ? payment.shard : 0, runtime_.now());
  meters_.stepTook(static_cast<Step>(payment.doing), service);
}

void PaymentService::mark(PaymentInFlight& payment, Place place) {
  payment.trace.served(place, 0, runtime_.now());
}

void PaymentService::prefetch(const PaymentInFlight& payment, Event::Ahead ahead) const {
  const PaymentRequest& request = payment.request;
  switch (static_cast<Step>(payment.doing)) {
    case Step::Cache:
      caches_.prefetchProfile(payment.gateway, request.merchant, ahead);
      [[fallthrough]];
    case Step::CacheWrite:
      if (ahead == Event::Ahead::Soon) caches_.prefetchResult(request.key);
      return;
    case Step::Begin:
    case Step::Commit:
      auditor_.prefetch(request.intent);
      return shards_.prefetch(rowKey(request), payment.copies, ahead);
    case Step::Notify:
      auditor_.prefetch(request.intent);
      // The task that serves the payment goes on last; its frame begins just before.
      return prefetchBytes(reinterpret_cast<const char*>(&payment) - 192, 192);
    default:
      return;
  }
}

Task<Outcome> PaymentService::process(PaymentInFlight& payment) {
  std::optional<Permit> permit;
  if (const auto known = co_await admit(payment, permit)) co_return *known;
  if (config_.scope == TransactionScope::AcrossBank) {
    co_return co_await acrossBank(payment, *permit);
  }
  // The corrected way: intent first, bank without a connection, then the result.
  if (const auto known = co_await recordIntent(payment)) co_return *known;
  const Money money = co_await askBank(payment, *permit);
  if (money == Money::Moved && co_await commitResult(payment, money)) {
    co_return co_await publish(payment, Outcome::Approved);
  }
  co_return co_await finalise(payment, money);
}

Task<std::optional<Outcome>> PaymentService::admit(PaymentInFlight& payment,
                                                   std::optional<Permit>& permit) {
  const PaymentRequest& request = payment.request;
  co_await step(payment, Step::Validate);
  co_await step(payment, Step::Limit);
  if (!limiter_->take(request.merchant, runtime_.now())) co_return Outcome::RejectedLimit;
  co_await step(payment, Step::Breaker);
  if (!passBreaker(payment, permit)) co_return Outcome::RejectedBreaker;
  co_await step(payment, Step::Cache);
  if (!caches_.findProfile(payment.gateway, request.merchant)) co_await loadProfile(payment);
  co_return answerFromCache(payment);
}

bool PaymentService::passBreaker(const PaymentInFlight& payment, std::optional<Permit>& permit) {
  auto admission = breaker(payment.request.method).admit(runtime_.now());
  if (!admission) return false;
  permit = std::move(admission.permit);
  return true;
}

std::optional<Outcome> PaymentService::answerFromCache(const PaymentInFlight& payment) {
  const auto stored = caches_.findResult(payment.request.key);
  if (!stored) return std::nullopt;
  if (stored->fingerprint == payment.request.fingerprint) return Outcome::Replayed;
  if (config_.idempotency == Idempotency::CacheById) {
    auditor_.wrongReplay();
    return Outcome::Replayed;
  }
  auditor_.fingerprintConflict();
  return Outcome::Conflict;
}

Task<> PaymentService::loadProfile(PaymentInFlight& payment) {
  const std::uint64_t merchant = payment.request.merchant;
  GatewayCaches::Flights::Joined joined{GatewayCaches::Flights::Role::Leader, {}};
  const bool led = config_.singleFlight;  // As of now: the knob may turn while the load is on.
  if (led) joined = caches_.joinLoad(merchant);
  bool loaded = false;
  if (joined.role == GatewayCaches::Flights::Role::Follower) {
    loaded = co_await caches_.follow(joined.call);
  } else {
    Transaction read = locate(payment);
    if (read.node != nullptr) {
      read.lease = co_await read.node->pool.acquire(config_.poolTimeout, payment.timer);
      if (!refusal(payment, read, Step::Begin)) {
        co_await sleepFor(runtime_, config_.profileLoad, read.node->actor, EventKind::Service);
        loaded = true;
      }
    }
    if (led) caches_.finishLoad(joined.call, loaded);
  }
  if (loaded) caches_.storeProfile(payment.gateway, merchant);
  mark(payment, Place::ProfileLoad);
}

// The common way: the transaction stays open, and the connection taken, while the bank works.
Task<Outcome> PaymentService::acrossBank(PaymentInFlight& payment, Permit& permit) {
  const PaymentRequest& request = payment.request;
  Transaction transaction = locate(payment);
  if (transaction.node == nullptr) co_return Outcome::Unavailable;
  transaction.lease = co_await transaction.node->pool.acquire(config_.poolTimeout, payment.timer);
  if (const auto refused = refusal(payment, transaction, Step::Begin)) co_return *refused;
  co_await statement(payment, Step::Begin, transaction);
  if (!serves(transaction, payment)) co_return Outcome::Unavailable;
  if (const auto known = openRow(*transaction.node, payment)) co_return *known;
  const Money money = co_await askBank(payment, permit);
  if (money != Money::Moved) {
    rollBack(transaction, request);
    co_return money == Money::Declined ? Outcome::Declined : Outcome::Failed;
  }
  co_await statement(payment, Step::Update, transaction);
  co_await statement(payment, Step::Commit, transaction);
  if (!commits(transaction, payment)) {
    rollBack(transaction, request);
    co_return Outcome::Failed;  // The deferred rollback: the money has moved all the same.
  }
  writeResult(*transaction.node, payment, money);
  transaction.lease.release();
  co_return co_await publish(payment, Outcome::Approved);
}

Task<std::optional<Outcome>> PaymentService::recordIntent(PaymentInFlight& payment) {
  Transaction transaction = locate(payment);
  if (transaction.node == nullptr) co_return Outcome::Unavailable;
  transaction.lease = co_await transaction.node->pool.acquire(config_.poolTimeout, payment.timer);
  if (const auto refused = refusal(payment, transaction, Step::Begin)) co_return refused;
  co_await statement(payment, Step::Begin, transaction);
  if (!serves(transaction, payment)) {
    ++transaction.node->failures;
    co_return Outcome::Unavailable;
  }
  co_return openRow(*transaction.node, payment);
}

// What is not simply approved at the first try.
Task<Outcome> PaymentService::finalise(PaymentInFlight& payment, Money money) {
  const int done = money == Money::Moved ? 1 : 0;  // Tries that have failed.
  if (money == Money::Unknown && config_.unknownPolicy == UnknownPolicy::Fail) {
    money = Money::NotMoved;  // Said to have failed, which nobody knows.
  }
  const bool committed = money != Money::Unknown && co_await commit(payment, money, done);
  if (!committed) {
    const bool canAsk = config_.idempotency == Idempotency::KeyedRow;
    if (money == Money::Unknown && !canAsk) co_return Outcome::Unknown;  // Nobody can find out.
    auditor_.hold(payment.request.intent);
    runtime_.spawn(reconcile(payment.request, money), runtime_.actor("reconciler"));
    co_return Outcome::Unknown;
  }
  if (money == Money::Moved) co_return co_await publish(payment, Outcome::Approved);
  co_return money == Money::Declined ? Outcome::Declined : Outcome::Failed;
}

Task<bool> PaymentService::commit(PaymentInFlight& payment, Money money, int done) {
  for (int attempt = done; attempt < kCommitAttempts; ++attempt) {
    if (attempt > 0) {
      const Duration pause = config_.retryBase * (1 << attempt);
      co_await payment.pause(actor_, fromSeconds(toSeconds(pause) * jitter_.uniform01()));
      mark(payment, Place::Backoff);
    }
    if (co_await commitResult(payment, money)) co_return true;
  }
  co_return false;
}

Task<bool> PaymentService::commitResult(PaymentInFlight& payment, Money money) {
  Transaction transaction = locate(payment);
  if (transaction.node == nullptr) co_return false;
  transaction.lease = co_await transaction.node->pool.acquire(config_.poolTimeout, payment.timer);
  if (refusal(payment, transaction, Step::Update)) co_return false;
  co_await statement(payment, Step::Update, transaction);
  co_await statement(payment, Step::Commit, transaction);
  if (!commits(transaction, payment)) co_return false;
  writeResult(*transaction.node, payment, money);
  co_return true;
}

Task<Outcome> PaymentService::publish(PaymentInFlight& payment, Outcome outcome) {
  if (fates_.chance(config_.crashAfterCommit)) {
    // The process dies here: what it had not handed over is gone, and its client hears nothing.
    if (!config_.outbox) auditor_.eventLost();
    co_return Outcome::Unknown;
  }
  co_await step(payment, Step::CacheWrite);
  caches_.storeResult(payment.request.key, {payment.request.fingerprint, outcome});
  co_await step(payment, Step::Notify);
  const PaymentRequest& request = payment.request;
  if (!config_.outbox && !notifier_.publish(request.merchant, request.number)) {
    auditor_.eventLost();
  }
  co_return outcome;
}

// Brings a payment that nobody could finish to its end, long after its customer has gone.
Task<> PaymentService::reconcile(PaymentRequest request, Money money) {
  ++reconciling_;
  PaymentInFlight shadow(runtime_, request, this);
  for (bool settled = false; !settled;) {
    co_await sleepFor(runtime_, kReconcileEvery);
    mark(shadow, Place::Backoff);
    if (money == Money::Unknown) money = co_await enquire(shadow);
    if (money != Money::Unknown) settled = co_await commitResult(shadow, money);
  }
  --reconciling_;
  auditor_.release(request.intent);
}

}  // namespace ringside::systems
