#include "engine/metrics/bounded_series.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/base/check.h"

namespace ringside::metrics {
namespace {

using Summary = BoundedSeries::Summary;

// `later` follows `into` in time.
void mergeInto(Summary& into, const Summary& later) {
  if (later.weight == 0) return;
  if (into.weight == 0) {
    into = later;
    return;
  }
  into.low = std::min(into.low, later.low);
  into.high = std::max(into.high, later.high);
  into.last = later.last;
  const double added = later.weight;
  const double share = added / (added + into.weight);
  into.mean += (later.mean - into.mean) * share;
  constexpr std::uint32_t kMost = std::numeric_limits<std::uint32_t>::max();
  into.weight = later.weight > kMost - into.weight ? kMost : into.weight + later.weight;
}

std::size_t ceilDivide(std::size_t a, std::size_t b) { return (a + b - 1) / b; }

}  // namespace

BoundedSeries::BoundedSeries(Config config)
    : firstWidth_(config.cell), width_(config.cell), capacity_(config.capacity) {
  RINGSIDE_CHECK(config.cell > Duration::zero());
  RINGSIDE_CHECK(config.capacity >= kSmallestCapacity);
  levels_.resize(1);
  for (std::size_t entries = capacity_; entries > kFactor; entries = ceilDivide(entries, kFactor)) {
    levels_.emplace_back();
  }
}

void BoundedSeries::record(Instant at, double value) {
  if (std::isnan(value)) return;
  record(at, {value, value, value, value, 1});
}

void BoundedSeries::record(Instant at, const Summary& summary) {
  RINGSIDE_CHECK(at >= Instant{});
  RINGSIDE_CHECK(summary.weight > 0);
  const auto cellAt = [&] { return static_cast<std::size_t>(at.time_since_epoch() / width_); };
  while (cellAt() >= capacity_) halve();
  std::size_t i = cellAt();
  RINGSIDE_CHECK(i + 1 >= cells().size());
  if (i >= cells().size() || cells()[i].weight == 0) ++filled_;
  const std::int64_t firstCell = at.time_since_epoch() / firstWidth_;
  if (firstCell != lastFirstCell_) ++everFilled_;
  lastFirstCell_ = firstCell;
  std::size_t most = capacity_;
  for (std::vector<Summary>& level : levels_) {
    if (i >= level.size()) {
      // Doubling, but never past what the level can come to hold: that is what maxBytes() promises.
      if (i >= level.capacity()) level.reserve(std::min(most, std::max<std::size_t>(16, 2 * i)));
      level.resize(i + 1);
    }
    mergeInto(level[i], summary);
    i /= kFactor;
    most = ceilDivide(most, kFactor);
  }
}

void BoundedSeries::halve() {
  width_ *= 2;
  std::vector<Summary>& fine = levels_.front();
  filled_ = 0;
  for (std::size_t i = 0; i < fine.size(); i += 2) {
    Summary merged = fine[i];
    if (i + 1 < fine.size()) mergeInto(merged, fine[i + 1]);
    fine[i / 2] = merged;
    filled_ += merged.weight != 0 ? 1 : 0;
  }
  fine.resize(ceilDivide(fine.size(), 2));
  for (std::size_t k = 1; k < levels_.size(); ++k) {
    levels_[k].assign(ceilDivide(levels_[k - 1].size(), kFactor), {});
    for (std::size_t i = 0; i < levels_[k - 1].size(); ++i) {
      mergeInto(levels_[k][i / kFactor], levels_[k - 1][i]);
    }
  }
}

void BoundedSeries::limitTo(std::size_t capacity) {
  RINGSIDE_CHECK(capacity >= kSmallestCapacity);
  capacity_ = std::min(capacity_, capacity);
  while (cells().size() > capacity_) halve();
  for (std::vector<Summary>& level : levels_) level.shrink_to_fit();
}

// Takes the largest entry that fits at each step, so a range costs at most 30 entries a level.
Summary BoundedSeries::summaryOf(std::size_t from, std::size_t to) const {
  Summary summary;
  while (from < to) {
    std::size_t level = 0;
    std::size_t covered = 1;
    while (level + 1 < levels_.size() && from % (covered * kFactor) == 0 &&
           from + covered * kFactor <= to) {
      ++level;
      covered *= kFactor;
    }
    mergeInto(summary, levels_[level][from / covered]);
    from += covered;
  }
  return summary;
}

std::vector<BoundedSeries::Point> BoundedSeries::window(Instant from, Instant to,
                                                        std::size_t maxPoints) const {
  RINGSIDE_CHECK(maxPoints > 0);
  const std::int64_t width = width_.count();
  const std::int64_t begin = std::max<std::int64_t>(0, from.time_since_epoch().count());
  const std::int64_t end = std::max<std::int64_t>(begin, to.time_since_epoch().count());
  const auto last = static_cast<std::size_t>(end / width + (end % width != 0 ? 1 : 0));
  const auto first = static_cast<std::size_t>(begin / width);
  const std::size_t stop = std::min(cells().size(), last);
  std::vector<Point> points;
  if (first >= stop) return points;
  // A column of m * 16^k cells, m up to 16, is read from at most 16 entries of level k.
  const auto columns = [&](std::size_t step) { return ceilDivide(stop, step) - first / step; };
  std::size_t unit = 1;
  std::size_t step = 1;
  while (columns(step) > maxPoints) {
    step += unit;
    if (step > unit * kFactor) step = 2 * (unit *= kFactor);
  }
  points.reserve(columns(step));
  for (std::size_t i = first; i < stop;) {
    const std::size_t next = std::min(stop, (i / step + 1) * step);
    const Summary summary = summaryOf(i, next);
    if (summary.weight != 0) {
      points.push_back({Instant(width_ * static_cast<std::int64_t>(i)),
                        width_ * static_cast<std::int64_t>(next - i), summary});
    }
    i = next;
  }
  return points;
}

std::size_t BoundedSeries::bytes() const {
  std::size_t entries = 0;
  for (const std::vector<Summary>& level : levels_) entries += level.capacity();
  return sizeof(*this) + entries * sizeof(Summary) + levels_.capacity() * sizeof(levels_.front());
}

std::size_t BoundedSeries::maxBytes(std::size_t capacity) {
  std::size_t entries = capacity;
  std::size_t lists = 1;
  for (std::size_t level = capacity; level > kFactor; ++lists) {
    level = ceilDivide(level, kFactor);
    entries += std::max<std::size_t>(16, level);
  }
  // The list of levels doubles as it grows; limitTo() may leave one level more than is needed.
  return sizeof(BoundedSeries) + (entries + kFactor) * sizeof(Summary) +
         2 * (lists + 1) * sizeof(std::vector<Summary>);
}

}  // namespace ringside::metrics
