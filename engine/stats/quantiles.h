// Quantiles: the points of the normal, Student's and the binomial law that intervals are made of.
//
// Promise   Right to better than one part in 1e10. For reports alone: nothing in a virtual run may
//           depend on these, since the library behind them may differ between machines.
// Source    Boost.Math, whose quantiles invert the incomplete beta and error functions.
#pragma once

#include <cstdint>

namespace ringside::stats {

// The value that a standard normal variable does not exceed with this probability.
// REQUIRES: 0 < probability < 1.
[[nodiscard]] double normalQuantile(double probability);

// The same for Student's t. REQUIRES: 0 < probability < 1, freedom > 0.
[[nodiscard]] double studentQuantile(double probability, double freedom);

// P(X <= successes) of a binomial X. REQUIRES: trials >= 1, 0 <= probability <= 1.
[[nodiscard]] double binomialAtMost(std::int64_t successes, std::int64_t trials,
                                    double probability);

}  // namespace ringside::stats
