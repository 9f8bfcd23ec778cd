// OpenMetrics: a run as OpenMetrics 1.0 text, for Prometheus (promtool tsdb create-blocks-from
// openmetrics) and whatever else reads it.
//
// Model     Families are named "ringside_", then the metric with '_' for what a name may not bear,
//           then its base unit: ns become seconds, and a ratio stays one. Counters; gauges with
//           further gauges for mean, min and max; distributions as histograms whose buckets end
//           where the run's percentile rows do, or as summaries where the run has no histogram.
//           Chart lines are gauges with the labels line and stat (min, max) and a sample a column.
//           "ringside_run_info" names run, lab, preset, seed, fingerprint and version.
// Time      Virtual time zero is the Unix epoch plus `epochSeconds`, named in the info; every
//           sample has its time. Prometheus keeps milliseconds, so of the columns that fall
//           into one millisecond the first is kept.
// Promise   A family is in one piece, TYPE, UNIT, HELP before its samples; "# EOF" ends the text.
// Source    OpenMetrics 1.0.0; 2.0 is not final and drops what readers of today expect.
#pragma once

#include <cstdint>
#include <string>

#include "engine/export/run_record.h"

namespace ringside::exports {

std::string openMetrics(const RunRecord& record);
std::string openMetricsAt(const RunRecord& record, std::int64_t epochSeconds);

}  // namespace ringside::exports
