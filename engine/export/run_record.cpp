#include "engine/export/run_record.h"

#include <fmt/format.h>
#include <map>

namespace ringside::exports {

std::string fingerprintText(std::uint64_t fingerprint) {
  return fmt::format("{:016x}", fingerprint);
}

std::string runId(const RunRecord& record) {
  return fmt::format("{}-{}-{}", record.info.id, record.plan.seed,
                     fingerprintText(record.frame.fingerprint));
}

std::string_view engineVersion() { return RINGSIDE_VERSION; }

std::string_view verdictText(lab::Verdict verdict) {
  switch (verdict) {
    case lab::Verdict::NotReached:
      return "not reached";
    case lab::Verdict::Holds:
      return "holds";
    case lab::Verdict::Fails:
      return "fails";
  }
  return "";
}

std::string_view severityText(lab::Severity severity) {
  switch (severity) {
    case lab::Severity::Info:
      return "info";
    case lab::Severity::Good:
      return "good";
    case lab::Severity::Warning:
      return "warning";
    case lab::Severity::Bad:
      return "bad";
  }
  return "";
}

std::string_view kindText(metrics::MetricKind kind) {
  switch (kind) {
    case metrics::MetricKind::Counter:
      return "counter";
    case metrics::MetricKind::Gauge:
      return "gauge";
    case metrics::MetricKind::Distribution:
      return "distribution";
  }
  return "";
}

std::vector<PickedTrace> pickedTraces(const lab::Frame& frame) {
  std::map<std::uint64_t, PickedTrace> byId;
  for (const lab::Trace& trace : frame.slowest) {
    PickedTrace& picked = byId[trace.id];
    picked.trace = &trace;
    picked.slowest = true;
  }
  for (const lab::Trace& trace : frame.sampled) {
    PickedTrace& picked = byId[trace.id];
    picked.trace = &trace;
    picked.sampled = true;
  }
  std::vector<PickedTrace> all;
  for (const auto& [id, picked] : byId) all.push_back(picked);
  return all;
}

}  // namespace ringside::exports
