// SequenceRing: a queue whose elements keep the number they were given on entry.
//
// Model     Elements are numbered from 0 (or where startAt says) without gaps, enter at the end and
//           leave at the front. They stand in segments of 32 KiB, which come from the frame pool
//           and go back to it when their last element has left.
// Promise   at(n) is two array accesses for every n in [begin, end), and references stay valid
//           until their element leaves. Memory is that of the elements, to within two segments.
// Threads   None. One owner.
// Rejected  std::deque: blocks of 512 bytes. One block that doubles: see segmented.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

#include "engine/base/check.h"
#include "engine/base/ring_buffer.h"
#include "engine/base/segmented.h"

namespace ringside {

template <class T>
class SequenceRing {
 public:
  SequenceRing() = default;
  SequenceRing(const SequenceRing& other) {
    startAt(other.begin_);
    for (std::uint64_t n = other.begin_; n != other.end_; ++n) pushBack(other.at(n));
  }
  SequenceRing(SequenceRing&& other) noexcept { swap(other); }
  SequenceRing& operator=(SequenceRing other) noexcept {
    swap(other);
    return *this;
  }
  ~SequenceRing() {
    while (!empty()) popBack();
    while (!segments_.empty()) dropFirstSegment();
  }

  void swap(SequenceRing& other) noexcept {
    segments_.swap(other.segments_);
    std::swap(begin_, other.begin_);
    std::swap(end_, other.end_);
    std::swap(firstSegment_, other.firstSegment_);
  }

  // REQUIRES: empty.
  void startAt(std::uint64_t number) {
    RINGSIDE_CHECK(empty());
    while (!segments_.empty()) dropFirstSegment();
    begin_ = end_ = number;
    firstSegment_ = number / kSegmentSize<T>;
  }

  std::uint64_t pushBack(T value) {
    if (end_ / kSegmentSize<T> == firstSegment_ + segments_.size()) {
      segments_.push_back(newSegment<T>());
    }
    std::construct_at(&at(end_), std::move(value));
    return end_++;
  }

  // REQUIRES: !empty().
  void popFront() {
    RINGSIDE_CHECK(!empty());
    std::destroy_at(&at(begin_));
    if (++begin_ % kSegmentSize<T> == 0) dropFirstSegment();
  }

  // REQUIRES: !empty(). The segment stays, for the next that comes.
  void popBack() {
    RINGSIDE_CHECK(!empty());
    std::destroy_at(&at(--end_));
  }

  // REQUIRES: begin() <= number < end().
  [[nodiscard]] T& at(std::uint64_t number) {
    return segments_[number / kSegmentSize<T> - firstSegment_][number % kSegmentSize<T>];
  }
  [[nodiscard]] const T& at(std::uint64_t number) const {
    return segments_[number / kSegmentSize<T> - firstSegment_][number % kSegmentSize<T>];
  }

  [[nodiscard]] bool holds(std::uint64_t number) const { return number >= begin_ && number < end_; }
  [[nodiscard]] std::uint64_t begin() const { return begin_; }
  [[nodiscard]] std::uint64_t end() const { return end_; }
  [[nodiscard]] std::size_t size() const { return end_ - begin_; }
  [[nodiscard]] bool empty() const { return begin_ == end_; }
  [[nodiscard]] std::size_t bytes() const {
    return segments_.size() * kSegmentSize<T> * sizeof(T) + segments_.capacity() * sizeof(T*);
  }

 private:
  void dropFirstSegment() {
    releaseSegment(segments_.front());
    segments_.pop_front();
    ++firstSegment_;
  }

  RingBuffer<T*> segments_;
  std::uint64_t begin_ = 0;
  std::uint64_t end_ = 0;
  std::uint64_t firstSegment_ = 0;  // Number of segments_[0], counted from that of element 0.
};

}  // namespace ringside
