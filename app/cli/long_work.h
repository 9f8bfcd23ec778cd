// LongWork: work on other threads, watched from the terminal.
//
// Model     The work runs on a thread of its own while this one draws the progress with an estimate
//           of what is left, ten times a second. Ctrl-C (or SIGTERM) asks it to stop; a second one
//           ends the program as it always would.
#pragma once

#include <functional>

#include "app/cli/progress_bar.h"
#include "engine/run/progress.h"

namespace ringside::cli {

// Returns when `work` has; what it throws is thrown again here.
void watch(run::Progress& progress, Progress shown, const std::function<void()>& work);

}  // namespace ringside::cli
