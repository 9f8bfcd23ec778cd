#include "engine/lab/fault.h"

#include <algorithm>
#include <cstddef>
#include <fmt/format.h>
#include <optional>
#include <utility>

#include "engine/base/check.h"
#include "engine/lab/duration_text.h"

namespace ringside::lab {
namespace {

constexpr double kMostParts = 1e12;  // More than anyone would write.

using Words = std::vector<std::string_view>;

Words split(std::string_view text) {
  constexpr std::string_view kSpaces = " \t\r\n";
  Words words;
  std::size_t from = text.find_first_not_of(kSpaces);
  while (from != std::string_view::npos) {
    const std::size_t to = std::min(text.find_first_of(kSpaces, from), text.size());
    words.push_back(text.substr(from, to - from));
    from = text.find_first_not_of(kSpaces, to);
  }
  return words;
}

Error refuse(std::string_view text, std::string_view what) {
  return Error{fmt::format("fault '{}': {}", text, what)};
}

template <class Specs, class Name>
std::string namesOf(const Specs& specs, Name name) {
  if (specs.empty()) return "none";
  std::string names;
  for (const auto& spec : specs) names += (names.empty() ? "" : ", ") + spec.*name;
  return names;
}

const FaultSpec* find(const std::vector<FaultSpec>& known, std::string_view name) {
  const auto found = std::ranges::find(known, name, &FaultSpec::name);
  return found == known.end() ? nullptr : &*found;
}

bool numbersPart(const FaultSpec& spec, std::size_t argument) {
  return argument == 0 && !spec.countKnob.empty();
}

Error missingPart(const ParameterSpec& part, double number) {
  return Error{
      fmt::format("{} {} is not there: {}", part.key, format(part, number), allowedText(part))};
}

Result<double> readValue(const FaultSpec& spec, std::size_t argument, std::string_view text) {
  const ParameterSpec& known = spec.arguments[argument];
  auto value = parse(known, text);
  if (value || !numbersPart(spec, argument)) return value;
  ParameterSpec anyNumber = known;
  anyNumber.minimum = -kMostParts;
  anyNumber.maximum = kMostParts;
  const auto number = parse(anyNumber, text);
  return number ? missingPart(known, *number) : value;
}

Result<Done> checkArgument(const FaultSpec& spec, const FaultOrder& order, std::size_t i) {
  const ParameterSpec& known = spec.arguments[i];
  const bool given = i < order.arguments.size() && order.arguments[i].key == known.key;
  if (given && allows(known, order.arguments[i].value)) return Done{};
  if (given && numbersPart(spec, i)) return missingPart(known, order.arguments[i].value);
  return Error{fmt::format("{} must be {}", known.key, allowedText(known))};
}

FaultOrder initialOrder(const FaultSpec& spec) {
  FaultOrder order{spec.name, {}, kForever};
  for (const ParameterSpec& argument : spec.arguments) {
    order.arguments.push_back({argument.key, argument.initial});
  }
  return order;
}

// Reads one "ARG=VALUE" into `order`; `given` marks the arguments already seen.
Result<Done> readArgument(const FaultSpec& spec, std::string_view word, FaultOrder& order,
                          std::vector<bool>& given) {
  const std::size_t equals = word.find('=');
  if (equals == std::string_view::npos) {
    return Error{fmt::format("'{}' is neither ARGUMENT=VALUE nor 'for DURATION'", word)};
  }
  const std::string_view key = word.substr(0, equals);
  for (std::size_t i = 0; i < spec.arguments.size(); ++i) {
    const ParameterSpec& argument = spec.arguments[i];
    if (argument.key != key) continue;
    if (given[i]) return Error{fmt::format("argument '{}' is given twice", key)};
    const auto value = readValue(spec, i, word.substr(equals + 1));
    if (!value) return value.error();
    given[i] = true;
    order.arguments[i].value = *value;
    return Done{};
  }
  return Error{fmt::format("'{}' has no argument '{}'; allowed: {}", spec.name, key,
                           namesOf(spec.arguments, &ParameterSpec::key))};
}

// Reads what stands behind "for".
Result<Duration> readLength(const Words& words, std::size_t at) {
  if (at >= words.size()) return Error{"'for' needs a duration, such as 300ms"};
  if (at + 1 < words.size()) {
    return Error{fmt::format("'{}' stands behind the duration, where nothing may", words[at + 1])};
  }
  const auto length = parseDuration(words[at]);
  if (length && *length <= Duration::zero()) {
    return Error{fmt::format("duration '{}' must be above 0", words[at])};
  }
  return length;
}

Result<Done> readRest(const FaultSpec& spec, const Words& words, FaultOrder& order) {
  std::vector<bool> given(spec.arguments.size(), false);
  for (std::size_t i = 2; i < words.size(); ++i) {
    if (words[i] == "for") {
      const auto length = readLength(words, i + 1);
      if (!length) return length.error();
      order.duration = *length;
      return Done{};
    }
    if (const auto read = readArgument(spec, words[i], order, given); !read) return read.error();
  }
  return Done{};
}

}  // namespace

std::vector<FaultSpec> fitted(std::vector<FaultSpec> known,
                              const std::vector<ParameterValue>& knobs) {
  for (FaultSpec& spec : known) {
    if (spec.countKnob.empty()) continue;
    const auto count = std::ranges::find(knobs, spec.countKnob, &ParameterValue::key);
    RINGSIDE_CHECK(count != knobs.end());
    ParameterSpec& part = spec.arguments.at(0);
    part.maximum = part.minimum + count->value - 1;
    part.initial = std::min(part.initial, part.maximum);
  }
  return known;
}

Result<Done> checkOrder(const std::vector<FaultSpec>& known, const FaultOrder& order) {
  const FaultSpec* spec = find(known, order.name);
  if (spec == nullptr) {
    return Error{fmt::format("'{}' is not a fault of this lab; allowed: {}", order.name,
                             namesOf(known, &FaultSpec::name))};
  }
  const auto refused = [spec](std::string_view why) {
    return Error{fmt::format("fault {}: {}", spec->name, why)};
  };
  if (order.arguments.size() > spec->arguments.size()) {
    return refused(
        fmt::format("takes {} arguments, not {}", spec->arguments.size(), order.arguments.size()));
  }
  for (std::size_t i = 0; i < spec->arguments.size(); ++i) {
    if (const auto ok = checkArgument(*spec, order, i); !ok) return refused(ok.error().message);
  }
  if (order.duration <= Duration::zero()) return refused("lasts no time");
  return Done{};
}

Result<ScheduledFault> parseFault(const std::vector<FaultSpec>& known, std::string_view text) {
  const Words words = split(text);
  if (words.size() < 2) {
    return refuse(text, "needs 'TIME NAME [ARG=VALUE]... [for DURATION]'");
  }
  const auto at = parseDuration(words[0]);
  if (!at) return refuse(text, "time " + at.error().message);
  if (*at < Duration::zero()) return refuse(text, fmt::format("time '{}' is below 0", words[0]));
  const FaultSpec* spec = find(known, words[1]);
  if (spec == nullptr) {
    return refuse(text, fmt::format("'{}' is not a fault of this lab; allowed: {}", words[1],
                                    namesOf(known, &FaultSpec::name)));
  }
  FaultOrder order = initialOrder(*spec);
  if (const auto read = readRest(*spec, words, order); !read) {
    return refuse(text, read.error().message);
  }
  return ScheduledFault{Instant(*at), std::move(order)};
}

std::string formatFault(const std::vector<FaultSpec>& known, const ScheduledFault& fault) {
  const FaultOrder& order = fault.order;
  std::string text = formatDuration(fault.at.time_since_epoch()) + " " + order.name;
  const FaultSpec* spec = find(known, order.name);
  for (const ParameterValue& value : order.arguments) {
    const ParameterSpec plain;
    const ParameterSpec* argument = &plain;
    if (spec != nullptr) {
      const auto found = std::ranges::find(spec->arguments, value.key, &ParameterSpec::key);
      if (found != spec->arguments.end()) argument = &*found;
    }
    text += " " + value.key + "=" + format(*argument, value.value);
  }
  if (order.duration != kForever) text += " for " + formatDuration(order.duration);
  return text;
}

}  // namespace ringside::lab
