// Checks: rules.h applied to source files; each returns what is wrong, one line for each finding.
#pragma once

#include <string>
#include <vector>

namespace ringside::tidy {

struct SourceFile {
  std::string path;  // From the project's root: "engine/base/time.h".
  std::string text;
};

using Files = std::vector<SourceFile>;
using Findings = std::vector<std::string>;  // "engine/base/time.h:12: what, and what to do".

Findings wrongArrows(const Files& files);
Findings longLines(const Files& files);
Findings longFunctions(const Files& files);
Findings headersWithoutContract(const Files& files);
Findings bannedWordsIn(const Files& files);
Findings machinePaths(const Files& files);
Findings unfinishedMarks(const Files& files);
Findings unlistedSources(const Files& files);
Findings missingLicense(const Files& files);

// Every text file of the project: sources, build lists, scripts, content and pages.
Files readTree(const std::string& root);

}  // namespace ringside::tidy
