// Goodness of fit: distances between a sample and the law it claims to follow.
//
// Promise   With fixed seeds the tests that use these are deterministic. The thresholds are set for
//           a significance of 1e-6: a right law would fail for one seed in a million.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

namespace ringside::testing {

// Kolmogorov and Smirnov: sqrt(n) times the largest gap between the sample's steps and `cdf`.
template <class Cdf>
double ksStatistic(std::vector<double> sample, Cdf cdf) {
  std::sort(sample.begin(), sample.end());
  const double n = static_cast<double>(sample.size());
  double gap = 0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const double at = cdf(sample[i]);
    gap = std::max({gap, std::fabs(at - static_cast<double>(i) / n),
                    std::fabs(at - static_cast<double>(i + 1) / n)});
  }
  return gap * std::sqrt(n);
}
inline constexpr double kKsLimit = 2.694;  // sqrt(-log(1e-6 / 2) / 2)

// Pearson's chi-square as a standard normal deviate (Wilson and Hilferty). Cells that expect fewer
// than 10 are pooled with their neighbours.
inline double chiSquareDeviate(const std::vector<double>& seen,
                               const std::vector<double>& expected) {
  double sum = 0;
  int cells = 0;
  double pooledSeen = 0;
  double pooledExpected = 0;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    pooledSeen += seen[i];
    pooledExpected += expected[i];
    if (pooledExpected < 10) continue;
    sum += (pooledSeen - pooledExpected) * (pooledSeen - pooledExpected) / pooledExpected;
    ++cells;
    pooledSeen = pooledExpected = 0;
  }
  const double freedom = std::max(1, cells - 1);
  const double spread = 2 / (9 * freedom);
  return (std::cbrt(sum / freedom) - (1 - spread)) / std::sqrt(spread);
}
inline constexpr double kDeviateLimit = 4.753;  // One-sided 1e-6.

struct Moments {
  double mean = 0;
  double deviation = 0;
};

inline Moments momentsOf(const std::vector<double>& sample) {
  Moments moments;
  for (const double x : sample) moments.mean += x / static_cast<double>(sample.size());
  for (const double x : sample) {
    moments.deviation += (x - moments.mean) * (x - moments.mean);
  }
  moments.deviation = std::sqrt(moments.deviation / static_cast<double>(sample.size() - 1));
  return moments;
}

}  // namespace ringside::testing
