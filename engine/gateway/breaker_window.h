// BreakerWindow: what a circuit breaker remembers of the requests it let through.
//
// Model     Totals, and for a rolling window one set of counts per bucket of time. An outcome is
//           booked in the bucket its request began in; as time passes, whole buckets drop off.
// Promise   Totals equal the sum over the buckets still in the window. A run of consecutive
//           outcomes is shortened by a dropped bucket only if the whole window is that one run,
//           because where a shorter run began is not remembered.
// Time      Passive. Buckets are aligned to the last restart.
// Cost      O(1) a call; O(buckets) when a bucket drops off. Allocates once.
// Rejected  Remembering each outcome. Exact, but it costs memory in proportion to the traffic.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/time.h"

namespace ringside::gateway {

enum class Outcome : std::uint8_t {
  Success,
  Failure,
  Excluded,  // Says nothing about the dependency: the caller's own mistake, or a cancelled call.
};

struct BreakerCounts {
  std::uint32_t requests = 0;
  std::uint32_t successes = 0;
  std::uint32_t failures = 0;
  std::uint32_t exclusions = 0;
  std::uint32_t consecutiveSuccesses = 0;
  std::uint32_t consecutiveFailures = 0;

  void add(Outcome outcome);
  friend bool operator==(const BreakerCounts&, const BreakerCounts&) = default;
};

class BreakerWindow {
 public:
  // Rolls over `interval` in steps of `bucket`, the interval rounded up to whole buckets; with a
  // bucket of zero, or one that covers the interval, it does not roll.
  BreakerWindow(Duration interval, Duration bucket);

  // Forgets everything; the first bucket begins at `now`.
  void restart(Instant now);

  // Drops what has left the window. Does nothing if the window does not roll.
  void advance(Instant now) {
    if (now >= nextBucket_) roll(now);
  }

  void addRequest() {
    ++totals_.requests;
    if (rolls()) ++buckets_[age_ % buckets_.size()].requests;
  }

  // Books the outcome of a request that began when the window was `age` buckets old.
  void addOutcome(Outcome outcome, std::uint64_t age);

  [[nodiscard]] bool rolls() const { return !buckets_.empty(); }
  [[nodiscard]] std::uint64_t age() const { return age_; }
  [[nodiscard]] const BreakerCounts& totals() const { return totals_; }

 private:
  void roll(Instant now);
  void dropOldest();
  [[nodiscard]] std::uint32_t sumOf(std::uint32_t BreakerCounts::*field) const;

  Duration bucket_;
  std::vector<BreakerCounts> buckets_;  // Empty if the window does not roll.
  BreakerCounts totals_;
  Instant start_{};
  Instant nextBucket_ = kNever;
  std::uint64_t age_ = 0;  // Buckets begun since the restart.
};

inline void BreakerCounts::add(Outcome outcome) {
  switch (outcome) {
    case Outcome::Success:
      ++successes;
      ++consecutiveSuccesses;
      consecutiveFailures = 0;
      break;
    case Outcome::Failure:
      ++failures;
      ++consecutiveFailures;
      consecutiveSuccesses = 0;
      break;
    case Outcome::Excluded:
      ++exclusions;
      break;
  }
}

inline void BreakerWindow::addOutcome(Outcome outcome, std::uint64_t age) {
  if (rolls()) {
    if (age_ - age >= buckets_.size()) return;
    buckets_[age % buckets_.size()].add(outcome);
  }
  totals_.add(outcome);
}

}  // namespace ringside::gateway
