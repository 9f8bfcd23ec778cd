// BoundedQueue: a first-in, first-out queue that says no when it is full.
//
// Model     A ring buffer with a limit. A push beyond the limit is rejected and leaves the item
//           with the caller: that refusal is the backpressure.
// Promise   Order is kept. accepted = popped + size at all times; size never exceeds the limit,
//           except after the limit was lowered, when nothing is dropped and pushes fail until it
//           drains.
// Threads   None. One owner.
// Cost      O(1) amortised; holds as much memory as its high-water mark needed.
// Rejected  An unbounded queue: it turns overload into waiting time without end, and then into a
//           full memory. Dropping the oldest: the caller who has waited longest loses.
// Compare   station.h queues work without holding it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include "engine/base/ring_buffer.h"

namespace ringside::gateway {

template <class T>
class BoundedQueue {
 public:
  explicit BoundedQueue(std::size_t limit) : limit_(limit) {}

  // Takes the item if there is room; otherwise leaves it untouched and returns false.
  [[nodiscard]] bool tryPush(T&& item) {
    if (items_.size() >= limit_) {
      ++rejected_;
      return false;
    }
    items_.push_back(std::move(item));
    ++accepted_;
    highWater_ = std::max(highWater_, items_.size());
    return true;
  }
  [[nodiscard]] bool tryPush(const T& item) { return tryPush(T(item)); }

  [[nodiscard]] std::optional<T> tryPop() {
    if (items_.empty()) return std::nullopt;
    std::optional<T> item(std::move(items_.front()));
    items_.pop_front();
    return item;
  }

  // REQUIRES: not empty.
  [[nodiscard]] const T& front() const { return items_.front(); }

  void setLimit(std::size_t limit) { limit_ = limit; }

  [[nodiscard]] bool empty() const { return items_.empty(); }
  [[nodiscard]] std::size_t size() const { return items_.size(); }
  [[nodiscard]] std::size_t limit() const { return limit_; }
  [[nodiscard]] std::size_t highWater() const { return highWater_; }
  [[nodiscard]] std::uint64_t accepted() const { return accepted_; }
  [[nodiscard]] std::uint64_t rejected() const { return rejected_; }

 private:
  RingBuffer<T> items_;
  std::size_t limit_;
  std::size_t highWater_ = 0;
  std::uint64_t accepted_ = 0;
  std::uint64_t rejected_ = 0;
};

}  // namespace ringside::gateway
