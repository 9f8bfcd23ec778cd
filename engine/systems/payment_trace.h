// PaymentTrace: what one payment went through, small enough to be kept for every payment in flight.
//
// Model     Marks in order of their start: a place, when it began, how long was spent waiting for
//           it
//           and how long being served. Most payments are forgotten when they end; the slowest and a
//           sample become spans.
// Cost      16 bytes a mark, in the payment's own frame. Marks beyond kMost are counted, not kept.
#pragma once

#include <array>
#include <cstdint>
#include <limits>

#include "engine/base/time.h"
#include "engine/systems/payment.h"

namespace ringside::systems {

// Steps come first, so that a Step is a Place.
enum class Place : std::uint8_t { Gateway = kSteps, ProfileLoad, Enquiry, Backoff };

struct TraceMark {
  std::uint32_t startMicros = 0;  // After the payment's arrival.
  std::uint32_t waitNanos = 0;    // Clipped at 4.29 s.
  std::uint32_t serviceNanos = 0;
  std::uint8_t place = 0;
  std::uint8_t component = 0;  // Of several: which gateway, which shard.
};

struct PaymentTrace {
  static constexpr std::size_t kMost = 16;

  void mark(std::uint8_t place, std::uint8_t component, Duration start, Duration wait,
            Duration service) {
    if (size == kMost) {
      ++dropped;
      return;
    }
    marks[size++] = {static_cast<std::uint32_t>(start.count() / 1000), clip(wait), clip(service),
                     place, component};
  }

  static std::uint32_t clip(Duration duration) {
    constexpr std::int64_t kLongest = std::numeric_limits<std::uint32_t>::max();
    return static_cast<std::uint32_t>(duration.count() < kLongest ? duration.count() : kLongest);
  }

  std::array<TraceMark, kMost> marks;
  std::uint8_t size = 0;
  std::uint8_t dropped = 0;
};

}  // namespace ringside::systems
