// Gcra: a rate limiter whose whole state is one instant, the time at which it would be idle again.
//
// Model     Each admitted unit of cost pushes the theoretical arrival time (TAT) one interval,
//           period / tokens, into the future: tat' = max(now, tat) + cost * interval. A request is
//           admitted if tat' is at most burst intervals ahead of now; otherwise nothing is written.
// Promise   In any window of length W at most burst + tokens * W / period is admitted, exactly.
//           Refused requests and peeks (cost 0) change nothing. The TAT never moves back, so a
//           clock that does cannot mint tokens.
// Time      Passive; the caller passes `now`, between 0 and 2^61 ns (73 years).
// Threads   None. One owner.
// Cost      O(1), no allocation; 16 bytes a limiter beyond the rule, which many limiters can share.
//
// Rejected  Rounding the interval to nanoseconds: see quota.h. The TAT keeps its fraction instead,
//           as a count of 1/tokens nanoseconds.
// Compare   token_bucket.h answers the same from a level; keyed_limiter.h holds one TAT per key.
// Source    ITU-T I.371's virtual scheduling; the vectors come from throttled v2.13.
#pragma once

#include <cstdint>
#include <limits>

#include "engine/base/check.h"
#include "engine/gateway/decision.h"
#include "engine/gateway/quota.h"

namespace ringside::gateway {

// A point or span of time that may fall between nanoseconds: ns + part / tokens, part < tokens.
struct FineTime {
  std::int64_t ns = 0;
  std::int64_t part = 0;

  // Without a branch: which of two instants is later is a coin toss to a processor.
  friend bool operator>(const FineTime& a, const FineTime& b) {
    return (static_cast<int>(a.ns > b.ns) |
            (static_cast<int>(a.ns == b.ns) & static_cast<int>(a.part > b.part))) != 0;
  }
};

// The TAT of a limiter that has never admitted anything.
inline constexpr FineTime kNoArrival{std::numeric_limits<std::int64_t>::min(), 0};

// How one widely used Go library (throttled v2.13) differs; only for replaying its recordings.
enum class GcraCompat {
  None,
  Throttled,  // A peek writes max(now, tat); a cost above burst reports an idle limiter.
};

// The part of a limiter that does not change; many TATs may be judged by one rule.
class GcraRule {
 public:
  // REQUIRES: checkedQuota(quota) holds a value.
  explicit GcraRule(const Quota& quota, GcraCompat compat = GcraCompat::None);

  // Judges a request against `tat` and, if it is admitted, moves `tat`. REQUIRES: cost >= 0.
  [[nodiscard]] Decision decide(FineTime& tat, Instant now, std::int64_t cost) const;

  [[nodiscard]] const Quota& quota() const { return quota_; }

 private:
  [[nodiscard]] FineTime spanOf(std::int64_t cost) const;
  [[nodiscard]] FineTime sum(FineTime a, FineTime b) const;
  [[nodiscard]] FineTime difference(FineTime a, FineTime b) const;
  [[nodiscard]] Decision report(Decision decision, FineTime ahead) const;
  [[nodiscard]] Decision refuseForever(FineTime ahead) const;

  Quota quota_;
  GcraCompat compat_;
  FineTime interval_;   // One token.
  FineTime tolerance_;  // burst tokens: how far ahead of now the TAT may run.
};

class Gcra {
 public:
  explicit Gcra(const Quota& quota, GcraCompat compat = GcraCompat::None) : rule_(quota, compat) {}

  // Admits a request of `cost` at `now`, or says how long to wait.
  // REQUIRES: cost >= 0; 0 is a peek.
  [[nodiscard]] Decision take(Instant now, std::int64_t cost = 1) {
    return rule_.decide(tat_, now, cost);
  }

  [[nodiscard]] FineTime theoreticalArrival() const { return tat_; }
  [[nodiscard]] const Quota& quota() const { return rule_.quota(); }

 private:
  GcraRule rule_;
  FineTime tat_ = kNoArrival;
};

inline FineTime GcraRule::spanOf(std::int64_t cost) const {
  if (cost == 1) return interval_;
  const std::int64_t parts = cost * quota_.period.count();
  return {parts / quota_.tokens, parts % quota_.tokens};
}

inline FineTime GcraRule::sum(FineTime a, FineTime b) const {
  const std::int64_t part = a.part + b.part;
  const std::int64_t carry = part >= quota_.tokens ? 1 : 0;
  return {a.ns + b.ns + carry, part - carry * quota_.tokens};
}

inline FineTime GcraRule::difference(FineTime a, FineTime b) const {
  const std::int64_t part = a.part - b.part;
  const std::int64_t borrow = part < 0 ? 1 : 0;
  return {a.ns - b.ns - borrow, part + borrow * quota_.tokens};
}

inline Decision GcraRule::report(Decision decision, FineTime ahead) const {
  const FineTime room = difference(tolerance_, ahead);
  // Room is negative only for a clock that went back.
  if (room.ns >= 0) {
    decision.remaining = (room.ns * quota_.tokens + room.part) / quota_.period.count();
  }
  decision.resetAfter = Duration(ahead.ns + (ahead.part > 0 ? 1 : 0));
  return decision;
}

inline Decision GcraRule::decide(FineTime& tat, Instant now, std::int64_t cost) const {
  RINGSIDE_CHECK(cost >= 0);
  const FineTime present{now.time_since_epoch().count(), 0};
  const bool ahead = tat > present;
  const FineTime from{ahead ? tat.ns : present.ns, ahead ? tat.part : 0};
  if (cost > quota_.burst) return refuseForever(difference(from, present));
  const FineTime next = sum(from, spanOf(cost));
  const FineTime latest = sum(present, tolerance_);
  if (next > latest) {
    const FineTime wait = difference(next, latest);
    const Decision refused{.retryAfter = Duration(wait.ns + (wait.part > 0 ? 1 : 0))};
    return report(refused, difference(from, present));
  }
  if (cost > 0 || compat_ == GcraCompat::Throttled) tat = next;
  return report({.admitted = true}, difference(next, present));
}

}  // namespace ringside::gateway
