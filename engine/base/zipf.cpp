#include "engine/base/zipf.h"

#include <algorithm>
#include <cmath>

#include "engine/base/check.h"
#include "engine/base/math.h"

namespace ringside {
namespace {

constexpr double kNearZero = 1e-3;  // Below, the series are more precise than the closed forms.

// (e^t - 1) / t
double relativeExp(double t) {
  if (std::fabs(t) > kNearZero) return (fixedExp(t) - 1) / t;
  return 1 + t / 2 * (1 + t / 3 * (1 + t / 4 * (1 + t / 5)));
}

// log(1 + t) / t
double relativeLog(double t) {
  if (std::fabs(t) > kNearZero) return fixedLog(1 + t) / t;
  return 1 - t * (1.0 / 2 - t * (1.0 / 3 - t * (1.0 / 4 - t / 5)));
}

}  // namespace

Zipf::Zipf(std::uint64_t n, double s) : n_(n), s_(s) {
  RINGSIDE_CHECK(n >= 1);
  RINGSIDE_CHECK(n <= std::uint64_t{1} << 52);
  RINGSIDE_CHECK(s >= 0 && s <= 100);
  total_ = sumOfWeights();
  integralFrom_ = integral(1.5) - 1;
  integralTo_ = integral(static_cast<double>(n) + 0.5);
  acceptDistance_ = 2 - inverseIntegral(integral(2.5) - fixedPow(2, -s));
  if (n <= kTableLimit) buildTable();
}

// Of x^-s from 1 to x.
double Zipf::integral(double x) const {
  const double log = fixedLog(x);
  return relativeExp((1 - s_) * log) * log;
}

double Zipf::inverseIntegral(double y) const {
  // Rounding may carry the argument of the logarithm just past -1.
  const double t = std::max(-1.0, y * (1 - s_));
  return fixedExp(relativeLog(t) * y);
}

// The first terms one by one, the others by Euler and Maclaurin's formula.
double Zipf::sumOfWeights() const {
  constexpr std::uint64_t kOneByOne = 1000;
  const std::uint64_t first = std::min(n_, kOneByOne);
  double sum = 0;
  for (std::uint64_t k = first; k >= 1; --k) sum += fixedPow(static_cast<double>(k), -s_);
  if (first == n_) return sum;
  const double a = static_cast<double>(first);
  const double b = static_cast<double>(n_);
  const double atA = fixedPow(a, -s_);
  const double atB = fixedPow(b, -s_);
  const double slope = s_ * (atA / a - atB / b);
  const double third = s_ * (s_ + 1) * (s_ + 2) * (atA / (a * a * a) - atB / (b * b * b));
  return sum + (integral(b) - integral(a)) + (atB - atA) / 2 + slope / 12 - third / 720;
}

double Zipf::probability(std::uint64_t rank) const {
  RINGSIDE_CHECK(rank < n_);
  return fixedPow(static_cast<double>(rank + 1), -s_) / total_;
}

void Zipf::buildTable() {
  const auto count = static_cast<std::size_t>(n_);
  std::vector<double> share(count);  // Of its own cell; the mean over all cells is 1.
  std::vector<std::uint32_t> small;
  std::vector<std::uint32_t> large;
  for (std::size_t i = 0; i < count; ++i) {
    share[i] = probability(i) * static_cast<double>(n_);
    (share[i] < 1 ? small : large).push_back(static_cast<std::uint32_t>(i));
  }
  const auto cell = [](double own, std::uint32_t other) {
    const double scaled = std::min(own * 0x1p40, 0x1p40 - 1);
    return (static_cast<Cell>(scaled + 0.5) << kAliasBits) | other;
  };
  table_.resize(count);
  while (!small.empty() && !large.empty()) {
    const std::uint32_t poor = small.back();
    const std::uint32_t rich = large.back();
    small.pop_back();
    table_[poor] = cell(share[poor], rich);
    share[rich] -= 1 - share[poor];
    if (share[rich] >= 1) continue;
    large.pop_back();
    small.push_back(rich);
  }
  // What is left differs from a full cell by rounding alone.
  for (const std::uint32_t i : small) table_[i] = cell(1, i);
  for (const std::uint32_t i : large) table_[i] = cell(1, i);
}

std::uint64_t Zipf::sampleByRejection(std::uint64_t draw) const {
  SplitMix64 draws(draw);
  const double last = static_cast<double>(n_);
  for (;;) {
    const double y = integralTo_ + draws.uniform01() * (integralFrom_ - integralTo_);
    const double x = inverseIntegral(y);
    const double k = std::clamp(std::floor(x + 0.5), 1.0, last);
    if (k - x <= acceptDistance_ || y >= integral(k + 0.5) - fixedPow(k, -s_)) {
      return static_cast<std::uint64_t>(k) - 1;
    }
  }
}

}  // namespace ringside
