#include "engine/runtime/runtime.h"

#include <algorithm>

namespace ringside {

ActorId Runtime::actor(std::string_view name) {
  const auto found = std::find(actors_.begin(), actors_.end(), name);
  const auto index = found - actors_.begin();
  if (found == actors_.end()) actors_.emplace_back(name);
  return {static_cast<std::uint32_t>(index)};
}

}  // namespace ringside
