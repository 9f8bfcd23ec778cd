// SweepSummary: the rows of a sweep put together by point: one value a point, with its interval.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/run/sweep.h"
#include "engine/stats/interval.h"

namespace ringside::run {

struct SweepPoint {
  std::uint64_t point = 0;
  std::vector<std::string> values;  // By axis.
  int runs = 0;                     // Replications that have the statistic.
  double mean = 0;
  std::optional<stats::Interval> interval;  // From two runs on.
};

// In ascending order of the points; those without the statistic in any row are left out.
std::vector<SweepPoint> summaryOf(const std::vector<SweepRow>& rows, const std::string& statistic);

}  // namespace ringside::run
