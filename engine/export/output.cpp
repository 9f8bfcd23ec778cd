#include "engine/export/output.h"

#include <algorithm>
#include <string_view>

namespace ringside::exports {

std::string fileNameOf(std::string_view name) {
  constexpr std::size_t kLongest = 100;
  constexpr std::string_view kKept = "-_.+=,";
  std::string safe(name.substr(0, kLongest));
  for (char& c : safe) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!plain && kKept.find(c) == std::string_view::npos) c = '_';
  }
  if (safe.empty() || safe.front() == '.') safe.insert(0, "_");
  return safe;
}

}  // namespace ringside::exports
