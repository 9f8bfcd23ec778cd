// Counter: how often something happened; it only rises.
//
// Cost      One addition.
// Compare   gauge.h goes up and down; the recorder makes a counter's rate over time.
#pragma once

#include <cstdint>

namespace ringside::metrics {

class Counter {
 public:
  void add(std::uint64_t count = 1) { total_ += count; }

  [[nodiscard]] std::uint64_t total() const { return total_; }

 private:
  std::uint64_t total_ = 0;
};

}  // namespace ringside::metrics
