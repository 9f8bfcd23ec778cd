// startingKnobs: the value of every knob as a run starts, in the lab's order: its initial value,
// then the preset's, then the changes on top.
//
// Errors    Name the preset or knob that is wrong and what is allowed.
#pragma once

#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/lab/lab.h"

namespace ringside::lab {

// An empty `preset` leaves the initial values.
Result<std::vector<ParameterValue>> startingKnobs(const LabInfo& info, std::string_view preset,
                                                  const std::vector<ParameterValue>& changes);

}  // namespace ringside::lab
