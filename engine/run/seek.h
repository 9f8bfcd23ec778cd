// Goal and travel(): going to another place in a run, a slice at a time.
//
// Model     A goal is a number of events, a time, or both (a position). travel() takes any run that
//           has not gone past it there.
// Cost      The events between the run's start and the goal.
// Compare   time_travel.h picks who travels.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/run/run.h"
#include "engine/run/shadow_set.h"

namespace ringside::run {

struct Goal {
  std::optional<std::uint64_t> events;  // Exactly so many, or all there are.
  std::optional<Instant> at;            // All that happens until then, and no later.

  static Goal event(std::uint64_t number) { return {number, std::nullopt}; }
  static Goal time(Instant at) { return {std::nullopt, at}; }
  static Goal place(Position place) { return {place.events, place.at}; }

  // Whether a run at `from` has not gone past it.
  [[nodiscard]] bool isAheadOf(Position from) const;
  [[nodiscard]] bool isReachedBy(const Run& run) const;
};

// Moves `run` towards `goal` by at most `maxEvents`; true when it is there or over.
bool travel(Run& run, const Goal& goal, std::uint64_t maxEvents);

// 0 to 1: how much of the way from `from` to `goal` lies behind `run`.
double partTravelled(const Run& run, Position from, const Goal& goal);

// The number of the last event of `actor` before event `before`, among those of the run's trace
// from number `from` on.
std::optional<std::uint64_t> lastOf(const Run& run, const std::string& actor, std::uint64_t before,
                                    std::uint64_t from = 1);

}  // namespace ringside::run
