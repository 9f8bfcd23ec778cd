#include "engine/run/plan_text.h"

#include <algorithm>
#include <sstream>

namespace ringside::run {
namespace {

Result<Done> addPreset(const lab::LabInfo& info, RunPlan& plan, const std::string& id) {
  std::string known;
  for (const lab::Preset& preset : info.presets) {
    known += (known.empty() ? "" : ", ") + preset.id;
    if (preset.id != id) continue;
    plan.preset = id;
    return Done{};
  }
  return Error{"'" + id + "' is not a preset of " + info.id +
               "; allowed: " + (known.empty() ? "none" : known)};
}

Result<Done> addKnob(const lab::LabInfo& info, RunPlan& plan, const std::string& key,
                     const std::string& text) {
  const auto spec = std::ranges::find(info.knobs, key, &lab::ParameterSpec::key);
  if (spec == info.knobs.end()) {
    std::string known = "preset";
    for (const lab::ParameterSpec& each : info.knobs) known += ", " + each.key;
    return Error{"'" + key + "' is not a parameter of " + info.id + "; allowed: " + known};
  }
  const auto value = lab::parse(*spec, text);
  if (!value) return value.error();
  std::erase_if(plan.knobs, [&](const lab::ParameterValue& knob) { return knob.key == key; });
  plan.knobs.push_back({key, *value});
  return Done{};
}

}  // namespace

Result<RunPlan> planWith(const lab::LabInfo& info, RunPlan base, std::string_view words) {
  std::istringstream stream{std::string(words)};
  for (std::string word; stream >> word;) {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos) return Error{"'" + word + "' is not NAME=VALUE"};
    const std::string key = word.substr(0, equals);
    const std::string text = word.substr(equals + 1);
    const auto added =
        key == "preset" ? addPreset(info, base, text) : addKnob(info, base, key, text);
    if (!added) return added.error();
  }
  return base;
}

std::string wordsOf(const lab::LabInfo& info, const RunPlan& plan) {
  std::string words;
  for (const lab::ParameterValue& knob : plan.knobs) {
    const auto spec = std::ranges::find(info.knobs, knob.key, &lab::ParameterSpec::key);
    if (spec == info.knobs.end()) continue;
    words += (words.empty() ? "" : " ") + knob.key + "=" + lab::format(*spec, knob.value);
  }
  return words;
}

}  // namespace ringside::run
