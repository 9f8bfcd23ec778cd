// Moments and Interval: a mean with what it is worth.
//
// Model     Moments are kept by Welford's recursion, which loses no digits where the spread is
//           small beside the mean. An interval around a mean is Student's: mean +- t * s / sqrt(n).
// Promise   If the values are independent and nearly normal, an interval of level 0.95 covers the
//           true mean 95 times in a hundred.
// Compare   batch_means.h for the values of one run, which are not independent.
// Source    Welford 1962; Chan, Golub and LeVeque 1979 for merging; Law, "Simulation Modeling and
//           Analysis", chapters 4 and 10 (paired differences under common random numbers).
#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace ringside::stats {

inline constexpr double kUsualLevel = 0.95;

class Moments {
 public:
  void add(double value);
  void merge(const Moments& other);

  [[nodiscard]] std::int64_t count() const { return count_; }
  [[nodiscard]] double mean() const { return mean_; }  // 0 when empty.
  // Of the law behind the sample: divided by n - 1; 0 below two values.
  [[nodiscard]] double variance() const;
  [[nodiscard]] double deviation() const;

 private:
  std::int64_t count_ = 0;
  double mean_ = 0;
  double squares_ = 0;  // Sum of squared distances from the mean.
};

struct Interval {
  double mean = 0;
  double half = 0;  // The interval is mean - half to mean + half.
  std::int64_t count = 0;
  double level = kUsualLevel;

  [[nodiscard]] double low() const { return mean - half; }
  [[nodiscard]] double high() const { return mean + half; }
  [[nodiscard]] bool covers(double value) const { return low() <= value && value <= high(); }
};

// Empty below two values: one says nothing of its own spread. REQUIRES: 0 < level < 1.
[[nodiscard]] std::optional<Interval> meanInterval(const Moments& moments,
                                                   double level = kUsualLevel);
[[nodiscard]] std::optional<Interval> meanInterval(std::span<const double> values,
                                                   double level = kUsualLevel);

// Of the mean of `second - first`, pair by pair: what two systems under the same random numbers
// have in common cancels. REQUIRES: equally many of both.
[[nodiscard]] std::optional<Interval> pairedDifference(std::span<const double> first,
                                                       std::span<const double> second,
                                                       double level = kUsualLevel);

}  // namespace ringside::stats
