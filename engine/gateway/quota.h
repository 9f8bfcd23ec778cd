// Quota: how much a limiter lets through: `tokens` every `period`, and `burst` at once.
//
// Model     The rate is a fraction of two whole numbers, so 3 a second or 1,000,003 a second is
//           held exactly: the time one token takes, period / tokens, is never rounded to
//           nanoseconds.
// Promise   A limiter of this quota admits, in any window of length W, a total cost of at most
//           burst + tokens * W / period.
// Rejected  An emission interval in whole nanoseconds. 1,000,003 a second is one every 999.997 ns:
//           cut to 999 it admits one in a thousand too many, and 300 million a second 11 percent.
#pragma once

#include <cstdint>

#include "engine/base/result.h"
#include "engine/base/time.h"

namespace ringside::gateway {

struct Quota {
  std::int64_t tokens = 100;  // Gained each period, 1 to kMaxTokens.
  Duration period = Duration(kSecond);
  std::int64_t burst = 10;  // Admitted at once after a rest, 1 to kMaxTokens.

  static constexpr std::int64_t kSecond = 1'000'000'000;
  static constexpr std::int64_t kMaxTokens = 1'000'000'000;
  // burst * period may not exceed this, which keeps every sum in the limiters inside 64 bits.
  static constexpr std::int64_t kMaxBurstPeriods = std::int64_t{1} << 61;

  static constexpr Quota perSecond(std::int64_t tokens, std::int64_t burst) {
    return {tokens, Duration(kSecond), burst};
  }
};

// The quota itself, or a sentence that says which number is out of range.
Result<Quota> checkedQuota(const Quota& quota);

}  // namespace ringside::gateway
