#include "app/cli/run_plan.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <memory>
#include <utility>

#include "engine/lab/starting_knobs.h"
#include "engine/labs/catalog.h"

namespace ringside::cli {
namespace {

Error at(std::string_view option, std::string_view message) {
  return Error{fmt::format("{}: {}", option, message)};
}

std::optional<std::uint64_t> readWhole(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

template <class List, class Name>
std::string namesOf(const List& list, Name name) {
  std::string names;
  for (const auto& item : list) names += (names.empty() ? "" : ", ") + item.*name;
  return names.empty() ? "none" : names;
}

class Planner {
 public:
  Planner(const RunRequest& request, lab::LabInfo info)
      : request_(request), info_(std::move(info)) {
    planned_.plan.labId = info_.id;
  }

  Result<PlannedRun> plan() {
    for (const auto step :
         {&Planner::preset, &Planner::settings, &Planner::faults, &Planner::seed, &Planner::length,
          &Planner::until, &Planner::arrivals, &Planner::files}) {
      if (const auto done = (this->*step)(); !done) return done.error();
    }
    return std::move(planned_);
  }

 private:
  Result<Done> preset() {
    if (request_.preset.empty()) return Done{};
    if (std::ranges::find(info_.presets, request_.preset, &lab::Preset::id) ==
        info_.presets.end()) {
      return at("--preset", fmt::format("'{}' is not a preset of {}; allowed: {}", request_.preset,
                                        info_.id, namesOf(info_.presets, &lab::Preset::id)));
    }
    planned_.plan.preset = request_.preset;
    return Done{};
  }

  Result<Done> settings() {
    for (const std::string& setting : request_.settings) {
      const std::size_t equals = setting.find('=');
      if (equals == std::string::npos) {
        return at("--set", fmt::format("'{}' is not NAME=VALUE", setting));
      }
      const std::string key = setting.substr(0, equals);
      const auto spec = std::ranges::find(info_.knobs, key, &lab::ParameterSpec::key);
      if (spec == info_.knobs.end()) {
        return at("--set", fmt::format("'{}' is not a parameter of {}; allowed: {}", key, info_.id,
                                       namesOf(info_.knobs, &lab::ParameterSpec::key)));
      }
      const auto value = lab::parse(*spec, std::string_view(setting).substr(equals + 1));
      if (!value) return at("--set", value.error().message);
      planned_.plan.knobs.push_back({key, *value});
    }
    return Done{};
  }

  Result<Done> faults() {
    const run::RunPlan& plan = planned_.plan;
    const auto knobs = lab::startingKnobs(info_, plan.preset, plan.knobs);
    if (!knobs) return knobs.error();
    const auto known = lab::fitted(info_.faults, *knobs);
    for (const std::string& text : request_.faults) {
      const auto fault = lab::parseFault(known, text);
      if (!fault) return at("--fault", fault.error().message);
      planned_.plan.faults.push_back(*fault);
    }
    return Done{};
  }

  Result<Done> seed() {
    const auto seed = readWhole(request_.seed);
    if (!seed) {
      return at("--seed",
                fmt::format("'{}' is not a whole number; allowed: 0 to 2^64-1", request_.seed));
    }
    planned_.plan.seed = *seed;
    return Done{};
  }

  Result<Done> readLength(std::string_view option, std::string_view text) {
    const auto length = lab::parseDuration(text);
    if (!length) return at(option, length.error().message);
    if (*length <= Duration::zero()) {
      return at(option, fmt::format("'{}' is out of range; allowed: above 0", text));
    }
    planned_.plan.length = *length;
    return Done{};
  }

  Result<Done> length() {
    if (request_.length.empty()) return Done{};
    if (!request_.until.empty())
      return at("--until", "cannot stand beside --for; give one of them");
    return readLength("--for", request_.length);
  }

  Result<Done> until() {
    const std::string& text = request_.until;
    if (text.empty()) return Done{};
    if (const auto number = readWhole(text)) {
      if (*number == 0) return at("--until", "'0' is no event number; allowed: 1 or more");
      planned_.lastEvent = *number;
      return Done{};
    }
    if (lab::parseDuration(text)) return readLength("--until", text);
    planned_.condition = text;
    return Done{};
  }

  Result<Done> arrivals() {
    if (request_.arrivals.empty()) return Done{};
    if (!info_.acceptsArrivals) {
      return at("--arrivals", fmt::format("{} makes its own arrivals and reads no file", info_.id));
    }
    auto trace = lab::readArrivals(request_.arrivals);
    if (!trace) return at("--arrivals", trace.error().message);
    planned_.plan.arrivals = std::make_shared<const lab::ArrivalTrace>(*std::move(trace));
    return Done{};
  }

  Result<Done> files() {
    if (request_.exportFolder.empty()) {
      if (request_.formats.empty()) return Done{};
      return at("--formats", "needs --export DIR beside it");
    }
    const auto formats = exports::parseFormats(
        request_.formats.empty() ? fmt::format("{}", fmt::join(exports::formatNames(), ","))
                                 : request_.formats);
    if (!formats) return at("--formats", formats.error().message);
    // Before a long run, not after it.
    if (const auto made = exports::makeFolder(request_.exportFolder); !made) {
      return at("--export", made.error().message);
    }
    planned_.files = exports::ExportRequest{*formats, request_.exportFolder};
    return Done{};
  }

  const RunRequest& request_;
  lab::LabInfo info_;
  PlannedRun planned_;
};

// A saved run brings all that decides it.
Result<PlannedRun> planOfSaved(const RunRequest& request) {
  const std::pair<const char*, bool> others[] = {
      {"LAB", !request.lab.empty()},        {"--preset", !request.preset.empty()},
      {"--set", !request.settings.empty()}, {"--seed", request.seed != RunRequest().seed},
      {"--for", !request.length.empty()},   {"--until", !request.until.empty()},
      {"--fault", !request.faults.empty()}, {"--arrivals", !request.arrivals.empty()}};
  for (const auto& [option, given] : others) {
    if (given) return at("--from", fmt::format("cannot stand beside {}: the file decides", option));
  }
  auto saved = exports::readSavedRun(request.from);
  if (!saved) return at("--from", saved.error().message);
  RunRequest files;
  files.lab = saved->plan.labId;
  files.exportFolder = request.exportFolder;
  files.formats = request.formats;
  auto planned = planOf(files);
  if (!planned) return planned;
  planned->plan = saved->plan;
  planned->journal = saved->story.branch().journal;
  planned->saved = *std::move(saved);
  return planned;
}

}  // namespace

Result<PlannedRun> planOf(const RunRequest& request) {
  if (!request.from.empty()) return planOfSaved(request);
  if (request.lab.empty()) {
    return Error{"run: give the id of a lab, or --from FILE; 'ringside-cli labs' lists the labs"};
  }
  const auto lab = labs::make(request.lab);
  if (!lab) return lab.error();
  return Planner(request, (*lab)->describe()).plan();
}

}  // namespace ringside::cli
