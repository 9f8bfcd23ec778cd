// Zipf: ranks 0 to n - 1 whose chance falls as 1 / (rank + 1)^s: merchants, cache keys, hashtags.
//
// Promise   The law is exact (to the 2^-40 of a table cell, or to rounding); a sample takes exactly
//           one draw of the stream.
// Cost      O(1). Up to kTableLimit ranks an alias table of 8 bytes a rank, about 5 ns while it
//           stays in cache; beyond, rejection-inversion, about 27 ns, no memory.
// Rejected  Binary search in the cumulative law: 20 dependent cache misses at a million ranks.
// Source    Walker 1977 and Vose 1991 (alias); Hoermann and Derflinger 1996 (rejection-inversion).
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/base/rng.h"

namespace ringside {

class Zipf {
 public:
  static constexpr std::uint64_t kTableLimit = std::uint64_t{1} << 20;

  // REQUIRES: 1 <= n <= 2^52, 0 <= s <= 100; s of 0 makes all ranks alike.
  Zipf(std::uint64_t n, double s);

  [[nodiscard]] std::uint64_t sample(Rng& rng) const {
    if (table_.empty()) return sampleByRejection(rng.next());
    const Wide product = Wide{rng.next()} * n_;
    const auto i = static_cast<std::size_t>(product >> 64);
    const Cell cell = table_[i];
    // The fraction left over by the choice of the cell decides between its two ranks.
    const std::uint64_t fraction = static_cast<std::uint64_t>(product) >> kAliasBits;
    return fraction < (cell >> kAliasBits) ? i : cell & kAliasMask;
  }

  // REQUIRES: rank < n().
  [[nodiscard]] double probability(std::uint64_t rank) const;

  [[nodiscard]] std::uint64_t n() const { return n_; }
  [[nodiscard]] double s() const { return s_; }

 private:
  __extension__ using Wide = unsigned __int128;
  using Cell =
      std::uint64_t;  // High 40 bits: share of the cell's own rank. Low 24: the other rank.
  static constexpr int kAliasBits = 24;
  static constexpr std::uint64_t kAliasMask = (std::uint64_t{1} << kAliasBits) - 1;

  [[nodiscard]] std::uint64_t sampleByRejection(std::uint64_t draw) const;
  [[nodiscard]] double integral(double x) const;
  [[nodiscard]] double inverseIntegral(double y) const;
  [[nodiscard]] double sumOfWeights() const;
  void buildTable();

  std::uint64_t n_;
  double s_;
  double total_;         // Sum of 1 / k^s.
  double integralFrom_;  // Rejection-inversion: ends of the integral's range,
  double integralTo_;
  double acceptDistance_;  // and how near to a whole number a point is surely accepted.
  std::vector<Cell> table_;
};

}  // namespace ringside
