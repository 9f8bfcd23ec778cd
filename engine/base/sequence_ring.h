// SequenceRing: a queue whose elements keep the number they were given on entry.
//
// Model     Elements are numbered from 0 (or where startAt says) without gaps, enter at the end and
//           leave at the front; element n stands at n modulo the size of a block that doubles.
// Promise   at(n) is one array access for every n in [begin, end); no allocation once the queue has
//           been as long as it will get.
// Threads   None. One owner.
// Rejected  std::deque: it allocates and frees a block every few elements for ever.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "engine/base/check.h"
#include "engine/base/huge_pages.h"

namespace ringside {

template <class T>
class SequenceRing {
 public:
  // REQUIRES: empty.
  void startAt(std::uint64_t number) {
    RINGSIDE_CHECK(empty());
    begin_ = end_ = number;
  }

  std::uint64_t pushBack(T value) {
    if (size() == cells_.size()) grow(cells_.empty() ? 16 : cells_.size() * 2);
    cells_[end_ & mask_] = std::move(value);
    return end_++;
  }

  // REQUIRES: !empty().
  void popFront() {
    RINGSIDE_CHECK(!empty());
    cells_[begin_++ & mask_] = T{};
  }

  // REQUIRES: !empty().
  void popBack() {
    RINGSIDE_CHECK(!empty());
    cells_[--end_ & mask_] = T{};
  }

  // REQUIRES: begin() <= number < end().
  [[nodiscard]] T& at(std::uint64_t number) { return cells_[number & mask_]; }
  [[nodiscard]] const T& at(std::uint64_t number) const { return cells_[number & mask_]; }

  [[nodiscard]] bool holds(std::uint64_t number) const { return number >= begin_ && number < end_; }
  [[nodiscard]] std::uint64_t begin() const { return begin_; }
  [[nodiscard]] std::uint64_t end() const { return end_; }
  [[nodiscard]] std::size_t size() const { return end_ - begin_; }
  [[nodiscard]] bool empty() const { return begin_ == end_; }

  void reserve(std::size_t count) {
    if (count > cells_.size()) grow(std::bit_ceil(count));
  }
  [[nodiscard]] std::size_t bytes() const { return cells_.capacity() * sizeof(T); }

 private:
  void grow(std::size_t cells) {
    Table<T> bigger(cells);
    for (std::uint64_t n = begin_; n != end_; ++n) {
      bigger[n & (cells - 1)] = std::move(cells_[n & mask_]);
    }
    cells_ = std::move(bigger);
    mask_ = cells - 1;
  }

  Table<T> cells_;
  std::uint64_t mask_ = 0;
  std::uint64_t begin_ = 0;
  std::uint64_t end_ = 0;
};

}  // namespace ringside
