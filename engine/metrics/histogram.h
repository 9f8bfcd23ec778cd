// Histogram: how values are spread, to three significant digits, in bounded memory.
//
// Model     Buckets as wide as 1 up to 2048; from there each doubling of the value doubles the
//           width, with 1024 buckets a doubling. A value is known to one part in 1024 or better.
// Promise   Count, sum, mean, deviation, min and max are exact; a percentile is the highest value
//           that its bucket stands for, at most 0.1 % above the true one. Merging two histograms
//           gives the same as recording everything into one.
// Cost      About 3 ns a value. 4 KiB for each doubling that was ever hit, 188 KiB at most.
// Rejected  Keeping the values (a million a second), or a t-digest (merging is not exact, and the
//           tail is what one wants to be sure of).
// Compare   CoarseHistogram: the same to two digits, an eighth of the memory, for short intervals.
// Source    Tene's HdrHistogram: same buckets, same iteration, so exports agree with its tools.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <vector>

namespace ringside::metrics {

// A line of a percentile distribution (.hgrm).
struct PercentileRow {
  std::int64_t value;
  double percentile;         // 0 to 100; 100 in the last row.
  std::uint64_t cumulative;  // Values at or below `value`.
};

template <int kSubBucketBits>
class BasicHistogram {
 public:
  // Above, a value counts as this one, and as clipped: 2.3 years in nanoseconds.
  static constexpr std::int64_t kLargest = (std::int64_t{1} << 56) - 1;

  struct Bucket {
    std::int64_t low;   // Lowest and
    std::int64_t high;  // highest value it stands for.
    std::uint64_t count;
  };

  // REQUIRES: value >= 0.
  void record(std::int64_t value) {
    auto v = static_cast<std::uint64_t>(value);
    if (v > static_cast<std::uint64_t>(kLargest)) [[unlikely]]
      v = clip(value);
    const int doubling = static_cast<int>(std::bit_width(v | (2 * kHalf - 1))) - kSubBucketBits;
    const std::uint64_t sub = v >> doubling;
    const auto row = static_cast<std::size_t>(doubling) + static_cast<std::size_t>(sub / kHalf);
    std::uint32_t* const counts = rows_[row].get();
    if (counts == nullptr) [[unlikely]]
      return recordInNewRow(v, row);
    if (++counts[sub % kHalf] == 0) [[unlikely]]
      ++carries_[row * kHalf + sub % kHalf];
    note(v);
  }

  void merge(const BasicHistogram& other);
  void reset();

  [[nodiscard]] std::uint64_t count() const { return count_; }
  [[nodiscard]] std::uint64_t clipped() const { return clipped_; }
  [[nodiscard]] std::int64_t min() const;  // 0 when empty, as max() and mean().
  [[nodiscard]] std::int64_t max() const;
  [[nodiscard]] double sum() const;
  [[nodiscard]] double mean() const;
  [[nodiscard]] double deviation() const;  // Of the population.

  // The value that `percent` of all values do not exceed, as its bucket's highest. 0 when empty.
  // REQUIRES: 0 <= percent <= 100.
  [[nodiscard]] std::int64_t percentile(double percent) const;

  // Several in one pass. REQUIRES: percents ascend, and the spans are equally long.
  void percentiles(std::span<const double> percents, std::span<std::int64_t> values) const;

  // Buckets that hold something, in ascending order.
  [[nodiscard]] std::vector<Bucket> buckets() const;

  // Rows whose percentiles come closer together towards 100: `ticksPerHalf` of them each time the
  // distance to 100 halves.
  [[nodiscard]] std::vector<PercentileRow> percentileRows(int ticksPerHalf = 5) const;

  [[nodiscard]] std::size_t bytes() const;
  static constexpr std::size_t maxBytes() { return kRows * kRowBytes + sizeof(BasicHistogram); }

 private:
  __extension__ using Wide = unsigned __int128;
  static constexpr std::uint64_t kHalf = std::uint64_t{1} << (kSubBucketBits - 1);
  static constexpr std::size_t kRows = 56 - kSubBucketBits + 2;
  static constexpr std::size_t kRowBytes = kHalf * sizeof(std::uint32_t);

  void note(std::uint64_t v) {
    ++count_;
    sum_ += v;
    squares_ += Wide{v} * v;
    if (v < min_) min_ = v;
    if (v > max_) max_ = v;
  }
  std::uint64_t clip(std::int64_t value);
  void recordInNewRow(std::uint64_t v, std::size_t row);
  [[nodiscard]] static Bucket boundsOf(std::size_t index);
  [[nodiscard]] std::uint64_t carriedAt(std::size_t index) const;
  template <class Visit>
  void visit(Visit visitor) const;

  // Row 0 and 1 are the buckets of width 1, and each further row is a doubling.
  std::array<std::unique_ptr<std::uint32_t[]>, kRows> rows_;
  std::uint64_t count_ = 0;
  std::uint64_t min_ = ~std::uint64_t{0};
  std::uint64_t max_ = 0;
  Wide sum_ = 0;
  Wide squares_ = 0;  // Modulo 2^128, which the deviation does not mind.
  std::uint64_t clipped_ = 0;
  std::map<std::size_t, std::uint64_t> carries_;  // Bucket -> times its 32 bits were full.
};

using Histogram = BasicHistogram<11>;
using CoarseHistogram = BasicHistogram<8>;

extern template class BasicHistogram<11>;
extern template class BasicHistogram<8>;

}  // namespace ringside::metrics
