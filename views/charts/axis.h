// axis: ranges and ticks of a chart on numbers a person reads: 1, 2 and 5 times powers of ten.
//
// Model     A range grows to hold what it is shown and shrinks only when it has become far too
//           wide, and neither twice within kRestMs, so that an axis does not tremble under a live
//           line. A logarithmic range is in powers of ten: its numbers are log10 of the values.
// Time      Passive; the caller passes milliseconds that do not go backwards.
#pragma once

#include <QString>
#include <QtGlobal>

#include <vector>

#include "engine/metrics/unit.h"

namespace ringside::views {

// The smallest of 1, 2 and 5 times a power of ten that is at least `value`; 1 for what is not > 0.
double niceAbove(double value);
double niceBelow(double value);

struct Tick {
  double at = 0;  // In the axis' own numbers.
  QString label;
};

class ValueRange {
 public:
  enum class Scale { Linear, Logarithmic };
  static constexpr qint64 kRestMs = 250;

  explicit ValueRange(Scale scale) : scale_(scale) {}

  // Takes the least and the largest value shown; true when the range changed. Values that are not
  // finite are as if they were not there, and on a logarithmic axis so are those not above 0.
  bool fit(double least, double largest, qint64 nowMs);
  void forget() { set_ = false; }

  [[nodiscard]] double low() const { return low_; }  // log10 on a logarithmic axis.
  [[nodiscard]] double high() const { return high_; }
  [[nodiscard]] std::vector<Tick> ticks(metrics::Unit unit, int most) const;
  // A value in the axis' own numbers, kept on it from below.
  [[nodiscard]] double place(double value) const;

 private:
  Scale scale_;
  double low_ = 0;
  double high_ = 1;
  qint64 changedAt_ = 0;
  bool set_ = false;
};

// The end of a time axis from 0 that holds `now`: grows in steps of about a third, and stops at the
// planned `end` where that is past `now`.
double timeAxisEnd(double now, double end);
std::vector<Tick> timeTicks(double from, double to, int most);

}  // namespace ringside::views
