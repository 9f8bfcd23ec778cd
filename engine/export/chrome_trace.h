// ChromeTrace: a run as trace event JSON, for ui.perfetto.dev or chrome://tracing.
//
// Model     Four processes. "Requests": an async span (b, e; cat "req") for each sampled request,
//           since requests overlap. "Components": a track for each component with a slice (X) for
//           each step of those requests, and inside it one named "wait" for the time in a queue;
//           steps that overlap go to further tracks of the component; state changes are instants
//           (i) there. "Charts": a counter (C) for each line, with its min and max. "Faults": an
//           async span for each fault, up to the end of the run where it was not lifted.
// Promise   Every b has its e; slices of a track nest; no track has id 0; times are microseconds
//           with exactly three decimals, so no nanosecond is lost; numbers are finite.
// Limits    As csv.h: what a Frame holds.
// Source    The trace event format as Perfetto's JSON importer reads it.
#pragma once

#include <string>

#include "engine/export/run_record.h"

namespace ringside::exports {

std::string chromeTrace(const RunRecord& record);

}  // namespace ringside::exports
