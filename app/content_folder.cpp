#include "app/content_folder.h"

#include <cstdlib>
#include <system_error>

namespace ringside::app {
namespace {

namespace fs = std::filesystem;

bool isFolder(const fs::path& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

fs::path fromEnvironment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? fs::path() : fs::path(value);
}

fs::path shipped() {
  if (const fs::path chosen = fromEnvironment("RINGSIDE_CONTENT"); !chosen.empty()) {
    return chosen / "scenarios";
  }
  std::error_code failed;
  fs::path above = fs::read_symlink("/proc/self/exe", failed).parent_path();
  while (!failed && above.has_relative_path()) {
    for (const char* place : {"content/scenarios", "share/ringside/content/scenarios"}) {
      if (isFolder(above / place)) return above / place;
    }
    above = above.parent_path();
  }
  return fs::path(RINGSIDE_CONTENT_DIR) / "scenarios";
}

fs::path personal() {
  fs::path data = fromEnvironment("XDG_DATA_HOME");
  if (data.empty()) data = fromEnvironment("HOME") / ".local/share";
  return data / "ringside/scenarios";
}

}  // namespace

std::vector<fs::path> scenarioFolders() {
  std::vector<fs::path> folders;
  for (const fs::path& folder : {shipped(), personal()}) {
    if (isFolder(folder)) folders.push_back(folder);
  }
  return folders;
}

std::string noScenariosText() {
  return "no scenarios found; allowed: RINGSIDE_CONTENT set to the folder that has scenarios/ in "
         "it";
}

}  // namespace ringside::app
