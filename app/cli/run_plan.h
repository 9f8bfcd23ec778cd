// RunRequest: what was typed behind `run`, and the plan that follows from it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/export/export.h"
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
  std::string exportFolder;
  std::string formats;
  bool json = false;
  bool quiet = false;
};

struct PlannedRun {
  run::RunPlan plan;
  std::optional<std::uint64_t> lastEvent;  // Of --until with an event number.
  std::optional<exports::ExportRequest> files;
};

// The error is one sentence that names the option, what stood there and what is allowed.
Result<PlannedRun> planOf(const RunRequest& request);

}  // namespace ringside::cli
