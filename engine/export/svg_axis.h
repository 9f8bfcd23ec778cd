// SvgAxis: where a value lies along an axis of a chart, and which ticks it has.
//
// Model     Linear from 0 (or the least value) to the next round number above the greatest; or
//           logarithmic over whole decades. A position is 0 to 1.
#pragma once

#include <string>
#include <vector>

#include "engine/metrics/unit.h"

namespace ringside::exports {

struct SvgTick {
  double at = 0;  // 0 to 1.
  std::string label;
};

class SvgAxis {
 public:
  static SvgAxis linear(double least, double most, metrics::Unit unit);
  // Values at or below 0 have no place; the axis begins at the decade of the least above.
  static SvgAxis decades(double leastAboveZero, double most, metrics::Unit unit);

  [[nodiscard]] double at(double value) const;  // Not-a-number where it has no place.
  [[nodiscard]] const std::vector<SvgTick>& ticks() const { return ticks_; }

 private:
  double from_ = 0;  // log10 where logarithmic.
  double to_ = 1;
  bool logarithmic_ = false;
  std::vector<SvgTick> ticks_;
};

}  // namespace ringside::exports
