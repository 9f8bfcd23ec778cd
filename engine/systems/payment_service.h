// PaymentService: the ten steps of a payment, as they are commonly written and as they should be.
//
// Model     Validate, limit, breaker, cache; then a database transaction and the bank; then cache
//           and notify. With TransactionScope::AcrossBank one transaction is open while the bank
//           works; with Split an intent is committed first, the bank is asked without holding a
//           connection, and a second transaction records what it said. With Idempotency::KeyedRow
//           the unique (merchant, key) row guards against repeats and against reused keys; with
//           CacheById only the result cache does.
// Promise   Every call ends in exactly one outcome.
// Cost      One event a step. Tasks are short-lived and their frames small: what lasts as long as
//           the payment lies in PaymentInFlight.
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
#include "engine/systems/payment_in_flight.h"
#include "engine/systems/shard_cluster.h"

namespace ringside::systems {

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

  // Asks for what the end of the step under way will touch: first the cells of indices, then rows.
  void prefetch(const PaymentInFlight& payment, Event::Ahead ahead) const;

 private:
  using Permit = gateway::CircuitBreaker::Permit;

  // What is known of the money after the bank was asked.
  enum class Money : std::uint8_t { Moved, NotMoved, Declined, Unknown };

  // A database transaction that a task has open, once it has its connection.
  struct Transaction {
    ShardCluster::Node* node = nullptr;  // Null: no shard serves the merchant.
    std::uint32_t epoch = 0;
    LeasedPool::Lease lease;
    explicit operator bool() const { return static_cast<bool>(lease); }
  };

  // Awaitable: a timed step of a payment, written down when it is over.
  class Timed : public PaymentInFlight::Step {
   public:
    explicit Timed(PaymentInFlight::Step step) : PaymentInFlight::Step(step) {}
    void await_resume() const { payment().service->took(payment()); }
  };
  [[nodiscard]] Timed step(PaymentInFlight& payment, Step step);
  [[nodiscard]] Timed statement(PaymentInFlight& payment, Step step, const Transaction& on);
  void took(PaymentInFlight& payment) const;
  void mark(PaymentInFlight& payment, Place place);

  // Empty: go on. Otherwise the answer is known.
  Task<std::optional<Outcome>> admit(PaymentInFlight& payment, std::optional<Permit>& permit);
  [[nodiscard]] bool passBreaker(const PaymentInFlight& payment, std::optional<Permit>& permit);
  [[nodiscard]] std::optional<Outcome> answerFromCache(const PaymentInFlight& payment);
  Task<> loadProfile(PaymentInFlight& payment);

  // Tasks hold references to what their caller keeps: a copy in each would make their frames large.
  Task<Outcome> acrossBank(PaymentInFlight& payment, Permit& permit);
  Task<std::optional<Outcome>> recordIntent(PaymentInFlight& payment);
  Task<Outcome> finalise(PaymentInFlight& payment, Money money);
  Task<bool> commit(PaymentInFlight& payment, Money money, int done);
  Task<bool> commitResult(PaymentInFlight& payment, Money money);
  Task<Outcome> publish(PaymentInFlight& payment, Outcome outcome);
  Task<> reconcile(PaymentRequest request, Money money);

  // payment_ledger.cpp
  [[nodiscard]] Transaction locate(PaymentInFlight& payment);
  [[nodiscard]] std::optional<Outcome> refusal(PaymentInFlight& payment, const Transaction& on,
                                               Step step);
  [[nodiscard]] bool serves(const Transaction& on, PaymentInFlight& payment) const;
  [[nodiscard]] bool commits(const Transaction& on, PaymentInFlight& payment);
  [[nodiscard]] std::optional<Outcome> openRow(ShardCluster::Node& node,
                                               const PaymentInFlight& payment);
  void rollBack(Transaction& transaction, const PaymentRequest& request);
  void writeResult(ShardCluster::Node& node, const PaymentInFlight& payment, Money money);
  [[nodiscard]] storage::PaymentKey rowKey(const PaymentRequest& request) const;
  [[nodiscard]] storage::PaymentRow rowOf(const PaymentRequest& request) const;
  [[nodiscard]] static storage::Posting postingOf(const PaymentRequest& request);

  // payment_bank_calls.cpp
  Task<Money> askBank(PaymentInFlight& payment, Permit& permit);
  std::optional<Duration> retryPause(gateway::RetryState& attempts);
  [[nodiscard]] Bank::Call callBank(PaymentInFlight& payment, Bank::Verb verb, Duration patience);
  Task<Money> enquire(PaymentInFlight& payment);
  void report(Method method, Permit& permit, std::optional<BankAnswer> answer);
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
