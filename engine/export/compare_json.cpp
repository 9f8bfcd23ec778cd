#include "engine/export/compare_json.h"

#include <algorithm>

#include "engine/export/json_values.h"

namespace ringside::exports {
namespace {

std::string textOf(const lab::ParameterValue& change, const lab::LabInfo& info) {
  const auto spec = std::ranges::find(info.knobs, change.key, &lab::ParameterSpec::key);
  return spec == info.knobs.end() ? "" : lab::format(*spec, change.value);
}

Json sideJson(const run::SideOutcome& side, std::size_t number, const lab::LabInfo& info) {
  Json changes = Json::object();
  for (const lab::ParameterValue& knob : side.plan.knobs) changes[knob.key] = textOf(knob, info);
  Json fingerprints = Json::array();
  for (const std::uint64_t print : side.fingerprints)
    fingerprints.push_back(fingerprintText(print));
  const Duration length = side.plan.length > Duration::zero() ? side.plan.length : info.usualLength;
  return {{"name", sideName(number)},      {"preset", side.plan.preset},
          {"seed", side.plan.seed},        {"length_ns", length.count()},
          {"changes", std::move(changes)}, {"fingerprints", std::move(fingerprints)},
          {"events", side.events}};
}

Json eventJson(const std::optional<lab::NextEvent>& event) {
  if (!event) return nullptr;
  return {{"t_ns", event->at.time_since_epoch().count()},
          {"actor", event->actor},
          {"kind", event->kind}};
}

Json divergenceJson(const std::optional<run::Divergence>& divergence) {
  if (!divergence) return nullptr;
  return {{"event", divergence->number},
          {"a", eventJson(divergence->first)},
          {"b", eventJson(divergence->second)}};
}

Json deltaJson(const run::Delta& delta) {
  Json interval = nullptr;
  if (delta.interval) {
    interval = {{"low", number(delta.interval->low())},
                {"high", number(delta.interval->high())},
                {"level", delta.interval->level},
                {"count", delta.interval->count}};
  }
  return {{"name", delta.statistic},
          {"unit", metrics::symbol(delta.unit)},
          {"a", number(delta.firstMean)},
          {"b", number(delta.otherMean)},
          {"absolute", number(delta.absolute)},
          {"relative", number(delta.relative)},
          {"interval", std::move(interval)},
          {"significant", delta.significant()},
          {"a_values", delta.first},
          {"b_values", delta.other}};
}

}  // namespace

std::string sideName(std::size_t side) { return std::string(1, static_cast<char>('A' + side)); }

std::string sideText(const run::RunPlan& plan, const lab::LabInfo& info) {
  std::string text = plan.preset.empty() ? "" : "preset " + plan.preset;
  for (const lab::ParameterValue& knob : plan.knobs) {
    text += (text.empty() ? "" : ", ") + knob.key + " " + textOf(knob, info);
  }
  return text.empty() ? "the lab's defaults" : text;
}

std::string compareJson(const run::Comparison& comparison, const lab::LabInfo& info) {
  Json sides = Json::array();
  for (std::size_t i = 0; i < comparison.sides.size(); ++i) {
    sides.push_back(sideJson(comparison.sides[i], i, info));
  }
  Json comparisons = Json::array();
  for (std::size_t i = 0; i < comparison.deltas.size(); ++i) {
    Json statistics = Json::array();
    for (const run::Delta& delta : comparison.deltas[i]) statistics.push_back(deltaJson(delta));
    comparisons.push_back({{"of", sideName(i + 1)},
                           {"against", sideName(0)},
                           {"first_difference", divergenceJson(comparison.divergences[i])},
                           {"statistics", std::move(statistics)}});
  }
  const std::size_t replications =
      comparison.sides.empty() ? 0 : comparison.sides.front().fingerprints.size();
  return dumped({{"lab", info.id},
                 {"engine_version", engineVersion()},
                 {"replications", replications},
                 {"sides", std::move(sides)},
                 {"comparisons", std::move(comparisons)}});
}

}  // namespace ringside::exports
