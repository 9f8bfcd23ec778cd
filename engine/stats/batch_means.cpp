#include "engine/stats/batch_means.h"

#include <cmath>
#include <vector>

#include "engine/base/check.h"

namespace ringside::stats {
namespace {

constexpr double kNormal95 = 1.6448536269514722;  // One-sided: only positive dependence misleads.

// Von Neumann's ratio as a correlation of neighbours; 0 on average for independent ones.
double correlationOf(const std::vector<double>& means) {
  double mean = 0;
  for (const double value : means) mean += value / static_cast<double>(means.size());
  double squares = 0;
  double steps = 0;
  for (std::size_t i = 0; i < means.size(); ++i) {
    squares += (means[i] - mean) * (means[i] - mean);
    if (i > 0) steps += (means[i] - means[i - 1]) * (means[i] - means[i - 1]);
  }
  return squares > 0 ? 1 - steps / (2 * squares) : 0;
}

// Its standard deviation where there is no dependence.
double correlationError(std::size_t batches) {
  const auto b = static_cast<double>(batches);
  return std::sqrt((b - 2) / (b * b - 1));
}

}  // namespace

std::optional<BatchMeans> batchMeans(std::span<const double> values,
                                     std::span<const double> weights, std::size_t batches,
                                     double level) {
  RINGSIDE_CHECK(batches >= 3);
  RINGSIDE_CHECK(weights.empty() || weights.size() == values.size());
  const std::size_t size = values.size() / batches;
  if (size < 2) return std::nullopt;
  const std::size_t skipped = values.size() - size * batches;
  std::vector<double> means;
  double total = 0;
  double totalWeight = 0;
  for (std::size_t batch = 0; batch < batches; ++batch) {
    double sum = 0;
    double weight = 0;
    for (std::size_t i = skipped + batch * size; i < skipped + (batch + 1) * size; ++i) {
      const double counts = weights.empty() ? 1 : weights[i];
      sum += counts * values[i];
      weight += counts;
    }
    if (!(weight > 0)) return std::nullopt;
    means.push_back(sum / weight);
    total += sum;
    totalWeight += weight;
  }
  const double correlation = correlationOf(means);
  Interval interval = meanInterval(means, level).value_or(Interval{});
  interval.mean = total / totalWeight;  // Each request counts alike, whatever batch it was in.
  return BatchMeans{interval, batches, correlation,
                    correlation <= kNormal95 * correlationError(batches)};
}

}  // namespace ringside::stats
