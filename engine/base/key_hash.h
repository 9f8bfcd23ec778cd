// KeyHash: the hash our tables use for integers, enumerations and text.
//
// Promise   Well mixed in all 64 bits and the same on every machine, which std::hash is not: there
//           an integer is commonly its own hash.
// Extends   A type of its own passes its own functor in the table's Hash parameter.
#pragma once

#include <cstdint>
#include <string_view>
#include <type_traits>

#include "engine/base/hash.h"

namespace ringside {

struct KeyHash {
  template <class Key>
  requires(std::is_integral_v<Key> || std::is_enum_v<Key>) std::uint64_t operator()(Key key) const {
    return mix64(static_cast<std::uint64_t>(key));
  }
  std::uint64_t operator()(std::string_view text) const { return hash64(text); }
};

}  // namespace ringside
