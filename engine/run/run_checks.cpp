#include "engine/run/run_checks.h"

#include <algorithm>

namespace ringside::run {

const lab::ParameterSpec* specOf(const lab::LabInfo& info, std::string_view key) {
  const auto found = std::ranges::find(info.knobs, key, &lab::ParameterSpec::key);
  return found == info.knobs.end() ? nullptr : &*found;
}

Result<Done> checkedValue(const lab::LabInfo& info, std::string_view key, double value) {
  const lab::ParameterSpec* spec = specOf(info, key);
  if (spec == nullptr) {
    return Error{"unknown knob '" + std::string(key) + "' of lab " + info.id + "; 'describe " +
                 info.id + "' lists them"};
  }
  if (!allows(*spec, value)) {
    return Error{spec->key + ": " + format(*spec, value) + " is not allowed; allowed is " +
                 allowedText(*spec)};
  }
  return Done{};
}

std::string textOf(const lab::LabInfo& info, const lab::FaultOrder& order) {
  for (const lab::FaultSpec& spec : info.faults) {
    if (spec.name != order.name) continue;
    std::string text = spec.label;
    for (std::size_t i = 0; i < order.arguments.size() && i < spec.arguments.size(); ++i) {
      text += " " + format(spec.arguments[i], order.arguments[i].value);
    }
    return text;
  }
  return order.name;
}

}  // namespace ringside::run
