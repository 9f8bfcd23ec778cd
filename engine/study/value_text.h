// ValueText: how content writes a number with its unit: "96ms", "706k/s", "99.95%", "86.4TB".
//
// Model     NUMBER [PREFIX] [UNIT], with at most one space after the number. NUMBER is decimal with
//           an optional sign, fraction and exponent, and no commas. PREFIX is k, M, G, T or P
//           (decimal) or, before B and B/s, Ki, Mi, Gi, Ti (binary). UNIT is nothing, "/s", "%", a
//           time (ns us ms s m h d, which take no prefix), "B", "B/s" or "bit/s".
// Promise   The value comes back in the base unit: nanoseconds, ratio, bytes, bits or things.
//           Lower-case m is minutes, as on the command line; milli and mega never meet.
#pragma once

#include <string_view>

#include "engine/base/result.h"

namespace ringside::study {

enum class Measure { Number, PerSecond, Time, Ratio, Bytes, BytesPerSecond, BitsPerSecond };

struct Quantity {
  double value = 0;  // In the base unit.
  Measure measure = Measure::Number;
};

Result<Quantity> parseQuantity(std::string_view text);

// "a duration", "a ratio": for messages.
std::string_view nameOf(Measure measure);

}  // namespace ringside::study
