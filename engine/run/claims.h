// Claims: the content's statements about a lab, put to the test on a run.
//
// Model     A claim reads one number, "p99(payment.latency)", from the metrics of its experiment
//           (or the ratio to a base experiment) and compares it.
// Functions mean, stddev, min, max, p50, p90, p95, p99, p999, count, rate, value (last value of a
//           gauge, total of a counter). A bare metric name means value.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/lab/frame.h"
#include "engine/metrics/metric_value.h"
#include "engine/run/plan.h"
#include "engine/study/content.h"

namespace ringside::run {

struct ClaimOutcome {
  std::string scenario;
  std::string id;
  std::string text;
  std::string metric;
  std::string comparator;  // "<=".
  std::string expected;    // "<= 706k/s", with tolerance where there is one.
  std::optional<double> measured;
  std::string measuredText;  // "705.9k/s".
  lab::Verdict verdict = lab::Verdict::NotReached;
  bool asContentSays = false;  // The verdict is the one the content expects.
  std::string evidence;        // Lab, preset, seed, count behind the number.
};

// The number that `expression` names; the error says which word is unknown and what is known.
Result<double> readMetric(const std::vector<metrics::MetricValue>& metrics,
                          std::string_view expression);

// The plan of an experiment; errors name the lab, knob or fault that is wrong.
Result<RunPlan> planOf(const study::Experiment& experiment);

// Judges with values already measured (a live run).
ClaimOutcome judge(const study::Scenario& scenario, const study::Claim& claim,
                   std::optional<double> measured, std::string evidence);

// True where a run of `plan` is the claim's own experiment (same lab, knobs, faults and length; any
// seed), so that its verdict may be read off that run.
bool isExperimentOf(const study::Claim& claim, const RunPlan& plan);

// Asked again and again while experiments run: (experiments done, experiments in all); false stops.
using KeepGoing = std::function<bool(int, int)>;

// Runs the experiments of the claims (equal ones once) and judges each. Claims whose experiments
// were not run any more are NotReached.
std::vector<ClaimOutcome> verify(const std::vector<const study::Scenario*>& scenarios,
                                 const KeepGoing& keepGoing);

// Runs what the claim's number needs, and reads it; its comparator and value are not looked at.
Result<double> measure(const study::Claim& claim, const KeepGoing& keepGoing);

}  // namespace ringside::run
