// Position: a place in a run, between two events: how many have run, and what time it is.
//
// Model     Time may pass after an event without another, so a place needs both numbers; ordered by
//           events and then by time. An act of a person has a position, and so has a bookmark.
#pragma once

#include <compare>
#include <cstdint>

#include "engine/base/time.h"

namespace ringside::run {

struct Position {
  std::uint64_t events = 0;
  Instant at{};

  friend bool operator==(const Position&, const Position&) = default;
  friend auto operator<=>(const Position&, const Position&) = default;
};

}  // namespace ringside::run
