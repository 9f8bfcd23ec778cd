// fixedLog, fixedExp, fixedPow: the same bits on every machine.
//
// Promise   Log and exp are within 1.5 units in the last place of the true value; the special cases
//           (zero, infinity, NaN, negative, subnormal) are those of C's log and exp. Pow is exp of
//           y log x, so it may be 2 + 2 |y log x| units in the last place off.
// Cost      A table look-up and a short Taylor series; about 4 ns.
// Rejected  libm: the last bit of its log and exp differs between versions, and one bit is enough
//           to send a run another way. (Its sqrt is exact by IEEE 754, and may be used.)
#pragma once

namespace ringside {

[[nodiscard]] double fixedLog(double x);
[[nodiscard]] double fixedExp(double x);

// x to the y. REQUIRES: x >= 0.
[[nodiscard]] double fixedPow(double x, double y);

// log(k!) to within a few parts in 1e15. REQUIRES: k >= 0.
[[nodiscard]] double logFactorial(double k);

}  // namespace ringside
