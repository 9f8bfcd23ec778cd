// RateLimiterCompat: the token bucket most Go services run (golang.org/x/time/rate), bit for bit.
//
// Why       It is one side of a comparison: what a limiter that nearly everyone uses does under the
//           same load as ours. It also lets a recorded session of the original be replayed exactly.
// Model     A float64 level that may go negative: a reservation takes its tokens at once and says
//           how long to wait before acting. The limit is tokens a second, and may be infinite.
// Promise   The same doubles as the original for the same calls. Nothing more: use token_bucket.h.
// Wrong     (1) A grant made after the clock went back also moves `last` back, and the interval is
//           credited twice: tokens are minted. (2) Cancelling restores too little or too much once
//           later reservations exist. (3) A limit of zero still lets `burst` requests through. (4)
//           The wait is truncated, so that acting right after it can find the level a hair below
//           zero.
// Time      Passive. Threads: none. Cost: O(1), no allocation.
// Compare   token_bucket.h (whole numbers, none of the above).
#pragma once

#include <cstdint>
#include <limits>
#include <optional>

#include "engine/base/time.h"

namespace ringside::gateway {

class RateLimiterCompat {
 public:
  static constexpr double kUnlimited = std::numeric_limits<double>::max();
  static constexpr Duration kForever = Duration::max();

  // Nanoseconds. The original's time reaches further than 64 bits of them, and a reservation may
  // lie there: now + kForever is an instant like any other.
  __extension__ typedef __int128 WideTime;

  enum class Refusal { None, ExceedsBurst, ExceedsDeadline };

  struct Reservation {
    Refusal refusal = Refusal::None;
    std::int64_t tokens = 0;
    WideTime timeToAct = 0;
    double limit = 0;  // The limit when it was made; it may have been changed since.

    [[nodiscard]] bool granted() const { return refusal == Refusal::None; }
    // REQUIRES: granted().
    [[nodiscard]] Duration delayFrom(Instant now) const;
  };

  RateLimiterCompat(double limitPerSec, std::int64_t burst);

  [[nodiscard]] bool allow(Instant now, std::int64_t cost);
  [[nodiscard]] Reservation reserve(Instant now, std::int64_t cost);
  [[nodiscard]] Reservation wait(Instant now, std::int64_t cost, Duration longest);
  void cancel(Instant now, const Reservation& reservation);
  void setLimit(Instant now, double limitPerSec);
  void setBurst(Instant now, std::int64_t burst);

  [[nodiscard]] double tokensAt(Instant now) const { return advanced(now); }
  // The raw fields, as a recording of the original shows them. Empty: never set.
  [[nodiscard]] double rawTokens() const { return tokens_; }
  [[nodiscard]] std::optional<Instant> rawLast() const { return last_; }
  [[nodiscard]] std::optional<Instant> rawLastEvent() const;

 private:
  [[nodiscard]] double advanced(Instant now) const;
  [[nodiscard]] Reservation take(Instant now, std::int64_t cost, Duration longest);

  double limit_;
  std::int64_t burst_;
  double tokens_;
  std::optional<Instant> last_;
  std::optional<WideTime> lastEvent_;
};

}  // namespace ringside::gateway
