// Sweep: a lab run at every point of a grid over its knobs, several times, on all cores.
//
// Model     The points are the product of the axes, the last of which turns fastest; each is run
//           with `replications` seeds, the same ones at every point (common random numbers). A run
//           is a row, numbered over the whole grid, so that shards and interrupted sweeps know
//           which rows are theirs: shard I of N has the rows that leave I - 1 when divided by N.
// Promise   A row depends on its number and the request alone, not on threads, shards or what was
//           done before. Rows are handed over in ascending order, but for those that were under way
//           when the sweep was stopped.
// Errors    Name the axis or knob that is wrong. A run that fails is a row that says so.
// Threads   sweep() blocks; `take` is called from one thread at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/run/outcome.h"
#include "engine/run/plan.h"
#include "engine/run/progress.h"

namespace ringside::run {

inline constexpr std::string_view kPresetAxis = "preset";

struct SweepAxis {
  std::string key;                 // Of a knob, or kPresetAxis.
  std::vector<std::string> texts;  // As a command line takes them: "250k".
};

struct SweepRequest {
  RunPlan base;  // Its seed is the first replication's; the next ones count on from it.
  std::vector<SweepAxis> axes;
  int replications = 1;
  std::uint64_t shard = 1;  // 1 to shards.
  std::uint64_t shards = 1;
  unsigned threads = 1;
};

struct SweepRow {
  std::uint64_t row = 0;
  std::uint64_t point = 0;
  int replication = 0;
  std::uint64_t seed = 0;
  std::vector<std::string> values;  // By axis.
  Outcome outcome;
};

// The request with every value in its shortest form; the error says what is wrong in it.
Result<SweepRequest> checked(SweepRequest request);

// Of a checked request.
[[nodiscard]] std::uint64_t pointsOf(const SweepRequest& request);
[[nodiscard]] std::uint64_t rowsOf(const SweepRequest& request);  // Of all shards.
[[nodiscard]] bool isOfShard(const SweepRequest& request, std::uint64_t row);
[[nodiscard]] std::vector<std::string> valuesAt(const SweepRequest& request, std::uint64_t point);
[[nodiscard]] RunPlan planAt(const SweepRequest& request, std::uint64_t row);
// Sixteen hexadecimal digits that are the same for all shards of a sweep and for no other sweep.
[[nodiscard]] std::string sweepId(const SweepRequest& request);
// Names of the statistics that rows have: those of the first point.
Result<std::vector<std::string>> statisticNames(const SweepRequest& request);

struct SweepWork {
  std::function<bool(std::uint64_t row)> isDone;      // Rows to be left out; may be empty.
  std::function<Result<Done>(const SweepRow&)> take;  // An error ends the sweep.
};

// Runs the shard's rows; fills in progress.all first. Stopped early (progress.stop) it is no error.
Result<Done> sweep(const SweepRequest& request, const SweepWork& work, Progress& progress);

}  // namespace ringside::run
