#include "app/cli/result_table.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>

#include "app/cli/text_table.h"
#include "engine/lab/fault.h"
#include "engine/metrics/format_value.h"

namespace ringside::cli {
namespace {

using metrics::MetricKind;
using metrics::MetricValue;
using metrics::Unit;

std::string cell(const std::optional<double>& value, Unit unit) {
  return value ? metrics::formatValue(*value, unit) : "-";
}

std::string count(std::uint64_t number) {
  return metrics::formatValue(static_cast<double>(number), Unit::Count);
}

std::string headText(const exports::RunRecord& record) {
  const lab::Frame& frame = record.frame;
  std::string text = record.info.title;
  if (!record.plan.preset.empty()) text += ", preset " + record.plan.preset;
  text += fmt::format(", seed {}\n", record.plan.seed);
  text += fmt::format("  {} of virtual time, {} events",
                      lab::formatDuration(frame.now.time_since_epoch()), count(frame.events));
  if (record.wallSeconds && *record.wallSeconds > 0) {
    const double pace = static_cast<double>(frame.events) / *record.wallSeconds;
    text += fmt::format(" in {} ({} events/s)",
                        metrics::formatValue(*record.wallSeconds * 1e9, Unit::Nanoseconds),
                        metrics::formatNumber(pace));
  }
  text += fmt::format("\n  fingerprint {}\n", exports::fingerprintText(frame.fingerprint));
  if (record.plan.arrivals) {
    const lab::ArrivalTrace& trace = *record.plan.arrivals;
    text += fmt::format("  arrivals from {}: {} rows, {} bad", trace.name,
                        count(trace.arrivals.size()), count(trace.badRows));
    text += trace.firstBadRow.empty() ? "\n" : fmt::format(" (first: {})\n", trace.firstBadRow);
  }
  for (const lab::FaultWindow& fault : frame.faults) {
    text += fmt::format("  fault at {}: {}\n", lab::formatDuration(fault.from.time_since_epoch()),
                        fault.text);
  }
  return text;
}

std::string metricsText(const std::vector<MetricValue>& all) {
  TextTable spread({"DISTRIBUTION", "COUNT", "MEAN", "P50", "P90", "P99", "P99.9", "MAX"});
  TextTable totals({"COUNTER", "TOTAL", "PER SECOND"});
  TextTable levels({"GAUGE", "LAST", "MEAN", "MAX"});
  for (const MetricValue& metric : all) {
    const Unit unit = metric.unit;
    if (metric.kind == MetricKind::Distribution) {
      spread.add({metric.name, count(metric.count), cell(metric.mean, unit), cell(metric.p50, unit),
                  cell(metric.p90, unit), cell(metric.p99, unit), cell(metric.p999, unit),
                  cell(metric.max, unit)});
    } else if (metric.kind == MetricKind::Counter) {
      totals.add({metric.name, count(metric.count), cell(metric.rate, Unit::PerSecond)});
    } else {
      levels.add(
          {metric.name, cell(metric.value, unit), cell(metric.mean, unit), cell(metric.max, unit)});
    }
  }
  std::string text;
  for (const TextTable* table : {&spread, &totals, &levels}) {
    if (!table->empty()) text += "\n" + table->text();
  }
  return text;
}

std::string theoryText(const std::vector<lab::TheoryLine>& lines) {
  TextTable table({"THEORY", "METRIC", "PREDICTED", "MEASURED", "ASSUMPTIONS"}, Align::Left);
  for (const lab::TheoryLine& line : lines) {
    table.add({line.law, lab::expressionOf(line), cell(line.predicted, line.unit),
               cell(line.measured, line.unit), lab::verdictOf(line)});
  }
  return table.empty() ? "" : "\n" + table.text();
}

// Of the distributions; --json has all metrics.
std::string steadyText(const lab::Frame& frame, const std::vector<MetricValue>& all) {
  TextTable table({"STEADY STATE", "MEAN", "95 % INTERVAL", "WARM-UP", "LONG ENOUGH"});
  for (const lab::SteadyMetric& steady : frame.steady) {
    const auto metric = std::ranges::find(all, steady.name, &MetricValue::name);
    const bool shown = metric != all.end() && metric->kind == MetricKind::Distribution;
    if (!shown || steady.interval.count == 0) continue;
    table.add({steady.name, metrics::formatValue(steady.interval.mean, steady.unit),
               "+- " + metrics::formatValue(steady.interval.half, steady.unit),
               metrics::formatValue(toSeconds(steady.warmUp) * 1e9, Unit::Nanoseconds),
               steady.enough ? "yes" : "no: " + steady.why});
  }
  return table.empty() ? "" : "\n" + table.text();
}

std::string checksText(const std::vector<lab::CheckResult>& checks) {
  TextTable table({"CHECK", "VERDICT", "EVIDENCE"}, Align::Left);
  for (const lab::CheckResult& check : checks) {
    table.add({check.text, std::string(exports::verdictText(check.verdict)), check.evidence});
  }
  return table.empty() ? "" : "\n" + table.text();
}

}  // namespace

std::string claimsText(const std::vector<run::ClaimOutcome>& claims) {
  TextTable table(
      {"CLAIM", "SCENARIO", "METRIC", "EXPECTED", "MEASURED", "VERDICT", "AS CONTENT SAYS"},
      Align::Left);
  for (const run::ClaimOutcome& claim : claims) {
    table.add({claim.id, claim.scenario, claim.metric, claim.expected,
               claim.measured ? claim.measuredText : "-",
               std::string(exports::verdictText(claim.verdict)),
               claim.asContentSays ? "yes" : "NO"});
  }
  return table.empty() ? "" : table.text();
}

std::string resultText(const exports::RunRecord& record) {
  std::string text = headText(record) + metricsText(record.metrics) +
                     steadyText(record.frame, record.metrics) + theoryText(record.frame.theory) +
                     checksText(record.checks);
  if (!record.claims.empty()) text += "\n" + claimsText(record.claims);
  return text;
}

}  // namespace ringside::cli
