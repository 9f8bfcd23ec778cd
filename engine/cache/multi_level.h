// MultiLevel: a small cache of one's own in front of a larger one that is shared.
//
// Model     Look in L1; on a miss look in L2, and copy a find up. After a load from the store,
//           fill() writes both. Each level has its own capacity and time to live. Several
//           MultiLevels may share one SharedLevel, as gateways share a Redis.
// Promise   A SharedLevel that is down answers Unavailable, never Miss: who treats the two alike
//           sends the whole load to the store, and that is the caller's decision to make. With
//           Promotion::KeepExpiry no value outlives what L2 allowed it.
// Time      Passive; the two look-ups are also separate calls, for callers that wait in between.
// Threads   None. One owner.
// Cost      Two TtlLru calls; on an L2 hit one more put and one more look-up for the expiry.
//
// Rejected  One call that hides the level: latency is what a level is about. Invalidation of other
//           instances' L1: it is not there in most systems either, so their copies stay for a TTL.
// Compare   single_flight.h keeps many callers that miss at once from loading the same key.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>

#include "engine/base/time.h"
#include "engine/cache/ttl_lru.h"

namespace ringside::cache {

enum class Lookup : std::uint8_t { Hit, Miss, Unavailable };
enum class Level : std::uint8_t { None, L1, L2 };

// The cache behind the network: a TtlLru that can be down.
template <class Key, class Value, class Hash = KeyHash>
class SharedLevel {
 public:
  using Cache = TtlLru<Key, Value, Hash>;

  struct Found {
    Lookup outcome;
    const Value* value;  // Null unless Hit; good until the next change.
  };
  enum class Restart : std::uint8_t { KeepsContents, LosesContents };

  explicit SharedLevel(typename Cache::Config config) : cache_(config) {}

  Found get(const Key& key, Instant now) {
    if (!up_) return ++unavailable_, Found{Lookup::Unavailable, nullptr};
    const Value* value = cache_.get(key, now);
    return {value == nullptr ? Lookup::Miss : Lookup::Hit, value};
  }
  // False if it is down: the value was not stored.
  bool putFor(const Key& key, Value value, Instant now, Duration ttl) {
    if (!up_) return ++unavailable_, false;
    cache_.putFor(key, std::move(value), now, ttl);
    return true;
  }
  // False if it is down: the old value will be there when it returns with its contents.
  bool erase(const Key& key) {
    if (!up_) return ++unavailable_, false;
    cache_.erase(key);
    return true;
  }

  void takeDown() { up_ = false; }
  void bringUp(Restart how) {
    if (how == Restart::LosesContents) cache_.clear();
    up_ = true;
  }
  [[nodiscard]] bool isUp() const { return up_; }
  [[nodiscard]] const Cache& cache() const { return cache_; }
  [[nodiscard]] std::uint64_t unavailable() const { return unavailable_; }  // Calls while down.

 private:
  Cache cache_;
  bool up_ = true;
  std::uint64_t unavailable_ = 0;
};

template <class Key, class Value, class Hash = KeyHash>
class MultiLevel {
 public:
  using Cache = TtlLru<Key, Value, Hash>;
  using Shared = SharedLevel<Key, Value, Hash>;

  // What a value copied from L2 to L1 may still live: what L2 left it, or a whole L1 time again, by
  // which the oldest answer is as old as both times together.
  enum class Promotion : std::uint8_t { KeepExpiry, RenewExpiry };

  struct Config {
    typename Cache::Config l1;
    Promotion promotion = Promotion::KeepExpiry;
  };
  struct Found {
    Lookup outcome;
    Level level;         // Where it was; None unless Hit.
    const Value* value;  // Null unless Hit; good until the next change of either level.
  };

  // REQUIRES: `shared` outlives this.
  MultiLevel(Config config, Shared& shared)
      : promotion_(config.promotion), l1_(config.l1), l2_(&shared) {}

  // Both levels at once.
  Found get(const Key& key, Instant now) {
    if (const Value* value = getL1(key, now)) return {Lookup::Hit, Level::L1, value};
    return getL2(key, now);
  }

  const Value* getL1(const Key& key, Instant now) { return l1_.get(key, now); }

  // L2 alone, copying a find up to L1.
  Found getL2(const Key& key, Instant now) {
    const auto found = l2_->get(key, now);
    if (found.outcome != Lookup::Hit) return {found.outcome, Level::None, nullptr};
    const Duration left = l2_->cache().expiry(key) - now;
    const Duration ttl =
        promotion_ == Promotion::KeepExpiry ? std::min(left, l1_.ttl()) : l1_.ttl();
    l1_.putFor(key, *found.value, now, ttl);
    return {Lookup::Hit, Level::L2, found.value};
  }

  // Stores a value loaded from below in both levels. `spread` is added to both times to live: drawn
  // by the caller, it keeps values stored together from expiring together. False if L2 is down.
  bool fill(const Key& key, const Value& value, Instant now, Duration spread = Duration::zero()) {
    l1_.putFor(key, value, now, extended(l1_.ttl(), spread));
    return l2_->putFor(key, value, now, extended(l2_->cache().ttl(), spread));
  }

  // Forgets the key in this L1 and in L2. False if L2 is down, and so may answer with it later.
  bool invalidate(const Key& key) {
    l1_.erase(key);
    return l2_->erase(key);
  }

  void restart() { l1_.clear(); }  // Of this instance: L1 starts cold.

  // Asks for what get() will touch in L1; see ttl_lru.h.
  void prefetch(const Key& key, bool index) const { l1_.prefetch(key, index); }

  [[nodiscard]] const Cache& l1() const { return l1_; }
  [[nodiscard]] const Shared& l2() const { return *l2_; }

 private:
  static Duration extended(Duration ttl, Duration spread) {
    return ttl > Duration::max() - std::max(spread, Duration::zero()) ? Duration::max()
                                                                      : ttl + spread;
  }

  Promotion promotion_;
  Cache l1_;
  Shared* l2_;
};

}  // namespace ringside::cache
