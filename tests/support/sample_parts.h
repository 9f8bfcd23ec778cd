// The pieces of sampleFrame(): its dice, its scenes, its charts and its lists.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/lab/frame.h"

namespace ringside::test {

// A small generator of its own, so that the samples depend on nothing that is under test.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed * 0xd1b5'4a32'd192'ed03U + 1) {}

  std::uint64_t next();
  int below(int limit) { return static_cast<int>(next() % static_cast<std::uint64_t>(limit)); }
  double unit() { return static_cast<double>(next() >> 11U) * 0x1p-53; }
  double near(double value) { return value * (0.9 + 0.2 * unit()); }

 private:
  std::uint64_t state_;
};

struct SceneWishes {
  double load = 1;
  bool killed = false;
  std::uint64_t seed = 7;
  Instant now{};
};

std::vector<lab::NamedScene> sampleScenes(Dice& dice, const SceneWishes& wishes);
std::vector<lab::Chart> sampleCharts(std::uint64_t seed, Instant now, bool killed);
void addLists(lab::Frame& frame, bool killed);

}  // namespace ringside::test
