// grouped: a whole number as people read it: "-1,234,567".
#pragma once

#include <cstdint>
#include <string>

namespace ringside {

inline std::string grouped(std::int64_t number) {
  std::string digits = std::to_string(number);
  const std::size_t first = number < 0 ? 1 : 0;
  for (std::size_t at = digits.size(); at > first + 3;) {
    at -= 3;
    digits.insert(at, 1, ',');
  }
  return digits;
}

inline std::string grouped(std::uint64_t number) {
  return grouped(static_cast<std::int64_t>(number));
}

}  // namespace ringside
