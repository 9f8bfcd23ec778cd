// Instant and Duration: virtual (or live) time as whole nanoseconds.
//
// Model     An Instant counts from the start of the run; int64 nanoseconds reach 292 years.
// Promise   Integer arithmetic only, so that the same run gives the same instants everywhere.
// Rejected  double seconds: addition is not associative, so the order of events could depend on
//           how a sum was written.
#pragma once

#include <chrono>
#include <cstdint>

namespace ringside {

using Duration = std::chrono::duration<std::int64_t, std::nano>;

// The clock of a run. It has no now(): time comes from a Runtime, never from the machine.
struct SimClock {
  using duration = Duration;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<SimClock>;
  static constexpr bool is_steady = true;
};

using Instant = SimClock::time_point;

inline constexpr Instant kNever = Instant::max();

constexpr double toSeconds(Duration d) { return static_cast<double>(d.count()) * 1e-9; }
constexpr double toSeconds(Instant t) { return toSeconds(t.time_since_epoch()); }

// Rounds to the nearest nanosecond. REQUIRES: |seconds| < 9.2e9.
constexpr Duration fromSeconds(double seconds) {
  return Duration(static_cast<std::int64_t>(seconds * 1e9 + (seconds < 0 ? -0.5 : 0.5)));
}

}  // namespace ringside
