// RetryPolicy: whether to try again after a failure, and how long to wait first.
//
// Model     The n-th wait grows from `base` by doubling, up to `cap`; jitter then spreads the
//           callers that failed together so that they do not come back together.
// Promise   Never more than `attempts` attempts, never a wait above `cap`, never a wait that leaves
//           less than `usefulTime` before the deadline: a try that cannot finish is load for
//           nothing.
// Chance    Passed in, one number in [0, 1) a call, drawn whether the policy needs it or not, so
//           that changing the policy leaves every other draw of a run as it was.
// Threads   None needed: the policy does not change; each request carries its own RetryState.
// Rejected  A growing wait without jitter: it moves a crowd in time without thinning it.
// Compare   retry_budget.h bounds the retries of all requests together, which this cannot.
// Source    Full, equal and decorrelated jitter as Brooker defined them in 2015 for the AWS SDKs.
#pragma once

#include <cstdint>
#include <optional>

#include "engine/base/result.h"
#include "engine/base/time.h"

namespace ringside::gateway {

enum class Backoff : std::uint8_t {
  Fixed,         // base
  Exponential,   // e = min(cap, base * 2^(n-1))
  EqualJitter,   // e / 2 + random(0, e / 2)
  FullJitter,    // random(0, e)
  Decorrelated,  // min(cap, random(base, 3 * the wait before))
};

// What one request remembers between its attempts.
struct RetryState {
  std::int32_t attempts = 1;  // Made so far; the first is under way when a request begins.
  Duration lastDelay{0};
};

class RetryPolicy {
 public:
  struct Config {
    Backoff backoff = Backoff::FullJitter;
    Duration base = std::chrono::milliseconds(50);
    Duration cap = std::chrono::seconds(2);
    std::int32_t attempts = 3;  // In all, the first included.
    Duration usefulTime{0};     // What an attempt needs before the deadline to be worth making.
  };

  // The configuration itself, or a sentence that says which field is out of range.
  static Result<Config> checked(const Config& config);

  // REQUIRES: checked(config) holds a value.
  explicit RetryPolicy(const Config& config);

  // After a failed attempt: how long to wait before the next one, or nothing to give up. Counts the
  // attempt in `state`. REQUIRES: 0 <= random01 < 1.
  [[nodiscard]] std::optional<Duration> nextDelay(RetryState& state, Instant now, Instant deadline,
                                                  double random01) const;

  [[nodiscard]] const Config& config() const { return config_; }

 private:
  [[nodiscard]] Duration delayAfter(const RetryState& state, double random01) const;
  [[nodiscard]] Duration grown(std::int32_t attempts) const;

  Config config_;
};

}  // namespace ringside::gateway
