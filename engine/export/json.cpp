#include "engine/export/json.h"

#include "engine/export/json_values.h"

namespace ringside::exports {
namespace {

std::string_view stateText(lab::RunState state) {
  switch (state) {
    case lab::RunState::Idle:
      return "idle";
    case lab::RunState::Running:
      return "running";
    case lab::RunState::Paused:
      return "paused";
    case lab::RunState::Finished:
      return "finished";
    case lab::RunState::Failed:
      return "failed";
  }
  return "";
}

Json arrivalsJson(const RunRecord& record) {
  if (!record.plan.arrivals) return nullptr;
  const lab::ArrivalTrace& trace = *record.plan.arrivals;
  return {{"file", trace.name},
          {"rows", trace.arrivals.size()},
          {"bad_rows", trace.badRows},
          {"first_bad", trace.firstBadRow.empty() ? Json(nullptr) : Json(trace.firstBadRow)}};
}

Json checksJson(const RunRecord& record) {
  Json all = Json::array();
  for (const lab::CheckResult& check : record.checks) {
    all.push_back({{"id", check.id},
                   {"text", check.text},
                   {"verdict", verdictText(check.verdict)},
                   {"evidence", check.evidence}});
  }
  return all;
}

Json metricsJson(const std::vector<metrics::MetricValue>& metrics) {
  Json all = Json::object();
  for (const metrics::MetricValue& metric : metrics) all[metric.name] = metricJson(metric);
  return all;
}

Json allTheoryJson(const lab::Frame& frame) {
  Json all = Json::array();
  for (const lab::TheoryLine& line : frame.theory) all.push_back(theoryJson(line));
  return all;
}

Json allSteadyJson(const lab::Frame& frame) {
  Json all = Json::object();
  for (const lab::SteadyMetric& metric : frame.steady) all[metric.name] = steadyJson(metric);
  return all;
}

Json claimsJson(const std::vector<run::ClaimOutcome>& claims) {
  Json all = Json::array();
  for (const run::ClaimOutcome& claim : claims) all.push_back(claimJson(claim));
  return all;
}

Json runObject(const RunRecord& record) {
  const lab::Frame& frame = record.frame;
  const bool failed = frame.state == lab::RunState::Failed;
  std::optional<double> pace;
  if (record.wallSeconds && *record.wallSeconds > 0) {
    pace = static_cast<double>(frame.events) / *record.wallSeconds;
  }
  return {{"lab", record.info.id},
          {"preset", record.plan.preset},
          {"seed", record.plan.seed},
          {"mode", "virtual"},
          {"state", stateText(frame.state)},
          {"error", failed ? Json(frame.note) : Json(nullptr)},
          {"fingerprint", fingerprintText(frame.fingerprint)},
          {"virtual_seconds", toSeconds(frame.now)},
          {"wall_seconds", number(record.wallSeconds)},
          {"events", frame.events},
          {"events_per_second", number(pace)},
          {"engine_version", engineVersion()},
          {"run_id", runId(record)},
          {"parameters", parametersJson(record)},
          {"faults", faultsJson(record)},
          {"arrivals", arrivalsJson(record)},
          {"metrics", metricsJson(record.metrics)},
          {"theory", allTheoryJson(frame)},
          {"steady_state", allSteadyJson(frame)},
          {"checks", checksJson(record)},
          {"claims", claimsJson(record.claims)}};
}

Json seriesJson(const lab::Frame& frame) {
  Json all = Json::array();
  for (const lab::Chart& chart : frame.charts) {
    for (const lab::Series& line : chart.series) {
      Json points = Json::array();
      for (const lab::SeriesPoint& point : line.points) {
        points.push_back({number(point.seconds), number(point.low), number(point.high)});
      }
      const auto unit = line.unit == metrics::Unit::None ? chart.unit : line.unit;
      all.push_back({{"chart", chart.id},
                     {"line", line.name},
                     {"unit", metrics::symbol(unit)},
                     {"points", std::move(points)}});
    }
  }
  return all;
}

Json percentilesJson(const lab::Frame& frame) {
  Json all = Json::array();
  for (const lab::Chart& chart : frame.charts) {
    if (chart.distribution.empty()) continue;
    Json points = Json::array();
    for (const lab::PercentilePoint& point : chart.distribution) {
      points.push_back({number(point.percentile), number(point.value), point.count});
    }
    all.push_back({{"chart", chart.id},
                   {"unit", metrics::symbol(chart.unit)},
                   {"points", std::move(points)}});
  }
  return all;
}

Json eventLogJson(const lab::Frame& frame) {
  Json lines = Json::array();
  for (const lab::EventLine& event : frame.eventTail) {
    lines.push_back({{"t_ns", event.at.time_since_epoch().count()},
                     {"event", event.number},
                     {"component", event.component},
                     {"severity", severityText(event.severity)},
                     {"text", event.text}});
  }
  return {{"dropped", frame.eventLinesDropped}, {"lines", std::move(lines)}};
}

Json tracesJson(const lab::Frame& frame) {
  Json all = Json::array();
  for (const PickedTrace& picked : pickedTraces(frame)) {
    const lab::Trace& trace = *picked.trace;
    Json steps = Json::array();
    for (const lab::TraceStep& step : trace.steps) {
      steps.push_back({{"name", step.name},
                       {"component", step.component},
                       {"start_ns", step.start.time_since_epoch().count()},
                       {"wait_ns", step.wait.count()},
                       {"service_ns", step.service.count()}});
    }
    all.push_back({{"id", trace.id},
                   {"slowest", picked.slowest},
                   {"sampled", picked.sampled},
                   {"label", trace.label},
                   {"outcome", trace.outcome},
                   {"start_ns", trace.start.time_since_epoch().count()},
                   {"end_ns", trace.end.time_since_epoch().count()},
                   {"steps", std::move(steps)}});
  }
  return all;
}

Json labObject(const lab::LabInfo& info) {
  Json presets = Json::array();
  for (const lab::Preset& preset : info.presets) {
    Json values = Json::object();
    for (const auto& [key, value] : preset.values) values[key] = value;
    presets.push_back({{"id", preset.id},
                       {"label", preset.label},
                       {"help", preset.help},
                       {"values", std::move(values)}});
  }
  return {{"id", info.id},
          {"title", info.title},
          {"summary", info.summary},
          {"usual_length_ns", info.usualLength.count()},
          {"accepts_arrivals", info.acceptsArrivals},
          {"presets", std::move(presets)}};
}

}  // namespace

std::string runJson(const RunRecord& record) { return dumped(runObject(record)); }

std::string fileJson(const RunRecord& record) {
  Json json = runObject(record);
  json["journal"] = journalJson(record.journal, record.info);
  json["series"] = seriesJson(record.frame);
  json["percentiles"] = percentilesJson(record.frame);
  json["event_log"] = eventLogJson(record.frame);
  json["traces"] = tracesJson(record.frame);
  return dumped(json);
}

std::string labsJson(const std::vector<lab::LabInfo>& labs) {
  Json all = Json::array();
  for (const lab::LabInfo& info : labs) all.push_back(labObject(info));
  return dumped({{"engine_version", engineVersion()}, {"labs", std::move(all)}});
}

std::string describeJson(const LabSummary& lab) {
  Json json = labObject(lab.info);
  Json& parameters = json["parameters"] = Json::array();
  for (const auto& knob : lab.info.knobs) parameters.push_back(parameterSpecJson(knob));
  Json& faults = json["faults"] = Json::array();
  for (const auto& fault : lab.info.faults) faults.push_back(faultSpecJson(fault));
  Json& metrics = json["metrics"] = Json::array();
  for (const metrics::MetricValue& metric : lab.metrics) {
    metrics.push_back({{"name", metric.name},
                       {"kind", kindText(metric.kind)},
                       {"unit", metrics::symbol(metric.unit)},
                       {"help", metric.help}});
  }
  Json& claims = json["claims"] = Json::array();
  for (const ClaimSummary& claim : lab.claims) {
    claims.push_back({{"scenario", claim.scenario},
                      {"id", claim.id},
                      {"text", claim.text},
                      {"statement", claim.statement}});
  }
  return dumped(json);
}

std::string verifyJson(const std::vector<run::ClaimOutcome>& claims,
                       const std::vector<std::string>& contentErrors) {
  std::size_t agreeing = 0;
  for (const run::ClaimOutcome& claim : claims) agreeing += claim.asContentSays ? 1 : 0;
  return dumped({{"engine_version", engineVersion()},
                 {"claims_checked", claims.size()},
                 {"as_content_says", agreeing},
                 {"claims", claimsJson(claims)},
                 {"content_errors", contentErrors}});
}

std::string jsonString(std::string_view text) {
  return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string validUtf8(std::string_view text) {
  return Json::parse(jsonString(text)).get<std::string>();
}

}  // namespace ringside::exports
