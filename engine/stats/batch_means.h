// Batch means: an interval for the mean of one run, whose values depend on one another.
//
// Model     The run is cut into equally long batches. Long ones hardly depend on one another, so
//           their means make a Student interval. A value of a series may stand for many (the
//           requests of a cell), and counts with that weight.
// Promise   Where the batches are seen to be dependent, the interval is not trusted: `independent`
//           is false, and the run too short. The test is von Neumann's: for b independent batches
//           the correlation of each with the next is within 1.645 sqrt((b - 2) / (b^2 - 1))
//           nineteen times in twenty.
// Source    Schmeiser 1982 (10 to 30 batches); Fishman 1978 for the test; Law, chapter 9.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "engine/stats/interval.h"

namespace ringside::stats {

struct BatchMeans {
  Interval interval;
  std::size_t batches = 0;
  double correlation = 0;    // Of a batch's mean with the next one's.
  bool independent = false;  // As far as the test tells.
};

inline constexpr std::size_t kUsualBatches = 20;

// Empty below two values a batch. `weights` is empty (all alike) or as long as `values`; a batch of
// no weight makes the answer empty. What does not fill a batch is left out at the beginning.
// REQUIRES: batches >= 3.
[[nodiscard]] std::optional<BatchMeans> batchMeans(std::span<const double> values,
                                                   std::span<const double> weights = {},
                                                   std::size_t batches = kUsualBatches,
                                                   double level = kUsualLevel);

}  // namespace ringside::stats
