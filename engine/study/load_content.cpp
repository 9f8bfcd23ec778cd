#include "engine/study/load_content.h"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <map>
#include <system_error>
#include <tuple>

#include "engine/base/result.h"

namespace ringside::study {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kLargestFile = 4U << 20U;

Result<std::string> readFile(const fs::path& path) {
  std::error_code failure;
  const auto size = fs::file_size(path, failure);
  if (failure) return Error{"expected a readable file, found: " + failure.message()};
  if (size > kLargestFile) {
    return Error{fmt::format("expected a file of at most 4 MiB, found {} bytes", size)};
  }
  std::ifstream stream(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  if (!stream) return Error{"expected a readable file, found one that cannot be opened or read"};
  return text;
}

std::vector<fs::path> jsonFilesOf(const fs::path& folder, std::vector<ContentError>& errors) {
  std::vector<fs::path> files;
  std::error_code failure;
  for (fs::directory_iterator at(folder, failure), end; !failure && at != end;
       at.increment(failure)) {
    if (at->path().extension() == ".json") files.push_back(at->path());
  }
  if (failure) {
    errors.push_back(
        {folder.string(), "", "expected a folder of scenarios, found: " + failure.message()});
  }
  std::sort(files.begin(), files.end());
  return files;
}

void loadFile(const fs::path& path, Library& library, std::map<std::string, std::string>& owner) {
  const std::string file = path.string();
  const auto text = readFile(path);
  if (!text) {
    library.errors.push_back({file, "", text.error().message});
    return;
  }
  auto scenario = parseScenario(*text, file, library.errors);
  if (!scenario) return;
  const auto [first, isNew] = owner.emplace(scenario->id, file);
  if (!isNew) {
    library.errors.push_back(
        {file, "/id",
         fmt::format("expected an id of its own, found \"{}\", which {} has already", scenario->id,
                     first->second)});
    return;
  }
  library.scenarios.push_back(std::move(*scenario));
}

}  // namespace

Library loadScenarios(const std::vector<fs::path>& folders) {
  Library library;
  std::map<std::string, std::string> owner;
  for (const fs::path& folder : folders) {
    for (const fs::path& path : jsonFilesOf(folder, library.errors)) {
      loadFile(path, library, owner);
    }
  }
  std::stable_sort(library.scenarios.begin(), library.scenarios.end(),
                   [](const Scenario& a, const Scenario& b) {
                     return std::tie(a.group, a.title) < std::tie(b.group, b.title);
                   });
  return library;
}

std::string describe(const ContentError& error) {
  const std::string place = error.pointer.empty() ? "" : " at " + error.pointer;
  return fmt::format("{}{}: {}", error.file, place, error.message);
}

}  // namespace ringside::study
