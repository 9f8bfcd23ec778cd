#include "engine/run/condition_watch.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "engine/lab/world.h"
#include "engine/run/claims.h"
#include "engine/run/run.h"

namespace ringside::run {
namespace {

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

bool isNode(const lab::TopologyNode& node, const std::string& name) {
  return node.id == name || node.kind == name;
}

std::string_view wordOf(lab::Health health) {
  constexpr std::array<std::string_view, 4> kWords = {"ok", "busy", "degraded", "down"};
  return kWords[static_cast<std::size_t>(health)];
}

double deepest(const lab::World& world, const std::string& name) {
  double depth = kNothing;
  for (const lab::TopologyNode& node : world.topologyNow().nodes) {
    if (isNode(node, name) && !(node.depth <= depth)) depth = node.depth;
  }
  return depth;
}

std::uint64_t linesOf(const lab::World& world) {
  const metrics::EventLog& log = std::as_const(world).recorder().events();
  return log.size() + log.dropped();
}

}  // namespace

ConditionWatch::ConditionWatch(Condition condition, const Run& run)
    : condition_(std::move(condition)), run_(&run) {
  switch (condition_.subject()) {
    case Condition::Subject::Metric:
      bindMetric();
      break;
    case Condition::Subject::Depth:
      test_ = [this] { return condition_.compare(deepest(run_->world(), condition_.name())); };
      break;
    case Condition::Subject::State:
      bindState();
      break;
    case Condition::Subject::FaultStrikes:
    case Condition::Subject::FaultEnds:
      bindFault();
      break;
  }
  held_ = holds();
  lines_ = linesOf(run.world());
  faults_ = run.faults().size();
}

bool ConditionWatch::isTimeToLook() {
  if (condition_.isExact() || run_->events() % kEventsPerLook == 0) return true;
  const std::uint64_t lines = linesOf(run_->world());
  const std::size_t faults = run_->faults().size();
  return std::exchange(lines_, lines) != lines || std::exchange(faults_, faults) != faults;
}

bool ConditionWatch::strikes() {
  if (!isTimeToLook()) return false;
  const bool before = std::exchange(held_, holds());
  return held_ && !before;
}

void ConditionWatch::bindMetric() {
  const metrics::Recorder& recorder = std::as_const(run_->world()).recorder();
  const std::string& name = condition_.name();
  const metrics::Distribution* distribution = recorder.findDistribution(name);
  if (condition_.isExact() && distribution != nullptr) {
    test_ = [this, distribution] {
      return condition_.compare(static_cast<double>(distribution->histogram().count()));
    };
  } else if (condition_.isExact()) {
    const auto read = recorder.reader(name);
    test_ = [this, read] { return condition_.compare(read()); };
  } else if (condition_.function() == "rate" && recorder.series(name) != nullptr) {
    const metrics::BoundedSeries* series = recorder.series(name);
    test_ = [this, series] {
      return condition_.compare(series->empty() ? kNothing : series->latest().last);
    };
  } else {
    test_ = [this, &recorder] {
      const auto metric = recorder.find(condition_.name(), run_->now());
      const auto value =
          readMetric({*metric}, condition_.function() + "(" + condition_.name() + ")");
      return condition_.compare(value ? *value : kNothing);
    };
  }
}

void ConditionWatch::bindState() {
  const lab::World& world = run_->world();
  const ConditionNames names = ConditionNames::of(*run_);
  // Machines are named scene by scene, in order.
  std::size_t machine = 0;
  for (std::size_t i = 0; i < world.sceneCount(); ++i) {
    const lab::Scene scene = world.sceneNow(i);
    const auto* machines = std::get_if<lab::StateMachineScene>(&scene);
    if (machines == nullptr) continue;
    for (std::size_t k = 0; k < machines->machines.size(); ++k, ++machine) {
      if (names.machines[machine].name != condition_.name()) continue;
      test_ = [this, &world, i, k] {
        const lab::Scene now = world.sceneNow(i);
        const auto& each = std::get<lab::StateMachineScene>(now).machines.at(k);
        return condition_.compare(
            std::string_view(each.states.at(static_cast<std::size_t>(each.current))));
      };
      return;
    }
  }
  test_ = [this, &world] {
    const auto nodes = world.topologyNow().nodes;
    return std::ranges::any_of(nodes, [this](const lab::TopologyNode& node) {
      return isNode(node, condition_.name()) && condition_.compare(wordOf(node.health));
    });
  };
}

// How often it has happened, and whether that grew since the last look.
void ConditionWatch::bindFault() {
  const bool ends = condition_.subject() == Condition::Subject::FaultEnds;
  const auto count = [this, ends] {
    return std::ranges::count_if(run_->faults(), [this, ends](const lab::FaultWindow& fault) {
      return fault.name == condition_.name() && (!ends || fault.to <= run_->now());
    });
  };
  test_ = [count, seen = count()]() mutable { return std::exchange(seen, count()) < seen; };
}

}  // namespace ringside::run
