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
    : quota_(quota), full_(quota.burst * quota.period.count()), units_(full_), taken_(start) {
  RINGSIDE_CHECK(checkedQuota(quota).has_value());
}

// Nanoseconds from `now` until the level reaches `units`; zero or less if it has.
// The level is a straight line in time, before the last taking as well as after it: that is why a
// clock that goes back mints nothing. Divided before it is compared, so that nothing overflows.
std::int64_t TokenBucket::waitFor(std::int64_t units, Instant now) const {
  return ceilDiv(units - units_, quota_.tokens) - (now - taken_).count();
}

std::int64_t TokenBucket::unitsAt(Instant now) const {
  if (waitFor(full_, now) <= 0) return full_;
  if (waitFor(0, now) > 0) return 0;
  return units_ + (now - taken_).count() * quota_.tokens;
}

Decision TokenBucket::take(Instant now, std::int64_t cost) {
  RINGSIDE_CHECK(cost >= 0);
  if (cost > quota_.burst) return report({.retryAfter = kNeverAdmitted}, now);
  const std::int64_t needed = cost * quota_.period.count();
  const std::int64_t wait = waitFor(needed, now);
  if (wait > 0) return report({.retryAfter = Duration(wait)}, now);
  if (cost > 0) {
    units_ = unitsAt(now) - needed;
    taken_ = now;
  }
  return report({.admitted = true}, now);
}

Decision TokenBucket::report(Decision decision, Instant now) const {
  decision.remaining = unitsAt(now) / quota_.period.count();
  decision.resetAfter = Duration(std::max<std::int64_t>(waitFor(full_, now), 0));
  return decision;
}

double TokenBucket::level(Instant now) const {
  return static_cast<double>(unitsAt(now)) / static_cast<double>(quota_.period.count());
}

}  // namespace ringside::gateway
