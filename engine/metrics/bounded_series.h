// BoundedSeries: values over virtual time, in bounded memory however long the run.
//
// Model     Time is cut into cells of equal width; a cell keeps the lowest, highest, last and mean
//           of what was recorded in it. When a cell beyond the capacity is needed, neighbours merge
//           in pairs and cells become twice as wide. Above the cells stands a pyramid of the same
//           summaries: one for 16 cells, one for 256, and so on.
// Promise   window() never loses an extreme: the highest point it returns is the highest value that
//           was recorded in the cells it covers.
// Time      Passive. Instants must not go backwards.
// Cost      record() touches one summary a level, amortised; window() O(points asked for), whatever
//           the length.
// Rejected  Dropping old values (the start of a run is what the end is compared with), and sampling
//           every n-th (peaks vanish, and peaks are the point).
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/base/time.h"

namespace ringside::metrics {

class BoundedSeries {
 public:
  static constexpr std::size_t kDefaultCapacity = 4096;
  static constexpr std::size_t kSmallestCapacity = 64;

  struct Config {
    Duration cell = std::chrono::milliseconds(1);  // Width at first, > 0.
    std::size_t capacity = kDefaultCapacity;       // Cells at most; kSmallestCapacity or more.
  };

  // What one cell, or several, saw.
  struct Summary {
    double low = 0;
    double high = 0;
    double last = 0;
    double mean = 0;
    std::uint32_t weight = 0;  // Values behind it; 0 for none. Saturates.
  };

  // A column of a chart.
  struct Point {
    Instant start;
    Duration width;
    Summary summary;
  };

  explicit BoundedSeries(Config config);

  // Not-a-number says that there is no value now, and records nothing.
  void record(Instant at, double value);
  // The same for values already summed up, of weight 1 or more.
  void record(Instant at, const Summary& summary);

  // At most `maxPoints` columns over [from, to), those without a value left out. Columns are
  // equally wide and stay where they are when the window moves; the first and last are cut at the
  // window's edge, on whole cells. REQUIRES: maxPoints > 0.
  [[nodiscard]] std::vector<Point> window(Instant from, Instant to, std::size_t maxPoints) const;

  // Merges until at most `capacity` cells are left, and keeps to it.
  void limitTo(std::size_t capacity);

  [[nodiscard]] bool empty() const { return cells().empty(); }
  [[nodiscard]] const Summary& latest() const { return cells().back(); }  // REQUIRES: not empty.
  [[nodiscard]] Duration cellWidth() const { return width_; }
  // Cells that hold a value; and how many more there would be, had cells never been merged.
  [[nodiscard]] std::size_t kept() const { return filled_; }
  [[nodiscard]] std::uint64_t dropped() const { return everFilled_ - filled_; }
  [[nodiscard]] std::size_t bytes() const;
  [[nodiscard]] static std::size_t maxBytes(std::size_t capacity);

 private:
  static constexpr std::size_t kFactor = 16;

  [[nodiscard]] const std::vector<Summary>& cells() const { return levels_.front(); }
  void halve();
  [[nodiscard]] Summary summaryOf(std::size_t from, std::size_t to) const;

  Duration firstWidth_;
  Duration width_;
  std::size_t capacity_;
  std::size_t filled_ = 0;
  std::uint64_t everFilled_ = 0;     // Cells of the first width that were ever recorded into.
  std::int64_t lastFirstCell_ = -1;  // The latest of them.
  std::vector<std::vector<Summary>> levels_;  // An entry of level k covers 16^k cells.
};

}  // namespace ringside::metrics
