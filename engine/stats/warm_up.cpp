#include "engine/stats/warm_up.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <vector>

#include "engine/stats/interval.h"

namespace ringside::stats {
namespace {

// The last groups hardly vary by chance alone, and would always win.
constexpr std::size_t kFewestLeft = 5;

std::vector<double> groupMeans(std::span<const double> series) {
  std::vector<double> means(series.size() / kMserGroup);
  for (std::size_t i = 0; i < means.size(); ++i) {
    const auto group = series.subspan(i * kMserGroup, kMserGroup);
    means[i] = std::accumulate(group.begin(), group.end(), 0.0) / double{kMserGroup};
  }
  return means;
}

}  // namespace

WarmUp findWarmUp(std::span<const double> series) {
  if (series.size() < kMserLeast) return {};
  const std::vector<double> means = groupMeans(series);
  Moments left;
  double best = std::numeric_limits<double>::infinity();
  std::size_t cut = 0;
  for (std::size_t i = means.size(); i-- > 0;) {
    left.add(means[i]);
    if (means.size() - i < kFewestLeft) continue;
    const auto n = static_cast<double>(left.count());
    const double squaredError = left.variance() * (n - 1) / (n * n);
    if (squaredError > best) continue;  // Of equal ones the earliest: nothing needs to go.
    best = squaredError;
    cut = i;
  }
  return {cut * kMserGroup, cut <= means.size() / 2};
}

}  // namespace ringside::stats
