// Condition::parse: the words of a condition against what a lab declares.
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <optional>

#include "engine/lab/duration_text.h"
#include "engine/lab/parameter.h"
#include "engine/run/condition.h"
#include "engine/run/nearest.h"

namespace ringside::run {
namespace {

using metrics::MetricKind;
using metrics::Unit;

constexpr std::size_t kLongest = 400;  // Characters of a condition.
constexpr std::array<std::pair<std::string_view, Condition::Comparator>, 6> kComparators = {
    {{">=", Condition::Comparator::GreaterOrEqual},
     {"<=", Condition::Comparator::LessOrEqual},
     {"==", Condition::Comparator::Equal},
     {"!=", Condition::Comparator::NotEqual},
     {">", Condition::Comparator::Greater},
     {"<", Condition::Comparator::Less}}};

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\n") - first + 1);
}

// The text in its parts; what is missing is empty.
struct Parts {
  std::string_view function;
  std::string_view name;
  std::string_view comparator;
  std::string_view value;
};

Result<Parts> split(std::string_view text) {
  Parts parts;
  std::string_view rest;
  const auto open = text.find('(');
  const auto sign = text.find_first_of("<>=!");
  if (open != std::string_view::npos && open < sign) {
    const auto close = text.find(')', open);
    if (close == std::string_view::npos) {
      return Error{fmt::format("\"{}\": the parenthesis is not closed", text)};
    }
    parts.function = trimmed(text.substr(0, open));
    parts.name = trimmed(text.substr(open + 1, close - open - 1));
    rest = trimmed(text.substr(close + 1));
  } else {
    // A metric's labels have an equals sign of their own.
    const auto labels = text.find('{');
    const auto from = labels < sign ? std::min(text.find('}', labels), text.size()) : 0;
    const auto end = std::min(text.find_first_of("<>=!", from), text.size());
    parts.function = "value";
    parts.name = trimmed(text.substr(0, end));
    rest = trimmed(text.substr(end));
  }
  for (const auto& [word, comparator] : kComparators) {
    if (!rest.starts_with(word)) continue;
    parts.comparator = word;
    parts.value = trimmed(rest.substr(word.size()));
    return parts;
  }
  if (!rest.empty()) {
    return Error{fmt::format("\"{}\" is no comparison; there are >, >=, <, <=, ==, !=", rest)};
  }
  return parts;
}

Error unknown(std::string_view what, std::string_view name, const std::vector<std::string>& known) {
  return Error{fmt::format("there is no {} \"{}\"; {}", what, name,
                           known.empty() ? "this lab has none" : nearestNames(name, known))};
}

std::string listOf(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, ", "));
}

}  // namespace

class ConditionReader {
 public:
  ConditionReader(const Parts& parts, const ConditionNames& names) : parts_(parts), names_(names) {}

  Result<Condition> read() {
    const auto& functions = conditionFunctions();
    condition_.function_ = parts_.function;
    condition_.name_ = parts_.name;
    if (std::ranges::find(functions, condition_.function_) == functions.end()) {
      return Error{fmt::format("there is no function \"{}\"; there are {}", parts_.function,
                               listOf(functions))};
    }
    if (parts_.name.empty()) {
      return Error{fmt::format("{}() names nothing; write for example {}({})", parts_.function,
                               parts_.function, example())};
    }
    const Result<Done> done = parts_.function == "event"   ? readEvent()
                              : parts_.function == "state" ? readState()
                              : parts_.function == "depth" ? readDepth()
                                                           : readMetric();
    if (!done) return done.error();
    return std::move(condition_);
  }

 private:
  [[nodiscard]] std::string example() const {
    const auto known = names_.argumentsOf(parts_.function);
    return known.empty() ? "name" : known.front();
  }

  Result<Done> readEvent() {
    const std::string name(parts_.name);
    if (!parts_.comparator.empty()) {
      return Error{"event(...) stands alone: it has nothing to compare with"};
    }
    condition_.text_ = fmt::format("event({})", name);
    condition_.comparator_ = Condition::Comparator::Equal;
    const auto dot = name.rfind('.');
    const std::string before = name.substr(0, dot == std::string::npos ? 0 : dot);
    const auto isFault = [&](const std::string& word) {
      return std::ranges::find(names_.faults, word) != names_.faults.end();
    };
    if (isFault(name)) return condition_.subject_ = Condition::Subject::FaultStrikes, Done{};
    if (isFault(before) && name.substr(dot + 1) == "lifted") {
      condition_.subject_ = Condition::Subject::FaultEnds;
      condition_.name_ = before;
      return Done{};
    }
    const auto states = names_.statesOf(before);
    if (states.empty()) return unknown("event", name, names_.argumentsOf("event"));
    condition_.subject_ = Condition::Subject::State;
    condition_.name_ = before;
    condition_.state_ = name.substr(dot + 1);
    if (std::ranges::find(states, condition_.state_) != states.end()) return Done{};
    return Error{fmt::format("{} is never \"{}\"; its states are {}", before, condition_.state_,
                             listOf(states))};
  }

