// PaymentService: the ten steps of a payment, as they are commonly written and as they should be.
//
// Model     Validate, limit, breaker, cache; then a database transaction and the bank; then cache
//           and notify. With TransactionScope::AcrossBank one transaction is open while the bank
//           works; with Split an intent is committed first, the bank is asked without holding a
//           connection, and a second transaction records what it said. With Idempotency::KeyedRow
//           the unique (merchant, key) row guards against repeats and against reused keys; with
//           CacheById only the result cache does.
// Promise   Every call ends in exactly one outcome.
// Threads   None. One owner.
#pragma once

#include <array>
#include <memory>
#include <optional>

#include "engine/gateway/circuit_breaker.h"
#include "engine/gateway/keyed_limiter.h"
#include "engine/gateway/retry.h"
#include "engine/gateway/retry_budget.h"
#include "engine/systems/bank.h"
#include "engine/systems/gateway_caches.h"
#include "engine/systems/gateway_meters.h"
#include "engine/systems/notifier.h"
#include "engine/systems/payment_trace.h"
#include "engine/systems/shard_cluster.h"

namespace ringside::systems {

// One request on its way through, with all that is known of it.
struct PaymentInFlight {
  PaymentRequest request;
  Instant arrived{};
  std::uint32_t gateway = 0;
  PaymentTrace trace{};
};

class PaymentService {
 public:
  struct Parts {
    Runtime& runtime;
    const GatewayConfig& config;
    Auditor& auditor;
    GatewayMeters& meters;
    GatewayCaches& caches;
    ShardCluster& shards;
    Notifier& notifier;
    std::array<std::unique_ptr<Bank>, kMethods>& banks;
  };
  using BreakerListener = std::function<void(Method, const gateway::CircuitBreaker::Transition&)>;

  PaymentService(const Parts& parts, BreakerListener onTransition);

  [[nodiscard]] Task<Outcome> process(PaymentInFlight& payment);

  void stepsChanged();     // After a mean or the shape of the steps changed.
  void rebuildLimiter();   // After its rate or burst changed; it starts full.
  void rebuildBreakers();  // Likewise; they start closed.

  [[nodiscard]] gateway::CircuitBreaker& breaker(Method method) {
    return *breakers_[static_cast<std::size_t>(method)];
  }
  [[nodiscard]] std::uint64_t reconciling() const { return reconciling_; }

 private:
  using Permit = gateway::CircuitBreaker::Permit;

  // What is known of the money after the bank was asked.
  enum class Money : std::uint8_t { Moved, NotMoved, Declined, Unknown };

  // A database transaction that a task has open; empty: why it could not be had.
  struct Transaction {
    ShardCluster::Node* node = nullptr;
    std::uint32_t epoch = 0;
    LeasedPool::Lease lease;
    Outcome refusal = Outcome::Unavailable;
    explicit operator bool() const { return node != nullptr; }
  };

  class Pause;
  [[nodiscard]] Pause step(PaymentInFlight& payment, Step step);
  [[nodiscard]] Pause statement(PaymentInFlight& payment, Step step, const Transaction& on,
                                Duration waited = {});
  void mark(PaymentInFlight& payment, Place place, Instant start);

  // Empty: go on. Otherwise the answer is known.
  [[nodiscard]] std::optional<Outcome> answerFromCache(const PaymentInFlight& payment);
  Task<> loadProfile(PaymentInFlight& payment);

  Task<Outcome> acrossBank(PaymentInFlight& payment, Permit permit);
  Task<Outcome> split(PaymentInFlight& payment, Permit permit);
  Task<Transaction> connect(PaymentInFlight& payment, Duration& waited);
  Task<std::optional<Outcome>> recordIntent(PaymentInFlight& payment);
  Task<Outcome> finalise(PaymentInFlight& payment, Money money);
  Task<bool> commitResult(PaymentInFlight& payment, Money money);
  Task<Outcome> publish(PaymentInFlight& payment, Outcome outcome);
  Task<> reconcile(PaymentRequest request, Money money);

  [[nodiscard]] std::optional<Outcome> openRow(ShardCluster::Node& node,
                                               const PaymentRequest& request);
  void rollBack(Transaction& transaction, const PaymentRequest& request);
  void writeResult(ShardCluster::Node& node, const PaymentRequest& request, Money money);
  [[nodiscard]] storage::PaymentKey rowKey(const PaymentRequest& request) const;
  [[nodiscard]] static storage::Posting postingOf(const PaymentRequest& request);

  Task<Money> askBank(PaymentInFlight& payment, Permit permit);
  Task<BankAnswer> callBank(const PaymentRequest& request, Bank::Verb verb);
  Task<Money> enquire(PaymentInFlight& payment);
  [[nodiscard]] Bank& bank(Method method) { return *banks_[static_cast<std::size_t>(method)]; }

  Runtime& runtime_;
  const GatewayConfig& config_;
  Auditor& auditor_;
  GatewayMeters& meters_;
  GatewayCaches& caches_;
  ShardCluster& shards_;
  Notifier& notifier_;
  std::array<std::unique_ptr<Bank>, kMethods>& banks_;
  BreakerListener onTransition_;
  ActorId actor_;
  std::vector<Delay> delays_;   // By step.
  std::vector<Rng> stepDraws_;  // Likewise.
  Rng jitter_;
  Rng fates_;
  std::optional<gateway::KeyedLimiter> limiter_;
  std::array<std::unique_ptr<gateway::CircuitBreaker>, kMethods> breakers_;
  gateway::RetryBudget budget_;
  std::uint64_t reconciling_ = 0;
};

}  // namespace ringside::systems
