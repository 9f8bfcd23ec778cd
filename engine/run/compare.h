// Compare: what differs between runs of one lab that differ in some knobs, and how surely.
//
// Model     Each replication runs every side with one seed (common random numbers: what chance does
//           to one it does to the other), so differences pair by pair have an interval far narrower
//           than the sides themselves. Replication r has the seed of the first plan plus r, so that
//           each can be had again by itself. The first event that differs is found in the first.
// Promise   The same answer whatever the number of threads.
// Errors    Of a plan that cannot be built, or of a run that fails: which side, which seed, why.
// Cost      Sides x replications runs, and two of them in lock-step.
// Limits    Intervals are one by one: of a hundred statistics that do not differ, five will
//           seem to.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/run/lock_step.h"
#include "engine/run/outcome.h"
#include "engine/run/plan.h"
#include "engine/run/progress.h"
#include "engine/stats/interval.h"

namespace ringside::run {

struct CompareRequest {
  std::vector<RunPlan> sides;  // Two or more, of one lab; the first is what others are compared to.
  int replications = 1;        // 1 or more; intervals need two.
  unsigned threads = 1;
};

// One statistic of one side against the first, over the replications in which both have it.
struct Delta {
  std::string statistic{};  // "p99(payment.latency)".
  metrics::Unit unit = metrics::Unit::None;
  std::vector<double> first{};  // By replication.
  std::vector<double> other{};
  double firstMean = 0;
  double otherMean = 0;
  double absolute = 0;                        // otherMean - firstMean.
  std::optional<double> relative{};           // To firstMean; empty where that is 0.
  std::optional<stats::Interval> interval{};  // Of the difference.

  [[nodiscard]] bool differs() const { return first != other; }
  // The interval leaves out 0: chance alone would do so once in twenty.
  [[nodiscard]] bool significant() const { return interval && differs() && !interval->covers(0); }
};

struct SideOutcome {
  RunPlan plan;
  std::vector<std::uint64_t> fingerprints;  // By replication, as the two below.
  std::vector<std::uint64_t> events;
};

struct Comparison {
  bool complete = false;  // False if it was stopped; nothing else is then filled in.
  std::vector<SideOutcome> sides;
  std::vector<std::vector<Delta>> deltas;              // By side, from the second on.
  std::vector<std::optional<Divergence>> divergences;  // Likewise, in the first replication.
};

// Fills in progress.all first.
Result<Comparison> compare(const CompareRequest& request, Progress& progress);

// The table of one pair of sides from outcomes already there, one an equal seed.
std::vector<Delta> deltasOf(const std::vector<std::vector<Statistic>>& first,
                            const std::vector<std::vector<Statistic>>& other);

}  // namespace ringside::run
