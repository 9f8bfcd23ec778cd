// hash64, fnv1a64, mix64: hashes whose values are part of what a run is.
//
// Promise   The same input gives the same number on every machine and in every release: placements,
//           random streams and fingerprints follow from them.
// Rejected  std::hash: its value belongs to the library that happens to be installed.
// Source    hash64 is XXH64; fnv1a64 is Fowler, Noll and Vo's; mix64 is the finalizer of SplitMix64
//           (Steele, Lea and Flood 2014), a bijection.
#pragma once

#include <cstdint>
#include <string_view>

namespace ringside {

// XXH64 of the bytes: fast for keys of any length.
[[nodiscard]] std::uint64_t hash64(std::string_view bytes, std::uint64_t seed = 0);

// FNV-1a: byte by byte; constexpr, and the one to use where a paper or a peer uses it.
[[nodiscard]] constexpr std::uint64_t fnv1a64(std::string_view bytes) {
  std::uint64_t hash = 0xCBF29CE484222325U;
  for (const char byte : bytes) {
    hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001B3U;
  }
  return hash;
}

// Scatters one word: every bit of the input moves about half the bits of the output.
[[nodiscard]] constexpr std::uint64_t mix64(std::uint64_t word) {
  word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9U;
  word = (word ^ (word >> 27)) * 0x94D049BB133111EBU;
  return word ^ (word >> 31);
}

}  // namespace ringside
