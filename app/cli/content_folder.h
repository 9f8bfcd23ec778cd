// ContentFolder: where the shipped and the personal scenarios are.
//
// Model     $RINGSIDE_CONTENT if set; else content/ (in a source tree) or share/ringside/content
//           (installed) beside the program or in a folder above it. A person's own scenarios are
//           in $XDG_DATA_HOME/ringside/scenarios and are read as well.
#pragma once

#include <filesystem>
#include <vector>

namespace ringside::cli {

// Existing folders of scenarios, shipped ones first; empty when none is found.
std::vector<std::filesystem::path> scenarioFolders();

}  // namespace ringside::cli
