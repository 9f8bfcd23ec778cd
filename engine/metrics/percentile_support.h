// supportsPercentile: whether a sample is large enough to speak of a percentile.
//
// Promise   At least one value is expected beyond the percentile: p90 needs 10 values, p99 needs
//           100, p99.9 needs 1000. Below that, a "p99" would be the maximum under another name.
#pragma once

#include <cstdint>

namespace ringside::metrics {

constexpr bool supportsPercentile(std::uint64_t count, double percent) {
  // The small allowance is for 100 - 99.9, which no double holds.
  return count > 0 && static_cast<double>(count) * (100 - percent) >= 100 * (1 - 1e-9);
}

}  // namespace ringside::metrics
