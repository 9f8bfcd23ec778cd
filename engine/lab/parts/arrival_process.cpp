#include "engine/lab/parts/arrival_process.h"

#include <algorithm>
#include <cmath>

#include "engine/base/distributions.h"

namespace ringside::lab {
namespace {

// A day's wave without libm, whose sine is not the same everywhere: two parabolas, which meet with
// equal slope at the mean.
double wave(double fraction) {
  const double x = fraction - std::floor(fraction);
  const double half = x < 0.5 ? x : x - 0.5;
  const double arc = 16 * half * (0.5 - half);  // 0 to 1 to 0.
  return x < 0.5 ? -arc : arc;
}

}  // namespace

double ArrivalProcess::shapeAt(double fraction) const {
  switch (config_.law) {
    case ArrivalLaw::Ramp:
      return 0.1 + 0.9 * std::clamp(fraction, 0.0, 1.0);
    case ArrivalLaw::Spike:
      return fraction >= 0.4 && fraction < 0.6 ? config_.spikeFactor : 1;
    case ArrivalLaw::Diurnal:
      return 1 + 0.6 * wave(fraction);
    case ArrivalLaw::Poisson:
    case ArrivalLaw::Steady:
    case ArrivalLaw::Trace:
      break;
  }
  return 1;
}

double ArrivalProcess::peak() const {
  if (config_.law == ArrivalLaw::Spike) return std::max(1.0, config_.spikeFactor);
  if (config_.law == ArrivalLaw::Diurnal) return 1.6;
  return 1;
}

double ArrivalProcess::rateAt(Instant t) const {
  return config_.ratePerSec * boost_ * shapeAt(toSeconds(t) / toSeconds(config_.length));
}

std::optional<ArrivalProcess::Next> ArrivalProcess::next(Instant now) {
  if (config_.law == ArrivalLaw::Trace) {
    if (config_.trace == nullptr || row_ == config_.trace->arrivals.size()) return std::nullopt;
    const Arrival& row = config_.trace->arrivals[row_++];
    const Instant at = Instant(fromSeconds(toSeconds(row.at) * config_.timeScale));
    return Next{std::max(at, now), row.key, row.size};
  }
  const double rate = config_.ratePerSec * boost_;
  if (config_.law == ArrivalLaw::Steady) {
    const double gap = 1e9 / rate + fraction_;
    const double whole = std::floor(gap);
    fraction_ = gap - whole;
    return Next{now + Duration(static_cast<std::int64_t>(whole)), std::nullopt, 0};
  }
  // Thinning (Lewis and Shedler 1979): draw at the peak rate, keep with rate(t) / peak.
  const bool varies = config_.law != ArrivalLaw::Poisson;
  Instant at = now;
  do {
    at += Duration(static_cast<std::int64_t>(exponential(rng_, 1e9 / (rate * peak())) + 0.5));
  } while (varies && !rng_.chance(shapeAt(toSeconds(at) / toSeconds(config_.length)) / peak()));
  return Next{at, std::nullopt, 0};
}

}  // namespace ringside::lab
