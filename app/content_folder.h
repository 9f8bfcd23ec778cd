// ContentFolder: where the shipped and the personal scenarios are, for the window and the command
// line alike.
//
// Model     $RINGSIDE_CONTENT if set; else content/ (in a source tree) or share/ringside/content
//           (installed) beside the program or in a folder above it; else the source tree that the
//           program was built from. A person's own scenarios are in
//           $XDG_DATA_HOME/ringside/scenarios and are read as well.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace ringside::app {

// Existing folders of scenarios, shipped ones first; empty when none is found.
std::vector<std::filesystem::path> scenarioFolders();

// What to tell a person for whom none is found.
std::string noScenariosText();

}  // namespace ringside::app
