#include <algorithm>
#include <chrono>
#include <fmt/format.h>
#include <memory>

#include "app/cli/command.h"
#include "app/cli/progress_bar.h"
#include "app/cli/result_table.h"
#include "app/cli/run_plan.h"
#include "app/content_folder.h"
#include "engine/export/export.h"
#include "engine/export/json.h"
#include "engine/metrics/format_value.h"
#include "engine/run/claims.h"
#include "engine/run/run.h"
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

void advance(run::Run& run, std::optional<std::uint64_t> lastEvent, Progress progress) {
  ProgressBar bar(progress);
  const auto start = Clock::now();
  while (!lab::isOver(run.state())) {
    std::uint64_t events = kSliceEvents;
    if (lastEvent) events = std::min(events, *lastEvent - run.events());
    if (events == 0 || (run.advance(run.end(), events) == 0 && !lab::isOver(run.state()))) return;
    if (!bar.due()) continue;
    const double pace = static_cast<double>(run.events()) / secondsSince(start);
    bar.show(partDone(run, lastEvent),
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

int runLab(const RunRequest& request) {
  const auto planned = planOf(request);
  if (!planned) return complain(kBadInput, planned.error().message);
  const auto built = run::Run::make(planned->plan);
  if (!built) return complain(kBadInput, built.error().message);
  run::Run& run = **built;
  const auto start = Clock::now();
  advance(run, planned->lastEvent, request.quiet ? Progress::Silent : Progress::Shown);
  const double wall = secondsSince(start);
  exports::RunRecord record = exports::recordOf(run);
  record.wallSeconds = wall;
  record.claims = claimsOf(record);
  if (request.json) {
    print(exports::runJson(record));
  } else if (!request.quiet) {
    print(resultText(record));
  }
  const int exported = planned->files ? exportFiles(record, *planned->files, request.quiet) : kDone;
  const int status = statusOf(record);
  return status == kDone ? exported : status;
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
  text("LAB", request->lab, "Id of the lab: see 'ringside-cli labs'.")->required();
  text("--preset", request->preset, "Set of values to begin with.");
  texts("--set", request->settings, "NAME=VALUE of a parameter; may be repeated.");
  text("--seed", request->seed, "Decides every random draw; 1 if not given.");
  text("--for", request->length, "Length in virtual time: 250us, 10ms, 1.5s, 2m.");
  text("--until", request->until, "Time or event number at which to stop.");
  texts("--fault", request->faults, "'TIME NAME [ARG=VALUE]... [for DURATION]'; may be repeated.");
  text("--arrivals", request->arrivals, "CSV with columns time_s,key[,size].");
  text("--export", request->exportFolder, "Folder for files.");
  text("--formats", request->formats, "Of csv,json,trace; all of them if not given.");
  command->add_flag("--json", request->json, "One JSON object instead of tables.");
  command->add_flag("--quiet", request->quiet, "No tables, no progress.");
  command->callback([request, &chosen] { chosen = [request] { return runLab(*request); }; });
}

}  // namespace ringside::cli
