#include "tests/tidy/checks.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <string_view>

#include "tests/tidy/rules.h"
#include "tests/tidy/scan.h"

namespace ringside::tidy {
namespace {

namespace fs = std::filesystem;

bool isHeader(const SourceFile& file) { return file.path.ends_with(".h"); }
bool isSource(const SourceFile& file) { return isHeader(file) || file.path.ends_with(".cpp"); }

bool startsWithAny(const std::string& path, const std::vector<std::string>& prefixes) {
  return std::ranges::any_of(prefixes,
                             [&](const auto& prefix) { return path.starts_with(prefix); });
}

std::string at(const SourceFile& file, int line, std::string_view what) {
  return file.path + ":" + std::to_string(line) + ": " + std::string(what);
}

// "engine/base", "views", "app" or "tests".
std::string folderOf(std::string_view path) {
  const std::size_t first = path.find('/');
  if (first == std::string_view::npos) return {};
  if (!path.starts_with("engine/")) return std::string(path.substr(0, first));
  return std::string(path.substr(0, path.find('/', first + 1)));
}

// What is wrong with one include; empty when nothing is.
std::string includeProblem(const SourceFile& file, const Include& include) {
  const std::string from = folderOf(file.path);
  const bool inEngine = from.starts_with("engine");
  if (include.angled) {
    if (inEngine && include.path.starts_with('Q')) return "the engine knows no Qt";
    const bool json = include.path.starts_with("nlohmann/");
    if (inEngine && json && from != "engine/study" && from != "engine/export") {
      return "JSON belongs to engine/study and engine/export";
    }
    return {};
  }
  if (include.path.ends_with(".moc")) return {};
  const std::string to = folderOf(include.path);
  const auto known = arrows().find(from);
  if (known == arrows().end()) return "no rule for folder " + from + ": add it to rules.cpp";
  if (to == from || known->second.contains(to)) return {};
  if (!arrows().contains(to)) return "write includes from the project's root: " + include.path;
  return "wrong arrow " + from + " -> " + to;
}

enum class Look { InCode, Everywhere };

struct Pattern {
  std::vector<std::string> hints;  // Every match contains one: a regex alone is slow on a tree.
  std::regex regex;
};

bool hasHint(std::string_view text, const Pattern& pattern) {
  return std::ranges::any_of(pattern.hints, [text](const std::string& hint) {
    return text.find(hint) != std::string_view::npos;
  });
}

// Lines of the file that match, in code alone or in all text.
void findLines(const SourceFile& file, const Pattern& pattern, Look look, std::string_view what,
               Findings& findings) {
  if (!hasHint(file.text, pattern)) return;
  const std::string text = look == Look::InCode ? codeOnly(file.text) : file.text;
  int number = 0;
  for (const std::string_view line : linesOf(text)) {
    ++number;
    std::match_results<std::string_view::const_iterator> found;
    if (!hasHint(line, pattern)) continue;
    if (!std::regex_search(line.begin(), line.end(), found, pattern.regex)) continue;
    findings.push_back(at(file, number, "'" + found.str() + "': " + std::string(what)));
  }
}

std::string readWhole(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

bool isText(const fs::path& path) {
  static const std::vector<std::string> kKinds = {".h",  ".cpp",   ".txt", ".md",      ".json",
                                                  ".in", ".cmake", ".1",   ".desktop", ".supp"};
  static const std::vector<std::string> kNames = {"ringside", "run", "LICENSE"};
  return std::ranges::find(kKinds, path.extension().string()) != kKinds.end() ||
         std::ranges::find(kNames, path.filename().string()) != kNames.end();
}

}  // namespace

Findings wrongArrows(const Files& files) {
  Findings findings;
  for (const SourceFile& file : files) {
    if (!isSource(file)) continue;
    for (const Include& include : includesOf(file.text)) {
      const std::string problem = includeProblem(file, include);
      if (!problem.empty()) findings.push_back(at(file, include.line, problem));
    }
  }
  return findings;
}

Findings longLines(const Files& files) {
  Findings findings;
  for (const SourceFile& file : files) {
    const bool script = file.path == "ringside" || file.path == ".ci/run";
    if (!isSource(file) && !script) continue;
    int number = 0;
    for (const std::string_view line : linesOf(file.text)) {
      ++number;
      const int columns = columnsOf(line);
      if (columns <= kMaxColumns) continue;
      findings.push_back(at(file, number, std::to_string(columns) + " columns; at most 100"));
    }
  }
  return findings;
}

Findings longFunctions(const Files& files) {
  Findings findings;
  for (const SourceFile& file : files) {
    if (!isSource(file)) continue;
    for (const Function& function : functionsOf(file.text)) {
      if (function.lines <= kMaxFunctionLines) continue;
      findings.push_back(at(file, function.firstLine,
                            std::to_string(function.lines) + " lines, at most 70: split " +
                                function.head.substr(0, 60)));
    }
  }
  return findings;
}

Findings headersWithoutContract(const Files& files) {
  static const std::regex kContract("^// [^ ].*: [^ ]");
  Findings findings;
  for (const SourceFile& file : files) {
    if (!isHeader(file)) continue;
    if (!std::regex_search(file.text, kContract)) {
      findings.push_back(at(file, 1, "begin with '// Name: what it is for, in one sentence'"));
    }
    if (file.text.find("#pragma once") == std::string::npos) {
      findings.push_back(at(file, 1, "#pragma once is missing"));
    }
  }
  return findings;
}

Findings bannedWordsIn(const Files& files) {
  Findings findings;
  for (const BannedWord& word : bannedWords()) {
    const Pattern pattern{{word.hint}, std::regex(word.pattern)};
    for (const SourceFile& file : files) {
      if (!isSource(file) || !startsWithAny(file.path, word.where)) continue;
      if (startsWithAny(file.path, word.except)) continue;
      findLines(file, pattern, Look::InCode, word.cure, findings);
    }
  }
  return findings;
}

Findings machinePaths(const Files& files) {
  static const Pattern kPath{{"/work/", "/home/", "/root/", "/Users/", "/tmp/"},
                             std::regex(R"((^|[^\w.}])/(work|home|root|Users|tmp)/\w)")};
  Findings findings;
  for (const SourceFile& file : files) {
    findLines(file, kPath, Look::Everywhere, "name no place of one machine", findings);
  }
  return findings;
}

Findings unfinishedMarks(const Files& files) {
  // In two parts, so that this file passes its own check.
  static const std::string kLater = std::string("TO") + "DO";
  static const std::string kBroken = std::string("FIX") + "ME";
  static const Pattern kMark{{kLater, kBroken},
                             std::regex("\\b(" + kLater + "|" + kBroken + ")\\b(?!\")")};
  Findings findings;
  for (const SourceFile& file : files) {
    findLines(file, kMark, Look::Everywhere, "finish it, or open an issue", findings);
  }
  return findings;
}

Findings unlistedSources(const Files& files) {
  Findings findings;
  for (const SourceFile& file : files) {
    if (!file.path.ends_with(".cpp")) continue;
    const bool listed = std::ranges::any_of(files, [&](const SourceFile& list) {
      if (!list.path.ends_with("CMakeLists.txt")) return false;
      const std::string folder = list.path.substr(0, list.path.size() - 14);
      if (!file.path.starts_with(folder)) return false;
      const std::string name = file.path.substr(folder.size());
      const std::string stem = name.substr(0, name.size() - 4);
      // ringside_test(tst_name) stands for tst_name.cpp, and so does a name that a loop puts
      // behind tst_.
      const bool looped = list.text.find("tst_${") != std::string::npos;
      const std::string shown = looped && stem.starts_with("tst_") ? stem.substr(4) : stem;
      if (list.text.find(shown) == std::string::npos) return false;
      const std::regex whole("(^|[\\s(])(tst_)?" + shown + "(\\.cpp)?([\\s)]|$)");
      return std::regex_search(list.text, whole);
    });
    if (!listed) findings.push_back(at(file, 1, "no CMakeLists.txt lists this file"));
  }
  return findings;
}

Findings missingLicense(const Files& files) {
  const auto found = std::ranges::find(files, "LICENSE", &SourceFile::path);
  if (found == files.end()) return {"LICENSE:1: the file is missing"};
  if (found->text.find("GNU GENERAL PUBLIC LICENSE") == std::string::npos) {
    return {"LICENSE:1: this is not the GNU General Public License"};
  }
  return {};
}

Files readTree(const std::string& root) {
  Files files;
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(root)) {
    if (entry.is_regular_file()) paths.push_back(entry.path());
  }
  for (const char* folder : {"engine", "views", "app", "tests", "content", "resources", ".ci"}) {
    if (!fs::exists(fs::path(root) / folder)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(root) / folder)) {
      if (entry.is_regular_file()) paths.push_back(entry.path());
    }
  }
  std::ranges::sort(paths);
  for (const fs::path& path : paths) {
    const std::string relative = fs::relative(path, root).generic_string();
    // Recorded data is what it is.
    if (!isText(path) || relative.starts_with("tests/data/")) continue;
    files.push_back({relative, readWhole(path)});
  }
  return files;
}

}  // namespace ringside::tidy
