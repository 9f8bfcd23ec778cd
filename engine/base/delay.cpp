#include "engine/base/delay.h"

#include <algorithm>
#include <cmath>

#include "engine/base/check.h"
#include "engine/base/math.h"
#include "engine/base/ziggurat.h"

namespace ringside {
namespace {

Duration roundToNanoseconds(double nanoseconds) {
  constexpr double kLongest = 9.2e18;  // Just under what 64 bits hold: 291 years.
  return Duration(static_cast<std::int64_t>(std::min(nanoseconds, kLongest) + 0.5));
}

}  // namespace

Delay::Delay(Duration mean, DelayShape shape, double cv)
    : mean_(mean), shape_(shape), scale_(static_cast<double>(mean.count())), sigma_(0) {
  RINGSIDE_CHECK(mean >= Duration::zero());
  RINGSIDE_CHECK(cv >= 0);
  if (shape != DelayShape::Lognormal) return;
  sigma_ = std::sqrt(fixedLog(1 + cv * cv));
  scale_ /= std::sqrt(1 + cv * cv);
}

Duration Delay::sample(Rng& rng) const {
  switch (shape_) {
    case DelayShape::Fixed:
      rng.next();
      return mean_;
    case DelayShape::Lognormal:
      return roundToNanoseconds(scale_ * fixedExp(sigma_ * normalUnit(rng)));
    case DelayShape::Exponential:
      return roundToNanoseconds(scale_ * exponentialUnit(rng));
  }
  return mean_;
}

}  // namespace ringside
