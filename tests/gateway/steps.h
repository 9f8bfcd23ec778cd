// Steps: what the tests of this folder draw chance and recorded vectors from.
//
// The generator is SplitMix64, apart from the engine's own, so that a fault in one cannot hide in
// the other. RINGSIDE_VECTORS names a folder with the unthinned recordings; without it the tests
// replay the subsets in tests/data.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "engine/base/time.h"

namespace ringside::test {

class Steps {
 public:
  explicit Steps(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15u + 1) {}

  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15u;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }

  // REQUIRES: low <= high.
  std::int64_t between(std::int64_t low, std::int64_t high) {
    const auto width = static_cast<std::uint64_t>(high - low) + 1;
    return low + static_cast<std::int64_t>(next() % width);
  }

  bool oneIn(std::int64_t n) { return between(1, n) == 1; }
  double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

 private:
  std::uint64_t state_;
};

inline Instant at(std::int64_t ns) { return Instant(Duration(ns)); }

inline nlohmann::json vectors(const std::string& name) {
  const char* full = std::getenv("RINGSIDE_VECTORS");
  std::ifstream file(std::string(full != nullptr ? full : RINGSIDE_TEST_DATA) + "/" + name);
  return nlohmann::json::parse(file);
}

}  // namespace ringside::test
