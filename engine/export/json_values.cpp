#include "engine/export/json_values.h"

#include <algorithm>
#include <cmath>
#include <variant>

namespace ringside::exports {
namespace {

template <class... Parts>
struct Overloaded : Parts... {
  using Parts::operator()...;
};
template <class... Parts>
Overloaded(Parts...) -> Overloaded<Parts...>;

const lab::ParameterSpec* knobOf(const lab::LabInfo& info, const std::string& key) {
  const auto found = std::ranges::find(info.knobs, key, &lab::ParameterSpec::key);
  return found == info.knobs.end() ? nullptr : &*found;
}

// What a journal entry does; its place is added by the caller.
Json actJson(const run::JournalEntry& entry, const lab::LabInfo& info) {
  return std::visit(Overloaded{[&](const run::KnobTurned& turned) {
                                 const lab::ParameterSpec* spec = knobOf(info, turned.key);
                                 const auto text =
                                     spec != nullptr ? lab::format(*spec, turned.value) : "";
                                 return Json{{"act", "knob"},
                                             {"key", turned.key},
                                             {"value", number(turned.value)},
                                             {"text", text}};
                               },
                               [&](const run::FaultInjected& injected) {
                                 const lab::ScheduledFault fault{entry.at, injected.order};
                                 return Json{{"act", "inject"},
                                             {"fault", injected.id},
                                             {"text", lab::formatFault(info.faults, fault)}};
                               },
                               [](const run::FaultLifted& lifted) {
                                 return Json{{"act", "lift"}, {"fault", lifted.id}};
                               }},
                    entry.act);
}

std::string_view scaleText(lab::ParameterScale scale) {
  return scale == lab::ParameterScale::Linear ? "linear" : "logarithmic";
}

std::string_view parameterKindText(lab::ParameterKind kind) {
  switch (kind) {
    case lab::ParameterKind::Integer:
      return "integer";
    case lab::ParameterKind::Real:
      return "real";
    case lab::ParameterKind::Duration:
      return "duration";
    case lab::ParameterKind::Choice:
      return "choice";
    case lab::ParameterKind::Toggle:
      return "toggle";
  }
  return "";
}

std::string_view unitText(const lab::ParameterSpec& spec) {
  if (spec.kind == lab::ParameterKind::Duration) return "ns";
  return metrics::symbol(spec.unit);
}

}  // namespace

Json number(std::optional<double> value) {
  if (!value || !std::isfinite(*value)) return nullptr;
  return *value;
}

Json metricJson(const metrics::MetricValue& metric) {
  Json json{{"kind", kindText(metric.kind)},
            {"unit", metrics::symbol(metric.unit)},
            {"count", metric.count}};
  const auto add = [&](const char* name, std::optional<double> value) {
    if (value) json[name] = number(value);
  };
  add("rate", metric.rate);
  add("value", metric.value);
  add("mean", metric.mean);
  add("stddev", metric.stddev);
  add("min", metric.min);
  add("max", metric.max);
  add("p50", metric.p50);
  add("p90", metric.p90);
  add("p95", metric.p95);
  add("p99", metric.p99);
  add("p999", metric.p999);
  return json;
}

Json theoryJson(const lab::TheoryLine& line) {
  Json assumptions = Json::array();
  for (const theory::Assumption& assumption : line.assumptions) {
    assumptions.push_back(
        {{"text", assumption.text}, {"holds", assumption.holds}, {"why", assumption.why}});
  }
  return {{"id", line.id},
          {"law", line.law},
          {"formula", line.formula},
          {"metric", lab::expressionOf(line)},
          {"unit", metrics::symbol(line.unit)},
          {"predicted", number(line.predicted)},
          {"measured", number(line.measured)},
          {"holds", line.holds()},
          {"assumptions", std::move(assumptions)}};
}

Json steadyJson(const lab::SteadyMetric& metric) {
  const bool known = metric.interval.count > 0;
  return {{"unit", metrics::symbol(metric.unit)},
          {"warm_up_s", toSeconds(metric.warmUp)},
          {"mean", known ? number(metric.interval.mean) : Json(nullptr)},
          {"half_width", known ? number(metric.interval.half) : Json(nullptr)},
          {"level", metric.interval.level},
          {"enough", metric.enough},
          {"why", metric.why}};
}

Json claimJson(const run::ClaimOutcome& claim) {
  return {{"scenario", claim.scenario},
          {"id", claim.id},
          {"text", claim.text},
          {"metric", claim.metric},
          {"comparator", claim.comparator},
          {"expected", claim.expected},
          {"measured", number(claim.measured)},
          {"measured_text", claim.measuredText},
          {"verdict", verdictText(claim.verdict)},
          {"as_content_says", claim.asContentSays},
          {"evidence", claim.evidence}};
}

Json journalJson(const run::Journal& journal, const lab::LabInfo& info) {
  Json all = Json::array();
  for (const run::JournalEntry& entry : journal) {
    Json json{{"t_ns", entry.at.time_since_epoch().count()}, {"after_event", entry.afterEvent}};
    json.update(actJson(entry, info));
    all.push_back(std::move(json));
  }
  return all;
}

Json parametersJson(const RunRecord& record) {
  Json all = Json::object();
  for (const lab::ParameterValue& knob : record.frame.knobs) {
    const lab::ParameterSpec* spec = knobOf(record.info, knob.key);
    Json json{{"value", number(knob.value)}};
    if (spec != nullptr) {
      json["unit"] = unitText(*spec);
      json["text"] = lab::format(*spec, knob.value);
    }
    all[knob.key] = std::move(json);
  }
  return all;
}

Json faultsJson(const RunRecord& record) {
  Json all = Json::array();
  for (const lab::FaultWindow& fault : record.frame.faults) {
    Json until = nullptr;
    if (fault.to != kNever) until = fault.to.time_since_epoch().count();
    all.push_back({{"id", fault.id},
                   {"name", fault.name},
                   {"text", fault.text},
                   {"from_ns", fault.from.time_since_epoch().count()},
                   {"to_ns", std::move(until)}});
  }
  return all;
}

Json parameterSpecJson(const lab::ParameterSpec& spec) {
  Json json{{"key", spec.key},
            {"label", spec.label},
            {"group", spec.group},
            {"help", spec.help},
            {"kind", parameterKindText(spec.kind)},
            {"unit", unitText(spec)},
            {"default", number(spec.initial)},
            {"default_text", lab::format(spec, spec.initial)},
            {"allowed", lab::allowedText(spec)},
            {"live", spec.effect == lab::ParameterEffect::Live}};
  if (spec.kind == lab::ParameterKind::Choice) {
    json["choices"] = spec.choices;
  } else if (spec.kind != lab::ParameterKind::Toggle) {
    json["minimum"] = number(spec.minimum);
    json["maximum"] = number(spec.maximum);
    json["scale"] = scaleText(spec.scale);
  }
  return json;
}

Json faultSpecJson(const lab::FaultSpec& spec) {
  Json arguments = Json::array();
  for (const lab::ParameterSpec& argument : spec.arguments) {
    arguments.push_back(parameterSpecJson(argument));
  }
  return {{"name", spec.name},
          {"label", spec.label},
          {"help", spec.help},
          {"component", spec.component},
          {"count_knob", spec.countKnob},
          {"arguments", std::move(arguments)}};
}

std::string dumped(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace ringside::exports