  Result<Done> readState() {
    condition_.subject_ = Condition::Subject::State;
    const auto states = names_.statesOf(parts_.name);
    if (states.empty()) {
      return unknown("thing with a state called", parts_.name, names_.argumentsOf("state"));
    }
    if (auto compared = readComparator(); !compared) return compared;
    const bool equality = condition_.comparator_ == Condition::Comparator::Equal ||
                          condition_.comparator_ == Condition::Comparator::NotEqual;
    if (!equality) {
      return Error{
          fmt::format("\"{}\" does not compare states; write == or !=", parts_.comparator)};
    }
    condition_.state_ = parts_.value;
    if (std::ranges::find(states, condition_.state_) == states.end()) {
      return Error{fmt::format("{} is never \"{}\"; its states are {}", parts_.name, parts_.value,
                               listOf(states))};
    }
    condition_.text_ = fmt::format("state({}) {} {}", parts_.name, parts_.comparator, parts_.value);
    return Done{};
  }

  // "gateway.queue" is the gateway's queue, where that is what its depth is called.
  Result<Done> readDepth() {
    condition_.subject_ = Condition::Subject::Depth;
    const auto matches = [this](std::string_view name) {
      return std::ranges::any_of(names_.nodes, [&](const ConditionNames::Node& node) {
        return (node.id == name || node.kind == name) && !node.depthName.empty();
      });
    };
    if (!matches(parts_.name)) {
      const auto dot = parts_.name.rfind('.');
      const auto before = parts_.name.substr(0, dot == std::string_view::npos ? 0 : dot);
      const bool named = matches(before) &&
                         std::ranges::any_of(names_.nodes, [&](const ConditionNames::Node& node) {
                           return (node.id == before || node.kind == before) &&
                                  (node.depthName == parts_.name.substr(dot + 1) ||
                                   parts_.name.substr(dot + 1) == "queue");
                         });
      if (!named) {
        return unknown("component with a queue called", parts_.name, names_.argumentsOf("depth"));
      }
      condition_.name_ = before;
    }
    return readThreshold(Unit::Count);
  }

  Result<Done> readMetric() {
    condition_.subject_ = Condition::Subject::Metric;
    const auto metric =
        std::ranges::find(names_.metrics, parts_.name, &ConditionNames::Metric::name);
    const auto known = names_.argumentsOf(parts_.function);
    if (metric == names_.metrics.end()) return unknown("metric", parts_.name, known);
    if (std::ranges::find(known, metric->name) == known.end()) {
      const bool spread = metric->kind == MetricKind::Distribution;
      return Error{fmt::format("{} is a {} and has no {}{}", metric->name,
                               spread                              ? "distribution"
                               : metric->kind == MetricKind::Gauge ? "gauge"
                                                                   : "counter",
                               parts_.function,
                               spread ? "; ask for p99, mean, max ... of it" : "")};
    }
    condition_.kind_ = metric->kind;
    return readThreshold(parts_.function == "rate"    ? Unit::PerSecond
                         : parts_.function == "count" ? Unit::Count
                                                      : metric->unit);
  }

  Result<Done> readComparator() {
    for (const auto& [word, comparator] : kComparators) {
      if (word == parts_.comparator) condition_.comparator_ = comparator;
    }
    if (!parts_.comparator.empty() && !parts_.value.empty()) return Done{};
    return Error{fmt::format("{}({}) is to be compared with something: add > and a value",
                             parts_.function, parts_.name)};
  }

  Result<Done> readThreshold(Unit unit) {
    if (auto compared = readComparator(); !compared) return compared;
    const bool perSecond = unit == Unit::PerSecond && parts_.value.ends_with("/s");
    const std::string_view digits =
        perSecond ? parts_.value.substr(0, parts_.value.size() - 2) : parts_.value;
    if (unit == Unit::Nanoseconds) {
      const lab::DurationReading time = lab::readDuration(digits);
      if (!time.value) {
        return Error{fmt::format("\"{}\" {}; a duration is written 250us, 10ms or 1.5s",
                                 parts_.value, time.reason)};
      }
      condition_.value_ = static_cast<double>(time.value->count());
    } else {
      lab::ParameterSpec spec;
      spec.key = "value";
      spec.unit = unit;
      spec.minimum = -1e18;
      spec.maximum = 1e18;
      const auto value = lab::parse(spec, digits);
      if (!value) {
        return Error{fmt::format("\"{}\" is no number; write 100, 0.5, 250k, 1M{}", parts_.value,
                                 unit == Unit::Ratio ? " or 30%" : "")};
      }
      condition_.value_ = *value;
    }
    condition_.text_ =
        fmt::format("{}({}) {} {}", parts_.function, parts_.name, parts_.comparator, parts_.value);
    return Done{};
  }

  Parts parts_;
  const ConditionNames& names_;
  Condition condition_;
};

Result<Condition> Condition::parse(std::string_view text, const ConditionNames& names) {
  text = trimmed(text);
  if (text.empty()) return Error{"there is no condition; write for example depth(NAME) > 100"};
  if (text.size() > kLongest) {
    return Error{
        fmt::format("a condition has at most {} characters, not {}", kLongest, text.size())};
  }
  const auto parts = split(text);
  if (!parts) return parts.error();
  return ConditionReader(*parts, names).read();
}

}  // namespace ringside::run
