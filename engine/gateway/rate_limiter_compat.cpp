#include "engine/gateway/rate_limiter_compat.h"

#include <algorithm>

namespace ringside::gateway {
namespace {

constexpr std::int64_t kNanos = 1'000'000'000;

using WideTime = RateLimiterCompat::WideTime;

WideTime wide(Instant t) { return t.time_since_epoch().count(); }

// Go's Time.Sub stops at the ends of the 64-bit range instead of wrapping.
Duration saturated(WideTime nanos) {
  constexpr auto kLeast = std::numeric_limits<std::int64_t>::min();
  constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
  return Duration(static_cast<std::int64_t>(std::clamp<WideTime>(nanos, kLeast, kMost)));
}

// The order of these operations decides the last bit; it is the original's.
double tokensIn(Duration d, double limit) {
  if (limit <= 0) return 0;
  const double seconds =
      static_cast<double>(d.count() / kNanos) + static_cast<double>(d.count() % kNanos) / 1e9;
  return seconds * limit;
}

Duration timeFor(double tokens, double limit) {
  if (limit <= 0) return RateLimiterCompat::kForever;
  const double nanos = (tokens / limit) * 1e9;
  if (nanos >= static_cast<double>(std::numeric_limits<std::int64_t>::max())) {
    return RateLimiterCompat::kForever;
  }
  return Duration(static_cast<std::int64_t>(nanos));
}

}  // namespace

Duration RateLimiterCompat::Reservation::delayFrom(Instant now) const {
  return std::max(saturated(timeToAct - wide(now)), Duration(0));
}

RateLimiterCompat::RateLimiterCompat(double limitPerSec, std::int64_t burst)
    : limit_(limitPerSec), burst_(burst), tokens_(static_cast<double>(burst)) {}

double RateLimiterCompat::advanced(Instant now) const {
  Duration elapsed = Duration::max();  // A limiter never used has been filling for ever.
  if (last_) elapsed = now < *last_ ? Duration(0) : saturated(wide(now) - wide(*last_));
  return std::min(tokens_ + tokensIn(elapsed, limit_), static_cast<double>(burst_));
}

RateLimiterCompat::Reservation RateLimiterCompat::take(Instant now, std::int64_t cost,
                                                       Duration longest) {
  if (limit_ == kUnlimited) return {.tokens = cost, .timeToAct = wide(now)};
  const double left = advanced(now) - static_cast<double>(cost);
  const Duration wait = left < 0 ? timeFor(-left, limit_) : Duration(0);
  if (cost > burst_) return {.refusal = Refusal::ExceedsBurst, .limit = limit_};
  if (wait > longest) return {.refusal = Refusal::ExceedsDeadline, .limit = limit_};
  last_ = now;
  tokens_ = left;
  lastEvent_ = wide(now) + wait.count();
  return {.tokens = cost, .timeToAct = *lastEvent_, .limit = limit_};
}

std::optional<Instant> RateLimiterCompat::rawLastEvent() const {
  if (!lastEvent_) return std::nullopt;
  return Instant(saturated(*lastEvent_));
}

bool RateLimiterCompat::allow(Instant now, std::int64_t cost) {
  return take(now, cost, Duration(0)).granted();
}

RateLimiterCompat::Reservation RateLimiterCompat::reserve(Instant now, std::int64_t cost) {
  return take(now, cost, kForever);
}

RateLimiterCompat::Reservation RateLimiterCompat::wait(Instant now, std::int64_t cost,
                                                       Duration longest) {
  return take(now, cost, longest);
}

void RateLimiterCompat::cancel(Instant now, const Reservation& reservation) {
  if (!reservation.granted() || limit_ == kUnlimited || reservation.tokens == 0) return;
  if (reservation.timeToAct < wide(now)) return;
  // What was reserved after this one is meant to stay taken; the estimate is the original's.
  const Duration later =
      lastEvent_ ? saturated(*lastEvent_ - reservation.timeToAct) : Duration::min();
  const auto cost = static_cast<double>(reservation.tokens);
  const double restored = cost - tokensIn(later, reservation.limit);
  if (restored <= 0) return;
  tokens_ = std::min(advanced(now) + restored, static_cast<double>(burst_));
  last_ = now;
  if (lastEvent_ != reservation.timeToAct) return;
  const WideTime before = reservation.timeToAct + timeFor(-cost, reservation.limit).count();
  if (before >= wide(now)) lastEvent_ = before;
}

void RateLimiterCompat::setLimit(Instant now, double limitPerSec) {
  tokens_ = advanced(now);
  last_ = now;
  limit_ = limitPerSec;
}

void RateLimiterCompat::setBurst(Instant now, std::int64_t burst) {
  tokens_ = advanced(now);
  last_ = now;
  burst_ = burst;
}

}  // namespace ringside::gateway
