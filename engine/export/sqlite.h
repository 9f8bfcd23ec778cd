// Sqlite: a run as an SQLite database, whole in memory, ready to be written to a file.
//
// Model     The tables of OMNeT++'s SQLite result files, which its tools read (sqlite_run.h); and
//           beside them what those have no place for: event, fault, claim, checkResult, trace and
//           traceStep.
// Errors    One sentence with SQLite's reason (no memory).
// Compare   store/run_store.h keeps many runs in one such database.
#pragma once

#include <string>

#include "engine/base/result.h"
#include "engine/export/run_record.h"

namespace ringside::exports {

Result<std::string> sqliteFile(const RunRecord& record);

}  // namespace ringside::exports
