#include "engine/metrics/histogram.h"

#include <algorithm>
#include <cmath>

#include "engine/base/check.h"

namespace ringside::metrics {

template <int kSubBucketBits>
std::uint64_t BasicHistogram<kSubBucketBits>::clip(std::int64_t value) {
  RINGSIDE_CHECK(value >= 0);
  ++clipped_;
  return static_cast<std::uint64_t>(kLargest);
}

template <int kSubBucketBits>
void BasicHistogram<kSubBucketBits>::recordInNewRow(std::uint64_t v, std::size_t row) {
  rows_[row] = std::make_unique<std::uint32_t[]>(kHalf);
  ++rows_[row][(v >> (row < 2 ? 0 : row - 1)) % kHalf];
  note(v);
}

template <int kSubBucketBits>
auto BasicHistogram<kSubBucketBits>::boundsOf(std::size_t index) -> Bucket {
  const std::size_t row = index / kHalf;
  if (row < 2) return {static_cast<std::int64_t>(index), static_cast<std::int64_t>(index), 0};
  const std::size_t doubling = row - 1;
  const auto low = static_cast<std::int64_t>((kHalf + index % kHalf) << doubling);
  return {low, low + (std::int64_t{1} << doubling) - 1, 0};
}

template <int kSubBucketBits>
std::uint64_t BasicHistogram<kSubBucketBits>::carriedAt(std::size_t index) const {
  const auto carried = carries_.find(index);
  return carried == carries_.end() ? 0 : carried->second << 32;
}

// Calls visitor(index, count) for each bucket that holds something, until it returns false.
template <int kSubBucketBits>
template <class Visit>
void BasicHistogram<kSubBucketBits>::visit(Visit visitor) const {
  for (std::size_t row = 0; row < kRows; ++row) {
    const std::uint32_t* const counts = rows_[row].get();
    if (counts == nullptr) continue;
    for (std::size_t i = 0; i < kHalf; ++i) {
      std::uint64_t count = counts[i];
      if (!carries_.empty()) [[unlikely]]
        count += carriedAt(row * kHalf + i);
      if (count != 0 && !visitor(row * kHalf + i, count)) return;
    }
  }
}

template <int kSubBucketBits>
void BasicHistogram<kSubBucketBits>::merge(const BasicHistogram& other) {
  const auto carries = other.carries_;  // Before any change: `other` may be this histogram.
  for (std::size_t row = 0; row < kRows; ++row) {
    if (other.rows_[row] == nullptr) continue;
    if (rows_[row] == nullptr) rows_[row] = std::make_unique<std::uint32_t[]>(kHalf);
    for (std::size_t i = 0; i < kHalf; ++i) {
      const std::uint32_t added = other.rows_[row][i];
      rows_[row][i] += added;
      if (rows_[row][i] < added) ++carries_[row * kHalf + i];
    }
  }
  for (const auto& [index, times] : carries) carries_[index] += times;
  count_ += other.count_;
  sum_ += other.sum_;
  squares_ += other.squares_;
  min_ = std::min(min_, other.min_);
  max_ = std::max(max_, other.max_);
  clipped_ += other.clipped_;
}

template <int kSubBucketBits>
void BasicHistogram<kSubBucketBits>::reset() {
  for (const auto& row : rows_) {
    if (row != nullptr) std::fill_n(row.get(), kHalf, 0U);
  }
  carries_.clear();
  count_ = max_ = clipped_ = 0;
  min_ = ~std::uint64_t{0};
  sum_ = squares_ = 0;
}

template <int kSubBucketBits>
std::int64_t BasicHistogram<kSubBucketBits>::min() const {
  return count_ == 0 ? 0 : static_cast<std::int64_t>(min_);
}

template <int kSubBucketBits>
std::int64_t BasicHistogram<kSubBucketBits>::max() const {
  return static_cast<std::int64_t>(max_);
}

template <int kSubBucketBits>
double BasicHistogram<kSubBucketBits>::sum() const {
  return static_cast<double>(sum_);
}

template <int kSubBucketBits>
double BasicHistogram<kSubBucketBits>::mean() const {
  return count_ == 0 ? 0 : static_cast<double>(sum_) / static_cast<double>(count_);
}

template <int kSubBucketBits>
double BasicHistogram<kSubBucketBits>::deviation() const {
  if (count_ == 0) return 0;
  // Squares about a whole number next to the mean, in integers: the textbook difference of two huge
  // sums would leave nothing of a small deviation.
  const Wide centre = sum_ / count_;
  const Wide rest = sum_ % count_;
  const Wide about = squares_ - 2 * centre * sum_ + centre * centre * count_;
  const double n = static_cast<double>(count_);
  const double offset = static_cast<double>(rest) / n;
  return std::sqrt(std::max(0.0, static_cast<double>(about) / n - offset * offset));
}

template <int kSubBucketBits>
std::int64_t BasicHistogram<kSubBucketBits>::percentile(double percent) const {
  std::int64_t value = 0;
  percentiles(std::span(&percent, 1), std::span(&value, 1));
  return value;
}

template <int kSubBucketBits>
void BasicHistogram<kSubBucketBits>::percentiles(std::span<const double> percents,
                                                 std::span<std::int64_t> values) const {
  RINGSIDE_CHECK(percents.size() == values.size());
  std::fill(values.begin(), values.end(), 0);
  const auto rankOf = [this](double percent) {
    RINGSIDE_CHECK(percent >= 0 && percent <= 100);
    // 99.9 of 1000 is rank 999, though 99.9 / 100 * 1000 comes out just above it.
    const double exact = percent / 100 * static_cast<double>(count_) * (1 - 1e-14);
    return std::max<std::uint64_t>(1, static_cast<std::uint64_t>(std::ceil(exact)));
  };
  if (percents.empty()) return;
  std::size_t next = 0;
  std::uint64_t wanted = rankOf(percents[0]);
  std::uint64_t seen = 0;
  visit([&](std::size_t index, std::uint64_t count) {
    seen += count;
    while (wanted <= seen) {
      values[next++] = boundsOf(index).high;
      if (next == percents.size()) return false;
      wanted = rankOf(percents[next]);
    }
    return true;
  });
}

template <int kSubBucketBits>
auto BasicHistogram<kSubBucketBits>::buckets() const -> std::vector<Bucket> {
  std::vector<Bucket> found;
  visit([&](std::size_t index, std::uint64_t count) {
    found.push_back(boundsOf(index));
    found.back().count = count;
    return true;
  });
  return found;
}

template <int kSubBucketBits>
std::vector<PercentileRow> BasicHistogram<kSubBucketBits>::percentileRows(int ticksPerHalf) const {
  RINGSIDE_CHECK(ticksPerHalf > 0);
  std::vector<PercentileRow> rows;
  double wanted = 0;
  std::uint64_t seen = 0;
  visit([&](std::size_t index, std::uint64_t count) {
    seen += count;
    const double reached = 100 * static_cast<double>(seen) / static_cast<double>(count_);
    while (wanted <= reached) {
      rows.push_back({boundsOf(index).high, wanted, seen});
      if (seen == count_) break;
      const int halvings = std::ilogb(100 / (100 - wanted)) + 1;
      wanted += 100 / (ticksPerHalf * std::ldexp(1.0, halvings));
    }
    return true;
  });
  if (!rows.empty()) rows.push_back({rows.back().value, 100, count_});
  return rows;
}

template <int kSubBucketBits>
std::size_t BasicHistogram<kSubBucketBits>::bytes() const {
  const auto used =
      std::count_if(rows_.begin(), rows_.end(), [](auto& row) { return row != nullptr; });
  return sizeof(*this) + static_cast<std::size_t>(used) * kRowBytes;
}

template class BasicHistogram<11>;
template class BasicHistogram<8>;

}  // namespace ringside::metrics
