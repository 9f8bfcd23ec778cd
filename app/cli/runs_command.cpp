#include "app/cli/runs_command.h"

#include <cstdlib>
#include <ctime>
#include <fmt/format.h>
#include <string>

#include "app/cli/command.h"
#include "app/cli/text_table.h"
#include "engine/export/json.h"
#include "engine/lab/fault.h"
#include "engine/store/backups.h"
#include "engine/store/run_store.h"

namespace ringside::cli {
namespace {

std::string fromEnvironment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// As the window's: the XDG data folder.
std::string storePath() {
  std::string data = fromEnvironment("XDG_DATA_HOME");
  if (data.empty()) data = fromEnvironment("HOME") + "/.local/share";
  return data + "/ringside/runs.db";
}

std::int64_t nowMs() { return static_cast<std::int64_t>(std::time(nullptr)) * 1000; }

std::string tagsText(const store::KeptRun& run) {
  return fmt::format("{}", fmt::join(run.tags, ","));
}

std::string jsonOf(const store::KeptRun& run) {
  std::string tags;
  for (const std::string& tag : run.tags) {
    tags += (tags.empty() ? "" : ", ") + exports::jsonString(tag);
  }
  return fmt::format(
      "    {{\"id\": {}, \"kept_at_ms\": {}, \"lab\": {}, \"preset\": {}, \"seed\": {}, "
      "\"state\": {}, \"fingerprint\": {}, \"events\": {}, \"virtual_ns\": {}, \"settings\": {}, "
      "\"holds\": {}, \"fails\": {}, \"tags\": [{}], \"note\": {}}}",
      run.id, run.keptAtMs, exports::jsonString(run.lab), exports::jsonString(run.preset), run.seed,
      exports::jsonString(run.state), exports::jsonString(run.fingerprint), run.events,
      run.virtualTime.count(), exports::jsonString(run.settings), run.holds, run.fails, tags,
      exports::jsonString(run.remark));
}

int listRuns(const std::string& search, bool json) {
  store::RunStore store({.path = storePath(), .nowMs = nowMs()});
  if (!store.message().empty()) remark(store.message());
  const auto runs = store.search({.text = search});
  if (!runs) return complain(kFailed, runs.error().message);
  if (json) {
    std::string all;
    for (const store::KeptRun& run : *runs) all += (all.empty() ? "\n" : ",\n") + jsonOf(run);
    print(fmt::format("{{\n  \"runs\": [{}{}]\n}}\n", all, all.empty() ? "" : "\n  "));
    return kDone;
  }
  TextTable table({"ID", "DAY", "LAB", "PRESET", "SEED", "TIME", "FINGERPRINT", "TAGS", "SETTINGS"},
                  Align::Left);
  for (const store::KeptRun& run : *runs) {
    table.add({std::to_string(run.id), store::dayOf(run.keptAtMs), run.lab, run.preset,
               std::to_string(run.seed), lab::formatDuration(run.virtualTime), run.fingerprint,
               tagsText(run), run.settings});
  }
  print(table.text());
  return kDone;
}

}  // namespace

void keepRun(const exports::RunRecord& record, bool quiet) {
  const std::string path = storePath();
  store::RunStore store({.path = path, .nowMs = nowMs()});
  if (!store.message().empty()) remark(store.message());
  const auto kept = store.keep(record, nowMs());
  if (!kept.message.empty()) remark(kept.message);
  if (kept.inFile && !quiet) remark(fmt::format("kept as run {} in {}", kept.id, path));
}

void addRuns(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand("runs", "Lists the runs that were kept.");
  const auto search = std::make_shared<std::string>();
  const auto json = std::make_shared<bool>(false);
  command->add_option("--search", *search, "Words that a run must have, each of them.");
  command->add_flag("--json", *json, "One JSON object instead of a table.");
  command->callback(
      [search, json, &chosen] { chosen = [search, json] { return listRuns(*search, *json); }; });
}

}  // namespace ringside::cli
