#include "engine/metrics/gauge.h"

namespace ringside::metrics {

void Gauge::begin(Instant now, double value) {
  value_ = low_ = high_ = lowBefore_ = highBefore_ = value;
  since_ = first_ = spanFrom_ = now;
}

double Gauge::areaAt(Instant now) const {
  return area_ + value_ * static_cast<double>((now - since_).count());
}

double Gauge::mean(Instant now) const {
  const auto stood = static_cast<double>((now - first_).count());
  return stood > 0 ? areaAt(now) / stood : value_;
}

Gauge::Span Gauge::takeSpan(Instant now) {
  if (sets_ == 0) return {};
  Span span{true, low_, high_, value_, value_};
  const auto stood = static_cast<double>((now - spanFrom_).count());
  if (stood > 0) {
    // A sum of rounded terms may step just over what bounds it.
    span.mean = std::clamp((areaAt(now) - areaBefore_) / stood, low_, high_);
  }
  lowBefore_ = min();
  highBefore_ = max();
  low_ = high_ = value_;
  areaBefore_ = areaAt(now);
  spanFrom_ = now;
  return span;
}

}  // namespace ringside::metrics
