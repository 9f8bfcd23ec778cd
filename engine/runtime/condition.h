// Condition: tasks wait until another says that something may have changed.
//
//     while (queue.empty()) co_await filled.wait();
//     while (queue.empty()) co_await filled.wait(mutex, lock);
//
// Model     notifyOne() wakes the longest waiting task, notifyAll() all that wait now. Nothing is
//           remembered: a notice with nobody waiting is lost.
// Promise   A notice for one reaches one: a task cancelled between the notice and going on hands it
//           to the next. So a task may be woken for nothing, and asks its question again.
#pragma once

#include "engine/runtime/mutex.h"
#include "engine/runtime/task.h"
#include "engine/runtime/wait_list.h"

namespace ringside {

class Condition {
 public:
  explicit Condition(Runtime& runtime) : runtime_(runtime) {}

  class Wait : public Waiter {
   public:
    explicit Wait(Condition& of) : condition_(of) {}
    Wait(const Wait&) = delete;
    Wait& operator=(const Wait&) = delete;
    ~Wait() {
      if (state_ == State::Waiting) condition_.waiters_.remove(*this);
      if (event.pending()) condition_.runtime_.cancel(event);
      if (state_ == State::Notified) condition_.notifyOne();
    }
    [[nodiscard]] bool await_ready() const noexcept { return false; }
    template <class Promise>
    void await_suspend(std::coroutine_handle<Promise> self) {
      event.waiter = self;
      event.actor = self.promise().actor;
      condition_.waiters_.append(*this);
      state_ = State::Waiting;
    }
    void await_resume() noexcept { state_ = State::Over; }

   private:
    friend class Condition;
    enum class State { New, Waiting, Notified, NotifiedWithAll, Over };
    Condition& condition_;
    State state_ = State::New;
  };

  [[nodiscard]] Wait wait() { return Wait(*this); }

  // Gives up `lock` while it waits and holds it again when it goes on. REQUIRES: `lock` holds
  // `mutex`, and both outlive the task.
  [[nodiscard]] Task<void> wait(Mutex& mutex, Mutex::Lock& lock) {
    lock.release();
    co_await wait();
    PassOn notice{this};  // Cancelled while it waits for the lock: another may need the notice.
    lock = co_await mutex.lock();
    notice.condition = nullptr;
  }

  void notifyOne() {
    if (!waiters_.empty()) wake(Wait::State::Notified);
  }
  void notifyAll() {
    while (!waiters_.empty()) wake(Wait::State::NotifiedWithAll);
  }
  [[nodiscard]] std::size_t waiting() const { return waiters_.size(); }

 private:
  struct PassOn {
    Condition* condition;
    ~PassOn() {
      if (condition != nullptr) condition->notifyOne();
    }
  };

  void wake(Wait::State why) { static_cast<Wait&>(waiters_.wake(runtime_)).state_ = why; }

  Runtime& runtime_;
  WaitList waiters_;
};

}  // namespace ringside
