// keepRun: puts a run into the store that the window's history shows.
#pragma once

#include "engine/export/run_record.h"

namespace ringside::cli {

// Remarks on stderr what went wrong, and where the run is kept unless `quiet`.
void keepRun(const exports::RunRecord& record, bool quiet);

}  // namespace ringside::cli
