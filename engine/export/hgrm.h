// Hgrm: a distribution as an HdrHistogram percentile table, for its plotter and other readers.
//
// Model     The layout of the C library: a header, a row for each percentile reached (five for each
//           halving of the distance to 100), mean, deviation, maximum, count and the bucketing.
//           Durations are in milliseconds, other values in their own unit.
// Promise   Byte for byte what hdr_percentiles_print() writes for the same values (tested against
//           its output).
// Limits    Latencies are those of the run's own arrivals, which do not wait for answers; a closed
//           loop would leave out the requests it did not send (coordinated omission).
// Source    HdrHistogram_c, hdr_histogram.c.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/export/histograms.h"
#include "engine/export/output.h"
#include "engine/export/run_record.h"

namespace ringside::exports {

struct HgrmScale {
  double unit = 1e6;                                    // Values are divided by this.
  std::int64_t largest = metrics::Histogram::kLargest;  // Highest that could have been recorded.
};

std::string hgrm(const HistogramValue& histogram, const HgrmScale& scale);

// A file for each distribution: "payment.latency.hgrm".
std::vector<Output> hgrmFiles(const RunRecord& record);

}  // namespace ringside::exports
