// ConnectionPool: a fixed number of connections, and a fair queue for those who must wait.
//
// Model     A caller is granted a connection if one is free and nobody waits; otherwise it queues,
//           or is refused when the queue is full. A connection given back goes straight to whoever
//           has waited longest, without becoming free in between.
// Promise   Grants follow the order of arrival. Each waiter is granted at most once, and exactly
//           once if it neither leaves nor the pool closes. inUse + free = capacity, except while a
//           shrunken pool drains: then nothing is granted until inUse is below the new capacity.
// Time      None. A deadline is the caller's timer, which calls remove() with the ticket.
// Threads   None. One owner. The grant callback of resize() may call back into the pool.
// Cost      O(1) a call, removal from the middle included; no allocation once the queue has been as
//           long as it gets. About 24 bytes and the handle per waiter.
//
// Rejected  Waking a waiter to try again: a newcomer gets in between, and the order is gone.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <utility>

#include "engine/base/check.h"
#include "engine/base/linked_pool.h"

namespace ringside::storage {

enum class Acquire : std::uint8_t { Granted, Queued, Refused };

template <class Waiter>
class ConnectionPool {
 public:
  static constexpr std::uint32_t kNoLimit = std::numeric_limits<std::uint32_t>::max();

  struct Config {
    std::uint32_t capacity = 10;          // Connections; 0 grants nothing until resize().
    std::uint32_t maxWaiters = kNoLimit;  // Beyond it a caller is refused.
  };

  struct Acquired {
    Acquire outcome;
    Ticket ticket;  // Names the place in the queue; only if Queued.
  };

  struct Counts {
    std::uint64_t granted = 0;  // At once or after a wait.
    std::uint64_t queued = 0;
    std::uint64_t refused = 0;
    std::uint64_t removed = 0;  // Left the queue without a connection.
    std::uint64_t released = 0;
  };

  explicit ConnectionPool(Config config) : config_(config) {}

  // The waiter is kept only if Queued.
  Acquired acquire(Waiter waiter) {
    if (waiters_.empty() && inUse_ < config_.capacity) {
      ++inUse_;
      ++counts_.granted;
      return {Acquire::Granted, {}};
    }
    if (waiters_.size >= config_.maxWaiters) {
      ++counts_.refused;
      return {Acquire::Refused, {}};
    }
    ++counts_.queued;
    return {Acquire::Queued, pool_.pushBack(waiters_, std::move(waiter))};
  }

  // Gives a connection back. The returned waiter holds it now, and is for the caller to resume.
  // REQUIRES: inUse() > 0.
  [[nodiscard]] std::optional<Waiter> release() {
    RINGSIDE_CHECK(inUse_ > 0);
    --inUse_;
    ++counts_.released;
    return grantNext();
  }

  // Leaves the queue, for a deadline or a cancelled caller. False if the ticket is not waiting any
  // more: then it was granted, and the connection must be released.
  bool remove(Ticket ticket) {
    if (!pool_.remove(waiters_, ticket)) return false;
    ++counts_.removed;
    return true;
  }

  // Changes the number of connections; `grant(Waiter)` is called for each waiter that now gets one,
  // in order. Shrinking takes nothing away: the surplus drains as it is released.
  template <class Grant>
  void resize(std::uint32_t capacity, Grant&& grant) {
    config_.capacity = capacity;
    while (std::optional<Waiter> next = grantNext()) grant(std::move(*next));
  }

  void setMaxWaiters(std::uint32_t maxWaiters) { config_.maxWaiters = maxWaiters; }

  // Empties the queue, as when the database dies: `told(Waiter)` for each, in order. Whoever queues
  // again from within `told` stays.
  template <class Told>
  void dismissAll(Told&& told) {
    for (std::uint32_t left = waiters_.size; left > 0 && !waiters_.empty(); --left) {
      ++counts_.removed;
      told(std::move(*pool_.popFront(waiters_)));
    }
  }

  [[nodiscard]] std::uint32_t capacity() const { return config_.capacity; }
  [[nodiscard]] std::uint32_t maxWaiters() const { return config_.maxWaiters; }
  [[nodiscard]] std::uint32_t inUse() const { return inUse_; }
  [[nodiscard]] std::uint32_t free() const {
    return inUse_ < config_.capacity ? config_.capacity - inUse_ : 0;
  }
  [[nodiscard]] std::uint32_t draining() const {  // In use beyond the capacity.
    return inUse_ > config_.capacity ? inUse_ - config_.capacity : 0;
  }
  [[nodiscard]] std::uint32_t waiting() const { return waiters_.size; }
  [[nodiscard]] bool isWaiting(Ticket ticket) const { return pool_.holds(ticket); }
  [[nodiscard]] const Counts& counts() const { return counts_; }

 private:
  std::optional<Waiter> grantNext() {
    if (inUse_ >= config_.capacity || waiters_.empty()) return std::nullopt;
    ++inUse_;
    ++counts_.granted;
    return pool_.popFront(waiters_);
  }

  Config config_;
  std::uint32_t inUse_ = 0;
  LinkedPool<Waiter> pool_;
  typename LinkedPool<Waiter>::List waiters_;
  Counts counts_;
};

}  // namespace ringside::storage
