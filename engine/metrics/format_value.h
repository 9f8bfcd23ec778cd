// formatValue: a number and its unit as a person reads it: "95.99 ms", "1.00 M/s", "99.95 %".
//
// Model     The value is scaled by the largest prefix that leaves at least one whole digit, then
//           written with four significant digits, at most two of them decimals. Whole counts below
//           a million keep every digit, with commas. A ratio is a per cent and keeps enough digits
//           to tell it from 0 and from 1: "99.9987 %", "0.0012 %".
// Promise   Independent of the locale. Not a number and infinities are "n/a". Rounding never leaves
//           "1000 ms": it moves on to "1.00 s".
// Compare   symbol() in unit.h is for exports, which keep every digit in the base unit.
#pragma once

#include <string>

#include "engine/metrics/unit.h"

namespace ringside::metrics {

[[nodiscard]] std::string formatValue(double value, Unit unit);

// Without the unit's own symbol but with the prefix: "1.00 M", for axis labels whose title has it.
[[nodiscard]] std::string formatNumber(double value);

}  // namespace ringside::metrics
