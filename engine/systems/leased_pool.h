// LeasedPool: database connections that tasks wait for and hold.
//
//     LeasedPool::Lease lease = co_await pool.acquire(patience, timer);
//
// Model     storage::ConnectionPool decides who gets what; this puts tasks to it. Empty where the
//           queue was full, the patience ran out or the database went away. A lease is given back
//           when it is destroyed, wherever its task ends.
// Cost      The place in the queue lives in the awaiter; nothing is allocated.
#pragma once

#include <utility>

#include "engine/runtime/task.h"
#include "engine/storage/connection_pool.h"

namespace ringside::systems {

class LeasedPool {
 public:
  class Lease {
   public:
    Lease() = default;
    explicit Lease(LeasedPool& pool) : pool_(&pool) {}
    Lease(Lease&& other) noexcept : pool_(std::exchange(other.pool_, nullptr)) {}
    Lease& operator=(Lease&& other) noexcept {
      if (this != &other) {
        release();
        pool_ = std::exchange(other.pool_, nullptr);
      }
      return *this;
    }
    ~Lease() { release(); }
    void release() {
      if (pool_ != nullptr) std::exchange(pool_, nullptr)->giveBack();
    }
    [[nodiscard]] explicit operator bool() const { return pool_ != nullptr; }

   private:
    LeasedPool* pool_ = nullptr;
  };

  class Acquire {
   public:
    Acquire(LeasedPool& pool, Duration patience, Event& timer)
        : pool_(pool), patience_(patience), event_(timer) {}
    Acquire(const Acquire&) = delete;
    Acquire& operator=(const Acquire&) = delete;
    ~Acquire() {
      if (event_.pending()) pool_.runtime_.cancel(event_);
      if (state_ == State::Waiting) pool_.pool_.remove(ticket_);
      if (state_ == State::Granted) pool_.giveBack();
    }
    [[nodiscard]] bool await_ready() {
      const auto acquired = pool_.pool_.acquire(this);
      ticket_ = acquired.ticket;
      if (acquired.outcome == storage::Acquire::Granted) state_ = State::Granted;
      if (acquired.outcome == storage::Acquire::Queued) state_ = State::Waiting;
      return acquired.outcome != storage::Acquire::Queued;
    }
    template <class Promise>
    void await_suspend(std::coroutine_handle<Promise> self) {
      event_.waiter = self;
      event_.actor = self.promise().actor;
      event_.kind = EventKind::Timeout;
      if (patience_ == Duration::max()) return;
      event_.at = pool_.runtime_.now() + patience_;
      pool_.runtime_.schedule(event_);
    }
    Lease await_resume() {
      if (state_ == State::Waiting) {
        pool_.pool_.remove(ticket_);
        state_ = State::Over;
      }
      if (state_ != State::Granted) return {};
      state_ = State::Over;
      return Lease(pool_);
    }

   private:
    friend class LeasedPool;
    enum class State : std::uint8_t { New, Waiting, Granted, Over };

    void wake(State state) {
      state_ = state;
      if (event_.pending()) pool_.runtime_.cancel(event_);
      event_.kind = EventKind::Wakeup;
      pool_.runtime_.post(event_);
    }

    LeasedPool& pool_;
    Duration patience_;
    Ticket ticket_{};
    Event& event_;
    State state_ = State::New;
  };

  LeasedPool(Runtime& runtime, std::uint32_t capacity, std::uint32_t maxWaiters)
      : runtime_(runtime), pool_({.capacity = capacity, .maxWaiters = maxWaiters}) {}
  LeasedPool(const LeasedPool&) = delete;
  LeasedPool& operator=(const LeasedPool&) = delete;

  // Awaitable: waits at most `patience` (Duration::max(): for ever); the lease may come empty. The
  // task lends its `timer` for as long as it waits.
  [[nodiscard]] Acquire acquire(Duration patience, Event& timer) {
    return {*this, patience, timer};
  }

  void resize(std::uint32_t capacity, std::uint32_t maxWaiters) {
    pool_.setMaxWaiters(maxWaiters);
    if (capacity == pool_.capacity()) return;
    pool_.resize(capacity, [](Acquire* waiter) { waiter->wake(Acquire::State::Granted); });
  }
  // Sends every waiter away empty-handed, as when the database dies.
  void dismissAll() {
    pool_.dismissAll([](Acquire* waiter) { waiter->wake(Acquire::State::Over); });
  }
  [[nodiscard]] const storage::ConnectionPool<Acquire*>& pool() const { return pool_; }

 private:
  void giveBack() {
    if (const auto next = pool_.release()) (*next)->wake(Acquire::State::Granted);
  }

  Runtime& runtime_;
  storage::ConnectionPool<Acquire*> pool_;
};

}  // namespace ringside::systems
