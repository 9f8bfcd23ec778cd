// Distributions: random quantities with a stated law, from the draws of an Rng.
//
// Promise   Every sample of every law takes exactly one draw of the stream, whatever its value or
//           its parameters. So two runs of one seed stay aligned, draw by draw, when a mean or a
//           shape is changed in one of them (common random numbers), and their difference is the
//           change's. The same seed gives the same bits everywhere.
// Cost      Exponential and normal 2 to 3 ns, lognormal and Pareto 7 ns, Poisson 20 to 40 ns; no
//           allocation.
// Rejected  std:: distributions: their output, and how many draws they take, is up to the library.
// Compare   zipf.h for ranks, delay.h for durations.
// Source    Ziggurat (ziggurat.h); Hoermann 1993 (transformed rejection) for Poisson.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/result.h"
#include "engine/base/rng.h"
#include "engine/base/ziggurat.h"

namespace ringside {

// Time between arrivals that know nothing of each other. REQUIRES: mean >= 0.
inline double exponential(Rng& rng, double mean) { return mean * exponentialUnit(rng); }

inline double normal(Rng& rng, double mean, double deviation) {
  return mean + deviation * normalUnit(rng);
}

// How many arrivals in an interval that expects `mean` of them. REQUIRES: 0 <= mean <= 1e15.
[[nodiscard]] std::int64_t poisson(Rng& rng, double mean);

// A positive quantity whose logarithm is normal: latencies of a healthy service.
class Lognormal {
 public:
  // `cv` is the coefficient of variation: standard deviation / mean. REQUIRES: mean > 0, cv >= 0.
  Lognormal(double mean, double cv);

  [[nodiscard]] double sample(Rng& rng) const;
  [[nodiscard]] double quantile50() const;  // The median, below the mean.

 private:
  double mu_;     // Mean of the logarithm,
  double sigma_;  // and its standard deviation.
};

// A power-law tail: P(X > x) = (minimum / x) ^ alpha. Below alpha 2 the variance, and below 1 the
// mean, is infinite.
class Pareto {
 public:
  // REQUIRES: minimum > 0, alpha > 0.
  Pareto(double minimum, double alpha);

  [[nodiscard]] double sample(Rng& rng) const;

 private:
  double minimum_;
  double inverseAlpha_;
};

// A law that was measured: either one of the samples, each as likely as another, or a point between
// the given points of a cumulative distribution, on the straight line between them.
class Empirical {
 public:
  struct CdfPoint {
    double value;
    double cumulative;  // P(X <= value)
  };

  // Needs at least one sample, all finite.
  [[nodiscard]] static Result<Empirical> fromSamples(std::vector<double> samples);

  // Needs finite values and cumulatives that rise (not strictly) from >= 0 to exactly 1. What the
  // first point has already accumulated sits on its value.
  [[nodiscard]] static Result<Empirical> fromCdf(const std::vector<CdfPoint>& points);

  [[nodiscard]] double sample(Rng& rng) const { return quantile(rng.uniform01()); }

  // REQUIRES: 0 <= u <= 1.
  [[nodiscard]] double quantile(double u) const;
  [[nodiscard]] double mean() const;

 private:
  Empirical() = default;

  std::vector<double> values_;      // Ascending.
  std::vector<double> cumulative_;  // Beside values_; empty for samples.
};

}  // namespace ringside
