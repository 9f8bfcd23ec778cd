// Warm-up: where a run that began empty has forgotten that it did.
//
// Model     MSER-5: the series is averaged in groups of five; the cut is where the mean of what is
//           left has the smallest standard error, so that it trades the bias of a start kept
//           against the noise of values thrown away.
// Promise   A cut in the second half is no cut: the run is then too short to have settled, and says
//           so.
// Cost      O(n), one pass from the end.
// Rejected  A fixed part of the run, or one's eye on a plot: neither knows the load.
// Source    White, Cobb and Spratt 2000 (MSER-5); White 1997 for the rule of the second half.
#pragma once

#include <cstddef>
#include <span>

namespace ringside::stats {

struct WarmUp {
  std::size_t cut = 0;   // Values to leave out at the beginning, a multiple of five.
  bool settled = false;  // The cut is in the first half, and there was enough to tell.
};

inline constexpr std::size_t kMserGroup = 5;
inline constexpr std::size_t kMserLeast = 50;  // Values below which nothing can be told.

[[nodiscard]] WarmUp findWarmUp(std::span<const double> series);

}  // namespace ringside::stats
