// SavedRuns: the run of a session written to a file, and a file's run opened in it.
//
// Errors    As engine/export/saved_run.h: they name the file, the place in it and what is allowed.
#pragma once

#include <QString>

#include "engine/base/result.h"
#include "engine/export/saved_run.h"

namespace ringside::views {
class RunSession;
}

namespace ringside::app {

// As the run stands in its newest frame.
Result<Done> saveRun(const views::RunSession& session, const QString& path);
// The run that was opened, and what it is to come to.
Result<exports::SavedRun> openRun(views::RunSession& session, const QString& path);

}  // namespace ringside::app
