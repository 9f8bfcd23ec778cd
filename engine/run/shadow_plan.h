// shadowPlan: at which events shadow runs are worth holding, for a run that stands at `present`.
//
// Model     What a jump back costs is the events from the shadow below it. One shadow is kept less
//           than half a stride behind the present and one half a stride behind that, so that two
//           steps back in a row are quick; then marks evenly over the past, so that no jump costs
//           more than about a second; then places at doubling distances behind the present, where
//           jumps most often go. A stride is what is replayed in some 80 ms.
// Promise   Places are multiples of powers of two, so they stay where they are while the present
//           moves on within half a stride. Their memory, as estimated, is within the budget: marks
//           grow sparser until they fit. A run shorter than a stride has none: it is replayed from
//           its start.
// Cost      O(kMostShadows).
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ringside::run {

// Memory that a run of the plan was measured to take at some place.
struct MeasuredRun {
  std::uint64_t events = 0;
  std::size_t bytes = 0;
};

struct ShadowNeeds {
  std::uint64_t present = 0;  // Events the run has had.
  double eventsPerSecond = 1e6;
  std::size_t presentBytes = 0;         // Memory of the run as it stands.
  std::size_t budgetBytes = 0;          // For all shadows.
  std::vector<MeasuredRun> measured{};  // By events.
};

inline constexpr std::size_t kMostShadows = 12;

// Events replayed in some 80 ms: a power of two.
std::uint64_t strideOf(double eventsPerSecond);

// Remembers a measurement, so that a shadow that proved too large is not made again and again.
void learn(ShadowNeeds& needs, MeasuredRun run);

// The most that a run at or before `events` was measured to take; 0: nothing is known.
std::size_t measuredBytes(const ShadowNeeds& needs, std::uint64_t events);
// Memory of a run at `events`: in proportion to the present one, and no less than what was measured
// of a run at or before that place.
std::size_t estimatedBytes(const ShadowNeeds& needs, std::uint64_t events);

// The places in order of worth, without repeats, none at 0 and none beyond the present.
std::vector<std::uint64_t> shadowPlan(const ShadowNeeds& needs);

}  // namespace ringside::run
