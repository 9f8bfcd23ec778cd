#include "engine/base/distributions.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/base/check.h"
#include "engine/base/math.h"

namespace ringside {
namespace {

constexpr double kSmallMean = 10;  // Below, walking up the probabilities is quicker than rejecting.
constexpr double kTwoPi = 6.28318530717958647693;

// k log(k / mean) + mean - k without the cancellation (Loader 2000).
double deviance(double k, double mean) {
  const double difference = k - mean;
  if (std::fabs(difference) > 0.1 * (k + mean)) return k * fixedLog(k / mean) - difference;
  const double v = difference / (k + mean);
  double sum = difference * v;
  double term = 2 * k * v;
  for (int i = 3;; i += 2) {
    term *= v * v;
    const double next = sum + term / i;
    if (next == sum) return sum;
    sum = next;
  }
}

double logPoissonProbability(double k, double mean) {
  constexpr double kFromSeries = 20;
  if (k <= kFromSeries) return k * fixedLog(mean) - mean - logFactorial(k);
  const double inverse = 1 / k;
  const double square = inverse * inverse;
  const double stirling = inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260)));
  return -deviance(k, mean) - 0.5 * fixedLog(kTwoPi * k) - stirling;
}

std::int64_t poissonBySearch(double u, double mean) {
  double probability = fixedExp(-mean);
  double below = probability;
  std::int64_t k = 0;
  // The sum of the rounded terms may stop just short of 1; past the mean, terms only shrink.
  constexpr double kNothing = 0x1p-60;
  while (u >= below && (probability > kNothing || static_cast<double>(k) < mean)) {
    ++k;
    probability *= mean / static_cast<double>(k);
    below += probability;
  }
  return k;
}

// Transformed rejection; constants are Hoermann's (algorithm PTRS).
std::int64_t poissonByRejection(SplitMix64 draws, double mean) {
  const double b = 0.931 + 2.53 * std::sqrt(mean);
  const double a = -0.059 + 0.02483 * b;
  const double inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const double squeeze = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const double u = draws.uniform01() - 0.5;
    const double v = 1 - draws.uniform01();
    const double us = 0.5 - std::fabs(u);
    if (us <= 0) continue;
    const double k = std::floor((2 * a / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= squeeze) return static_cast<std::int64_t>(k);
    if (k < 0 || (us < 0.013 && v > us)) continue;
    const double height = fixedLog(v * inverseAlpha / (a / (us * us) + b));
    if (height <= logPoissonProbability(k, mean)) return static_cast<std::int64_t>(k);
  }
}

}  // namespace

std::int64_t poisson(Rng& rng, double mean) {
  RINGSIDE_CHECK(mean >= 0);
  RINGSIDE_CHECK(mean <= 1e15);
  if (mean < kSmallMean) return poissonBySearch(rng.uniform01(), mean);
  return poissonByRejection(SplitMix64(rng.next()), mean);
}

Lognormal::Lognormal(double mean, double cv) {
  RINGSIDE_CHECK(mean > 0);
  RINGSIDE_CHECK(cv >= 0);
  const double variance = fixedLog(1 + cv * cv);
  sigma_ = std::sqrt(variance);
  mu_ = fixedLog(mean) - variance / 2;
}

double Lognormal::sample(Rng& rng) const { return fixedExp(mu_ + sigma_ * normalUnit(rng)); }

double Lognormal::quantile50() const { return fixedExp(mu_); }

Pareto::Pareto(double minimum, double alpha) : minimum_(minimum), inverseAlpha_(1 / alpha) {
  RINGSIDE_CHECK(minimum > 0);
  RINGSIDE_CHECK(alpha > 0);
}

double Pareto::sample(Rng& rng) const {
  // The logarithm of a Pareto quantity is exponential.
  return minimum_ * fixedExp(exponentialUnit(rng) * inverseAlpha_);
}

Result<Empirical> Empirical::fromSamples(std::vector<double> samples) {
  if (samples.empty()) return Error{"empirical law: no samples; at least one is needed"};
  for (std::size_t i = 0; i < samples.size(); ++i) {
    if (!std::isfinite(samples[i])) {
      return Error{"empirical law: sample " + std::to_string(i) + " is not a finite number"};
    }
  }
  std::sort(samples.begin(), samples.end());
  Empirical law;
  law.values_ = std::move(samples);
  return law;
}

Result<Empirical> Empirical::fromCdf(const std::vector<CdfPoint>& points) {
  if (points.empty()) return Error{"empirical law: no points; at least one is needed"};
  Empirical law;
  CdfPoint last{points.front().value, 0};
  for (std::size_t i = 0; i < points.size(); ++i) {
    const CdfPoint& point = points[i];
    const std::string name = "empirical law: point " + std::to_string(i);
    if (!std::isfinite(point.value)) return Error{name + " has a value that is not finite"};
    if (!(point.cumulative >= last.cumulative && point.cumulative <= 1)) {
      return Error{name + " has cumulative " + std::to_string(point.cumulative) +
                   "; allowed is the one before or more, up to 1"};
    }
    if (point.value < last.value) return Error{name + " has a value below the one before"};
    law.values_.push_back(point.value);
    law.cumulative_.push_back(point.cumulative);
    last = point;
  }
  if (last.cumulative != 1) return Error{"empirical law: the last cumulative must be 1"};
  return law;
}

double Empirical::quantile(double u) const {
  RINGSIDE_CHECK(u >= 0 && u <= 1);
  if (cumulative_.empty()) {
    const auto i = static_cast<std::size_t>(u * static_cast<double>(values_.size()));
    return values_[std::min(i, values_.size() - 1)];
  }
  const auto above = std::lower_bound(cumulative_.begin(), cumulative_.end(), u);
  const auto i = static_cast<std::size_t>(above - cumulative_.begin());
  if (i == 0) return values_[0];
  const double fraction = (u - cumulative_[i - 1]) / (cumulative_[i] - cumulative_[i - 1]);
  return values_[i - 1] + fraction * (values_[i] - values_[i - 1]);
}

double Empirical::mean() const {
  double sum = 0;
  if (cumulative_.empty()) {
    for (const double value : values_) sum += value;
    return sum / static_cast<double>(values_.size());
  }
  sum = values_[0] * cumulative_[0];
  for (std::size_t i = 1; i < values_.size(); ++i) {
    sum += (cumulative_[i] - cumulative_[i - 1]) * (values_[i] + values_[i - 1]) / 2;
  }
  return sum;
}

}  // namespace ringside
