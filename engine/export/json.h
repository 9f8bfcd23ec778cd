// Json: the objects that --json prints and that result.json holds.
//
// Model     One object, keys in a fixed order. Numbers are in base units (durations in
//           nanoseconds); the fingerprint is a hexadecimal string. Fields may be added, never
//           renamed.
//   run       lab, preset, seed, mode, state, error, fingerprint, virtual_seconds, wall_seconds,
//             events, events_per_second, engine_version, run_id, parameters {key: {value, unit,
//             text}}, faults [..], arrivals {file, rows, bad_rows, first_bad} or null,
//             metrics {name: {kind, unit, count, rate, value, mean, stddev, min, max, p50, p90,
//             p95, p99, p999}} with the fields that apply, theory [{id, law, formula, metric, unit,
//             predicted, measured, holds, assumptions [{text, holds, why}]}], steady_state {name:
//             {unit, warm_up_s, mean, half_width, level, enough, why}} of a finished run, checks
//             [{id, text, verdict, evidence}],
//             claims [{scenario, id, text, metric, comparator, expected, measured, measured_text,
//             verdict, as_content_says, evidence}].
//   file      The same, and journal [..], series [{chart, line, unit, points [[t_s, low, high]]}],
//             percentiles, event_log, traces. Limits as in csv.h.
// Promise   Valid JSON: a number that is not finite is null, text that is not UTF-8 is mended.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/export/run_record.h"

namespace ringside::exports {

std::string runJson(const RunRecord& record);   // Of `run --json`.
std::string fileJson(const RunRecord& record);  // Of result.json.

// What a claim needs for `describe`.
struct ClaimSummary {
  std::string scenario;
  std::string id;
  std::string text;
  std::string statement;  // "p99(payment.latency) <= 143ms".
};

struct LabSummary {
  lab::LabInfo info;
  std::vector<metrics::MetricValue> metrics;
  std::vector<ClaimSummary> claims;
};

std::string labsJson(const std::vector<lab::LabInfo>& labs);
std::string describeJson(const LabSummary& lab);
std::string verifyJson(const std::vector<run::ClaimOutcome>& claims,
                       const std::vector<std::string>& contentErrors);

// `text` with quotes, as JSON; for formats that are JSON but not written by a library.
std::string jsonString(std::string_view text);
// `text` with the replacement character for bytes that are not UTF-8.
std::string validUtf8(std::string_view text);

}  // namespace ringside::exports
