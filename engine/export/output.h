// Output: one file of an export, by name and content.
#pragma once

#include <string>
#include <string_view>

namespace ringside::exports {

struct Output {
  std::string name;
  std::string content;
};

// `name` with whatever a file system may not bear replaced by '_', at most 100 bytes; never empty,
// hidden, or the same as ".".
std::string fileNameOf(std::string_view name);

}  // namespace ringside::exports
