#include "engine/stats/percentile_interval.h"

#include "engine/base/check.h"
#include "engine/stats/quantiles.h"

namespace ringside::stats {
namespace {

// The smallest k with P(X <= k) >= probability.
std::int64_t binomialQuantile(std::int64_t trials, double chance, double probability) {
  std::int64_t low = 0;
  std::int64_t high = trials;
  while (low < high) {
    const std::int64_t middle = low + (high - low) / 2;
    if (binomialAtMost(middle, trials, chance) >= probability) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

}  // namespace

std::optional<RankInterval> percentileRanks(std::int64_t count, double fraction, double level) {
  RINGSIDE_CHECK(count >= 1);
  RINGSIDE_CHECK(fraction > 0);
  RINGSIDE_CHECK(fraction < 1);
  const double tail = (1 - level) / 2;
  // The percentile lies below the low rank only if fewer than `low` values do not exceed it.
  const std::int64_t low = binomialQuantile(count, fraction, tail);
  const std::int64_t high = binomialQuantile(count, fraction, 1 - tail) + 1;
  if (low < 1 || high > count) return std::nullopt;
  return RankInterval{
      low, high,
      binomialAtMost(high - 1, count, fraction) - binomialAtMost(low - 1, count, fraction)};
}

}  // namespace ringside::stats
