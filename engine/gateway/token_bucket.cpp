#include "engine/gateway/token_bucket.h"

#include <algorithm>

#include "engine/base/check.h"

namespace ringside::gateway {
namespace {

// Rounds towards later for either sign of the dividend. REQUIRES: divisor > 0.
std::int64_t ceilDiv(std::int64_t dividend, std::int64_t divisor) {
  return dividend / divisor + (dividend % divisor > 0 ? 1 : 0);
}

}  // namespace

TokenBucket::TokenBucket(const Quota& quota, Instant start)
    : quota_(quota),
      full_(quota.burst * quota.period.count()),
      longest_(Quota::kMaxBurstPeriods / quota.tokens),
      units_(full_),
      taken_(start) {
  RINGSIDE_CHECK(checkedQuota(quota).has_value());
}

// Nanoseconds from `now` until the level reaches `units`; zero or less if it has.
// Divided before it is subtracted, so that nothing overflows however far apart the instants are.
std::int64_t TokenBucket::waitFor(std::int64_t units, Instant now) const {
  return ceilDiv(units - units_, quota_.tokens) - (now - taken_).count();
}

// The level is a straight line in time, before the last taking as well as after it, where it may be
// below zero: that is why a clock that goes back mints nothing.
std::int64_t TokenBucket::unitsAt(Instant now) const {
  const std::int64_t elapsed = std::clamp((now - taken_).count(), -longest_, longest_);
  return std::min(full_, units_ + elapsed * quota_.tokens);
}

Decision TokenBucket::take(Instant now, std::int64_t cost) {
  RINGSIDE_CHECK(cost >= 0);
  const std::int64_t units = unitsAt(now);
  if (cost > quota_.burst) return report({.retryAfter = kNeverAdmitted}, now, units);
  const std::int64_t needed = cost * quota_.period.count();
  if (units < needed) return report({.retryAfter = Duration(waitFor(needed, now))}, now, units);
  if (cost > 0) {
    units_ = units - needed;
    taken_ = now;
  }
  return report({.admitted = true}, now, units - needed);
}

Decision TokenBucket::report(Decision decision, Instant now, std::int64_t units) const {
  decision.remaining = std::max<std::int64_t>(units, 0) / quota_.period.count();
  decision.resetAfter = Duration(std::max<std::int64_t>(waitFor(full_, now), 0));
  return decision;
}

double TokenBucket::level(Instant now) const {
  const auto units = static_cast<double>(std::max<std::int64_t>(unitsAt(now), 0));
  return units / static_cast<double>(quota_.period.count());
}

}  // namespace ringside::gateway
