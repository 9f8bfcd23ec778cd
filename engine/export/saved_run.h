// SavedRun: all that it takes to have a run again, as a small file (.ringside, JSON).
//
// Model     Plan, branches with their journals, bookmarks and breakpoints; no measurements. Values
//           are texts as on the command line ("250us", "30%"), each the shortest that reads back as
//           the same value. The place where the run was saved comes with its fingerprint, so that
//           whoever replays it can tell whether it is the same run.
// Format    {"ringside_run": 1, "lab", "preset", "set": {knob: text}, "seed", "for",
//            "faults": [text], "arrivals": {"file", "hash"},
//            "branches": [{"name", "parent", "forked": PLACE, "reached": PLACE, "journal": [ACT]}],
//            "branch": index, "bookmarks": [{"name", "branch", "event", "at"}],
//            "breakpoints": [{"condition", "on"}], "saved": {"event", "at", "fingerprint"}}.
//           PLACE is {"event", "at"}; ACT has these too, and one of "turn" with "to", "inject" with
//           "fault", "lift". What is empty is left out.
// Errors    Name the file, the JSON pointer, what was expected and what was found. A file of a
//           newer version is refused. Nothing in a file can do more than build a run.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/lab/lab.h"
#include "engine/run/plan.h"
#include "engine/run/position.h"
#include "engine/run/run_worker.h"
#include "engine/run/story.h"

namespace ringside::exports {

struct SavedRun {
  run::RunPlan plan;
  std::string arrivalsFile;  // Of plan.arrivals; relative to the folder of the saved run.
  run::Story story;
  std::vector<run::Breakpoint> breakpoints;
  run::Position saved;  // On the present branch.
  std::uint64_t fingerprint = 0;
};

std::string savedRunText(const SavedRun& saved, const lab::LabInfo& info);

// `file` is used in messages, and to find arrivals beside it.
Result<SavedRun> parseSavedRun(std::string_view text, const std::string& file);
Result<SavedRun> readSavedRun(const std::string& path);
Result<Done> writeSavedRun(const std::string& path, const SavedRun& saved,
                           const lab::LabInfo& info);

}  // namespace ringside::exports
