// Decimal: a number as a person writes it, kept as digits so that units scale it without rounding.
//
// Model     value = digits * 10^exponent, signed. "1.5" with unit "M" only moves the exponent, so
//           that the double read is the one nearest to what was written, whatever the unit.
// Promise   toDouble(decimalOf(x)) == x for every finite x.
// Rejected  Reading a double and multiplying by 1e6 or 0.01: two roundings, so "0.3" and "30%"
//           could differ in the last bit, and format() would not be exact.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ringside::lab {

struct Decimal {
  bool negative = false;
  std::string digits;  // No leading or trailing zeros; empty for zero.
  int exponent = 0;
};

// A number and what follows it: "1.5s" is 1.5 and "s".
struct NumberAndSuffix {
  Decimal number;
  std::string_view suffix;
};

// Empty when `text` does not begin with a number such as "3", "-0.5", ".5" or "1e6".
std::optional<NumberAndSuffix> readNumber(std::string_view text);

// Empty when too large for a double.
std::optional<double> toDouble(const Decimal& decimal);
// The shortest digits that read back as `value`. REQUIRES: value is finite.
Decimal decimalOf(double value);

// decimal * factor * 10^shift as a whole number; empty when it is not whole or does not fit.
struct WholeResult {
  std::optional<std::int64_t> value;
  bool tooFine = false;  // Of the two reasons to be empty: it is not whole.
};
WholeResult toWhole(const Decimal& decimal, std::uint64_t factor, int shift);

// Without exponent: "1500000", "0.25".
std::string plainText(const Decimal& decimal);
// With exponent: "1.5e12".
std::string scientificText(const Decimal& decimal);

}  // namespace ringside::lab
