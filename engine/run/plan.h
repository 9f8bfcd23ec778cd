// RunPlan: everything that decides a run before it starts. The same plan and the same journal give
// the same fingerprint on every machine.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/base/time.h"
#include "engine/lab/fault.h"
#include "engine/lab/parameter.h"
#include "engine/lab/parts/arrival_trace.h"

namespace ringside::run {

struct RunPlan {
  std::string labId;
  std::string preset;                      // Applied first; empty: initial values.
  std::vector<lab::ParameterValue> knobs;  // Changes on top of the preset.
  std::uint64_t seed = 1;
  Duration length{};  // 0: the lab's usual length.
  std::vector<lab::ScheduledFault> faults;
  std::shared_ptr<const lab::ArrivalTrace> arrivals;  // Null: the lab's own arrivals.
};

}  // namespace ringside::run
