#include "engine/export/svg_axis.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/metrics/format_value.h"

namespace ringside::exports {
namespace {

// 1, 2 or 5 times a power of ten, so that about four steps cover `span`.
double roundStep(double span) {
  const double rough = span / 4;
  const double power = std::pow(10, std::floor(std::log10(rough)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (rough <= factor * power) return factor * power;
  }
  return 10 * power;
}

}  // namespace

SvgAxis SvgAxis::linear(double least, double most, metrics::Unit unit) {
  SvgAxis axis;
  axis.from_ = std::min(least, 0.0);
  const double span = most > axis.from_ ? most - axis.from_ : 1;
  if (!std::isfinite(span)) return axis;
  const double step = roundStep(span);
  axis.from_ = std::floor(axis.from_ / step) * step;
  axis.to_ = std::ceil((axis.from_ + span) / step - 1e-9) * step;
  if (axis.to_ < most) axis.to_ += step;
  const int steps = static_cast<int>(std::lround((axis.to_ - axis.from_) / step));
  for (int i = 0; i <= std::min(steps, 12); ++i) {
    const double value = axis.from_ + step * i;
    axis.ticks_.push_back({axis.at(value), metrics::formatValue(value, unit)});
  }
  return axis;
}

SvgAxis SvgAxis::decades(double leastAboveZero, double most, metrics::Unit unit) {
  SvgAxis axis;
  axis.logarithmic_ = true;
  axis.from_ = std::floor(std::log10(leastAboveZero));
  axis.to_ = std::max(std::ceil(std::log10(most)), axis.from_ + 1);
  const int every = static_cast<int>(axis.to_ - axis.from_) / 7 + 1;
  for (int power = static_cast<int>(axis.from_); power <= static_cast<int>(axis.to_);
       power += every) {
    const double value = std::pow(10, power);
    axis.ticks_.push_back({axis.at(value), metrics::formatValue(value, unit)});
  }
  return axis;
}

double SvgAxis::at(double value) const {
  if (logarithmic_) {
    if (!(value > 0)) return std::numeric_limits<double>::quiet_NaN();
    value = std::log10(value);
  }
  return (value - from_) / (to_ - from_);
}

}  // namespace ringside::exports
