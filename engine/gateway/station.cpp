#include "engine/gateway/station.h"

#include <algorithm>

namespace ringside::gateway {

Station::Station(const Config& config, Instant start)
    : finishes_(config.limit),
      longestWait_(config.longestWait),
      start_(start),
      latest_(start),
      freeAt_(start) {}

std::optional<Instant> Station::offer(Instant now, Duration service) {
  RINGSIDE_CHECK(service >= Duration(0));
  const bool full = jobs(now) >= finishes_.limit();
  const Instant begin = std::max(freeAt_, latest_);
  if (full || begin - latest_ > longestWait_) {
    ++refused_;
    return std::nullopt;
  }
  const Duration needed = slowed(service);
  const Instant finish = begin + needed;
  RINGSIDE_CHECK(finishes_.tryPush(finish));
  totalWait_ += begin - latest_;
  accepted_ += needed;
  freeAt_ = finish;
  return finish;
}

Duration Station::slowed(Duration service) const {
  if (slowdown_ == 1.0) return service;
  return Duration(static_cast<std::int64_t>(static_cast<double>(service.count()) * slowdown_));
}

void Station::setSlowdown(double slowdown) {
  RINGSIDE_CHECK(slowdown > 0.0);
  slowdown_ = slowdown;
}

std::size_t Station::jobs(Instant now) {
  latest_ = std::max(latest_, now);
  while (!finishes_.empty() && finishes_.front() <= latest_) (void)finishes_.tryPop();
  return finishes_.size();
}

Duration Station::backlog(Instant now) const { return std::max(freeAt_ - now, Duration(0)); }

// A server that never idles while there is work has exactly its backlog left to do.
Duration Station::busyTime(Instant now) const { return accepted_ - backlog(now); }

double Station::utilisation(Instant now) const {
  if (now <= start_) return 0.0;
  return toSeconds(busyTime(now)) / toSeconds(now - start_);
}

}  // namespace ringside::gateway
