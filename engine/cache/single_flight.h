// SingleFlight: many callers want one key at once, one of them loads it, and all get its answer.
//
// Model     A call is open for a key from the first join() until finish(). Its first caller leads;
//           those who join meanwhile follow, and leave a handle by which they are resumed.
// Promise   At most one open call per key. Followers are resumed in the order they came, each once,
//           even if they join, leave or finish calls while that goes on. A finished call takes the
//           key only if the key is still its own, so forget() is safe at any moment.
// Time      None. A hung leader hangs its followers until their own timers leave().
// Threads   None. One owner.
// Cost      O(1) a call, no allocation after warm-up.
//
// Departs   From Go's x/sync singleflight, in three ways. A cancelled leader hands the lead to its
//           oldest follower (abandon) instead of failing everyone; a leader that joins its own key
//           is told Reentrant instead of waiting for itself for ever; and finish() says whether the
//           key was forgotten meanwhile, since then the value may be stale and must not be cached.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "engine/base/check.h"
#include "engine/base/flat_index.h"
#include "engine/base/key_hash.h"
#include "engine/base/linked_pool.h"

namespace ringside::cache {

template <class Key, class Waiter, class Hash = KeyHash>
class SingleFlight {
 public:
  enum class Role : std::uint8_t { Leader, Follower, Reentrant };

  // Whoever joins; 0 is nobody in particular and is never Reentrant.
  using Caller = std::uint64_t;

  struct CallId {
    std::uint32_t slot = FlatIndex::kNone;
    std::uint32_t generation = 0;
    friend bool operator==(const CallId&, const CallId&) = default;
  };
  struct Joined {
    Role role;
    CallId call;
  };
  struct Finished {
    std::uint64_t resumed;     // Followers told now.
    std::uint64_t duplicates;  // Followers that ever joined: "shared" in Go's sense if above 0.
    bool current;              // False if the key was forgotten: do not cache the value.
  };
  struct Counts {
    std::uint64_t led = 0, followed = 0, reentrant = 0, handedOver = 0, left = 0, forgotten = 0;
  };

  // Leader: load, then finish() or abandon(). Follower: wait(). Reentrant: load without the call.
  Joined join(const Key& key, Caller caller = 0) {
    const std::uint32_t open = find(key);
    if (open == FlatIndex::kNone) return {Role::Leader, start(key, caller)};
    Call& call = calls_[open];
    if (caller != 0 && call.leader == caller) {
      ++counts_.reentrant;
      return {Role::Reentrant, idOf(open)};
    }
    ++call.duplicates;
    ++counts_.followed;
    return {Role::Follower, idOf(open)};
  }

  // Leaves the follower's handle. REQUIRES: the call is open.
  Ticket wait(CallId id, Waiter waiter, Caller caller = 0) {
    return pool_.pushBack(checked(id).followers, {std::move(waiter), caller});
  }

  // A follower gives up, by its own timer or cancellation. False if it was resumed or leads now.
  bool leave(CallId id, Ticket ticket) {
    if (!isCall(id) || !pool_.remove(calls_[id.slot].followers, ticket)) return false;
    ++counts_.left;
    return true;
  }

  // Ends the call, with whatever result the leader has: calls `resume(Waiter)` for each follower.
  // REQUIRES: the call is open.
  template <class Resume>
  Finished finish(CallId id, Resume&& resume) {
    Finished finished{0, checked(id).duplicates, release(id)};
    calls_[id.slot].state = State::Draining;
    // The slot stays taken meanwhile, and is looked up afresh: `resume` may start other calls.
    while (auto next = pool_.popFront(calls_[id.slot].followers)) {
      ++finished.resumed;
      resume(std::move(next->waiter));
    }
    close(id);
    return finished;
  }

  // The leader is cancelled: its oldest follower leads the same call and is returned, to be told so;
  // without followers the call ends. (To fail them all instead: finish() with the error.)
  std::optional<Waiter> abandon(CallId id) {
    Call& call = checked(id);
    auto next = pool_.popFront(call.followers);
    if (!next) {
      release(id);
      close(id);
      return std::nullopt;
    }
    call.leader = next->caller;
    ++counts_.handedOver;
    return std::move(next->waiter);
  }

  // Later callers start a call of their own; the open one, if any, still answers its followers.
  // Also what an invalidation calls. True if a call was open.
  bool forget(const Key& key) {
    const std::uint32_t open = find(key);
    if (open == FlatIndex::kNone) return false;
    release(idOf(open));
    ++counts_.forgotten;
    return true;
  }

  [[nodiscard]] bool isOpen(CallId id) const {
    return isCall(id) && calls_[id.slot].state == State::Open;
  }
  [[nodiscard]] std::size_t openKeys() const { return index_.size(); }
  [[nodiscard]] std::uint32_t waiting(CallId id) const {
    return isCall(id) ? calls_[id.slot].followers.size : 0;
  }
  [[nodiscard]] const Counts& counts() const { return counts_; }

 private:
  enum class State : std::uint8_t { Closed, Open, Draining };
  struct Follower {
    Waiter waiter{};
    Caller caller = 0;
  };
  struct Call {
    Key key{};
    Caller leader = 0;
    std::uint64_t duplicates = 0;
    typename LinkedPool<Follower>::List followers;
    std::uint32_t generation = 0;
    State state = State::Closed;
    bool current = false;  // The index leads here.
  };

  [[nodiscard]] std::uint32_t find(const Key& key) const {
    return index_.find(Hash{}(key), [&](std::uint32_t at) { return calls_[at].key == key; });
  }
  [[nodiscard]] CallId idOf(std::uint32_t slot) const { return {slot, calls_[slot].generation}; }
  [[nodiscard]] bool isCall(CallId id) const {  // Open, or resuming its followers.
    return id.slot < calls_.size() && calls_[id.slot].generation == id.generation &&
           calls_[id.slot].state != State::Closed;
  }
  Call& checked(CallId id) {
    RINGSIDE_CHECK(isOpen(id));
    return calls_[id.slot];
  }

  CallId start(const Key& key, Caller leader) {
    if (free_.empty()) {
      free_.push_back(static_cast<std::uint32_t>(calls_.size()));
      calls_.emplace_back();
    }
    const std::uint32_t slot = free_.back();
    free_.pop_back();
    Call& call = calls_[slot];
    call = {key, leader, 0, {}, call.generation, State::Open, true};
    index_.insert(Hash{}(key), slot);
    ++counts_.led;
    return idOf(slot);
  }

  // Takes the key from the call if it still has it; whether it had.
  bool release(CallId id) {
    Call& call = calls_[id.slot];
    if (!std::exchange(call.current, false)) return false;
    index_.erase(Hash{}(call.key), [&](std::uint32_t at) { return at == id.slot; });
    return true;
  }

  void close(CallId id) {
    Call& call = calls_[id.slot];
    call.state = State::Closed;
    ++call.generation;
    free_.push_back(id.slot);
  }

  FlatIndex index_;
  std::vector<Call> calls_;
  std::vector<std::uint32_t> free_;
  LinkedPool<Follower> pool_;
  Counts counts_;
};

}  // namespace ringside::cache
