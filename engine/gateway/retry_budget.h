// RetryBudget: lets all requests together retry only a share of what they send.
//
// Model     Each request deposits, each retry withdraws 1 / share of a deposit; deposits and
//           withdrawals are forgotten a TTL later. A reserve of minPerSec * TTL retries keeps quiet
//           clients able to retry.
// Promise   In any TTL, retries <= minPerSec * TTL + share * (requests of the 1.1 TTL before the
//           last of them). So when everything fails the load is 1 + share times the normal one, not
//           1 + attempts.
// Time      Passive. Time is counted in slots of TTL / 10; a clock that goes back is read as
//           standing still.
// Threads   None. One owner.
// Cost      O(1), at most eleven slots touched; no allocation.
//
// Rejected  A limit on retries per request: three layers of three retries are 64 calls.
// Compare   retry.h decides for one request, this for all of them.
// Source    Finagle's RetryBudget. Its slots drift: they restart at the first call after they end,
//           so that a withdrawal can be forgotten after 0.9 TTL and a deposit kept for 2. Ours are
//           aligned; BudgetCompat::Finagle is the original, to replay recordings of it.
#pragma once

#include <array>
#include <cstdint>

#include "engine/base/result.h"
#include "engine/base/time.h"

namespace ringside::gateway {

enum class BudgetCompat : std::uint8_t {
  None,
  Finagle,  // Slots drift, and amounts are coarse: a share of 0.6 lets every request be retried.
};

class RetryBudget {
 public:
  struct Config {
    Duration ttl = std::chrono::seconds(10);  // 1 s to 60 s.
    std::int64_t minPerSec = 10;              // Retries a second allowed whatever the traffic.
    double share = 0.2;                       // Retries per request, 0 to 1000.
    BudgetCompat compat = BudgetCompat::None;
  };

  // The configuration itself, or a sentence that says which field is out of range.
  static Result<Config> checked(const Config& config);

  // REQUIRES: checked(config) holds a value.
  explicit RetryBudget(const Config& config, Instant now = Instant{});

  // A request was sent (not a retry).
  void deposit(Instant now);

  // True if a retry may be sent; it is then paid for.
  [[nodiscard]] bool withdraw(Instant now);

  // In units: a retry costs withdrawAmount() of them, a request brings depositAmount().
  [[nodiscard]] std::int64_t balance(Instant now);
  [[nodiscard]] std::int64_t reserve() const { return reserve_; }
  [[nodiscard]] std::int64_t depositAmount() const { return depositAmount_; }
  [[nodiscard]] std::int64_t withdrawAmount() const { return withdrawAmount_; }

 private:
  static constexpr std::int64_t kSlots = 10;

  void expire(Instant now);
  void beginSlot();
  void setAmounts(double share);
  void drift(Instant now);

  BudgetCompat compat_;
  Duration slotLength_;
  std::int64_t depositAmount_ = 0;
  std::int64_t withdrawAmount_ = 1;
  std::int64_t reserve_ = 0;
  std::array<std::int64_t, kSlots> slots_{};
  std::size_t index_ = 0;       // Of the slot the current one will be committed to.
  std::int64_t current_ = 0;    // Net deposits since `slotStart_`.
  std::int64_t committed_ = 0;  // Sum of slots_.
  Instant slotStart_;
};

}  // namespace ringside::gateway
