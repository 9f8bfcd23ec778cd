#include "engine/export/saved_run.h"

#include <algorithm>
#include <variant>

#include "engine/export/arrivals_hash.h"
#include "engine/export/atomic_file.h"
#include "engine/export/json_values.h"
#include "engine/lab/fault.h"

namespace ringside::exports {
namespace {

std::string timeText(Instant at) { return lab::formatDuration(at.time_since_epoch()); }

Json placeJson(run::Position place) {
  return {{"event", place.events}, {"at", timeText(place.at)}};
}

Json knobsJson(const SavedRun& saved, const lab::LabInfo& info) {
  Json all = Json::object();
  for (const lab::ParameterValue& knob : saved.plan.knobs) {
    const auto spec = std::ranges::find(info.knobs, knob.key, &lab::ParameterSpec::key);
    if (spec != info.knobs.end()) all[knob.key] = lab::format(*spec, knob.value);
  }
  return all;
}

Json actJson(const run::JournalEntry& entry, const lab::LabInfo& info) {
  Json json = placeJson(entry.position());
  if (const auto* turned = std::get_if<run::KnobTurned>(&entry.act)) {
    const auto spec = std::ranges::find(info.knobs, turned->key, &lab::ParameterSpec::key);
    json["turn"] = turned->key;
    json["to"] = spec == info.knobs.end() ? "" : lab::format(*spec, turned->value);
  } else if (const auto* injected = std::get_if<run::FaultInjected>(&entry.act)) {
    json["inject"] = lab::formatFault(info.faults, {entry.at, injected->order});
    json["fault"] = injected->id;
  } else {
    json["lift"] = std::get<run::FaultLifted>(entry.act).id;
  }
  return json;
}

Json branchJson(const run::Branch& branch, const lab::LabInfo& info) {
  Json json = Json::object();
  if (!branch.name.empty()) json["name"] = branch.name;
  if (branch.parent != run::Branch::kNoParent) {
    json["parent"] = branch.parent;
    json["forked"] = placeJson(branch.forked);
  }
  json["reached"] = placeJson(branch.reached);
  Json journal = Json::array();
  for (const run::JournalEntry& entry : branch.journal) journal.push_back(actJson(entry, info));
  if (!journal.empty()) json["journal"] = std::move(journal);
  return json;
}

void addPlan(Json& json, const SavedRun& saved, const lab::LabInfo& info) {
  const run::RunPlan& plan = saved.plan;
  json["lab"] = plan.labId;
  if (!plan.preset.empty()) json["preset"] = plan.preset;
  if (!plan.knobs.empty()) json["set"] = knobsJson(saved, info);
  json["seed"] = plan.seed;
  json["for"] =
      lab::formatDuration(plan.length > Duration::zero() ? plan.length : info.usualLength);
  Json faults = Json::array();
  for (const auto& fault : plan.faults) faults.push_back(lab::formatFault(info.faults, fault));
  if (!faults.empty()) json["faults"] = std::move(faults);
  if (plan.arrivals == nullptr) return;
  json["arrivals"] = {
      {"file", saved.arrivalsFile.empty() ? plan.arrivals->name : saved.arrivalsFile},
      {"hash", fingerprintText(arrivalsHash(*plan.arrivals))}};
}

}  // namespace

std::string savedRunText(const SavedRun& saved, const lab::LabInfo& info) {
  Json json{{"ringside_run", 1}};
  addPlan(json, saved, info);
  Json& branches = json["branches"] = Json::array();
  for (const auto& branch : saved.story.branches) branches.push_back(branchJson(branch, info));
  json["branch"] = saved.story.current;
  Json bookmarks = Json::array();
  for (const run::Bookmark& mark : saved.story.bookmarks) {
    Json one = placeJson(mark.position);
    one["branch"] = mark.branch;
    if (!mark.name.empty()) one["name"] = mark.name;
    bookmarks.push_back(std::move(one));
  }
  if (!bookmarks.empty()) json["bookmarks"] = std::move(bookmarks);
  Json breakpoints = Json::array();
  for (const run::Breakpoint& each : saved.breakpoints) {
    breakpoints.push_back({{"condition", each.condition}, {"on", each.on}});
  }
  if (!breakpoints.empty()) json["breakpoints"] = std::move(breakpoints);
  Json& place = json["saved"] = placeJson(saved.saved);
  place["fingerprint"] = fingerprintText(saved.fingerprint);
  return dumped(json);
}

Result<Done> writeSavedRun(const std::string& path, const SavedRun& saved,
                           const lab::LabInfo& info) {
  AtomicFile file(path);
  file.append(savedRunText(saved, info));
  return file.commit();
}

}  // namespace ringside::exports
