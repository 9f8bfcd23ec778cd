// SteadyMetric: the long-run mean of each metric of a finished run, and whether it was long enough.
//
// Model     A counter is read as its rate, a gauge as its level, a distribution as the mean of its
//           intervals, each a series over virtual time; the warm-up is cut off each by itself.
// Compare   stats/steady_state.h has the method and its sources.
// Cost      O(cells) a metric: for the end of a run, not for every frame.
#pragma once

#include <string>
#include <vector>

#include "engine/base/time.h"
#include "engine/metrics/recorder.h"
#include "engine/stats/interval.h"

namespace ringside::lab {

struct SteadyMetric {
  std::string name{};
  metrics::Unit unit = metrics::Unit::None;
  Duration warmUp{};           // Cut off at the beginning.
  stats::Interval interval{};  // Of the mean of the rest; of count 0 where none can be had.
  bool enough = false;
  std::string why{};  // What is wanting; empty if nothing is.
};

// In order of declaration; distributions without intervals are left out, having no series.
[[nodiscard]] std::vector<SteadyMetric> steadyMetrics(const metrics::Recorder& recorder,
                                                      Instant now);

}  // namespace ringside::lab
