// coverageIsAsPromised: whether so many hits of so many trials go with a stated probability.
#pragma once

#include "engine/stats/quantiles.h"

namespace ringside::test {

// True where neither so few nor so many hits would be rarer than one in a hundred thousand.
inline bool coverageIsAsPromised(int hits, int trials, double probability) {
  constexpr double kRare = 1e-5;
  return stats::binomialAtMost(hits, trials, probability) > kRare &&
         1 - stats::binomialAtMost(hits - 1, trials, probability) > kRare;
}

}  // namespace ringside::test
