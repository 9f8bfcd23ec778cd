#include "engine/gateway/circuit_breaker.h"

#include <algorithm>
#include <string>

#include "engine/base/check.h"

namespace ringside::gateway {
namespace {

constexpr Duration kTick{1};

// From `now` until just after `end`: at `end` itself the old state still holds.
Duration untilPast(Instant end, Instant now) {
  if (end == kNever) return kNeverAdmitted;
  return std::max(end - now + kTick, Duration(0));
}

}  // namespace

using State = CircuitBreaker::State;

CircuitBreaker::Permit& CircuitBreaker::Permit::operator=(Permit&& other) noexcept {
  generation_ = other.generation_;
  age_ = other.age_;
  serial_ = other.serial_;
  spent_ = std::exchange(other.spent_, true);
  return *this;
}

Result<CircuitBreaker::Config> CircuitBreaker::checked(const Config& config) {
  if (config.probes < 1 || config.probes > kMaxProbes) {
    return Error{"circuit breaker: probes is " + std::to_string(config.probes) +
                 ", allowed is 1 to " + std::to_string(kMaxProbes)};
  }
  if (config.openFor <= Duration(0)) {
    return Error{"circuit breaker: openFor must be above zero"};
  }
  if (config.interval < Duration(0) || config.bucket < Duration(0) ||
      config.probeLease < Duration(0)) {
    return Error{"circuit breaker: interval, bucket and probeLease must be zero or more"};
  }
  if (config.bucket > Duration(0) && config.interval / config.bucket > 100'000) {
    return Error{"circuit breaker: interval holds more than 100000 buckets"};
  }
  if (config.repeated == RepeatedReports::Counted && config.probeLease != Duration(0)) {
    return Error{"circuit breaker: counting repeated reports needs a probeLease of zero"};
  }
  if (config.trip.denominator == 0) {
    return Error{"circuit breaker: the trip ratio's denominator must be above zero"};
  }
  return config;
}

CircuitBreaker::CircuitBreaker(const Config& config, Instant now)
    : config_(config), window_(config.interval, config.bucket), leases_(config.probes) {
  RINGSIDE_CHECK(checked(config).has_value());
  // A window of one bucket does not roll; it is that bucket long.
  if (config.interval > Duration(0)) config_.interval = std::max(config.interval, config.bucket);
  beginGeneration(now);
}

CircuitBreaker::Admission CircuitBreaker::admit(Instant now) {
  settle(now);
  if (state_ == State::Open) return refuse(Refusal::Open, untilPast(expiry_, now));
  if (state_ == State::HalfOpen && !probeFree(now)) {
    return refuse(Refusal::TooManyProbes, untilPast(nextLeaseEnd_, now));
  }
  Admission admission{.permit = Permit(generation_, window_.age())};
  if (state_ == State::HalfOpen) lend(*admission.permit, now);
  window_.addRequest();
  if (unannounced_) announce();
  return admission;
}

CircuitBreaker::Admission CircuitBreaker::refuse(Refusal refusal, Duration retryAfter) {
  if (unannounced_) announce();
  return {.permit = std::nullopt, .refusal = refusal, .retryAfter = retryAfter};
}

CircuitBreaker::Reported CircuitBreaker::report(Permit& permit, Outcome outcome, Instant now) {
  if (permit.spent_ && config_.repeated == RepeatedReports::Ignored) return Reported::Repeated;
  permit.spent_ = true;
  settle(now);
  bool current = permit.generation_ == generation_;
  if (current && permit.serial_ != 0) current = endLease(permit);
  if (current) book(outcome, permit.age_, now);
  if (unannounced_) announce();
  return current ? Reported::Counted : Reported::Stale;
}

void CircuitBreaker::book(Outcome outcome, std::uint64_t age, Instant now) {
  if (state_ == State::HalfOpen && outcome == Outcome::Failure) {
    change(State::Open, now);
    return;
  }
  window_.addOutcome(outcome, age);
  if (state_ == State::HalfOpen) {
    if (counts().consecutiveSuccesses >= config_.probes) change(State::Closed, now);
  } else if (outcome == Outcome::Failure && config_.trip.trips(counts())) {
    change(State::Open, now);
  }
}

State CircuitBreaker::state(Instant now) {
  settle(now);
  if (unannounced_) announce();
  return state_;
}

std::optional<Duration> CircuitBreaker::timeToNextState(Instant now) const {
  if (state_ != State::Open) return std::nullopt;
  return untilPast(expiry_, now);
}

std::optional<Instant> CircuitBreaker::expiry() const {
  if (expiry_ == kNever) return std::nullopt;
  return expiry_;
}

// Makes the changes that time alone has brought about by `now`.
void CircuitBreaker::settle(Instant now) {
  if (expiry_ < now) {
    if (state_ == State::Open) {
      change(State::HalfOpen, now);
    } else {
      beginGeneration(now);
    }
  }
  if (state_ == State::Closed) window_.advance(now);
}

void CircuitBreaker::change(State to, Instant now) {
  const State from = std::exchange(state_, to);
  beginGeneration(now);
  unannounced_ = Transition{.from = from, .to = to, .at = now, .generation = generation_};
}

void CircuitBreaker::beginGeneration(Instant now) {
  ++generation_;
  window_.restart(now);
  abandoned_ = 0;
  std::fill(leases_.begin(), leases_.end(), Lease{});
  nextLeaseEnd_ = kNever;
  expiry_ = kNever;
  if (state_ == State::Open) {
    expiry_ = now + config_.openFor;
  } else if (state_ == State::Closed && !window_.rolls() && config_.interval > Duration(0)) {
    expiry_ = now + config_.interval;
  }
}

// The listener may call any function of this breaker, which may leave a transition of its own.
void CircuitBreaker::announce() {
  const Transition transition = *std::exchange(unannounced_, std::nullopt);
  if (listener_) listener_(transition);
}

bool CircuitBreaker::probeFree(Instant now) {
  if (nextLeaseEnd_ < now) {
    for (Lease& lease : leases_) {
      if (lease.serial == 0 || lease.end >= now) continue;
      lease = {};
      ++abandoned_;
    }
    findNextLeaseEnd();
  }
  return counts().requests - counts().exclusions - abandoned_ < config_.probes;
}

void CircuitBreaker::lend(Permit& permit, Instant now) {
  if (config_.probeLease == Duration(0)) return;
  permit.serial_ = ++lastSerial_;
  const auto free = std::find_if(leases_.begin(), leases_.end(),
                                 [](const Lease& lease) { return lease.serial == 0; });
  RINGSIDE_CHECK(free != leases_.end());
  *free = {.serial = permit.serial_, .end = now + config_.probeLease};
  nextLeaseEnd_ = std::min(nextLeaseEnd_, free->end);
}

// False if the probe's lease was reclaimed: its answer comes too late to speak for the breaker.
bool CircuitBreaker::endLease(const Permit& permit) {
  const auto held = std::find_if(leases_.begin(), leases_.end(), [&permit](const Lease& lease) {
    return lease.serial == permit.serial_;
  });
  if (held == leases_.end()) return false;
  *held = {};
  findNextLeaseEnd();
  return true;
}

void CircuitBreaker::findNextLeaseEnd() {
  nextLeaseEnd_ = kNever;
  for (const Lease& lease : leases_) {
    if (lease.serial != 0) nextLeaseEnd_ = std::min(nextLeaseEnd_, lease.end);
  }
}

}  // namespace ringside::gateway
