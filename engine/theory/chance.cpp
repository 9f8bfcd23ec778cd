#include "engine/theory/chance.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/base/check.h"
#include "engine/stats/quantiles.h"

namespace ringside::theory {
namespace {

// Items present, on average, when each stays `time` requests after its last use.
double occupied(std::span<const double> popularity, double time) {
  double sum = 0;
  for (const double p : popularity) sum -= std::expm1(-p * time);
  return sum;
}

}  // namespace

double cheTime(std::span<const double> popularity, double capacity) {
  RINGSIDE_CHECK(capacity >= 0);
  const auto wanted = std::ranges::count_if(popularity, [](double p) { return p > 0; });
  if (capacity >= static_cast<double>(wanted)) return std::numeric_limits<double>::infinity();
  double low = 0;
  double high = 1;
  while (occupied(popularity, high) < capacity) high *= 2;
  // Until the last digit stands still: 60 halvings at most.
  for (double middle = (low + high) / 2; high - low > 1e-13 * high; middle = (low + high) / 2) {
    (occupied(popularity, middle) < capacity ? low : high) = middle;
  }
  return high;
}

double cheHitRatio(std::span<const double> popularity, double capacity) {
  const double time = cheTime(popularity, capacity);
  double hits = 0;
  for (const double p : popularity) hits -= p * std::expm1(-p * time);
  return std::min(hits, 1.0);
}

std::vector<double> zipfPopularity(std::size_t items, double exponent) {
  RINGSIDE_CHECK(items >= 1);
  RINGSIDE_CHECK(exponent >= 0);
  std::vector<double> popularity(items);
  double sum = 0;
  for (std::size_t i = items; i-- > 0;) {  // Small ones first: less is lost in the sum.
    popularity[i] = std::pow(static_cast<double>(i + 1), -exponent);
    sum += popularity[i];
  }
  for (double& p : popularity) p /= sum;
  return popularity;
}

double birthdayCollision(double draws, double space) {
  RINGSIDE_CHECK(draws >= 0);
  RINGSIDE_CHECK(space >= 1);
  if (draws > space) return 1;
  constexpr double kExact = 1e6;
  if (draws > kExact) return -std::expm1(-birthdayPairs(draws, space));
  double logNone = 0;
  for (double i = 1; i < draws; ++i) logNone += std::log1p(-i / space);
  return -std::expm1(logNone);
}

double birthdayPairs(double draws, double space) { return draws * (draws - 1) / (2 * space); }

double ringLoadCv(double nodes, double virtualNodes) {
  RINGSIDE_CHECK(nodes >= 1);
  RINGSIDE_CHECK(virtualNodes >= 1);
  return std::sqrt((nodes - 1) / (nodes * virtualNodes + 1));
}

double expectedLargest(double count) {
  RINGSIDE_CHECK(count >= 1);
  if (count < 2) return 0;
  return stats::normalQuantile((count - 0.375) / (count + 0.25));
}

}  // namespace ringside::theory
