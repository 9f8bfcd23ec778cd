// PercentileInterval: how well a sample pins down a percentile, whatever the law behind it.
//
// Model     Of n independent values the number at or below the true percentile is binomial, so two
//           ranks of the sorted sample enclose it with a known probability.
// Promise   The ranks cover with at least the level asked for. Empty where the sample is too small
//           for two such ranks: then no value can bound the percentile from that side.
// Source    David and Nagaraja, "Order Statistics", 7.1; Hahn and Meeker 1991.
#pragma once

#include <cstdint>
#include <optional>

#include "engine/stats/interval.h"

namespace ringside::stats {

struct RankInterval {
  std::int64_t low = 1;  // Ranks count from 1 in ascending order.
  std::int64_t high = 1;
  double level = 0;  // The probability that they truly cover.
};

// REQUIRES: count >= 1, 0 < fraction < 1, 0 < level < 1.
[[nodiscard]] std::optional<RankInterval> percentileRanks(std::int64_t count, double fraction,
                                                          double level = kUsualLevel);

}  // namespace ringside::stats
