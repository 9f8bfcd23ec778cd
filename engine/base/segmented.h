// Segmented: a table that grows at its end without moving what is in it.
//
// Model     Segments of 32 KiB from the frame pool; element i is the i-th of its segment.
// Promise   References stay valid until the table is cleared. Memory is touched only as it is used,
//           and a segment given up serves the next table.
// Threads   None.
// Cost      One more load, of a pointer that is in the cache, than a vector's.
// Rejected  std::vector: each doubling copies all there is and faults in as much again, and at half
//           a gigabyte of rows a second that was a fifth of a run.
#pragma once

#include <bit>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "engine/base/frame_pool.h"

namespace ringside {

// How many elements a segment holds: a power of two.
template <class T>
inline constexpr std::size_t kSegmentSize = std::bit_floor(
    std::size_t{32 * 1024} / sizeof(T) == 0 ? 1 : std::size_t{32 * 1024} / sizeof(T));

template <class T>
[[nodiscard]] T* newSegment() {
  static_assert(alignof(T) <= frame_pool::kStep);
  return static_cast<T*>(allocateFrame(kSegmentSize<T> * sizeof(T)));
}

template <class T>
void releaseSegment(T* segment) noexcept {
  releaseFrame(segment, kSegmentSize<T> * sizeof(T));
}

template <class T>
class Segmented {
 public:
  Segmented() = default;
  Segmented(Segmented&& other) noexcept
      : segments_(std::exchange(other.segments_, {})), size_(std::exchange(other.size_, 0)) {}
  Segmented& operator=(Segmented&& other) noexcept {
    segments_.swap(other.segments_);
    std::swap(size_, other.size_);
    return *this;
  }
  Segmented(const Segmented&) = delete;
  Segmented& operator=(const Segmented&) = delete;
  ~Segmented() { clear(); }

  template <class... Args>
  T& emplace_back(Args&&... args) {
    if (size_ == segments_.size() * kSegmentSize<T>) segments_.push_back(newSegment<T>());
    T* const made = std::construct_at(&(*this)[size_], std::forward<Args>(args)...);
    ++size_;
    return *made;
  }

  // REQUIRES: i < size().
  [[nodiscard]] T& operator[](std::size_t i) {
    return segments_[i / kSegmentSize<T>][i % kSegmentSize<T>];
  }
  [[nodiscard]] const T& operator[](std::size_t i) const {
    return segments_[i / kSegmentSize<T>][i % kSegmentSize<T>];
  }

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::size_t bytes() const { return segments_.size() * kSegmentSize<T> * sizeof(T); }

  void clear() {
    for (std::size_t i = 0; i < size_; ++i) std::destroy_at(&(*this)[i]);
    for (T* const segment : segments_) releaseSegment(segment);
    segments_.clear();
    size_ = 0;
  }

 private:
  std::vector<T*> segments_;
  std::size_t size_ = 0;
};

}  // namespace ringside
