#include "engine/metrics/interval_percentiles.h"

#include <algorithm>
#include <limits>

#include "engine/metrics/percentile_support.h"

namespace ringside::metrics {
namespace {

constexpr std::uint64_t kPlenty = 1000;
constexpr std::uint64_t kEnough = 100;
constexpr std::int64_t kPatience = 32;        // Cells to wait for plenty,
constexpr std::int64_t kLastPatience = 1024;  // and for enough.

constexpr std::array<double, 4> kPercents = {50, 90, 99, 99.9};

}  // namespace

IntervalPercentiles::IntervalPercentiles(BoundedSeries::Config config)
    : lines_{BoundedSeries(config), BoundedSeries(config), BoundedSeries(config),
             BoundedSeries(config), BoundedSeries(config), BoundedSeries(config)} {}

void IntervalPercentiles::advance(Instant now) {
  const std::uint64_t count = interval_.count();
  const std::int64_t cells = (now - began_) / lines_[0].cellWidth();
  if (count >= kPlenty || (count >= kEnough && cells >= kPatience) || cells >= kLastPatience) {
    finish(now);
  }
}

void IntervalPercentiles::finish(Instant now) {
  if (now <= began_) return;
  const std::uint64_t count = interval_.count();
  began_ = now;
  if (count == 0) return;
  const Instant at = now - Duration(1);
  std::array<std::int64_t, kPercents.size()> values{};
  interval_.percentiles(kPercents, values);
  for (std::size_t i = 0; i < kPercents.size(); ++i) {
    if (!supportsPercentile(count, kPercents[i])) continue;
    lines_[i].record(at, static_cast<double>(std::min(values[i], interval_.max())));
  }
  const auto on = [this](Line line) -> BoundedSeries& {
    return lines_[static_cast<std::size_t>(line)];
  };
  on(Line::Max).record(at, static_cast<double>(interval_.max()));
  constexpr std::uint64_t kMostWeight = std::numeric_limits<std::uint32_t>::max();
  const double mean = interval_.mean();
  on(Line::Mean)
      .record(at,
              {mean, mean, mean, mean, static_cast<std::uint32_t>(std::min(count, kMostWeight))});
  interval_.reset();
}

}  // namespace ringside::metrics
