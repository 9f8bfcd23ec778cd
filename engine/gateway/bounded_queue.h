// BoundedQueue: a first-in, first-out queue that says no when it is full.
//
// Model     A ring that grows by doubling up to `limit` items. A push beyond the limit is rejected and
//           leaves the item with the caller: that refusal is the backpressure.
// Promise   Order is kept. accepted = popped + size at all times; size never exceeds the limit, except
//           after the limit was lowered, when nothing is dropped and pushes fail until it drains.
// Threads   None. One owner.
// Cost      O(1) amortised; holds as much memory as its high-water mark needed.
// Rejected  An unbounded queue: it turns overload into waiting time without end, and then into a full
//           memory. Dropping the oldest: the caller who has waited longest loses.
// Compare   station.h queues work without holding it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "engine/base/check.h"

namespace ringside::gateway {

template <class T>
class BoundedQueue {
 public:
  explicit BoundedQueue(std::size_t limit) : limit_(limit) {}

  // Takes the item if there is room; otherwise leaves it untouched and returns false.
  [[nodiscard]] bool tryPush(T&& item) {
    if (size_ >= limit_) {
      ++rejected_;
      return false;
    }
    if (size_ == ring_.size()) grow();
    ring_[(head_ + size_) & (ring_.size() - 1)] = std::move(item);
    ++size_;
    ++accepted_;
    highWater_ = std::max(highWater_, size_);
    return true;
  }
  [[nodiscard]] bool tryPush(const T& item) { return tryPush(T(item)); }

  [[nodiscard]] std::optional<T> tryPop() {
    if (size_ == 0) return std::nullopt;
    T item = std::move(ring_[head_]);
    head_ = (head_ + 1) & (ring_.size() - 1);
    --size_;
    return item;
  }

  // REQUIRES: not empty.
  [[nodiscard]] const T& front() const {
    RINGSIDE_CHECK(size_ > 0);
    return ring_[head_];
  }

  void setLimit(std::size_t limit) { limit_ = limit; }

  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::size_t limit() const { return limit_; }
  [[nodiscard]] std::size_t highWater() const { return highWater_; }
  [[nodiscard]] std::uint64_t accepted() const { return accepted_; }
  [[nodiscard]] std::uint64_t rejected() const { return rejected_; }

 private:
  void grow() {
    std::vector<T> larger(std::max<std::size_t>(8, ring_.size() * 2));
    for (std::size_t i = 0; i < size_; ++i) {
      larger[i] = std::move(ring_[(head_ + i) & (ring_.size() - 1)]);
    }
    ring_ = std::move(larger);
    head_ = 0;
  }

  std::vector<T> ring_;  // A power of two.
  std::size_t head_ = 0;
  std::size_t size_ = 0;
  std::size_t limit_;
  std::size_t highWater_ = 0;
  std::uint64_t accepted_ = 0;
  std::uint64_t rejected_ = 0;
};

}  // namespace ringside::gateway
