// TtlLru: keeps the entries used most recently, each for no longer than its time to live.
//
// Model     Entries stand in order of last use. A put beyond the capacity drops the one at the end;
//           a get that finds an entry whose time is up drops it and counts as a miss.
// Promise   Never more than `capacity` entries; the order is exact LRU; no get returns an entry at
//           or after its expiry (alive while now < expiry).
// Time      Passive: `now` is an argument. Expiry is lazy, so a dead entry that nobody asks for
//           takes a place until it reaches the end of the order.
// Threads   None. One owner.
// Cost      O(1), no allocation once it was full; 24 bytes an entry, and 16 to 32 of index.
//
// Clamped   Capacity 0 becomes 1: a cache that admits nothing looks like a slow one, not a wrong
//           one.
// Rejected  A timer per entry: an event for each put, to free a place somewhat earlier.
//           std::list with std::unordered_map: two allocations an entry, which cost most of its
//           time.
// Compare   multi_level.h puts two of these behind each other.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "engine/base/flat_index.h"
#include "engine/base/key_hash.h"
#include "engine/base/linked_pool.h"
#include "engine/base/time.h"
#include "engine/cache/cache_stats.h"

namespace ringside::cache {

template <class Key, class Value, class Hash = KeyHash>
class TtlLru {
 public:
  struct Config {
    std::size_t capacity = 1000;     // Entries; 0 is taken as 1.
    Duration ttl = Duration::max();  // Duration::max() never expires.
  };

  explicit TtlLru(Config config)
      : capacity_(std::clamp<std::size_t>(config.capacity, 1, kMaxCapacity)), ttl_(config.ttl) {}

  // The value, moved to the front of the order; null on a miss. Good until the next change.
  const Value* get(const Key& key, Instant now) {
    const std::uint32_t at = find(key);
    if (at == kNone) return ++stats_.misses, nullptr;
    if (now >= entries_.at(at).expiry) {
      drop(at);
      ++stats_.expired;
      return ++stats_.misses, nullptr;
    }
    entries_.moveToBack(order_, at);
    ++stats_.hits;
    return &entries_.at(at).value;
  }

  // Asks for what get() and put() will touch: the index, and once that is there, the entry.
  void prefetch(const Key& key, bool index) const {
    if (index) return index_.prefetch(Hash{}(key));
    const std::uint32_t at = index_.find(Hash{}(key), [](std::uint32_t) { return true; });
    if (at != kNone) __builtin_prefetch(&entries_.at(at));
  }

  // Looks without moving, dropping or counting.
  [[nodiscard]] const Value* peek(const Key& key, Instant now) const {
    const std::uint32_t at = find(key);
    return at == kNone || now >= entries_.at(at).expiry ? nullptr : &entries_.at(at).value;
  }

  // When the entry's time is up; Instant::min() if there is none.
  [[nodiscard]] Instant expiry(const Key& key) const {
    const std::uint32_t at = find(key);
    return at == kNone ? Instant::min() : entries_.at(at).expiry;
  }

  void put(const Key& key, Value value, Instant now) { putFor(key, std::move(value), now, ttl_); }

  // With a time to live of its own. One that is not positive stores nothing and drops what was
  // there.
  void putFor(const Key& key, Value value, Instant now, Duration ttl) {
    putUntil(key, std::move(value), now, ttl > kNever - now ? kNever : now + ttl);
  }

  void putUntil(const Key& key, Value value, Instant now, Instant expiry) {
    ++stats_.puts;
    const std::uint32_t at = find(key);
    if (expiry <= now) {
      if (at != kNone) drop(at);
    } else if (at != kNone) {
      entries_.at(at).value = std::move(value);
      entries_.at(at).expiry = expiry;
      entries_.moveToBack(order_, at);
    } else {
      if (size() == capacity_) {
        drop(order_.head);
        ++stats_.evicted;
      }
      const Ticket ticket = entries_.pushBack(order_, {key, std::move(value), expiry});
      index_.insert(Hash{}(key), ticket.node);
    }
  }

  // True if there was an entry, alive or not.
  bool erase(const Key& key) {
    const std::uint32_t at = find(key);
    if (at == kNone) return false;
    drop(at);
    ++stats_.invalidated;
    return true;
  }

  // Empties it, as a restart would. The counts go on.
  void clear() {
    while (!order_.empty()) drop(order_.head);
  }

  // Visits (key, value, expiry) from the most to the least recently used.
  template <class Visit>
  void forEach(Visit&& visit) const {
    for (std::uint32_t at = order_.tail; at != kNone; at = entries_.before(at)) {
      visit(entries_.at(at).key, entries_.at(at).value, entries_.at(at).expiry);
    }
  }

  [[nodiscard]] std::size_t size() const { return index_.size(); }
  [[nodiscard]] std::size_t capacity() const { return capacity_; }
  [[nodiscard]] Duration ttl() const { return ttl_; }
  [[nodiscard]] const CacheStats& stats() const { return stats_; }
  // Of the tables; what a key or value holds elsewhere is not counted.
  [[nodiscard]] std::size_t bytes() const { return entries_.bytes() + index_.bytes(); }

 private:
  static constexpr std::uint32_t kNone = FlatIndex::kNone;
  static constexpr std::size_t kMaxCapacity = 0x7FFF'FFFF;

  struct Entry {
    Key key{};
    Value value{};
    Instant expiry{};
  };

  [[nodiscard]] std::uint32_t find(const Key& key) const {
    return index_.find(Hash{}(key), [&](std::uint32_t at) { return entries_.at(at).key == key; });
  }

  void drop(std::uint32_t at) {
    index_.erase(Hash{}(entries_.at(at).key), [&](std::uint32_t other) { return other == at; });
    entries_.removeNode(order_, at);
  }

  std::size_t capacity_;
  Duration ttl_;
  FlatIndex index_;
  LinkedPool<Entry> entries_;
  typename LinkedPool<Entry>::List order_;  // From the least to the most recently used.
  CacheStats stats_;
};

}  // namespace ringside::cache
