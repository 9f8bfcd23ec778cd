#include "engine/theory/scaling.h"

#include <array>
#include <cmath>
#include <set>

#include "engine/base/check.h"

namespace ringside::theory {
namespace {

// N / X(N) = a + b (N - 1) + c N (N - 1), with a = 1 / X(1), b = alpha / X(1), c = beta / X(1).
using Terms = std::array<double, 3>;

Terms termsAt(double workers) { return {1, workers - 1, workers * (workers - 1)}; }

// Least squares over the terms in use, by elimination in the normal equations.
Terms solve(std::span<const ScalingPoint> points, const std::array<bool, 3>& used) {
  std::array<std::array<double, 4>, 3> m{};
  for (const ScalingPoint& point : points) {
    const Terms terms = termsAt(point.workers);
    for (std::size_t i = 0; i < 3; ++i) {
      for (std::size_t j = 0; j < 3; ++j) m[i][j] += terms[i] * terms[j];
      m[i][3] += terms[i] * point.workers / point.throughput;
    }
  }
  for (std::size_t i = 0; i < 3; ++i) {
    if (used[i]) continue;
    for (std::size_t j = 0; j < 3; ++j) m[i][j] = m[j][i] = 0;
    m[i][i] = 1;
    m[i][3] = 0;
  }
  for (std::size_t pivot = 0; pivot < 3; ++pivot) {
    for (std::size_t row = 0; row < 3; ++row) {
      if (row == pivot) continue;
      const double factor = m[row][pivot] / m[pivot][pivot];
      for (std::size_t j = pivot; j < 4; ++j) m[row][j] -= factor * m[pivot][j];
    }
  }
  return {m[0][3] / m[0][0], m[1][3] / m[1][1], m[2][3] / m[2][2]};
}

}  // namespace

double Usl::throughput(double workers) const {
  RINGSIDE_CHECK(workers >= 0);
  return single * workers / (1 + alpha * (workers - 1) + beta * workers * (workers - 1));
}

std::optional<double> Usl::peak() const {
  if (beta <= 0 || alpha >= 1) return std::nullopt;
  return std::sqrt((1 - alpha) / beta);
}

Result<Usl> fitUsl(std::span<const ScalingPoint> points) {
  std::set<double> sizes;
  for (const ScalingPoint& point : points) {
    const bool possible = point.workers > 0 && point.throughput > 0 &&
                          std::isfinite(point.workers) && std::isfinite(point.throughput);
    if (!possible) return Error{"a scaling point has workers and throughput above 0"};
    sizes.insert(point.workers);
  }
  if (sizes.size() < 3) {
    return Error{"scaling is fitted to three or more numbers of workers, not " +
                 std::to_string(sizes.size())};
  }
  std::array<bool, 3> used{true, true, true};
  Terms terms = solve(points, used);
  for (int round = 0; round < 2; ++round) {
    for (std::size_t i = 1; i < 3; ++i) {
      if (used[i] && terms[i] < 0) used[i] = false;
    }
    terms = solve(points, used);
  }
  if (!(terms[0] > 0)) return Error{"no scalability law passes through these points"};
  return Usl{terms[1] / terms[0], terms[2] / terms[0], 1 / terms[0]};
}

}  // namespace ringside::theory
