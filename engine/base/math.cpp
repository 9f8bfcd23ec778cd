#include "engine/base/math.h"

#include <array>
#include <bit>
#include <cstdint>
#include <limits>

#include "engine/base/check.h"
#include "engine/base/double_double.h"

namespace ringside {
namespace {

constexpr std::uint64_t kCells = 128;  // Table cells per factor of two.
constexpr int kMantissaBits = 52;
constexpr int kCellShift = kMantissaBits - 7;
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

constexpr DoubleDouble kLn2 = preciseLogNearOne(DoubleDouble{2});

// Keeps the top 32 bits, so that small integer multiples and a few sums of it are exact.
constexpr double head(double x) {
  return std::bit_cast<double>(std::bit_cast<std::uint64_t>(x) & ~std::uint64_t{0xFFFFF});
}

// ---- log: x = 2^k * z, z near the centre c of its cell; log x = k ln 2 + log c + log1p(z / c -
// 1).

struct LogCell {
  double centre;
  double inverse;  // 1 / centre
  double logHigh;  // log(centre), the part that can be added to k ln 2 exactly
  double logLow;   // and the rest
};

// The bits from which z is counted: cells are chosen so that 1.0 is the centre of one, where log
// must keep its relative precision. z runs from about 0.7 to 1.4.
constexpr std::uint64_t kLogBase =
    std::bit_cast<std::uint64_t>(0.703125) + (std::uint64_t{1} << (kCellShift - 1));
constexpr double kLn2High = head(kLn2.hi);
constexpr double kLn2Low = (kLn2 - DoubleDouble{kLn2High}).hi;

constexpr std::array<LogCell, kCells> makeLogCells() {
  // Adding and taking away 1.5 * 2^10 rounds to a multiple of 2^-42: on one grid for all cells the
  // sum with k ln 2 is exact.
  constexpr double kGrid = 1536;
  std::array<LogCell, kCells> cells{};
  for (std::uint64_t i = 0; i < kCells; ++i) {
    const std::uint64_t start = kLogBase + (i << kCellShift);
    const double centre = std::bit_cast<double>(start + (std::uint64_t{1} << (kCellShift - 1)));
    const DoubleDouble log = preciseLogNearOne(DoubleDouble{centre});
    const double high = (log.hi + kGrid) - kGrid;
    cells[i] = {centre, 1 / centre, high, (log - DoubleDouble{high}).hi};
  }
  return cells;
}
constexpr std::array<LogCell, kCells> kLogCells = makeLogCells();

// log1p(r) - r for |r| <= 2^-8: the Taylor series to r^8.
inline double logTail(double r) {
  const double square = r * r;
  const double low = (-1.0 / 2 + r * (1.0 / 3)) + square * (-1.0 / 4 + r * (1.0 / 5));
  const double high = (-1.0 / 6 + r * (1.0 / 7)) + square * (-1.0 / 8);
  return square * (low + square * square * high);
}

// ---- exp: x = (128 k + i) ln 2 / 128 + r; exp x = 2^k * 2^(i / 128) * exp r.

struct ExpCell {
  double value;  // 2^(i / 128)
  double rest;   // what rounding `value` lost
};

constexpr std::array<ExpCell, kCells> makeExpCells() {
  std::array<ExpCell, kCells> cells{};
  for (std::uint64_t i = 0; i < kCells; ++i) {
    const DoubleDouble power =
        preciseExp(kLn2 * DoubleDouble{static_cast<double>(i) / double{kCells}});
    cells[i] = {power.hi, power.lo};
  }
  return cells;
}
constexpr std::array<ExpCell, kCells> kExpCells = makeExpCells();

constexpr double kCellsPerLn2 = (DoubleDouble{double{kCells}} / kLn2).hi;
constexpr double kCellHigh = head(kLn2.hi / double{kCells});
constexpr double kCellLow = (kLn2 * DoubleDouble{1 / double{kCells}} - DoubleDouble{kCellHigh}).hi;
// Adding and taking away 1.5 * 2^52 rounds to a whole number, left in the low bits of the sum.
constexpr double kRounder = 6755399441055744.0;

constexpr double kExpOverflow = 709.782712893384;    // Above: infinity.
constexpr double kExpUnderflow = -745.133219101942;  // Below: zero.

inline double scaleByPowerOfTwo(double x, std::int64_t power) {
  const auto factor = [](std::int64_t k) {
    return std::bit_cast<double>(static_cast<std::uint64_t>(k + 1023) << kMantissaBits);
  };
  // In two steps where one factor alone would be out of range.
  if (power < -1021 || power > 1023) return x * factor(power / 2) * factor(power - power / 2);
  return x * factor(power);
}

}  // namespace

double fixedLog(double x) {
  std::uint64_t bits = std::bit_cast<std::uint64_t>(x);
  std::int64_t exponent = 0;
  constexpr std::uint64_t kSmallestNormal = std::uint64_t{1} << kMantissaBits;
  constexpr std::uint64_t kInfinityBits = std::bit_cast<std::uint64_t>(kInfinity);
  if (bits - kSmallestNormal >= kInfinityBits - kSmallestNormal) {
    if (x == 0) return -kInfinity;
    if (x == kInfinity) return x;
    if (!(x > 0)) return kNan;
    bits = std::bit_cast<std::uint64_t>(x * 0x1p52);  // Subnormal.
    exponent = -52;
  }
  const std::uint64_t offset = bits - kLogBase;
  const LogCell& cell = kLogCells[(offset >> kCellShift) % kCells];
  const std::int64_t twos = static_cast<std::int64_t>(offset) >> kMantissaBits;
  const double z =
      std::bit_cast<double>(bits - (static_cast<std::uint64_t>(twos) << kMantissaBits));
  exponent += twos;
  const double k = static_cast<double>(exponent);
  const double r = (z - cell.centre) * cell.inverse;  // The difference is exact.
  const double whole = k * kLn2High + cell.logHigh;   // Exact.
  const double high = whole + r;
  const double low = (whole - high) + r + (k * kLn2Low + cell.logLow);
  return high + (low + logTail(r));
}

double fixedExp(double x) {
  if (!(x <= kExpOverflow)) return x > 0 ? kInfinity : kNan;
  if (x < kExpUnderflow) return 0;
  const double rounded = x * kCellsPerLn2 + kRounder;
  const double whole = rounded - kRounder;
  const std::int64_t steps = static_cast<std::int64_t>(std::bit_cast<std::uint64_t>(rounded) -
                                                       std::bit_cast<std::uint64_t>(kRounder));
  const double r = (x - whole * kCellHigh) - whole * kCellLow;
  const ExpCell& cell = kExpCells[static_cast<std::uint64_t>(steps) % kCells];
  const double square = r * r;
  const double tail =
      r + (square * (1.0 / 2 + r * (1.0 / 6)) + square * square * (1.0 / 24 + r * (1.0 / 120)));
  const double mantissa = cell.value + (cell.rest + cell.value * tail);
  return scaleByPowerOfTwo(mantissa, steps >> 7);
}

double fixedPow(double x, double y) {
  RINGSIDE_CHECK(x >= 0);
  if (y == 0) return 1;
  if (x == 1) return 1;
  return fixedExp(y * fixedLog(x));
}

double logFactorial(double k) {
  RINGSIDE_CHECK(k >= 0);
  constexpr double kHalfLogTwoPi = 0.91893853320467274178;
  constexpr double kExactUpTo = 20;  // Below, k! fits a double; above, Stirling is good to 1e-15.
  if (k <= kExactUpTo) {
    double product = 1;
    for (double factor = 2; factor <= k; ++factor) product *= factor;
    return fixedLog(product);
  }
  const double inverse = 1 / k;
  const double square = inverse * inverse;
  const double series =
      inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square / 1680)));
  return (k + 0.5) * fixedLog(k) - k + kHalfLogTwoPi + series;
}

}  // namespace ringside
