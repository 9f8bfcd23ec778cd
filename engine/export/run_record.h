// RunRecord: all that an export may know of a run, copied out of it at one moment.
//
// Model     A plain value, so that a window can take it between two slices of a run and write files
//           while the run goes on.
// Promise   runId() depends on the run alone, so equal runs have equal ids on every machine.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/export/histograms.h"
#include "engine/lab/frame.h"
#include "engine/lab/lab.h"
#include "engine/metrics/metric_value.h"
#include "engine/run/claims.h"
#include "engine/run/journal.h"
#include "engine/run/plan.h"

namespace ringside::run {
class Run;
}

namespace ringside::exports {

// What the run is to answer: the scenario it belongs to.
struct Question {
  std::string title;  // "One million payments a second".
  std::string text;   // Markdown.
};

struct RunRecord {
  lab::LabInfo info;
  run::RunPlan plan;
  run::Journal journal;
  lab::Frame frame;
  std::vector<metrics::MetricValue> metrics;
  std::vector<lab::CheckResult> checks;
  std::vector<run::ClaimOutcome> claims;  // Left empty by recordOf(): whoever judges fills it in.
  std::optional<double> wallSeconds;      // Likewise: the engine has no wall clock.
  std::vector<HistogramValue> histograms{};
  std::vector<Question> questions{};  // Left empty by recordOf(), too.
};

RunRecord recordOf(const run::Run& run);

// "payment-gateway-7-00a1b2c3d4e5f607": lab, seed and fingerprint.
std::string runId(const RunRecord& record);
// Sixteen hexadecimal digits: a JSON number would lose the low bits.
std::string fingerprintText(std::uint64_t fingerprint);
// Of Ringside, "0.1.0".
std::string_view engineVersion();

// "holds", "fails", "not reached".
std::string_view verdictText(lab::Verdict verdict);
// "info", "good", "warning", "bad".
std::string_view severityText(lab::Severity severity);
// "counter", "gauge", "distribution".
std::string_view kindText(metrics::MetricKind kind);

// The slowest and the sampled requests, each once, by id.
struct PickedTrace {
  const lab::Trace* trace = nullptr;
  bool slowest = false;
  bool sampled = false;
};
std::vector<PickedTrace> pickedTraces(const lab::Frame& frame);

}  // namespace ringside::exports
