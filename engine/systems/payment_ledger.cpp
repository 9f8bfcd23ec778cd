// The payment service's dealings with the ledger: connections, rows, and what a commit writes.
#include "engine/systems/payment_service.h"

namespace ringside::systems {
namespace {

using storage::MemoryShard;
using storage::PaymentState;

// Rows of requests that are not keyed have keys of their own, apart from any client's.
constexpr std::uint64_t kUnkeyed = std::uint64_t{1} << 63;

}  // namespace

PaymentService::Timed PaymentService::statement(PaymentInFlight& payment, Step step,
                                                const Transaction& on) {
  const auto i = static_cast<std::size_t>(step);
  Duration service = delays_[i].sample(stepDraws_[i]);
  if (on.node->slowdown != 1) service = fromSeconds(toSeconds(service) * on.node->slowdown);
  ++on.node->statements;
  payment.doing = placeOf(step);
  payment.endsTask = step != Step::Update;
  payment.shard = static_cast<std::uint16_t>(on.node->index);
  return Timed(payment.pause(on.node->actor, service));
}

// Where the payment's row is. A shard that is down has none to offer.
PaymentService::Transaction PaymentService::locate(PaymentInFlight& payment) {
  shards_.refresh(payment.copies, payment.request.merchant);
  ShardCluster::Node* const node = shards_.home(payment.copies, payment.request.merchant);
  if (node == nullptr) return {};
  if (node->up) return {.node = node, .epoch = node->epoch, .lease = {}};
  ++node->failures;
  return {};
}

// After waiting for a connection: empty if there is one. Otherwise why there is none.
std::optional<Outcome> PaymentService::refusal(PaymentInFlight& payment, const Transaction& on,
                                               Step step) {
  const Duration waited = payment.trace.waited(placeOf(step), on.node->index, runtime_.now());
  meters_.waitedForConnection(waited);
  if (on.lease) return std::nullopt;
  if (on.node->epoch == on.epoch) return Outcome::RejectedOverload;
  ++on.node->failures;
  return Outcome::Unavailable;
}

// Whether the node is still the one that it was when the transaction began.
bool PaymentService::serves(const Transaction& on, PaymentInFlight& payment) const {
  shards_.refresh(payment.copies, payment.request.merchant);
  return on.node->up && on.node->epoch == on.epoch &&
         shards_.home(payment.copies, payment.request.merchant) == on.node;
}

bool PaymentService::commits(const Transaction& on, PaymentInFlight& payment) {
  const bool failed = fates_.chance(config_.commitFailure);
  return !failed && serves(on, payment);
}

storage::PaymentKey PaymentService::rowKey(const PaymentRequest& request) const {
  const bool keyed = config_.idempotency == Idempotency::KeyedRow;
  return {request.merchant, keyed ? request.key : request.number | kUnkeyed};
}

storage::PaymentRow PaymentService::rowOf(const PaymentRequest& request) const {
  return {.key = rowKey(request),
          .payment = request.number,
          .fingerprint = request.fingerprint,
          .amount = request.amount,
          .tag = static_cast<std::uint32_t>(request.method)};
}

storage::Posting PaymentService::postingOf(const PaymentRequest& request) {
  const auto payers = static_cast<storage::AccountId>(request.method);
  return {.debit = payers, .credit = kMethods, .amount = request.amount};
}

std::optional<Outcome> PaymentService::openRow(ShardCluster::Node& node,
                                               const PaymentInFlight& payment) {
  const PaymentRequest& request = payment.request;
  if (config_.idempotency == Idempotency::CacheById) return std::nullopt;
  const auto written = shards_.insert(node, rowOf(request), payment.copies);
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

void PaymentService::writeResult(ShardCluster::Node& node, const PaymentInFlight& payment,
                                 Money money) {
  const PaymentRequest& request = payment.request;
  const bool moved = money == Money::Moved;
  const PaymentState next = moved ? PaymentState::Succeeded : PaymentState::Failed;
  const std::optional<storage::Posting> posting =
      moved ? std::optional(postingOf(request)) : std::nullopt;
  const storage::PaymentKey key = rowKey(request);
  auto written = shards_.update(node, key, PaymentState::Pending, next, posting, payment.copies);
  if (written.outcome == MemoryShard::Write::Mismatch) return;  // Someone else has finished it.
  if (written.outcome == MemoryShard::Write::Missing) {
    // Unkeyed rows are written only now; a keyed one may have been lost in a failover.
    shards_.insert(node, rowOf(request), payment.copies);
    shards_.update(node, key, PaymentState::Pending, next, posting, payment.copies);
  }
  if (!moved) return;
  auditor_.recorded(request.intent, request.amount);
  if (config_.outbox) notifier_.writeWithCommit(node, request.number);
}

}  // namespace ringside::systems
