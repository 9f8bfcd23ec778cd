// Semaphore: a number of permits, handed out in order of asking.
//
//     Semaphore::Permit permit = co_await connections.acquire();
//
// Model     A permit that is given back goes straight to the longest waiting task, so that none
//           can overtake. A task cancelled while it waits leaves the queue; one cancelled between
//           the grant and its resumption gives the permit back.
// Promise   Permits out plus permits free always equal the capacity.
// Compare   storage/connection_pool.h bounds the queue and the wait as well.
#pragma once

#include <cstdint>

#include "engine/runtime/task.h"
#include "engine/runtime/wait_list.h"

namespace ringside {

class Semaphore {
 public:
  // REQUIRES: permits >= 0.
  Semaphore(Runtime& runtime, std::int64_t permits) : runtime_(runtime), free_(permits) {
    RINGSIDE_CHECK(permits >= 0);
  }

  // One permit, given back when it is destroyed.
  class Permit {
   public:
    Permit() = default;
    explicit Permit(Semaphore& of) : semaphore_(&of) {}
    Permit(Permit&& other) noexcept : semaphore_(std::exchange(other.semaphore_, nullptr)) {}
    Permit& operator=(Permit&& other) noexcept {
      if (this != &other) {
        release();
        semaphore_ = std::exchange(other.semaphore_, nullptr);
      }
      return *this;
    }
    ~Permit() { release(); }
    void release() {
      if (semaphore_ != nullptr) std::exchange(semaphore_, nullptr)->giveBack();
    }
    [[nodiscard]] explicit operator bool() const { return semaphore_ != nullptr; }

   private:
    Semaphore* semaphore_ = nullptr;
  };

  class Acquire : public Waiter {
   public:
    explicit Acquire(Semaphore& of) : semaphore_(of) {}
    Acquire(const Acquire&) = delete;
    Acquire& operator=(const Acquire&) = delete;
    ~Acquire() {
      if (state_ == State::Waiting) semaphore_.waiters_.remove(*this);
      if (state_ != State::Granted) return;
      semaphore_.runtime_.cancel(event);
      semaphore_.giveBack();
    }
    [[nodiscard]] bool await_ready() { return semaphore_.free_ > 0 && semaphore_.waiters_.empty(); }
    template <class Promise>
    void await_suspend(std::coroutine_handle<Promise> self) {
      event.waiter = self;
      event.actor = self.promise().actor;
      semaphore_.waiters_.append(*this);
      state_ = State::Waiting;
    }
    Permit await_resume() {
      if (state_ == State::New) --semaphore_.free_;
      state_ = State::Taken;
      return Permit(semaphore_);
    }

   private:
    friend class Semaphore;
    enum class State { New, Waiting, Granted, Taken };
    Semaphore& semaphore_;
    State state_ = State::New;
  };

  [[nodiscard]] Acquire acquire() { return Acquire(*this); }
  // Empty where a task would have to wait.
  [[nodiscard]] Permit tryAcquire() {
    if (free_ <= 0 || !waiters_.empty()) return {};
    --free_;
    return Permit(*this);
  }
  // Adds permits, or takes some away: those in use are then withheld as they come back.
  void adjust(std::int64_t by) {
    free_ += by;
    serve();
  }

  // Free permits; negative while withheld ones are still out.
  [[nodiscard]] std::int64_t available() const { return free_; }
  [[nodiscard]] std::size_t waiting() const { return waiters_.size(); }

 private:
  void giveBack() {
    ++free_;
    serve();
  }

  void serve() {
    while (free_ > 0 && !waiters_.empty()) {
      --free_;
      static_cast<Acquire&>(waiters_.wake(runtime_)).state_ = Acquire::State::Granted;
    }
  }

  Runtime& runtime_;
  std::int64_t free_;
  WaitList waiters_;
};

}  // namespace ringside
