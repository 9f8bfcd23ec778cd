// LoadContent: reads scenarios from folders of JSON files.
//
// Model     Every *.json of each folder, in the order of their names, is one scenario; its file is
//           named after its id. Shipped and personal folders are read alike: pass both.
// Promise   One bad file never hides another: what can be read is in the library, and everything
//           wrong with each of the others is in its errors. The same files always give the same
//           library. An id that two files claim goes to the first; the second is an error.
// Cost      Reads whole files of at most 4 MiB; a few milliseconds each.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/study/content.h"

namespace ringside::study {

// A folder that does not exist is an error, so pass a personal one only where there is one.
Library loadScenarios(const std::vector<std::filesystem::path>& folders);

// One scenario from its text; nothing when anything is wrong, which `errors` then says. `file` is
// for messages, and its stem is the id expected.
std::optional<Scenario> parseScenario(std::string_view text, const std::string& file,
                                      std::vector<ContentError>& errors);

// "FILE at /claims/2/value: expected ..."
std::string describe(const ContentError& error);

}  // namespace ringside::study
