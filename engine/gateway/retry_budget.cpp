#include "engine/gateway/retry_budget.h"

#include <cmath>
#include <numeric>
#include <string>

namespace ringside::gateway {

Result<RetryBudget::Config> RetryBudget::checked(const Config& config) {
  if (config.ttl < std::chrono::seconds(1) || config.ttl > std::chrono::seconds(60)) {
    return Error{"retry budget: ttl must be 1 s to 60 s"};
  }
  if (config.minPerSec < 0 || config.minPerSec > 1'000'000'000) {
    return Error{"retry budget: minPerSec is " + std::to_string(config.minPerSec) +
                 ", allowed is 0 to 1000000000"};
  }
  if (!(config.share >= 0.0 && config.share <= 1000.0)) {
    return Error{"retry budget: share must be 0 to 1000"};
  }
  return config;
}

RetryBudget::RetryBudget(const Config& config, Instant now)
    : compat_(config.compat), slotLength_(config.ttl / kSlots), slotStart_(now) {
  RINGSIDE_CHECK(checked(config).has_value());
  setAmounts(config.share);
  const std::int64_t wholeSeconds = config.ttl / std::chrono::seconds(1);
  reserve_ = config.minPerSec * wholeSeconds * withdrawAmount_;
}

// Rounded so that the share is never exceeded, by less than one part in a thousand of a request.
void RetryBudget::setAmounts(double share) {
  if (share == 0.0) return;
  depositAmount_ = 1000;
  withdrawAmount_ = static_cast<std::int64_t>(std::ceil(1000.0 / share));
  if (compat_ == BudgetCompat::None) return;
  // The original divides in single precision and rounds down.
  depositAmount_ = share > 1.0 ? 1000 : 1;
  withdrawAmount_ =
      static_cast<std::int64_t>(static_cast<float>(depositAmount_) / static_cast<float>(share));
}

void RetryBudget::deposit(Instant now) {
  expire(now);
  current_ += depositAmount_;
}

bool RetryBudget::withdraw(Instant now) {
  if (balance(now) < withdrawAmount_) return false;
  current_ -= withdrawAmount_;
  return true;
}

std::int64_t RetryBudget::balance(Instant now) {
  expire(now);
  return reserve_ + committed_ + current_;
}

void RetryBudget::expire(Instant now) {
  if (now - slotStart_ < slotLength_) return;
  if (compat_ == BudgetCompat::Finagle) {
    drift(now);
    return;
  }
  const std::int64_t ended = (now - slotStart_) / slotLength_;
  // After a whole TTL and the current slot, all there was is forgotten; more rounds change nothing.
  for (std::int64_t i = 0; i < ended && i <= kSlots; ++i) beginSlot();
  slotStart_ += slotLength_ * ended;
}

// The current slot joins those that ended; the oldest of them is forgotten.
void RetryBudget::beginSlot() {
  committed_ += current_ - slots_[index_];
  slots_[index_] = current_;
  current_ = 0;
  index_ = (index_ + 1) % slots_.size();
}

// As Finagle does it: whole slots are counted from the last call that ended one, and one that ends
// exactly now is not counted as empty.
void RetryBudget::drift(Instant now) {
  Duration behind = now - slotStart_;
  beginSlot();
  while (behind > slotLength_) {
    slots_[index_] = 0;
    behind -= slotLength_;
    index_ = (index_ + 1) % slots_.size();
  }
  committed_ = std::accumulate(slots_.begin(), slots_.end(), std::int64_t{0});
  slotStart_ = now;
}

}  // namespace ringside::gateway
