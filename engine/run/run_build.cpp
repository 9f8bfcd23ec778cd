// Making a run: the plan is checked against what the lab declares, and the lab started.
#include "engine/labs/catalog.h"
#include "engine/run/run_checks.h"
#include "engine/run/run_impl.h"

namespace ringside::run {
namespace {

Result<Done> applyText(lab::Lab& lab, const lab::LabInfo& info, const std::string& key,
                       const std::string& text) {
  for (const lab::ParameterSpec& spec : info.knobs) {
    if (spec.key != key) continue;
    const Result<double> value = parse(spec, text);
    if (!value) return value.error();
    lab.setKnob(key, *value);
    return Done{};
  }
  return Error{"unknown knob '" + key + "' of lab " + info.id};
}

Result<Done> applyPreset(lab::Lab& lab, const lab::LabInfo& info, const std::string& id) {
  if (id.empty()) return Done{};
  std::string known;
  for (const lab::Preset& preset : info.presets) {
    known += (known.empty() ? "" : ", ") + preset.id;
    if (preset.id != id) continue;
    for (const auto& [key, text] : preset.values) {
      if (auto applied = applyText(lab, info, key, text); !applied) return applied;
    }
    return Done{};
  }
  return Error{"unknown preset '" + id + "' of lab " + info.id + "; there are: " + known};
}

}  // namespace

Result<std::unique_ptr<Run>> Run::make(const RunPlan& plan) { return replay(plan, {}); }

Result<std::unique_ptr<Run>> Run::replay(const RunPlan& plan, Journal journal) {
  auto made = labs::make(plan.labId);
  if (!made) return made.error();
  return of(std::move(*made), plan, std::move(journal));
}

Result<std::unique_ptr<Run>> Run::of(std::unique_ptr<lab::Lab> lab, const RunPlan& plan,
                                     Journal journal) {
  auto impl = std::make_unique<Impl>();
  impl->plan = plan;
  impl->replayed = std::move(journal);
  impl->lab = std::move(lab);
  impl->info = impl->lab->describe();
  if (auto applied = applyPreset(*impl->lab, impl->info, plan.preset); !applied) {
    return applied.error();
  }
  for (const lab::ParameterValue& knob : plan.knobs) {
    if (auto ok = checkedValue(impl->info, knob.key, knob.value); !ok) return ok.error();
    impl->setKnob(knob.key, knob.value);
  }
  if (plan.arrivals != nullptr && !impl->info.acceptsArrivals) {
    return Error{"lab " + plan.labId + " does not take recorded arrivals"};
  }
  for (const lab::ScheduledFault& fault : plan.faults) {
    if (auto ok = impl->checkOrder(fault.order); !ok) return ok.error();
    if (fault.at < Instant{}) {
      return Error{"fault " + fault.order.name + ": strikes before the run begins"};
    }
    impl->addDue({.at = fault.at, .id = impl->nextFaultId++, .fault = fault.order});
  }
  if (plan.length < Duration::zero()) return Error{"the length of a run is more than nothing"};
  const Duration length = plan.length > Duration::zero() ? plan.length : impl->info.usualLength;
  impl->end = Instant(length);
  impl->guarded([&] {
    impl->world = std::make_unique<lab::World>(plan.seed, length, plan.arrivals);
    impl->lab->start(*impl->world);
    if (impl->replayIsNext()) impl->performActs();  // Done before the first event.
    return Done{};
  });
  if (impl->world == nullptr) return Error{"lab " + plan.labId + ": " + impl->error};
  return std::unique_ptr<Run>(new Run(std::move(impl)));
}

}  // namespace ringside::run
