#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fmt/format.h>
#include <memory>

#include "app/cli/command.h"
#include "app/cli/progress_bar.h"
#include "app/cli/result_table.h"
#include "app/cli/run_plan.h"
#include "app/cli/runs_command.h"
#include "app/content_folder.h"
#include "engine/export/export.h"
#include "engine/export/json.h"
#include "engine/export/saved_run.h"
#include "engine/metrics/format_value.h"
#include "engine/run/claims.h"
#include "engine/run/condition_watch.h"
#include "engine/run/run.h"
#include "engine/run/seek.h"
#include "engine/study/load_content.h"

namespace ringside::cli {
namespace {

constexpr std::uint64_t kSliceEvents = 100'000;

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// How far the run is, by time or, where that is what stops it, by events.
double partDone(const run::Run& run, std::optional<std::uint64_t> lastEvent) {
  if (lastEvent) return static_cast<double>(run.events()) / static_cast<double>(*lastEvent);
  return toSeconds(run.now()) / std::max(toSeconds(run.end()), 1e-9);
}

// Where a run is to stop, beside at its end.
struct Stop {
  std::optional<std::uint64_t> lastEvent;
  const run::Goal* goal = nullptr;
};

void advance(run::Run& run, const Stop& stop, Progress progress) {
  ProgressBar bar(progress);
  const auto start = Clock::now();
  while (!lab::isOver(run.state())) {
    if (stop.goal != nullptr) {
      if (run::travel(run, *stop.goal, kSliceEvents)) return;
    } else {
      std::uint64_t events = kSliceEvents;
      if (stop.lastEvent) events = std::min(events, *stop.lastEvent - run.events());
      if (events == 0) return;
      const std::uint64_t done = run.advance(run.end(), events);
      if (run.stopped() || (done == 0 && !lab::isOver(run.state()))) return;
    }
    if (!bar.due()) continue;
    const double pace = static_cast<double>(run.events()) / secondsSince(start);
    bar.show(partDone(run, stop.lastEvent),
             fmt::format("{:.3f} s of virtual time, {} events/s", toSeconds(run.now()),
                         metrics::formatNumber(pace)));
  }
}

// The verdicts that may be read off this very run: claims whose experiment it is.
std::vector<run::ClaimOutcome> claimsOf(const exports::RunRecord& record) {
  std::vector<run::ClaimOutcome> outcomes;
  if (record.frame.state != lab::RunState::Finished) return outcomes;
  const std::string evidence =
      fmt::format("this run: {}, preset {}, seed {}", record.plan.labId,
                  record.plan.preset.empty() ? "none" : record.plan.preset, record.plan.seed);
  const study::Library library = study::loadScenarios(app::scenarioFolders());
  for (const study::Scenario& scenario : library.scenarios) {
    for (const study::Claim& claim : scenario.claims) {
      if (claim.base || !run::isExperimentOf(claim, record.plan)) continue;
      const auto measured = run::readMetric(record.metrics, claim.metric);
      outcomes.push_back(run::judge(
          scenario, claim, measured ? std::optional<double>(*measured) : std::nullopt, evidence));
    }
  }
  return outcomes;
}

int statusOf(const exports::RunRecord& record) {
  const lab::Frame& frame = record.frame;
  if (frame.state == lab::RunState::Failed) {
    return complain(kFailed,
                    fmt::format("the run failed at {}: {}",
                                lab::formatDuration(frame.now.time_since_epoch()), frame.note));
  }
  for (const lab::CheckResult& check : record.checks) {
    if (check.verdict != lab::Verdict::Fails) continue;
    return complain(kFailed, fmt::format("check {} failed: {}", check.id, check.evidence));
  }
  for (const run::ClaimOutcome& claim : record.claims) {
    if (claim.asContentSays || claim.verdict == lab::Verdict::NotReached) continue;
    return complain(kFailed,
                    fmt::format("claim {} of {}: {}; measured {}", claim.id, claim.scenario,
                                exports::verdictText(claim.verdict), claim.measuredText));
  }
  return kDone;
}

// Writes the files asked for; the status is kDone unless that failed.
int exportFiles(const exports::RunRecord& record, const exports::ExportRequest& request,
                bool quiet) {
  const auto report = exports::exportRun(record, request);
  if (!report) return complain(kBadInput, "--export: " + report.error().message);
  if (!quiet)
    remark(fmt::format("{} files exported to {}", report->files.size(), request.directory));
  return kDone;
}

// Whether the run came to what was saved; the status is kDone where it did.
int compareWithSaved(const run::Run& run, const exports::SavedRun& saved) {
  if (run.events() == saved.saved.events && run.fingerprint() == saved.fingerprint) return kDone;
  return complain(kFailed,
                  fmt::format("the fingerprint differs: expected {} after {} events, found {} "
                              "after {}",
                              exports::fingerprintText(saved.fingerprint), saved.saved.events,
                              exports::fingerprintText(run.fingerprint()), run.events()));
}

int saveRun(const RunRequest& request, const PlannedRun& planned, const run::Run& run) {
  exports::SavedRun saved;
  if (planned.saved) saved = *planned.saved;
  saved.plan = planned.plan;
  if (!request.arrivals.empty()) {
    std::error_code failed;
    const auto path = std::filesystem::absolute(request.arrivals, failed);
    saved.arrivalsFile = failed ? request.arrivals : path.string();
  }
  run::Branch& branch = saved.story.branch();
  branch.reached = std::max(branch.reached, run.position());
  saved.saved = run.position();
  saved.fingerprint = run.fingerprint();
  const auto written = exports::writeSavedRun(request.save, saved, run.info());
  if (!written) return complain(kBadInput, "--save: " + written.error().message);
  return kDone;
}

// What stands apart from the run itself: the files asked for, and whether it is the run expected.
int finishUp(const RunRequest& request, const PlannedRun& planned, const run::Run& run,
             const exports::RunRecord& record) {
  int status = kDone;
  const auto add = [&status](int next) { status = status == kDone ? next : status; };
  if (planned.saved) add(compareWithSaved(run, *planned.saved));
  if (!planned.condition.empty() && !run.stopped() && lab::isOver(run.state())) {
    add(complain(kFailed, fmt::format("--until: {} never came true within {}", planned.condition,
                                      lab::formatDuration(run.end().time_since_epoch()))));
  }
  if (!request.save.empty()) add(saveRun(request, planned, run));
  if (planned.files) add(exportFiles(record, *planned.files, request.quiet));
  return status;
}

int runLab(const RunRequest& request) {
  const auto planned = planOf(request);
  if (!planned) return complain(kBadInput, planned.error().message);
  const auto built = run::Run::replay(planned->plan, planned->journal);
  if (!built) return complain(kBadInput, built.error().message);
  run::Run& run = **built;
  std::optional<run::ConditionWatch> watch;
  if (!planned->condition.empty()) {
    const auto condition = run::Condition::parse(planned->condition, run::ConditionNames::of(run));
    if (!condition) {
      return complain(kBadInput, "--until: " + condition.error().message +
                                     "; a time such as 500ms or an event number would do as well");
    }
    watch.emplace(*condition, run);
    run.stopWhere([&watch] { return watch->strikes(); });
  }
  const auto goal = planned->saved ? run::Goal::place(planned->saved->saved) : run::Goal();
  const auto start = Clock::now();
  const bool already = watch && watch->holds();
  if (already && !request.quiet) remark("it is so at the start: " + planned->condition);
  if (!already)
    advance(run, {planned->lastEvent, planned->saved ? &goal : nullptr},
            request.quiet ? Progress::Silent : Progress::Shown);
  const double wall = secondsSince(start);
  exports::RunRecord record = exports::recordOf(run);
  record.wallSeconds = wall;
  record.claims = claimsOf(record);
  if (request.json) {
    print(exports::runJson(record));
  } else if (!request.quiet) {
    print(resultText(record));
  }
  if (request.keep) keepRun(record, request.quiet);
  const int status = statusOf(record);
  const int rest = finishUp(request, *planned, run, record);
  return status == kDone ? rest : status;
}

}  // namespace

void addRun(CLI::App& app, Chosen& chosen) {
  const auto request = std::make_shared<RunRequest>();
  CLI::App* command = app.add_subcommand("run", "Runs a lab in virtual time.");
  const auto text = [command](const char* name, std::string& value, const char* help) {
    return command->add_option(name, value, help);
  };
  const auto texts = [command](const char* name, std::vector<std::string>& values,
                               const char* help) {
    command->add_option(name, values, help)->allow_extra_args(false);
  };
  text("LAB", request->lab, "Id of the lab: see 'ringside-cli labs'.");
  text("--preset", request->preset, "Set of values to begin with.");
  texts("--set", request->settings, "NAME=VALUE of a parameter; may be repeated.");
  text("--seed", request->seed, "Decides every random draw; 1 if not given.");
  text("--for", request->length, "Length in virtual time: 250us, 10ms, 1.5s, 2m.");
  text("--until", request->until, "Time, event number or condition at which to stop.");
  texts("--fault", request->faults, "'TIME NAME [ARG=VALUE]... [for DURATION]'; may be repeated.");
  text("--arrivals", request->arrivals, "CSV with columns time_s,key[,size].");
  text("--from", request->from, "A saved run (.ringside), instead of a lab.");
  text("--save", request->save, "File to save the run to (.ringside).");
  text("--export", request->exportFolder, "Folder for files.");
  text("--formats", request->formats,
       "Of csv,json,trace,sqlite,openmetrics,hgrm,omnet,report; all if not given.");
  command->add_flag("--json", request->json, "One JSON object instead of tables.");
  command->add_flag("--keep", request->keep, "Adds the run to those that were kept: see 'runs'.");
  command->add_flag("--quiet", request->quiet, "No tables, no progress.");
  command->callback([request, &chosen] { chosen = [request] { return runLab(*request); }; });
}

}  // namespace ringside::cli
