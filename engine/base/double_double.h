// DoubleDouble: about 32 decimal digits from pairs of doubles, for building constant tables.
//
// Model     The value is hi + lo, with |lo| at most half a unit in the last place of hi.
// Promise   Everything is constexpr and plain IEEE arithmetic, so tables built from it at compile
//           time hold the same bits whichever compiler, library or machine made them.
// Cost      Slow (hundreds of operations for a log): never used while a run is going.
// Rejected  Tables of literals: nobody can see whether they are right.
// Source    Dekker 1971 and Knuth for the error-free sum and product.
#pragma once

namespace ringside {

struct DoubleDouble {
  double hi = 0;
  double lo = 0;
};

// a + b exactly.
constexpr DoubleDouble twoSum(double a, double b) {
  const double sum = a + b;
  const double bPart = sum - a;
  return {sum, (a - (sum - bPart)) + (b - bPart)};
}

// a * b exactly, without a fused multiply-add. REQUIRES: |a|, |b| < 2^990.
constexpr DoubleDouble twoProduct(double a, double b) {
  constexpr double kSplit = 134217729.0;  // 2^27 + 1: cuts 53 bits into two halves.
  const double aHigh = kSplit * a - (kSplit * a - a);
  const double bHigh = kSplit * b - (kSplit * b - b);
  const double aLow = a - aHigh;
  const double bLow = b - bHigh;
  const double product = a * b;
  return {product, ((aHigh * bHigh - product) + aHigh * bLow + aLow * bHigh) + aLow * bLow};
}

constexpr DoubleDouble operator+(DoubleDouble a, DoubleDouble b) {
  const DoubleDouble sum = twoSum(a.hi, b.hi);
  return twoSum(sum.hi, sum.lo + (a.lo + b.lo));
}

constexpr DoubleDouble operator-(DoubleDouble a) { return {-a.hi, -a.lo}; }
constexpr DoubleDouble operator-(DoubleDouble a, DoubleDouble b) { return a + -b; }

constexpr DoubleDouble operator*(DoubleDouble a, DoubleDouble b) {
  const DoubleDouble product = twoProduct(a.hi, b.hi);
  return twoSum(product.hi, product.lo + (a.hi * b.lo + a.lo * b.hi));
}

constexpr DoubleDouble operator/(DoubleDouble a, DoubleDouble b) {
  const double first = a.hi / b.hi;
  const DoubleDouble rest = a - DoubleDouble{first} * b;
  const double second = rest.hi / b.hi;
  const DoubleDouble last = rest - DoubleDouble{second} * b;
  return twoSum(first, second) + DoubleDouble{last.hi / b.hi};
}

// e to the x. REQUIRES: |x| <= 32.
constexpr DoubleDouble preciseExp(DoubleDouble x) {
  const DoubleDouble small = x * DoubleDouble{1.0 / 64};
  DoubleDouble term{1};
  DoubleDouble sum{1};
  for (int i = 1; i <= 30; ++i) {
    term = term * small / DoubleDouble{static_cast<double>(i)};
    sum = sum + term;
  }
  for (int i = 0; i < 6; ++i) sum = sum * sum;
  return sum;
}

// 2 atanh((x - 1) / (x + 1)) by its series. REQUIRES: x in [0.5, 2].
constexpr DoubleDouble preciseLogNearOne(DoubleDouble x) {
  const DoubleDouble s = (x - DoubleDouble{1}) / (x + DoubleDouble{1});
  const DoubleDouble square = s * s;
  DoubleDouble power = s;
  DoubleDouble sum = s;
  for (int i = 3; i <= 69; i += 2) {
    power = power * square;
    sum = sum + power / DoubleDouble{static_cast<double>(i)};
  }
  return sum + sum;
}

// Natural logarithm. REQUIRES: x is finite, normal and > 0.
constexpr DoubleDouble preciseLog(DoubleDouble x) {
  int twos = 0;
  for (; x.hi < 0.75; --twos) x = x * DoubleDouble{2};
  for (; x.hi > 1.5; ++twos) x = x * DoubleDouble{0.5};
  return preciseLogNearOne(x) +
         preciseLogNearOne(DoubleDouble{2}) * DoubleDouble{static_cast<double>(twos)};
}

// REQUIRES: x > 0.
constexpr DoubleDouble preciseSqrt(DoubleDouble x) {
  DoubleDouble root{x.hi > 1 ? x.hi : 1};
  for (int i = 0; i < 60; ++i) root = (root + x / root) * DoubleDouble{0.5};  // Newton, from above.
  return root;
}

}  // namespace ringside
