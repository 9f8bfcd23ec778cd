#include "engine/systems/payment_service.h"

#include "engine/systems/payment_pause.h"

namespace ringside::systems {
namespace {

using storage::MemoryShard;
using storage::PaymentState;

constexpr int kCommitAttempts = 5;
constexpr Duration kReconcileEvery = std::chrono::milliseconds(100);
// Rows of requests that are not keyed have keys of their own, apart from any client's.
constexpr std::uint64_t kUnkeyed = std::uint64_t{1} << 63;

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

PaymentService::Pause PaymentService::step(PaymentInFlight& payment, Step step) {
  const auto i = static_cast<std::size_t>(step);
  const Duration service = delays_[i].sample(stepDraws_[i]);
  return {*this, payment, step, {.actor = actor_, .service = service}};
}

PaymentService::Pause PaymentService::statement(PaymentInFlight& payment, Step step,
                                                const Transaction& on, Duration waited) {
  const auto i = static_cast<std::size_t>(step);
  Duration service = delays_[i].sample(stepDraws_[i]);
  if (on.node->slowdown != 1) service = fromSeconds(toSeconds(service) * on.node->slowdown);
  ++on.node->statements;
  return {*this,
          payment,
          step,
          {.actor = on.node->actor,
           .service = service,
           .wait = waited,
           .component = static_cast<std::uint8_t>(on.node->index)}};
}

void PaymentService::mark(PaymentInFlight& payment, Place place, Instant start) {
  payment.trace.mark(static_cast<std::uint8_t>(place), 0, start - payment.arrived, {},
                     runtime_.now() - start);
}

Task<Outcome> PaymentService::process(PaymentInFlight& payment) {
  co_await step(payment, Step::Validate);
  co_await step(payment, Step::Limit);
  if (!limiter_->take(payment.request.merchant, runtime_.now())) co_return Outcome::RejectedLimit;
  co_await step(payment, Step::Breaker);
  auto admission = breaker(payment.request.method).admit(runtime_.now());
  if (!admission) co_return Outcome::RejectedBreaker;
  Permit permit = std::move(*admission.permit);
  co_await step(payment, Step::Cache);
  if (!caches_.findProfile(payment.gateway, payment.request.merchant)) {
    co_await loadProfile(payment);
  }
  if (const auto known = answerFromCache(payment)) co_return *known;
  if (config_.scope == TransactionScope::AcrossBank) {
    co_return co_await acrossBank(payment, std::move(permit));
  }
  co_return co_await split(payment, std::move(permit));
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
  const Instant start = runtime_.now();
  GatewayCaches::Flights::Joined joined{GatewayCaches::Flights::Role::Leader, {}};
  const bool led = config_.singleFlight;  // As of now: the knob may turn while the load is on.
  if (led) joined = caches_.joinLoad(merchant);
  bool loaded = false;
  if (joined.role == GatewayCaches::Flights::Role::Follower) {
    loaded = co_await caches_.follow(joined.call);
  } else {
    Duration waited{};
    const Transaction read = co_await connect(payment, waited);
    if (read) {
      co_await sleepFor(runtime_, config_.profileLoad, read.node->actor, EventKind::Service);
    }
    loaded = static_cast<bool>(read);
    if (led) caches_.finishLoad(joined.call, loaded);
  }
  if (loaded) caches_.storeProfile(payment.gateway, merchant);
  mark(payment, Place::ProfileLoad, start);
}

Task<PaymentService::Transaction> PaymentService::connect(PaymentInFlight& payment,
                                                          Duration& waited) {
  Transaction transaction;
  ShardCluster::Node* node = shards_.home(payment.request.merchant);
  if (node == nullptr || !node->up) {
    if (node != nullptr) ++node->failures;
    co_return transaction;
  }
  transaction.epoch = node->epoch;
  const Instant asked = runtime_.now();
  transaction.lease = co_await node->pool.acquire(config_.poolTimeout);
  waited = runtime_.now() - asked;
  meters_.waitedForConnection(waited);
  if (transaction.lease) {
    transaction.node = node;
  } else if (node->epoch == transaction.epoch) {
    transaction.refusal = Outcome::RejectedOverload;
  } else {
    ++node->failures;
  }
  co_return transaction;
}

// The common way: the transaction stays open, and the connection taken, while the bank works.
Task<Outcome> PaymentService::acrossBank(PaymentInFlight& payment, Permit permit) {
  const PaymentRequest& request = payment.request;
  Duration waited{};
  Transaction transaction = co_await connect(payment, waited);
  if (!transaction) co_return transaction.refusal;
  co_await statement(payment, Step::Begin, transaction, waited);
  if (!shards_.serves(*transaction.node, transaction.epoch, request.merchant)) {
    co_return Outcome::Unavailable;
  }
  if (const auto known = openRow(*transaction.node, request)) co_return *known;
  const Money money = co_await askBank(payment, std::move(permit));
  if (money != Money::Moved) {
    rollBack(transaction, request);
    co_return money == Money::Declined ? Outcome::Declined : Outcome::Failed;
  }
  co_await statement(payment, Step::Update, transaction);
  co_await statement(payment, Step::Commit, transaction);
  const bool failed = fates_.chance(config_.commitFailure);
  if (failed || !shards_.serves(*transaction.node, transaction.epoch, request.merchant)) {
    rollBack(transaction, request);
    co_return Outcome::Failed;  // The deferred rollback: the money has moved all the same.
  }
  writeResult(*transaction.node, request, money);
  transaction.lease.release();
  co_return co_await publish(payment, Outcome::Approved);
}

// The corrected way: intent first, bank without a connection, then the result.
Task<Outcome> PaymentService::split(PaymentInFlight& payment, Permit permit) {
  if (const auto known = co_await recordIntent(payment)) co_return *known;
  const Money money = co_await askBank(payment, std::move(permit));
  co_return co_await finalise(payment, money);
}

Task<std::optional<Outcome>> PaymentService::recordIntent(PaymentInFlight& payment) {
  Duration waited{};
  Transaction transaction = co_await connect(payment, waited);
  if (!transaction) co_return transaction.refusal;
  co_await statement(payment, Step::Begin, transaction, waited);
  if (!shards_.serves(*transaction.node, transaction.epoch, payment.request.merchant)) {
    ++transaction.node->failures;
    co_return Outcome::Unavailable;
  }
  co_return openRow(*transaction.node, payment.request);
}

Task<Outcome> PaymentService::finalise(PaymentInFlight& payment, Money money) {
  if (money == Money::Unknown && config_.unknownPolicy == UnknownPolicy::Fail) {
    money = Money::NotMoved;  // Said to have failed, which nobody knows.
  }
  bool committed = false;
  for (int attempt = 0; money != Money::Unknown && !committed && attempt < kCommitAttempts;
       ++attempt) {
    if (attempt > 0) {
      const Duration pause = config_.retryBase * (1 << attempt);
      co_await sleepFor(runtime_, fromSeconds(toSeconds(pause) * jitter_.uniform01()), actor_);
    }
    committed = co_await commitResult(payment, money);
  }
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

Task<bool> PaymentService::commitResult(PaymentInFlight& payment, Money money) {
  Duration waited{};
  Transaction transaction = co_await connect(payment, waited);
  if (!transaction) co_return false;
  co_await statement(payment, Step::Update, transaction, waited);
  co_await statement(payment, Step::Commit, transaction);
  const bool failed = fates_.chance(config_.commitFailure);
  if (failed || !shards_.serves(*transaction.node, transaction.epoch, payment.request.merchant)) {
    co_return false;
  }
  writeResult(*transaction.node, payment.request, money);
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
  PaymentInFlight shadow{.request = request, .arrived = runtime_.now()};
  for (bool settled = false; !settled;) {
    co_await sleepFor(runtime_, kReconcileEvery);
    if (money == Money::Unknown) money = co_await enquire(shadow);
    if (money != Money::Unknown) settled = co_await commitResult(shadow, money);
  }
  --reconciling_;
  auditor_.release(request.intent);
}

storage::PaymentKey PaymentService::rowKey(const PaymentRequest& request) const {
  const bool keyed = config_.idempotency == Idempotency::KeyedRow;
  return {request.merchant, keyed ? request.key : request.number | kUnkeyed};
}

storage::Posting PaymentService::postingOf(const PaymentRequest& request) {
  const auto payers = static_cast<storage::AccountId>(request.method);
  return {.debit = payers, .credit = kMethods, .amount = request.amount};
}

std::optional<Outcome> PaymentService::openRow(ShardCluster::Node& node,
                                               const PaymentRequest& request) {
  if (config_.idempotency == Idempotency::CacheById) return std::nullopt;
  const auto written = shards_.insert(node, {.key = rowKey(request),
                                             .payment = request.number,
                                             .fingerprint = request.fingerprint,
                                             .amount = request.amount,
                                             .tag = static_cast<std::uint32_t>(request.method)});
  if (written.outcome == MemoryShard::Write::Done) return std::nullopt;
  if (written.row->fingerprint != request.fingerprint) {
    auditor_.fingerprintConflict();
    return Outcome::Conflict;
  }
  return isOpen(written.row->state) ? Outcome::Conflict : Outcome::Replayed;
}

void PaymentService::rollBack(Transaction& transaction, const PaymentRequest& request) {
  const bool wrote = config_.idempotency == Idempotency::KeyedRow;
  if (wrote) shards_.erase(*transaction.node, rowKey(request));
  transaction.lease.release();
}

void PaymentService::writeResult(ShardCluster::Node& node, const PaymentRequest& request,
                                 Money money) {
  const bool moved = money == Money::Moved;
  const PaymentState next = moved ? PaymentState::Succeeded : PaymentState::Failed;
  const std::optional<storage::Posting> posting =
      moved ? std::optional(postingOf(request)) : std::nullopt;
  const storage::PaymentKey key = rowKey(request);
  auto written = shards_.update(node, key, PaymentState::Pending, next, posting);
  if (written.outcome == MemoryShard::Write::Mismatch) return;  // Someone else has finished it.
  if (written.outcome == MemoryShard::Write::Missing) {
    // Unkeyed rows are written only now; a keyed one may have been lost in a failover.
    shards_.insert(node, {.key = key,
                          .payment = request.number,
                          .fingerprint = request.fingerprint,
                          .amount = request.amount,
                          .tag = static_cast<std::uint32_t>(request.method)});
    shards_.update(node, key, PaymentState::Pending, next, posting);
  }
  if (!moved) return;
  auditor_.recorded(request.intent, request.amount);
  if (config_.outbox) notifier_.writeWithCommit(node, request.number);
}

}  // namespace ringside::systems
