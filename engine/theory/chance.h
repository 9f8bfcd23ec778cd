// Chance: hit ratios, collisions and the balance of a ring, where keys are drawn at random.
//
// Source    Che, Tung and Wang 2002; Fagin 1977 (why it is exact in the limit); Feller,
//           "Probability Theory" I, II.3 (birthdays); spacings of uniform points, Pyke 1965 (ring).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace ringside::theory {

// The hit ratio of an LRU cache of `capacity` entries, for requests that know nothing of each other
// (the independent reference model) and ask for item i with chance `popularity[i]`, which add up to
// 1. Each item stays a characteristic time T after its last use; T is where the expected number of
// items present equals the capacity. O(items) for each of some 60 halvings.
// REQUIRES: capacity >= 0.
[[nodiscard]] double cheHitRatio(std::span<const double> popularity, double capacity);
// That T, in requests; infinite where every item fits.
[[nodiscard]] double cheTime(std::span<const double> popularity, double capacity);

// The popularity of Zipf's law: item k of n with weight 1 / k^s. REQUIRES: n >= 1, s >= 0.
[[nodiscard]] std::vector<double> zipfPopularity(std::size_t items, double exponent);

// That of `draws` uniform draws from `space` values two are equal; and how many pairs are, on
// average. Exact for up to a million draws, beyond them 1 - exp(-pairs).
// REQUIRES: space >= 1, draws >= 0.
[[nodiscard]] double birthdayCollision(double draws, double space);
[[nodiscard]] double birthdayPairs(double draws, double space);

// The standard deviation of a node's share of a hash ring over its mean, for `nodes` of equal
// weight with `virtualNodes` random points each: sqrt((N - 1) / (N V + 1)). REQUIRES: both >= 1.
[[nodiscard]] double ringLoadCv(double nodes, double virtualNodes);

// The largest of `count` independent normal values is this many deviations above their mean, on
// average (Blom 1958). For a ring: max / mean = 1 + cv * this. REQUIRES: count >= 1.
[[nodiscard]] double expectedLargest(double count);

}  // namespace ringside::theory
