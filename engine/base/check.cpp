#include "engine/base/check.h"

#include <string>
#include <string_view>

namespace ringside {

void failCheck(const char* condition, const char* file, int line) {
  const std::string_view path(file);
  const std::size_t engine = path.rfind("engine/");
  const std::string_view shown = engine == std::string_view::npos ? path : path.substr(engine);
  throw Bug("check failed: " + std::string(condition) + " (" + std::string(shown) + ":" +
            std::to_string(line) + ")");
}

}  // namespace ringside
