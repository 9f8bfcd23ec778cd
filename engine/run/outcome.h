// Outcome: what a run that was run for its numbers leaves behind.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/lab/frame.h"
#include "engine/metrics/metric_value.h"
#include "engine/run/plan.h"
#include "engine/run/progress.h"

namespace ringside::run {

class Run;

// One number of a metric, under the name that claims use: "p99(payment.latency)".
struct Statistic {
  std::string name;
  metrics::Unit unit = metrics::Unit::None;
  std::optional<double> value;  // Empty where the sample does not support it.
};

struct Outcome {
  lab::RunState state = lab::RunState::Idle;  // Finished, Failed; Paused if it was stopped.
  std::string error;
  std::uint64_t fingerprint = 0;
  std::uint64_t events = 0;
  Instant now{};
  std::vector<Statistic> statistics;
};

// What each metric is compared by: a counter's total and rate, a gauge's last value and mean, a
// distribution's count, mean and percentiles.
std::vector<Statistic> statisticsOf(const std::vector<metrics::MetricValue>& metrics);

Outcome outcomeOf(const Run& run);

// Runs to the end, adding kPartsPerRun to progress.done as it goes; looks at progress.stop every
// few milliseconds.
void finishRun(Run& run, Progress& progress);

// Builds the plan's run and runs it. Errors are the plan's; a lab that fails is an outcome.
Result<Outcome> runToEnd(const RunPlan& plan, Progress& progress);

}  // namespace ringside::run
