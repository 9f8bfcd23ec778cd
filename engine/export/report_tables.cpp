#include "engine/export/report_tables.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <variant>
#include <vector>

#include "engine/export/svg_chart.h"
#include "engine/metrics/format_value.h"

namespace ringside::exports {
namespace {

using Cells = std::vector<std::string>;

class HtmlTable {
 public:
  // Columns from `firstNumber` on hold figures.
  HtmlTable(std::string_view title, const Cells& heading, std::size_t firstNumber = 99)
      : firstNumber_(firstNumber) {
    html_ = fmt::format("<h2>{}</h2>\n<table>\n", xmlText(title));
    if (!heading.empty()) line("th", heading);
  }

  void row(const Cells& cells) {
    any_ = true;
    line("td", cells);
  }

  std::string take() { return any_ ? html_ + "</table>\n" : ""; }

 private:
  void line(const char* tag, const Cells& cells) {
    html_ += "<tr>";
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const bool verdict = cells[i] == "holds" || cells[i] == "fails";
      const std::string kind = i >= firstNumber_ ? " class=\"n\""
                               : verdict         ? " class=\"" + cells[i] + "\""
                                                 : "";
      html_ += fmt::format("<{}{}>{}</{}>", tag, kind, xmlText(cells[i]), tag);
    }
    html_ += "</tr>\n";
  }

  std::string html_;
  std::size_t firstNumber_;
  bool any_ = false;
};

const lab::ParameterSpec* knobOf(const RunRecord& record, const std::string& key) {
  const auto& knobs = record.info.knobs;
  const auto found = std::ranges::find(knobs, key, &lab::ParameterSpec::key);
  return found == knobs.end() ? nullptr : &*found;
}

std::string timeText(Instant at) {
  return at == kNever ? "end" : lab::formatDuration(at.time_since_epoch());
}

std::string actText(const RunRecord& record, const run::JournalEntry& entry) {
  if (const auto* turned = std::get_if<run::KnobTurned>(&entry.act)) {
    const auto* spec = knobOf(record, turned->key);
    return fmt::format(
        "{} = {}", turned->key,
        spec == nullptr ? fmt::format("{}", turned->value) : lab::format(*spec, turned->value));
  }
  if (const auto* injected = std::get_if<run::FaultInjected>(&entry.act)) {
    return lab::formatFault(record.info.faults, {entry.at, injected->order});
  }
  return fmt::format("fault {} lifted", std::get<run::FaultLifted>(entry.act).id);
}

}  // namespace

std::string runTable(const RunRecord& record) {
  const lab::Frame& frame = record.frame;
  HtmlTable table("Run", {});
  table.row({"Lab", record.info.id});
  table.row({"Preset", record.plan.preset.empty() ? "none" : record.plan.preset});
  table.row({"Seed", fmt::format("{}", record.plan.seed)});
  table.row({"Virtual time", timeText(frame.now)});
  table.row({"Events", fmt::format("{}", frame.events)});
  table.row({"Fingerprint", fingerprintText(frame.fingerprint)});
  if (record.plan.arrivals) table.row({"Arrivals", record.plan.arrivals->name});
  table.row({"Ringside", std::string(engineVersion())});
  return table.take();
}

std::string settingsTable(const RunRecord& record) {
  HtmlTable table("Settings", {"Parameter", "Value", "Usual value", "What it is"});
  for (const lab::ParameterValue& knob : record.frame.knobs) {
    const lab::ParameterSpec* spec = knobOf(record, knob.key);
    if (spec == nullptr) {
      table.row({knob.key, fmt::format("{}", knob.value), "", ""});
      continue;
    }
    const bool changed = spec->initial != knob.value;
    table.row({knob.key, lab::format(*spec, knob.value),
               changed ? lab::format(*spec, spec->initial) : "", spec->label});
  }
  return table.take();
}

std::string actsTable(const RunRecord& record) {
  HtmlTable faults("Faults", {"From", "To", "What"});
  for (const lab::FaultWindow& fault : record.frame.faults) {
    faults.row({timeText(fault.from), timeText(fault.to), fault.text});
  }
  HtmlTable acts("Done while it ran", {"At", "After event", "What"});
  for (const run::JournalEntry& entry : record.journal) {
    acts.row({timeText(entry.at), fmt::format("{}", entry.afterEvent), actText(record, entry)});
  }
  return faults.take() + acts.take();
}

std::string claimsTable(const RunRecord& record) {
  HtmlTable claims("Claims", {"Verdict", "Claim", "Expected", "Measured", "Evidence"});
  for (const run::ClaimOutcome& claim : record.claims) {
    claims.row({std::string(verdictText(claim.verdict)), claim.text,
                claim.metric + " " + claim.expected, claim.measuredText, claim.evidence});
  }
  HtmlTable checks("Checks", {"Verdict", "Check", "Evidence"});
  for (const lab::CheckResult& check : record.checks) {
    checks.row({std::string(verdictText(check.verdict)), check.text, check.evidence});
  }
  return claims.take() + checks.take();
}

std::string metricsTable(const RunRecord& record) {
  HtmlTable table(
      "Metrics", {"Metric", "Kind", "Count", "Rate", "Value or mean", "p50", "p99", "p99.9", "Max"},
      2);
  for (const metrics::MetricValue& metric : record.metrics) {
    const auto text = [&](std::optional<double> value, metrics::Unit unit) {
      return value ? metrics::formatValue(*value, unit) : std::string();
    };
    const bool gauge = metric.kind == metrics::MetricKind::Gauge;
    table.row({metric.name, std::string(kindText(metric.kind)), fmt::format("{}", metric.count),
               text(metric.rate, metrics::Unit::PerSecond),
               text(gauge ? metric.value : metric.mean, metric.unit), text(metric.p50, metric.unit),
               text(metric.p99, metric.unit), text(metric.p999, metric.unit),
               text(metric.max, metric.unit)});
  }
  return table.take();
}

}  // namespace ringside::exports
