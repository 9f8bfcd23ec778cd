// SidePlan: "preset=common tps=250k" as the plan of one side of a comparison.
#pragma once

#include <string>
#include <string_view>

#include "app/cli/run_plan.h"

namespace ringside::cli {

// `base` with the words of `text` on top of it: NAME=VALUE, with blanks between, where the name
// "preset" chooses one. Errors begin with `option`.
Result<run::RunPlan> sidePlan(const RunRequest& base, std::string_view option,
                              std::string_view text);

// A whole number of at least `least`; the error begins with `option`.
Result<std::uint64_t> wholeNumber(std::string_view option, std::string_view text,
                                  std::uint64_t least);

}  // namespace ringside::cli
