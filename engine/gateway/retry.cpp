#include "engine/gateway/retry.h"

#include <algorithm>
#include <string>

namespace ringside::gateway {
namespace {

// A share of a duration, rounded down. One multiplication, so it is the same everywhere.
Duration share(Duration whole, double random01) {
  return Duration(static_cast<std::int64_t>(static_cast<double>(whole.count()) * random01));
}

}  // namespace

Result<RetryPolicy::Config> RetryPolicy::checked(const Config& config) {
  if (config.attempts < 1) {
    return Error{"retry: attempts is " + std::to_string(config.attempts) +
                 ", allowed is 1 or more"};
  }
  if (config.base <= Duration(0) || config.cap < config.base) {
    return Error{"retry: base must be above zero and not above cap"};
  }
  // Three times the last wait must fit 64 bits, and doubles hold whole nanoseconds to 2^53.
  if (config.cap > std::chrono::hours(24)) return Error{"retry: cap may be at most 24 h"};
  if (config.usefulTime < Duration(0)) return Error{"retry: usefulTime must be zero or more"};
  return config;
}

RetryPolicy::RetryPolicy(const Config& config) : config_(config) {
  RINGSIDE_CHECK(checked(config).has_value());
}

std::optional<Duration> RetryPolicy::nextDelay(RetryState& state, Instant now, Instant deadline,
                                               double random01) const {
  RINGSIDE_CHECK(random01 >= 0.0 && random01 < 1.0);
  if (state.attempts >= config_.attempts) return std::nullopt;
  const Duration delay = delayAfter(state, random01);
  // Written as a difference: a deadline of kNever plus anything would overflow.
  if (deadline <= now || deadline - now <= delay + config_.usefulTime) return std::nullopt;
  ++state.attempts;
  state.lastDelay = delay;
  return delay;
}

Duration RetryPolicy::delayAfter(const RetryState& state, double random01) const {
  const Duration exponential = grown(state.attempts);
  switch (config_.backoff) {
    case Backoff::Fixed:
      return config_.base;
    case Backoff::Exponential:
      return exponential;
    case Backoff::EqualJitter:
      return exponential / 2 + share(exponential / 2, random01);
    case Backoff::FullJitter:
      return share(exponential, random01);
    case Backoff::Decorrelated:
      break;
  }
  const Duration highest = std::max(state.lastDelay, config_.base) * 3;
  return std::min(config_.cap, config_.base + share(highest - config_.base, random01));
}

Duration RetryPolicy::grown(std::int32_t attempts) const {
  const int doublings = attempts - 1;
  if (doublings >= 62 || config_.base.count() > (config_.cap.count() >> doublings)) {
    return config_.cap;
  }
  return config_.base * (std::int64_t{1} << doublings);
}

}  // namespace ringside::gateway
