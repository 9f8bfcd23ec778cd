// RunRequest: what was typed behind `run`, and the plan that follows from it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/export/export.h"
#include "engine/export/saved_run.h"
#include "engine/lab/lab.h"
#include "engine/run/plan.h"

namespace ringside::cli {

struct RunRequest {
  std::string lab;
  std::string preset;
  std::vector<std::string> settings;  // "NAME=VALUE".
  std::vector<std::string> faults;    // "TIME NAME [ARG=VALUE]... [for DURATION]".
  std::string seed = "1";
  std::string length;
  std::string until;
  std::string arrivals;
  std::string from;
  std::string save;
  std::string exportFolder;
  std::string formats;
  bool json = false;
  bool quiet = false;
  bool keep = false;
};

struct PlannedRun {
  run::RunPlan plan;
  std::optional<std::uint64_t> lastEvent;  // Of --until with an event number.
  std::string condition;                   // Of --until with neither that nor a time.
  run::Journal journal;                    // Of --from.
  std::optional<exports::SavedRun> saved;  // Likewise: what is expected of the run.
  std::optional<exports::ExportRequest> files;
};

// The error is one sentence that names the option, what stood there and what is allowed.
Result<PlannedRun> planOf(const RunRequest& request);

}  // namespace ringside::cli
