// TripPolicy: when a closed circuit breaker has seen enough failures to open.
//
// Model     Asked after each failure, and only then, about the counts of the current window.
// Promise   Whole-number arithmetic: a ratio is compared by cross-multiplication, so that "half of
//           six" is exactly three on every machine.
#pragma once

#include <cstdint>

#include "engine/gateway/breaker_window.h"

namespace ringside::gateway {

struct TripPolicy {
  enum class Kind {
    ConsecutiveOver,     // consecutive failures >  failures
    ConsecutiveAtLeast,  // consecutive failures >= failures
    TotalAtLeast,        // failures in the window >= failures
    Ratio,               // at least minRequests, and failures / requests >= numerator / denominator
  };

  Kind kind = Kind::ConsecutiveOver;
  std::uint32_t failures = 5;
  std::uint32_t minRequests = 20;
  std::uint32_t numerator = 1;
  std::uint32_t denominator = 2;

  static constexpr TripPolicy consecutiveOver(std::uint32_t failures) {
    return {.kind = Kind::ConsecutiveOver, .failures = failures};
  }
  static constexpr TripPolicy consecutiveAtLeast(std::uint32_t failures) {
    return {.kind = Kind::ConsecutiveAtLeast, .failures = failures};
  }
  static constexpr TripPolicy totalAtLeast(std::uint32_t failures) {
    return {.kind = Kind::TotalAtLeast, .failures = failures};
  }
  static constexpr TripPolicy ratio(std::uint32_t minRequests, std::uint32_t numerator,
                                    std::uint32_t denominator) {
    return {.kind = Kind::Ratio,
            .minRequests = minRequests,
            .numerator = numerator,
            .denominator = denominator};
  }

  [[nodiscard]] bool trips(const BreakerCounts& counts) const {
    switch (kind) {
      case Kind::ConsecutiveOver:
        return counts.consecutiveFailures > failures;
      case Kind::ConsecutiveAtLeast:
        return counts.consecutiveFailures >= failures;
      case Kind::TotalAtLeast:
        return counts.failures >= failures;
      case Kind::Ratio:
        break;
    }
    return counts.requests >= minRequests && std::uint64_t{counts.failures} * denominator >=
                                                 std::uint64_t{numerator} * counts.requests;
  }
};

}  // namespace ringside::gateway
