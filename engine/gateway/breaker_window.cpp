#include "engine/gateway/breaker_window.h"

#include <algorithm>

namespace ringside::gateway {

BreakerWindow::BreakerWindow(Duration interval, Duration bucket) : bucket_(bucket) {
  if (bucket <= Duration(0) || interval <= bucket) return;
  const std::int64_t count = (interval.count() + bucket.count() - 1) / bucket.count();
  buckets_.resize(static_cast<std::size_t>(count));
}

void BreakerWindow::restart(Instant now) {
  totals_ = {};
  std::fill(buckets_.begin(), buckets_.end(), BreakerCounts{});
  age_ = 0;
  start_ = now;
  if (rolls()) nextBucket_ = now + bucket_;
}

void BreakerWindow::roll(Instant now) {
  const auto target = static_cast<std::uint64_t>((now - start_) / bucket_);
  if (target - age_ >= buckets_.size()) {
    const Instant start = start_;
    restart(start);
    age_ = target;
  }
  while (age_ < target) dropOldest();
  nextBucket_ = start_ + bucket_ * (static_cast<std::int64_t>(target) + 1);
}

std::uint32_t BreakerWindow::sumOf(std::uint32_t BreakerCounts::*field) const {
  std::uint32_t sum = 0;
  for (const BreakerCounts& counts : buckets_) sum += counts.*field;
  return sum;
}

void BreakerWindow::dropOldest() {
  ++age_;
  BreakerCounts& oldest = buckets_[age_ % buckets_.size()];
  const std::uint32_t successRun =
      sumOf(&BreakerCounts::successes) - oldest.successes + oldest.consecutiveSuccesses;
  const std::uint32_t failureRun =
      sumOf(&BreakerCounts::failures) - oldest.failures + oldest.consecutiveFailures;
  if (totals_.consecutiveSuccesses == successRun) {
    totals_.consecutiveSuccesses -= oldest.consecutiveSuccesses;
  }
  if (totals_.consecutiveFailures == failureRun) {
    totals_.consecutiveFailures -= oldest.consecutiveFailures;
  }
  totals_.requests -= oldest.requests;
  totals_.successes -= oldest.successes;
  totals_.failures -= oldest.failures;
  totals_.exclusions -= oldest.exclusions;
  oldest = {};
}

}  // namespace ringside::gateway
