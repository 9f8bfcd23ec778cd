// The part of claims.h that needs labs: experiments become plans, plans are run, claims judged.
#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "engine/lab/starting_knobs.h"
#include "engine/labs/catalog.h"
#include "engine/run/claims.h"
#include "engine/run/run.h"

namespace ringside::run {
namespace {

using lab::LabInfo;
using lab::ParameterSpec;
using lab::ParameterValue;
using Knobs = std::vector<std::pair<std::string, std::string>>;

template <class Known, class NameOf>
std::string listOf(const Known& known, NameOf nameOf) {
  std::string names;
  for (const auto& item : known) {
    names += names.empty() ? "" : ", ";
    names += nameOf(item);
  }
  return names.empty() ? "none" : names;
}

Result<std::vector<ParameterValue>> parseKnobs(const LabInfo& info, const Knobs& texts) {
  std::vector<ParameterValue> values;
  for (const auto& [key, text] : texts) {
    const auto spec = std::find_if(info.knobs.begin(), info.knobs.end(),
                                   [&](const ParameterSpec& knob) { return knob.key == key; });
    if (spec == info.knobs.end()) {
      return Error{fmt::format("lab {} has no knob \"{}\"; it has {}", info.id, key,
                               listOf(info.knobs, [](const auto& knob) { return knob.key; }))};
    }
    const auto value = lab::parse(*spec, text);
    if (!value) return Error{fmt::format("lab {}: {}", info.id, value.error().message)};
    values.push_back({key, *value});
  }
  return values;
}

Result<LabInfo> infoOf(const std::string& id) {
  const auto made = labs::make(id);
  if (!made) return made.error();
  return (*made)->describe();
}

Result<RunPlan> planOn(const LabInfo& info, const study::Experiment& experiment) {
  RunPlan plan;
  plan.labId = experiment.lab;
  plan.preset = experiment.preset;
  plan.seed = experiment.seed;
  auto knobs = parseKnobs(info, experiment.set);
  if (!knobs) return knobs.error();
  plan.knobs = std::move(*knobs);
  const auto starting = lab::startingKnobs(info, plan.preset, plan.knobs);
  if (!starting) return starting.error();
  const auto known = lab::fitted(info.faults, *starting);
  for (const std::string& text : experiment.faults) {
    auto fault = lab::parseFault(known, text);
    if (!fault) return Error{fmt::format("lab {}: {}", info.id, fault.error().message)};
    plan.faults.push_back(std::move(*fault));
  }
  if (!experiment.length.empty()) {
    const auto length = lab::parseDuration(experiment.length);
    if (!length) return length.error();
    plan.length = *length;
  }
  return plan;
}

bool sameFaults(const RunPlan& a, const RunPlan& b) {
  return std::equal(a.faults.begin(), a.faults.end(), b.faults.begin(), b.faults.end(),
                    [](const lab::ScheduledFault& left, const lab::ScheduledFault& right) {
                      return left.at == right.at && left.order.name == right.order.name &&
                             left.order.arguments == right.order.arguments &&
                             left.order.duration == right.order.duration;
                    });
}

std::vector<ParameterValue> knobsOf(const LabInfo& info, const RunPlan& plan) {
  return lab::startingKnobs(info, plan.preset, plan.knobs).value_or({});
}

bool sameButForSeed(const LabInfo& info, const RunPlan& a, const RunPlan& b) {
  const auto length = [&](const RunPlan& plan) {
    return plan.length == Duration{} ? info.usualLength : plan.length;
  };
  return a.labId == b.labId && length(a) == length(b) && a.arrivals == b.arrivals &&
         sameFaults(a, b) && knobsOf(info, a) == knobsOf(info, b);
}

// One experiment, run at most once, whatever number of claims reads it.
struct Measured {
  RunPlan plan;
  std::vector<metrics::MetricValue> metrics;
  std::string error;  // Why there are no metrics.
};

// A claim with its experiments as places in the list of measured ones; -1: could not be planned.
struct Task {
  const study::Scenario* scenario;
  const study::Claim* claim;
  int experiment = -1;
  int base = -1;
  std::string error;
};

class Verification {
 public:
  void add(const study::Scenario& scenario, const study::Claim& claim) {
    Task task{&scenario, &claim, -1, -1, {}};
    task.experiment = place(claim.experiment, task.error);
    if (claim.base) task.base = place(*claim.base, task.error);
    tasks_.push_back(std::move(task));
  }

  void run(const KeepGoing& keepGoing) {
    const int all = static_cast<int>(measured_.size());
    for (int done = 0; done < all; ++done) {
      const auto asked = [&] { return !keepGoing || keepGoing(done, all); };
      if (!measure(measured_[static_cast<std::size_t>(done)], asked)) return;
    }
    if (keepGoing) keepGoing(all, all);
  }

