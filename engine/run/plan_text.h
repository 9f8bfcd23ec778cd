// planWith: "preset=common tps=250k" as changes to a plan, the way a person writes a side of a
// comparison.
#pragma once

#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/lab/lab.h"
#include "engine/run/plan.h"

namespace ringside::run {

// Words NAME=VALUE with blanks between; the name "preset" chooses one. A later word wins. The error
// names the word that is wrong and what is allowed.
Result<RunPlan> planWith(const lab::LabInfo& info, RunPlan base, std::string_view words);

// The changes of a plan as planWith() reads them, without the preset.
std::string wordsOf(const lab::LabInfo& info, const RunPlan& plan);

}  // namespace ringside::run
