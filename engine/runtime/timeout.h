// withTimeout, withDeadline: awaits a task, but no longer than a limit.
//
//     std::optional<Reply> reply = co_await withTimeout(runtime, bank.charge(request), 45ms);
//
// Model     A task that has not ended when the limit strikes is cancelled where it waits, and the
//           result is empty. A task that ends at the very instant of the limit may go either way:
//           what was scheduled first comes first.
// Cost      The timer lives in the awaiter; nothing is allocated.
#pragma once

#include <optional>

#include "engine/runtime/branch.h"

namespace ringside {
namespace detail {

template <class T>
class Timed : BranchOwner {
 public:
  Timed(Runtime& runtime, Task<T> task, Instant deadline)
      : runtime_(runtime), branch_(std::move(task)) {
    timer_.at = deadline;
    timer_.kind = EventKind::Timeout;
  }
  Timed(const Timed&) = delete;
  Timed& operator=(const Timed&) = delete;
  ~Timed() {
    if (timer_.pending()) runtime_.cancel(timer_);
  }

  [[nodiscard]] bool await_ready() const noexcept { return false; }

  template <class Promise>
  bool await_suspend(std::coroutine_handle<Promise> parent) {
    parent_ = parent;
    ended = [](BranchOwner& owner, std::size_t) noexcept {
      auto& self = static_cast<Timed&>(owner);
      self.finished_ = true;
      if (!self.starting_) self.runtime_.resumeNext(self.parent_);
    };
    timer_.actor = parent.promise().actor;
    timer_.waiter = parent;
    runtime_.schedule(timer_);
    branch_.start(parent.promise(), *this, 0);
    starting_ = false;
    return !finished_;
  }

  std::optional<Value<T>> await_resume() {
    if (timer_.pending()) runtime_.cancel(timer_);
    if (!finished_) {
      branch_.cancel();
      return std::nullopt;
    }
    return branch_.take();
  }

 private:
  Runtime& runtime_;
  Branch<T> branch_;
  Event timer_;
  std::coroutine_handle<> parent_;
  bool starting_ = true;
  bool finished_ = false;
};

}  // namespace detail

template <class T>
[[nodiscard]] auto withDeadline(Runtime& runtime, Task<T> task, Instant deadline) {
  return detail::Timed<T>(runtime, std::move(task), deadline);
}

template <class T>
[[nodiscard]] auto withTimeout(Runtime& runtime, Task<T> task, Duration limit) {
  return withDeadline(runtime, std::move(task), runtime.now() + limit);
}

}  // namespace ringside
