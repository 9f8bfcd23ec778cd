#include "views/charts/axis.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "views/charts/figures.h"

namespace ringside::views {
namespace {

constexpr std::array kNice = {1.0, 2.0, 5.0, 10.0};
constexpr double kSlack = 1e-9;  // 0.1 + 0.2 is still 0.3.

double powerBelow(double value) { return std::pow(10.0, std::floor(std::log10(value) + kSlack)); }

}  // namespace

double niceAbove(double value) {
  if (!(value > 0) || !std::isfinite(value)) return 1;
  const double power = powerBelow(value);
  for (const double nice : kNice) {
    if (nice * power >= value * (1 - kSlack)) return nice * power;
  }
  return 10 * power;
}

double niceBelow(double value) {
  if (!(value > 0) || !std::isfinite(value)) return 1;
  const double power = powerBelow(value);
  double best = power;
  for (const double nice : kNice) {
    if (nice * power <= value * (1 + kSlack)) best = nice * power;
  }
  return best;
}

bool ValueRange::fit(double least, double largest, qint64 nowMs) {
  if (!std::isfinite(least) || !std::isfinite(largest) || largest < least) return false;
  double low = 0, high = 1;
  if (scale_ == Scale::Logarithmic) {
    if (!(largest > 0)) return false;
    low = std::log10(niceBelow(least > 0 ? least : largest));
    high = std::log10(niceAbove(largest));
    if (high - low < 0.3) high = low + 1;
  } else {
    const double reach = std::max(largest, 0.0) - std::min(least, 0.0);
    const double step = niceAbove((reach > 0 ? reach : 1) / 4);
    low = least < 0 ? std::floor(least / step) * step : 0;
    high = std::max(step, std::ceil(std::max(largest, 0.0) / step * (1 - kSlack)) * step);
  }
  const bool tooSmall = high > high_ + kSlack || low < low_ - kSlack;
  const bool tooWide = high - low < 0.55 * (high_ - low_);
  if (set_ && (!(tooSmall || tooWide) || nowMs - changedAt_ < kRestMs)) return false;
  // A range that grows keeps its other end, so that it does not change at both for one spike.
  const bool keeps = set_ && tooSmall && !tooWide;
  const double newLow = keeps ? std::min(low, low_) : low;
  const double newHigh = keeps ? std::max(high, high_) : high;
  const bool changed = !set_ || newLow != low_ || newHigh != high_;
  low_ = newLow, high_ = newHigh, changedAt_ = nowMs, set_ = true;
  return changed;
}

double ValueRange::place(double value) const {
  if (scale_ == Scale::Linear) return value;
  const double floor = std::pow(10.0, low_);
  return std::log10(value > floor ? value : floor);
}

std::vector<Tick> ValueRange::ticks(metrics::Unit unit, int most) const {
  std::vector<Tick> ticks;
  if (scale_ == Scale::Linear) {
    const double step = niceAbove((high_ - low_) / std::max(1, most));
    for (double i = std::ceil(low_ / step - kSlack); i * step <= high_ + kSlack * step; ++i) {
      ticks.push_back({i * step, i == 0 ? QStringLiteral("0") : shortFigure(i * step, unit)});
    }
    return ticks;
  }
  const bool decadesAlone = high_ - low_ > 1.4;
  // Little room within a decade: its two ends say more than whatever lies between.
  if (!decadesAlone && most < 4) {
    for (const double at : {low_, high_}) {
      ticks.push_back({at, shortFigure(std::pow(10.0, at), unit)});
    }
    return ticks;
  }
  for (double decade = std::floor(low_ + kSlack); decade <= high_ + kSlack; ++decade) {
    for (const double nice : {1.0, 2.0, 5.0}) {
      const double at = decade + std::log10(nice);
      if (at < low_ - kSlack || at > high_ + kSlack || (decadesAlone && nice > 1)) continue;
      ticks.push_back({at, shortFigure(std::pow(10.0, at), unit)});
    }
  }
  return ticks;
}

double timeAxisEnd(double now, double end) {
  if (!(now > 0) || !std::isfinite(now)) return end > 0 ? end : 1;
  const double power = powerBelow(now);
  double reach = 10 * power;
  for (const double nice : {1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0}) {
    if (nice * power >= now * (1 - kSlack)) {
      reach = nice * power;
      break;
    }
  }
  return end >= now && end < reach ? end : reach;
}

std::vector<Tick> timeTicks(double from, double to, int most) {
  std::vector<Tick> ticks;
  if (!(to > from)) return ticks;
  const double step = niceAbove((to - from) / std::max(1, most));
  for (double i = std::ceil(from / step - kSlack); i * step <= to + kSlack * step; ++i) {
    ticks.push_back({i * step, shortFigure(i * step * 1e9, metrics::Unit::Nanoseconds)});
  }
  return ticks;
}

}  // namespace ringside::views
