#include "engine/run/condition.h"

#include <algorithm>
#include <cctype>
#include <cmath>

#include "engine/lab/world.h"
#include "engine/run/run.h"

namespace ringside::run {
namespace {

const std::vector<std::string>& healthWords() {
  static const std::vector<std::string> kWords = {"ok", "busy", "degraded", "down"};
  return kWords;
}

// "Breakers" holds what is called breaker.card.
std::string machineName(const std::string& scene, const std::string& machine) {
  std::string name = scene;
  std::ranges::transform(name, name.begin(), [](unsigned char c) {
    return static_cast<char>(c == ' ' ? '-' : std::tolower(c));
  });
  if (name.size() > 1 && name.back() == 's') name.pop_back();
  return name + "." + machine;
}

void addOnce(std::vector<std::string>& names, const std::string& name) {
  if (std::ranges::find(names, name) == names.end()) names.push_back(name);
}

}  // namespace

ConditionNames ConditionNames::of(const Run& run) {
  ConditionNames names;
  for (const auto& metric : run.metrics()) {
    names.metrics.push_back({metric.name, metric.kind, metric.unit});
  }
  const lab::World& world = run.world();
  for (const lab::TopologyNode& node : world.topologyNow().nodes) {
    names.nodes.push_back({node.id, node.kind, node.depthName});
  }
  for (std::size_t i = 0; i < world.sceneCount(); ++i) {
    const lab::Scene scene = world.sceneNow(i);
    const auto* machines = std::get_if<lab::StateMachineScene>(&scene);
    if (machines == nullptr) continue;
    for (const lab::StateMachine& machine : machines->machines) {
      names.machines.push_back({machineName(world.sceneName(i), machine.name), machine.states});
    }
  }
  for (const lab::FaultSpec& fault : run.info().faults) names.faults.push_back(fault.name);
  return names;
}

std::vector<std::string> ConditionNames::statesOf(std::string_view name) const {
  for (const Machine& machine : machines) {
    if (machine.name == name) return machine.states;
  }
  const bool isNode = std::ranges::any_of(
      nodes, [&](const Node& node) { return node.id == name || node.kind == name; });
  return isNode ? healthWords() : std::vector<std::string>{};
}

std::vector<std::string> ConditionNames::argumentsOf(std::string_view function) const {
  std::vector<std::string> all;
  const bool depth = function == "depth";
  if (function == "state" || function == "event" || depth) {
    for (const Machine& machine : machines) {
      if (!depth) addOnce(all, machine.name);
    }
    for (const Node& node : nodes) {
      if (!depth || !node.depthName.empty()) addOnce(all, node.kind);
    }
    for (const Node& node : nodes) {
      if (!depth || !node.depthName.empty()) addOnce(all, node.id);
    }
  }
  if (function == "event") {
    std::vector<std::string> entered;
    for (const std::string& name : all) {
      for (const std::string& state : statesOf(name)) entered.push_back(name + "." + state);
    }
    for (const std::string& fault : faults) {
      entered.push_back(fault);
      entered.push_back(fault + ".lifted");
    }
    return entered;
  }
  if (!all.empty() || depth || function == "state") return all;
  for (const Metric& metric : metrics) {
    const bool spread = metric.kind == metrics::MetricKind::Distribution;
    const bool percentile = function.starts_with('p') || function == "stddev";
    if (function == "value" && spread) continue;
    if (percentile && !spread) continue;
    const bool gauge = metric.kind == metrics::MetricKind::Gauge;
    if (gauge && (function == "rate" || function == "count")) continue;
    all.push_back(metric.name);
  }
  return all;
}

const std::vector<std::string>& conditionFunctions() {
  static const std::vector<std::string> kFunctions = {"depth", "state",  "event", "p50",   "p90",
                                                      "p95",   "p99",    "p999",  "mean",  "max",
                                                      "min",   "stddev", "rate",  "count", "value"};
  return kFunctions;
}

bool Condition::compare(double value) const {
  if (std::isnan(value)) return false;
  switch (comparator_) {
    case Comparator::Less:
      return value < value_;
    case Comparator::LessOrEqual:
      return value <= value_;
    case Comparator::Greater:
      return value > value_;
    case Comparator::GreaterOrEqual:
      return value >= value_;
    case Comparator::Equal:
      return value == value_;
    case Comparator::NotEqual:
      return value != value_;
  }
  return false;
}

bool Condition::compare(std::string_view state) const {
  return (state == state_) == (comparator_ == Comparator::Equal);
}

bool Condition::isExact() const {
  if (subject_ == Subject::FaultStrikes || subject_ == Subject::FaultEnds) return true;
  return subject_ == Subject::Metric && (function_ == "value" || function_ == "count");
}

}  // namespace ringside::run
