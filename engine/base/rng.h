// Rng: the only source of chance in a run; a stream of 64-bit draws from a seed.
//
// Model     xoshiro256++; the 256-bit state is filled from the seed by SplitMix64.
// Promise   The same seed gives the same draws everywhere. Streams are named: a component draws
//           from forStream(seed, its name), so adding a component leaves the draws of all others as
//           they were, which is what makes comparing two runs of one seed honest.
// Threads   None. One owner; copy it to fork the future.
// Cost      About 1 ns a draw, no allocation, 32 bytes.
// Rejected  std::mt19937_64 (2.5 KB of state a stream) and std:: distributions (their output is up
//           to the library): see distributions.h.
// Source    Blackman and Vigna 2021; below() is Lemire 2019.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <string_view>

#include "engine/base/check.h"
#include "engine/base/hash.h"

namespace ringside {

// A counter hashed: the generator that seeds others, and stretches one draw into several.
class SplitMix64 {
 public:
  explicit constexpr SplitMix64(std::uint64_t seed) : state_(seed) {}

  constexpr std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15U;
    return mix64(state_);
  }

  // In [0, 1), 53 bits.
  constexpr double uniform01() { return static_cast<double>(next() >> 11) * 0x1p-53; }

 private:
  std::uint64_t state_;
};

class Rng {
 public:
  using State = std::array<std::uint64_t, 4>;

  explicit Rng(std::uint64_t seed);

  // The stream of that name in the run of that seed.
  [[nodiscard]] static Rng forStream(std::uint64_t seed, std::string_view name);

  // REQUIRES: not all zero.
  [[nodiscard]] static Rng fromState(const State& state);

  std::uint64_t next() {
    const std::uint64_t result = std::rotl(s0_ + s3_, 23) + s0_;
    const std::uint64_t shifted = s1_ << 17;
    s2_ ^= s0_;
    s3_ ^= s1_;
    s1_ ^= s2_;
    s0_ ^= s3_;
    s2_ ^= shifted;
    s3_ = std::rotl(s3_, 45);
    return result;
  }

  // In [0, 1), all 53-bit fractions equally likely. One draw.
  double uniform01() { return static_cast<double>(next() >> 11) * 0x1p-53; }

  // In [0, n), without bias. One draw, and another with probability below n / 2^64.
  // REQUIRES: n > 0.
  std::uint64_t below(std::uint64_t n) {
    RINGSIDE_CHECK(n > 0);
    Wide product = Wide{next()} * n;
    if (static_cast<std::uint64_t>(product) < n) [[unlikely]] {
      const std::uint64_t unfair = (0 - n) % n;  // 2^64 mod n values would be drawn too often.
      while (static_cast<std::uint64_t>(product) < unfair) product = Wide{next()} * n;
    }
    return static_cast<std::uint64_t>(product >> 64);
  }

  // True with probability p (never for p <= 0, always for p >= 1). Always one draw, so that a
  // probability turned down to nothing leaves the draws that follow where they were.
  bool chance(double p) { return uniform01() < p; }

  // A new generator whose draws have nothing to do with this one's. One draw.
  [[nodiscard]] Rng split() { return Rng(next()); }

 private:
  __extension__ using Wide = unsigned __int128;

  std::uint64_t s0_;
  std::uint64_t s1_;
  std::uint64_t s2_;
  std::uint64_t s3_;
};

}  // namespace ringside
