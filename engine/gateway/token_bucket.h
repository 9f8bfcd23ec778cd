// TokenBucket: lets short bursts through, then holds callers to a steady rate.
//
// Model     The bucket holds at most `burst` tokens, starts full, and gains `tokens` every
//           `period`. A request takes its cost or, if too little is left, takes nothing.
// Promise   In any window of length W, at most burst + tokens * W / period is handed out. Refused
//           requests and peeks change nothing. A clock that goes back never mints tokens.
// Time      Passive. The caller passes `now`; the bucket catches up lazily and needs no timer.
// Exact     The level counts 1/period of a token, so that a nanosecond adds exactly `tokens` of
//           them. Nothing is rounded: the same calls give the same answers on every machine.
// Threads   None. One owner.
// Cost      O(1) a call, no allocation.
//
// Rejected  A periodic refill. It costs one event per tick per bucket and admits in steps the size
//           of a tick, which a reader would mistake for the algorithm.
// Compare   gcra.h gives these very answers from one instant; rate_limiter_compat.h is the same
//           idea in floating point, with what that costs.
#pragma once

#include <cstdint>

#include "engine/gateway/decision.h"
#include "engine/gateway/quota.h"

namespace ringside::gateway {

class TokenBucket {
 public:
  // REQUIRES: checkedQuota(quota) holds a value.
  explicit TokenBucket(const Quota& quota, Instant start = Instant{});

  // Takes `cost` tokens at `now`, or takes none and says how long until they would be there.
  // REQUIRES: cost >= 0; 0 is a peek.
  [[nodiscard]] Decision take(Instant now, std::int64_t cost = 1);

  // Tokens available at `now`, fractions included. For display; decisions never use it.
  [[nodiscard]] double level(Instant now) const;

  [[nodiscard]] const Quota& quota() const { return quota_; }

 private:
  [[nodiscard]] std::int64_t unitsAt(Instant now) const;
  [[nodiscard]] std::int64_t waitFor(std::int64_t units, Instant now) const;
  [[nodiscard]] Decision report(Decision decision, Instant now, std::int64_t units) const;

  Quota quota_;
  std::int64_t full_;     // burst * period.
  std::int64_t longest_;  // No elapsed time beyond this one, either way, makes a difference.
  std::int64_t units_;    // Level at `taken_`, in 1/period of a token.
  Instant taken_;         // The last time anything was taken.
};

}  // namespace ringside::gateway
