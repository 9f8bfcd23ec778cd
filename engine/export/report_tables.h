// ReportTables: the tables of a report (report.h), each with its heading; empty where there is
// nothing to list.
#pragma once

#include <string>

#include "engine/export/run_record.h"

namespace ringside::exports {

std::string runTable(const RunRecord& record);
std::string settingsTable(const RunRecord& record);  // Knobs, those changed marked.
std::string actsTable(const RunRecord& record);      // Faults, and what was done by hand.
std::string claimsTable(const RunRecord& record);    // Claims of the content, checks of the lab.
std::string metricsTable(const RunRecord& record);

}  // namespace ringside::exports
