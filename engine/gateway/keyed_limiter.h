// KeyedLimiter: one rate limit for each of many keys, such as merchants, in a flat table.
//
// Model     A GCRA instant per key in an open-addressing table. A key whose instant has passed is
//           exactly a key never seen, so its slot may be given to another: idle keys cost nothing.
// Promise   Each key is limited as by a Gcra of its own; keys do not disturb one another. At most
//           `maxKeys` are held; what happens to a new key then is the caller's choice, and counted.
// Time      Passive. A `now` before an earlier one is read as that earlier one: an idle key may
//           have been forgotten on the strength of it.
// Threads   None. One owner: split the keys over owners rather than lock the table.
// Cost      O(1) amortised; 24 bytes a slot, at most half of them used. Allocates when growing.
//
// Rejected  A map of limiter objects: an allocation and two cache misses a key, and nothing that
//           ever takes an idle one out. A timer per key, for the same reason.
// Compare   gcra.h is the single-key limiter.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/base/huge_pages.h"
#include "engine/gateway/gcra.h"

namespace ringside::gateway {

class KeyedLimiter {
 public:
  enum class WhenFull : std::uint8_t {
    Refuse,  // A new key waits until another is idle.
    Admit,   // A new key passes unlimited.
  };

  struct Config {
    Quota quota{};
    std::size_t maxKeys = 1'000'000;  // 1 or more.
    WhenFull whenFull = WhenFull::Refuse;
  };

  // REQUIRES: checkedQuota(config.quota) holds a value, config.maxKeys >= 1.
  explicit KeyedLimiter(const Config& config);

  // Admits a request of `cost` for `key`, or says how long to wait.
  // REQUIRES: cost >= 0; 0 is a peek.
  [[nodiscard]] Decision take(std::uint64_t key, Instant now, std::int64_t cost = 1);

  [[nodiscard]] std::size_t slotsUsed() const { return used_; }
  [[nodiscard]] std::size_t bytes() const { return slots_.size() * sizeof(Slot); }
  // Requests decided without a slot because all were taken.
  [[nodiscard]] std::uint64_t untracked() const { return untracked_; }

 private:
  struct Slot {
    std::uint64_t key = 0;
    FineTime tat = kNoArrival;  // kNoArrival: never used.
  };

  [[nodiscard]] std::size_t home(std::uint64_t key) const;
  [[nodiscard]] std::size_t most() const { return slots_.size() / 2; }
  Decision takeFresh(std::uint64_t key, Slot* reusable, std::int64_t cost);
  [[nodiscard]] Decision decideUntracked();
  bool makeRoom();
  void place(const Slot& slot);
  void findNextRoom();

  GcraRule rule_;
  Config config_;
  Table<Slot> slots_;     // A power of two.
  std::size_t used_ = 0;  // Slots that are not kNoArrival, idle ones included.
  Instant latest_ = Instant::min();
  Instant nextRoom_ = Instant::min();  // While full: when enough keys will have gone idle.
  std::uint64_t untracked_ = 0;
};

}  // namespace ringside::gateway