  // Of the claim added last.
  [[nodiscard]] Result<double> lastValue() const { return valueOf(tasks_.back()); }

  [[nodiscard]] std::vector<ClaimOutcome> outcomes() const {
    std::vector<ClaimOutcome> out;
    for (const Task& task : tasks_) out.push_back(outcomeOf(task));
    return out;
  }

 private:
  int place(const study::Experiment& experiment, std::string& error) {
    const auto info = infoOf(experiment.lab);
    auto plan = info ? planOn(*info, experiment) : Result<RunPlan>(info.error());
    if (!plan) {
      error = plan.error().message;
      return -1;
    }
    for (std::size_t i = 0; i < measured_.size(); ++i) {
      const RunPlan& other = measured_[i].plan;
      if (other.seed == plan->seed && sameButForSeed(*info, other, *plan)) {
        return static_cast<int>(i);
      }
    }
    measured_.push_back({std::move(*plan), {}, "not run: stopped before its turn"});
    return static_cast<int>(measured_.size()) - 1;
  }

  // False if it was told to stop.
  static bool measure(Measured& experiment, const std::function<bool()>& keepGoing) {
    constexpr std::uint64_t kSlice = 50'000;  // Events between two questions.
    const auto made = Run::make(experiment.plan);
    if (!made) {
      experiment.error = made.error().message;
      return true;
    }
    Run& running = **made;
    while (!lab::isOver(running.state())) {
      if (!keepGoing()) return false;
      running.advance(running.end(), kSlice);
    }
    experiment.error =
        running.state() == lab::RunState::Failed ? "the run failed: " + running.error() : "";
    if (experiment.error.empty()) experiment.metrics = running.metrics();
    return true;
  }

  [[nodiscard]] Result<double> read(int place, const std::string& metric) const {
    const Measured& experiment = measured_[static_cast<std::size_t>(place)];
    if (!experiment.error.empty()) return Error{experiment.error};
    return readMetric(experiment.metrics, metric);
  }

  [[nodiscard]] Result<double> valueOf(const Task& task) const {
    if (!task.error.empty()) return Error{task.error};
    const auto value = read(task.experiment, task.claim->metric);
    if (!value || task.base < 0) return value;
    const auto base = read(task.base, task.claim->metric);
    if (!base) return base;
    if (*base == 0) return Error{task.claim->metric + " of the base experiment is 0"};
    return *value / *base;
  }

  [[nodiscard]] ClaimOutcome outcomeOf(const Task& task) const {
    const auto value = valueOf(task);
    if (!value) return judge(*task.scenario, *task.claim, std::nullopt, value.error().message);
    return judge(*task.scenario, *task.claim, *value, evidenceOf(task));
  }

  [[nodiscard]] std::string evidenceOf(const Task& task) const {
    const study::Experiment& experiment = task.claim->experiment;
    std::string text = experiment.lab;
    if (!experiment.preset.empty()) text += ", preset " + experiment.preset;
    text += fmt::format(", seed {}", experiment.seed);
    const auto count = read(task.experiment, "count(" + nameIn(task.claim->metric) + ")");
    if (count) text += fmt::format(", {:.0f} recorded", *count);
    if (task.base >= 0) {
      const auto value = read(task.experiment, task.claim->metric);
      const auto base = read(task.base, task.claim->metric);
      text += fmt::format(", {:g} against {:g}", value.value_or(0), base.value_or(0));
    }
    return text;
  }

  static std::string nameIn(const std::string& metric) {
    const auto open = metric.find('(');
    return open == std::string::npos ? metric
                                     : metric.substr(open + 1, metric.rfind(')') - open - 1);
  }

  std::vector<Measured> measured_;
  std::vector<Task> tasks_;
};

}  // namespace

Result<RunPlan> planOf(const study::Experiment& experiment) {
  const auto info = infoOf(experiment.lab);
  if (!info) return info.error();
  return planOn(*info, experiment);
}

bool isExperimentOf(const study::Claim& claim, const RunPlan& plan) {
  if (claim.base || claim.experiment.lab != plan.labId) return false;
  const auto info = infoOf(plan.labId);
  if (!info) return false;
  const auto own = planOn(*info, claim.experiment);
  return own && sameButForSeed(*info, *own, plan);
}

std::vector<ClaimOutcome> verify(const std::vector<const study::Scenario*>& scenarios,
                                 const KeepGoing& keepGoing) {
  Verification verification;
  for (const study::Scenario* scenario : scenarios) {
    for (const study::Claim& claim : scenario->claims) verification.add(*scenario, claim);
  }
  verification.run(keepGoing);
  return verification.outcomes();
}

Result<double> measure(const study::Claim& claim, const KeepGoing& keepGoing) {
  Verification verification;
  verification.add({}, claim);
  verification.run(keepGoing);
  return verification.lastValue();
}

}  // namespace ringside::run
