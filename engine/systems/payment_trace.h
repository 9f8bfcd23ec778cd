// PaymentTrace: what one payment went through, small enough to be kept for every payment in flight.
//
// Model     A payment does one thing after another, so its way is cut into marks that follow each
//           other without a gap: each says where the time since the mark before was spent, and
//           whether it was spent waiting there or being served. Most payments are forgotten when
//           they end; the slowest and a sample become spans.
// Cost      8 bytes a mark, in the payment itself. Marks beyond kMost are counted, not kept.
#pragma once

#include <array>
#include <cstdint>

#include "engine/base/time.h"
#include "engine/systems/payment.h"

namespace ringside::systems {

// Steps come first, so that a Step is a Place.
enum class Place : std::uint8_t { Gateway = kSteps, ProfileLoad, Enquiry, Backoff };

constexpr Place placeOf(Step step) { return static_cast<Place>(step); }

struct TraceMark {
  std::uint64_t nanos : 47;  // Up to 39 hours.
  std::uint64_t waiting : 1;
  std::uint64_t place : 8;
  std::uint64_t component : 8;  // Of several: which gateway, which shard.
};
static_assert(sizeof(TraceMark) == 8);

class PaymentTrace {
 public:
  static constexpr std::size_t kMost = 22;

  explicit PaymentTrace(Instant start) : last_(start) {}  // Marks are written before they are read.

  // The time since the last mark was spent at `place`; returns it.
  Duration served(Place place, std::uint32_t component, Instant now) {
    return mark(place, component, now, false);
  }
  Duration waited(Place place, std::uint32_t component, Instant now) {
    return mark(place, component, now, true);
  }

  // Asks for where the next mark goes.
  void prefetch() const { __builtin_prefetch(&marks_[size_]); }

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] const TraceMark& operator[](std::size_t i) const { return marks_[i]; }
  [[nodiscard]] std::size_t dropped() const { return dropped_; }

 private:
  Duration mark(Place place, std::uint32_t component, Instant now, bool waiting) {
    const Duration spent = now - last_;
    last_ = now;
    if (waiting && spent == Duration::zero()) return spent;
    if (size_ == kMost) {
      ++dropped_;
      return spent;
    }
    constexpr std::uint64_t kMask = (std::uint64_t{1} << 47) - 1;
    TraceMark& mark = marks_[size_++];
    mark.nanos = static_cast<std::uint64_t>(spent.count()) & kMask;
    mark.waiting = waiting ? 1 : 0;
    mark.place = static_cast<std::uint8_t>(place);
    mark.component = static_cast<std::uint8_t>(component);
    return spent;
  }

  Instant last_;  // When the last mark ended.
  std::uint8_t size_ = 0;
  std::uint8_t dropped_ = 0;
  std::array<TraceMark, kMost> marks_;
};

}  // namespace ringside::systems
