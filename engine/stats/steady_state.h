// SteadyState: what one run says of its long-run mean, and whether it was long enough to say it.
//
// Model     The warm-up is cut off (MSER-5), and batch means of the rest give the interval. A run
//           is long enough when the cut fell in the first half, the batches look independent, and
//           the interval is within a tenth of the mean; each of the three is named when it fails.
// Source    warm_up.h, batch_means.h; the relative half-width is Law's stopping rule (chapter 9.4),
//           at a gamma of 0.1.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "engine/stats/interval.h"

namespace ringside::stats {

struct SteadyState {
  std::size_t cut = 0;  // Values of the series that were left out.
  Interval interval;    // Of count 0 where none can be had.
  bool enough = false;
  std::string why;  // One clause on what is wanting; empty if nothing is.
};

inline constexpr double kWidestRelative = 0.1;

// `values` are equally spaced in time; `weights` as in batch_means.h.
[[nodiscard]] SteadyState steadyState(std::span<const double> values,
                                      std::span<const double> weights = {},
                                      double level = kUsualLevel);

}  // namespace ringside::stats
