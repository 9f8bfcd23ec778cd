// IntervalPercentiles: how the latency percentiles moved over virtual time.
//
// Model     A two-digit histogram fills for an interval, is read into one point on each line (p50,
//           p90, p99, p99.9, the maximum and the mean), and is emptied for the next.
// Promise   A point stands only where its sample supports it: p99 needs 100 values, p99.9 needs
//           1000. The maximum and the mean are exact, and a mean has the weight of its values. No
//           value is left out: what an interval is too poor for is carried into the next.
// Time      Passive: advance() is called at the instants of the grid. An interval ends there once
//           it has 1000 values; after 32 cells, 100 will do; after 1024 cells, any number.
// Cost      About 2 ns a value more than recording it in a Histogram; one reading an interval.
// Rejected  A fixed interval: at a million requests a second 1 ms is plenty, at a hundred a second
//           it holds nothing.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "engine/base/time.h"
#include "engine/metrics/bounded_series.h"
#include "engine/metrics/histogram.h"

namespace ringside::metrics {

class IntervalPercentiles {
 public:
  enum class Line { P50, P90, P99, P999, Max, Mean };
  static constexpr std::size_t kLines = 6;

  explicit IntervalPercentiles(BoundedSeries::Config config);

  void record(std::int64_t value) { interval_.record(value); }

  // Ends the interval at `now` if it may end. The point goes to the last cell before `now`.
  void advance(Instant now);
  // Ends it whatever it holds: at the end of a run.
  void finish(Instant now);

  [[nodiscard]] const BoundedSeries& line(Line which) const {
    return lines_[static_cast<std::size_t>(which)];
  }
  template <class Visit>
  void forEachLine(Visit visitor) {
    for (BoundedSeries& line : lines_) visitor(line);
  }
  template <class Visit>
  void forEachLine(Visit visitor) const {
    for (const BoundedSeries& line : lines_) visitor(line);
  }
  [[nodiscard]] std::size_t histogramBytes() const { return interval_.bytes(); }

 private:
  CoarseHistogram interval_;
  std::array<BoundedSeries, kLines> lines_;
  Instant began_{};
};

}  // namespace ringside::metrics
