// HistogramValue: one distribution of a run with its bins, in the form that exports share.
//
// Model     Bins ascend, do not overlap, and leave out what is empty: the buckets of the run's
//           histogram. Mean and deviation are those of the buckets' middles, as the HdrHistogram
//           libraries print them; MetricValue has the exact ones.
// Promise   Counts are exact.
// Source    HdrHistogram_c, hdr_percentile_iterator.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/metrics/histogram.h"
#include "engine/metrics/unit.h"

namespace ringside::exports {

struct HistogramValue {
  using Bin = metrics::Histogram::Bucket;  // low and high are both within.

  std::string metric;  // "payment.latency".
  metrics::Unit unit = metrics::Unit::None;
  std::vector<Bin> bins;
  double mean = 0;
  double deviation = 0;  // Of the population.

  [[nodiscard]] std::uint64_t count() const;
};

HistogramValue histogramOf(std::string metric, metrics::Unit unit,
                           const metrics::Histogram& histogram);

// As metrics::Histogram::percentileRows(), from the bins.
std::vector<metrics::PercentileRow> percentileRows(const HistogramValue& histogram,
                                                   int ticksPerHalf = 5);

}  // namespace ringside::exports
