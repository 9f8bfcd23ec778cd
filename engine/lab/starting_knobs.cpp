#include "engine/lab/starting_knobs.h"

#include <algorithm>
#include <fmt/format.h>

namespace ringside::lab {
namespace {

// Where the knob stands in the lab's list; past its end for one it has not.
std::size_t placeOf(const LabInfo& info, std::string_view key) {
  const auto found = std::ranges::find(info.knobs, key, &ParameterSpec::key);
  return static_cast<std::size_t>(found - info.knobs.begin());
}

Error unknownKnob(const LabInfo& info, std::string_view key) {
  return Error{
      fmt::format("unknown knob '{}' of lab {}; 'describe {}' lists them", key, info.id, info.id)};
}

Result<Done> applyPreset(const LabInfo& info, std::string_view id,
                         std::vector<ParameterValue>& values) {
  const auto preset = std::ranges::find(info.presets, id, &Preset::id);
  if (preset == info.presets.end()) {
    std::string known;
    for (const Preset& each : info.presets) known += (known.empty() ? "" : ", ") + each.id;
    return Error{fmt::format("unknown preset '{}' of lab {}; there are: {}", id, info.id, known)};
  }
  for (const auto& [key, text] : preset->values) {
    const std::size_t place = placeOf(info, key);
    if (place == values.size()) return unknownKnob(info, key);
    const Result<double> value = parse(info.knobs[place], text);
    if (!value) return value.error();
    values[place].value = *value;
  }
  return Done{};
}

}  // namespace

Result<std::vector<ParameterValue>> startingKnobs(const LabInfo& info, std::string_view preset,
                                                  const std::vector<ParameterValue>& changes) {
  std::vector<ParameterValue> values;
  for (const ParameterSpec& knob : info.knobs) values.push_back({knob.key, knob.initial});
  if (!preset.empty()) {
    if (const auto applied = applyPreset(info, preset, values); !applied) return applied.error();
  }
  for (const ParameterValue& change : changes) {
    const std::size_t place = placeOf(info, change.key);
    if (place == values.size()) return unknownKnob(info, change.key);
    const ParameterSpec& spec = info.knobs[place];
    if (!allows(spec, change.value)) {
      return Error{fmt::format("{}: {} is not allowed; allowed is {}", spec.key,
                               format(spec, change.value), allowedText(spec))};
    }
    values[place].value = change.value;
  }
  return values;
}

}  // namespace ringside::lab
