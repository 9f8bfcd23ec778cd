// WaitList: tasks waiting for something, in order of arrival; the core of every awaitable here.
//
// Model     An intrusive FIFO of Waiters. wake() takes the oldest out and makes it due at this
//           instant. A waiter that is destroyed while it waits leaves the list.
// Cost      O(1) each; nothing is allocated.
#pragma once

#include <cstddef>

#include "engine/runtime/runtime.h"

namespace ringside {

struct Waiter {
  Waiter* next = nullptr;
  Waiter* previous = nullptr;
  Event event;
};

class WaitList {
 public:
  WaitList() = default;
  WaitList(const WaitList&) = delete;
  WaitList& operator=(const WaitList&) = delete;

  [[nodiscard]] bool empty() const { return first_ == nullptr; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] Waiter* front() const { return first_; }

  void append(Waiter& waiter) {
    waiter.previous = last_;
    waiter.next = nullptr;
    (last_ == nullptr ? first_ : last_->next) = &waiter;
    last_ = &waiter;
    ++size_;
  }

  void remove(Waiter& waiter) {
    (waiter.previous == nullptr ? first_ : waiter.previous->next) = waiter.next;
    (waiter.next == nullptr ? last_ : waiter.next->previous) = waiter.previous;
    waiter.next = waiter.previous = nullptr;
    --size_;
  }

  // REQUIRES: not empty.
  Waiter& wake(Runtime& runtime) {
    Waiter& waiter = *first_;
    remove(waiter);
    waiter.event.kind = EventKind::Wakeup;
    runtime.post(waiter.event);
    return waiter;
  }

 private:
  Waiter* first_ = nullptr;
  Waiter* last_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace ringside
