// insertRun: puts a run into the tables of an SQLite result database.
//
// Model     Tables as OMNeT++ names them: run, runAttr, runItervar, runConfig, scalar, parameter,
//           statistic, histogramBin, vector, vectorData, and ...Attr of each; simtime is in whole
//           nanoseconds (simtimeExp -9); what is not a number is NULL, as there. Modules, names and
//           vectors are those of omnet.h. Ringside's own tables hang on run(runId) too, so that
//           deleting a run deletes all of it.
// Errors    SQLite::Exception, to whoever holds the transaction.
// Source    OMNeT++ manual, appendix "Result file formats", SQLite.
#pragma once

#include <cstdint>

#include "engine/export/run_record.h"

namespace SQLite {
class Database;
}

namespace ringside::exports {

// Statements that make the tables; they must not be there yet.
const char* resultSchema();

// The runId given to it. REQUIRES: a transaction is open, and the tables are there.
std::int64_t insertRun(SQLite::Database& database, const RunRecord& record);

}  // namespace ringside::exports
