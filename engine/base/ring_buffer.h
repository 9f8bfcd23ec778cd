// RingBuffer: a first-in first-out queue in one block of memory, which doubles when it is full.
//
// Model     A power-of-two array and two ever-growing counters; an index is a counter's low bits.
// Promise   Elements keep their order; element i counts from the front. Growing moves the elements,
//           so references do not survive a push_back.
// Threads   None.
// Cost      O(1) a call, amortised; memory never shrinks (a queue that was long once may be again).
// Rejected  std::deque: 512-byte blocks come and go with every few pushes of a steady queue.
// Compare   Names match std::deque.
#pragma once

#include <cstddef>
#include <memory>
#include <utility>

#include "engine/base/check.h"
#include "engine/base/huge_pages.h"

namespace ringside {

template <class T>
class RingBuffer {
 public:
  RingBuffer() = default;
  RingBuffer(RingBuffer&& other) noexcept { swap(other); }
  RingBuffer& operator=(RingBuffer&& other) noexcept {
    RingBuffer moved(std::move(other));
    swap(moved);
    return *this;
  }
  RingBuffer(const RingBuffer&) = delete;
  RingBuffer& operator=(const RingBuffer&) = delete;
  ~RingBuffer() {
    clear();
    if (slots_ != nullptr) HugePageAllocator<T>().deallocate(slots_, capacity_);
  }

  [[nodiscard]] std::size_t size() const { return tail_ - head_; }
  [[nodiscard]] bool empty() const { return tail_ == head_; }
  [[nodiscard]] std::size_t capacity() const { return capacity_; }

  void push_back(T value) { emplace_back(std::move(value)); }

  template <class... Args>
  T& emplace_back(Args&&... args) {
    if (size() == capacity_) [[unlikely]] {
      // Built before the old block goes: an argument may refer to an element of this buffer.
      T value(std::forward<Args>(args)...);
      grow(capacity_ == 0 ? kFirstCapacity : capacity_ * 2);
      return *std::construct_at(slot(tail_++), std::move(value));
    }
    T* const made = std::construct_at(slot(tail_), std::forward<Args>(args)...);
    ++tail_;
    return *made;
  }

  // REQUIRES: not empty, for front, back and pop_front; i < size() for the index.
  [[nodiscard]] T& front() { return (*this)[0]; }
  [[nodiscard]] const T& front() const { return (*this)[0]; }
  [[nodiscard]] T& back() { return (*this)[size() - 1]; }
  [[nodiscard]] const T& back() const { return (*this)[size() - 1]; }
  [[nodiscard]] T& operator[](std::size_t i) {
    RINGSIDE_CHECK(i < size());
    return *slot(head_ + i);
  }
  [[nodiscard]] const T& operator[](std::size_t i) const {
    RINGSIDE_CHECK(i < size());
    return *slot(head_ + i);
  }

  void pop_front() {
    RINGSIDE_CHECK(!empty());
    std::destroy_at(slot(head_));
    ++head_;
  }

  void clear() {
    while (!empty()) pop_front();
  }

  // Makes room for `count` elements in all.
  void reserve(std::size_t count) {
    std::size_t wanted = capacity_ == 0 ? kFirstCapacity : capacity_;
    while (wanted < count) wanted *= 2;
    if (wanted > capacity_) grow(wanted);
  }

  void swap(RingBuffer& other) noexcept {
    std::swap(slots_, other.slots_);
    std::swap(capacity_, other.capacity_);
    std::swap(head_, other.head_);
    std::swap(tail_, other.tail_);
  }

 private:
  static constexpr std::size_t kFirstCapacity = 8;

  [[nodiscard]] T* slot(std::size_t counter) const { return slots_ + (counter & (capacity_ - 1)); }

  void grow(std::size_t wanted) {
    T* const moved = HugePageAllocator<T>().allocate(wanted);
    const std::size_t count = size();
    for (std::size_t i = 0; i < count; ++i) {
      std::construct_at(moved + i, std::move(*slot(head_ + i)));
      std::destroy_at(slot(head_ + i));
    }
    if (slots_ != nullptr) HugePageAllocator<T>().deallocate(slots_, capacity_);
    slots_ = moved;
    capacity_ = wanted;
    head_ = 0;
    tail_ = count;
  }

  T* slots_ = nullptr;
  std::size_t capacity_ = 0;
  std::size_t head_ = 0;  // Counters only grow; the slot of one is its low bits.
  std::size_t tail_ = 0;
};

}  // namespace ringside
