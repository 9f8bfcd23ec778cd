// Mailbox: hands a value from one thread to another; the newest wins and nobody waits.
//
// Threads   One writer, one reader. A mutex held for a pointer's swap: std::atomic<shared_ptr>
//           draws a ThreadSanitizer report on GCC 12, and is no faster.
#pragma once

#include <memory>
#include <mutex>
#include <utility>

namespace ringside::run {

template <class T>
class Mailbox {
 public:
  void put(std::shared_ptr<const T> value) {
    const std::scoped_lock lock(mutex_);
    value_.swap(value);  // The old one dies with `value`, after the lock.
  }

  // What was put last and not yet taken, or null.
  [[nodiscard]] std::shared_ptr<const T> take() {
    const std::scoped_lock lock(mutex_);
    return std::exchange(value_, nullptr);
  }

  // Whether the last one put is still there.
  [[nodiscard]] bool full() const {
    const std::scoped_lock lock(mutex_);
    return value_ != nullptr;
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const T> value_;
};

}  // namespace ringside::run
