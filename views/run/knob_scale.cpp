#include "views/run/knob_scale.h"

#include <algorithm>
#include <cmath>

namespace ringside::views {
namespace {

constexpr int kSteps = 1000;
// A logarithmic range from 0 covers six decades below its end, or starts at one where whole.
constexpr double kDecades = 1e-6;

}  // namespace

KnobScale::KnobScale(const lab::ParameterSpec& spec)
    : minimum_(spec.minimum),
      maximum_(spec.maximum),
      logarithmic_(spec.scale == lab::ParameterScale::Logarithmic && spec.minimum >= 0),
      whole_(spec.kind == lab::ParameterKind::Integer ||
             spec.kind == lab::ParameterKind::Duration) {
  const double span = maximum_ - minimum_;
  steps_ = whole_ && !logarithmic_ && span <= kSteps ? std::max(1, static_cast<int>(span)) : kSteps;
  if (!logarithmic_) return;
  firstAboveZero_ = minimum_ > 0 ? minimum_ : whole_ ? 1 : maximum_ * kDecades;
  if (minimum_ == 0 && whole_) firstAboveZero_ = std::max(1.0, maximum_ * kDecades);
}

// Three significant digits, whole where it must be, and never outside the range.
double KnobScale::rounded(double value) const {
  if (value != 0) {
    const double unit = std::pow(10.0, std::floor(std::log10(std::abs(value))) - 2);
    value = unit >= 1 ? std::round(value / unit) * unit : std::round(value / unit) / (1 / unit);
  }
  if (whole_) value = std::round(value);
  return std::clamp(value, minimum_, maximum_);
}

double KnobScale::valueAt(int position) const {
  if (position <= 0) return minimum_;
  if (position >= steps_) return maximum_;
  const double part = static_cast<double>(position) / steps_;
  if (!logarithmic_) {
    const double value = minimum_ + part * (maximum_ - minimum_);
    return steps_ < kSteps ? std::round(value) : rounded(value);
  }
  if (minimum_ > 0) return rounded(minimum_ * std::pow(maximum_ / minimum_, part));
  const double above = static_cast<double>(position - 1) / (steps_ - 1);
  return rounded(firstAboveZero_ * std::pow(maximum_ / firstAboveZero_, above));
}

int KnobScale::position(double value) const {
  if (value <= minimum_ || maximum_ <= minimum_) return 0;
  if (value >= maximum_) return steps_;
  double place = 0;
  if (!logarithmic_) {
    place = (value - minimum_) / (maximum_ - minimum_) * steps_;
  } else if (minimum_ > 0) {
    place = std::log(value / minimum_) / std::log(maximum_ / minimum_) * steps_;
  } else if (value < firstAboveZero_) {
    place = 1;
  } else {
    place =
        1 + std::log(value / firstAboveZero_) / std::log(maximum_ / firstAboveZero_) * (steps_ - 1);
  }
  return std::clamp(static_cast<int>(std::lround(place)), 0, steps_);
}

}  // namespace ringside::views
