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

#include "engine/base/key_hash.h"
#include "engine/base/linked_pool.h"
#include "engine/cache/open_calls.h"

namespace ringside::cache {

template <class Key, class Waiter, class Hash = KeyHash>
class SingleFlight {
 public:
  enum class Role : std::uint8_t { Leader, Follower, Reentrant };

  // Whoever joins; 0 is nobody in particular and is never Reentrant.
  using Caller = std::uint64_t;

  using CallId = cache::CallId;

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
    const CallId id = calls_.find(key);
    if (!calls_.isLive(id)) {
      ++counts_.led;
      return {Role::Leader, calls_.start(key, caller)};
    }
    if (caller != 0 && calls_.open(id).leader == caller) {
      ++counts_.reentrant;
      return {Role::Reentrant, id};
    }
    ++calls_.open(id).duplicates;
    ++counts_.followed;
    return {Role::Follower, id};
  }

  // Leaves the follower's handle. REQUIRES: the call is open.
  Ticket wait(CallId id, Waiter waiter, Caller caller = 0) {
    return pool_.pushBack(calls_.open(id).followers, {std::move(waiter), caller});
  }

  // A follower gives up, by its own timer or cancellation. False if it was resumed or leads now.
  bool leave(CallId id, Ticket ticket) {
    if (!calls_.isLive(id) || !pool_.remove(calls_.live(id).followers, ticket)) return false;
    ++counts_.left;
    return true;
  }

  // Ends the call, with whatever result the leader has: calls `resume(Waiter)` for each follower.
  // REQUIRES: the call is open.
  template <class Resume>
  Finished finish(CallId id, Resume&& resume) {
    Finished finished{0, calls_.open(id).duplicates, calls_.release(id)};
    calls_.drain(id);
    // The call keeps its place meanwhile, and is looked up afresh: `resume` may start others.
    while (auto next = pool_.popFront(calls_.live(id).followers)) {
      ++finished.resumed;
      resume(std::move(next->waiter));
    }
    calls_.close(id);
    return finished;
  }

  // The leader is cancelled: its oldest follower leads the same call and is returned, to be told
  // so; without followers the call ends. (To fail them all instead: finish() with the error.)
  std::optional<Waiter> abandon(CallId id) {
    auto next = pool_.popFront(calls_.open(id).followers);
    if (!next) {
      calls_.release(id);
      calls_.close(id);
      return std::nullopt;
    }
    calls_.open(id).leader = next->caller;
    ++counts_.handedOver;
    return std::move(next->waiter);
  }

  // Later callers start a call of their own; the open one, if any, still answers its followers.
  // Also what an invalidation calls. True if a call was open.
  bool forget(const Key& key) {
    const CallId id = calls_.find(key);
    if (!calls_.isLive(id)) return false;
    calls_.release(id);
    ++counts_.forgotten;
    return true;
  }

  [[nodiscard]] bool isOpen(CallId id) const { return calls_.isOpen(id); }
  [[nodiscard]] std::size_t openKeys() const { return calls_.keys(); }
  [[nodiscard]] std::uint32_t waiting(CallId id) const {
    return calls_.isLive(id) ? calls_.live(id).followers.size : 0;
  }
  [[nodiscard]] const Counts& counts() const { return counts_; }

 private:
  struct Follower {
    Waiter waiter{};
    Caller caller = 0;
  };

  OpenCalls<Key, Follower, Hash> calls_;
  LinkedPool<Follower> pool_;
  Counts counts_;
};

}  // namespace ringside::cache
