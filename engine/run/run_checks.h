// Checks of what a person asks of a lab: knobs and faults against what it declares.
//
// Errors    One sentence that names the word, and what is allowed.
#pragma once

#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/lab/lab.h"

namespace ringside::run {

// Null for a knob that the lab does not declare.
const lab::ParameterSpec* specOf(const lab::LabInfo& info, std::string_view key);

Result<Done> checkedValue(const lab::LabInfo& info, std::string_view key, double value);

// "Kill shard 2".
std::string textOf(const lab::LabInfo& info, const lab::FaultOrder& order);

}  // namespace ringside::run
