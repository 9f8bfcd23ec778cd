// SpeedSteps: the speeds a person is offered, in virtual time a second: 1, 2, 5 per decade, from
// 1 µs to 1000 s.
#pragma once

#include <vector>

namespace ringside::views {

const std::vector<double>& speedSteps();      // Slowest first.
double slowerThan(double virtualPerWall);     // The next step below, or the slowest.
double fasterThan(double virtualPerWall);     // The next step above, or the fastest.
int nearestSpeedStep(double virtualPerWall);  // By ratio.

}  // namespace ringside::views
