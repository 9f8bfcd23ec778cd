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

Result<Done> checkedOrder(const lab::LabInfo& info, const lab::FaultOrder& order) {
  std::string known;
  for (const lab::FaultSpec& spec : info.faults) {
    known += (known.empty() ? "" : ", ") + spec.name;
    if (spec.name != order.name) continue;
    if (order.arguments.size() > spec.arguments.size()) {
      return Error{"fault " + spec.name + ": takes " + std::to_string(spec.arguments.size()) +
                   " arguments, not " + std::to_string(order.arguments.size())};
    }
    for (std::size_t i = 0; i < spec.arguments.size(); ++i) {
      const bool complete = i < order.arguments.size() &&
                            order.arguments[i].key == spec.arguments[i].key &&
                            allows(spec.arguments[i], order.arguments[i].value);
      if (!complete) {
        return Error{"fault " + spec.name + ": " + spec.arguments[i].key + " must be " +
                     allowedText(spec.arguments[i])};
      }
    }
    if (order.duration <= Duration::zero()) return Error{"fault " + spec.name + ": lasts no time"};
    return Done{};
  }
  return Error{"unknown fault '" + order.name + "' of lab " + info.id + "; there are: " + known};
}

}  // namespace ringside::run
