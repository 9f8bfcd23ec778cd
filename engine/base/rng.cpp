#include "engine/base/rng.h"

namespace ringside {

Rng::Rng(std::uint64_t seed) {
  SplitMix64 filler(seed);
  s0_ = filler.next();
  s1_ = filler.next();
  s2_ = filler.next();
  s3_ = filler.next();
}

Rng Rng::forStream(std::uint64_t seed, std::string_view name) {
  // The seed is scattered first: neighbouring seeds, which people like, must not be neighbours
  // here.
  return Rng(hash64(name, mix64(seed + 0x9E3779B97F4A7C15U)));
}

Rng Rng::fromState(const State& state) {
  RINGSIDE_CHECK((state[0] | state[1] | state[2] | state[3]) != 0);
  Rng rng(0);
  rng.s0_ = state[0];
  rng.s1_ = state[1];
  rng.s2_ = state[2];
  rng.s3_ = state[3];
  return rng;
}

}  // namespace ringside
