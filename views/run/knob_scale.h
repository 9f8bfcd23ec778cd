// KnobScale: where on a slider a parameter's value stands, and which value a position means.
//
// Model     1,000 steps over the range, linear or logarithmic; whole parameters with a short range
//           have one step a value. A logarithmic range that begins at 0 keeps position 0 for it.
// Promise   Positions give round values (three significant digits) that the parameter allows;
//           both ends are exact; position(valueAt(p)) is p within one step.
#pragma once

#include "engine/lab/parameter.h"

namespace ringside::views {

class KnobScale {
 public:
  explicit KnobScale(const lab::ParameterSpec& spec);

  [[nodiscard]] int steps() const { return steps_; }
  [[nodiscard]] double valueAt(int position) const;
  [[nodiscard]] int position(double value) const;

 private:
  [[nodiscard]] double rounded(double value) const;

  double minimum_;
  double maximum_;
  double firstAboveZero_ = 0;  // Logarithmic from here; below it only 0.
  bool logarithmic_;
  bool whole_;
  int steps_;
};

}  // namespace ringside::views
