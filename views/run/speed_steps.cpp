#include "views/run/speed_steps.h"

#include <algorithm>
#include <cmath>

namespace ringside::views {
namespace {

constexpr double kSame = 1e-9;  // Relative: 0.01 written in two ways is one speed.

}  // namespace

const std::vector<double>& speedSteps() {
  static const std::vector<double> steps = {
      1e-6, 2e-6, 5e-6, 1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 1e-2, 2e-2,
      5e-2, 0.1,  0.2,  0.5,  1,    2,    5,    10,   20,   50,   100,  200,  500,  1000};
  return steps;
}

double slowerThan(double virtualPerWall) {
  double slower = speedSteps().front();
  for (const double step : speedSteps()) {
    if (step < virtualPerWall * (1 - kSame)) slower = step;
  }
  return slower;
}

double fasterThan(double virtualPerWall) {
  for (const double step : speedSteps()) {
    if (step > virtualPerWall * (1 + kSame)) return step;
  }
  return std::max(speedSteps().back(), virtualPerWall);
}

int nearestSpeedStep(double virtualPerWall) {
  const auto& steps = speedSteps();
  const auto distance = [&](double step) { return std::abs(std::log(step / virtualPerWall)); };
  const auto nearest = std::min_element(
      steps.begin(), steps.end(), [&](double a, double b) { return distance(a) < distance(b); });
  return static_cast<int>(nearest - steps.begin());
}

}  // namespace ringside::views
