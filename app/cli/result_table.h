// ResultTable: a run's outcome as a person reads it in a terminal.
#pragma once

#include <string>
#include <vector>

#include "engine/export/run_record.h"

namespace ringside::cli {

// What ran, then tables of distributions, counters and gauges, then checks and claims.
std::string resultText(const exports::RunRecord& record);

std::string claimsText(const std::vector<run::ClaimOutcome>& claims);

}  // namespace ringside::cli
