// RunExport: what the export dialog offers and does: the engine's formats, and the report as PDF.
//
// Threads   The work runs on the dialog's own thread.
#pragma once

#include <functional>
#include <vector>

#include "engine/export/run_record.h"
#include "engine/store/recipe_rows.h"
#include "views/run/export_dialog.h"

namespace ringside::app {

std::vector<views::ExportFormat> exportFormats();

// Where the run comes from; may take long, and asks `told` whether to go on.
using GetRecord = std::function<Result<exports::RunRecord>(const views::ExportTold& told)>;
views::ExportWork exportWork(GetRecord record);

// Runs a kept run again, and checks that it is the same.
GetRecord recordAgain(store::Recipe recipe, std::string fingerprint);

}  // namespace ringside::app
