#include "engine/gateway/keyed_limiter.h"

#include <algorithm>

#include "engine/base/hash.h"

namespace ringside::gateway {
namespace {

constexpr std::size_t kFirstSlots = 64;

bool isIdle(const FineTime& tat, Instant now) { return tat.ns < now.time_since_epoch().count(); }

}  // namespace

KeyedLimiter::KeyedLimiter(const Config& config)
    : rule_(config.quota), config_(config), slots_(kFirstSlots) {
  RINGSIDE_CHECK(config.maxKeys >= 1);
}

std::size_t KeyedLimiter::home(std::uint64_t key) const { return mix64(key) & (slots_.size() - 1); }

Decision KeyedLimiter::take(std::uint64_t key, Instant now, std::int64_t cost) {
  latest_ = std::max(latest_, now);
  const std::size_t mask = slots_.size() - 1;
  Slot* reusable = nullptr;
  for (std::size_t i = home(key);; i = (i + 1) & mask) {
    Slot& slot = slots_[i];
    if (slot.key == key && slot.tat.ns != kNoArrival.ns) {
      return rule_.decide(slot.tat, latest_, cost);
    }
    if (slot.tat.ns == kNoArrival.ns) break;
    if (reusable == nullptr && isIdle(slot.tat, latest_)) reusable = &slot;
  }
  return takeFresh(key, reusable, cost);
}

// A key that has no slot. It gets one only if it is charged.
Decision KeyedLimiter::takeFresh(std::uint64_t key, Slot* reusable, std::int64_t cost) {
  Slot fresh{.key = key};
  const Decision decision = rule_.decide(fresh.tat, latest_, cost);
  if (fresh.tat.ns == kNoArrival.ns) return decision;
  if (reusable != nullptr) {
    *reusable = fresh;
    return decision;
  }
  if (used_ >= std::min(most(), config_.maxKeys) && !makeRoom()) return decideUntracked();
  place(fresh);
  return decision;
}

Decision KeyedLimiter::decideUntracked() {
  ++untracked_;
  if (config_.whenFull == WhenFull::Admit) return {.admitted = true};
  const Duration wait = nextRoom_ - latest_;
  return {.retryAfter = wait, .resetAfter = wait};
}

void KeyedLimiter::place(const Slot& slot) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t i = home(slot.key);
  while (slots_[i].tat.ns != kNoArrival.ns) i = (i + 1) & mask;
  slots_[i] = slot;
  ++used_;
}

// Drops the idle keys and, if many remain, doubles the table. The work is paid for by the
// insertions since the last time: there were as many as a fixed share of the table.
bool KeyedLimiter::makeRoom() {
  if (latest_ < nextRoom_) return false;
  std::vector<Slot> live;
  for (const Slot& slot : slots_) {
    if (slot.tat.ns != kNoArrival.ns && !isIdle(slot.tat, latest_)) live.push_back(slot);
  }
  const bool crowded = live.size() > slots_.size() / 4;
  slots_.assign(crowded ? slots_.size() * 2 : slots_.size(), Slot{});
  used_ = 0;
  for (const Slot& slot : live) place(slot);
  if (used_ > config_.maxKeys / 8 * 7) findNextRoom();
  return used_ < config_.maxKeys;
}

// The instant at which an eighth of the keys will be idle. Looking sooner would cost a pass over
// the table for each new key.
void KeyedLimiter::findNextRoom() {
  std::vector<std::int64_t> ends;
  for (const Slot& slot : slots_) {
    if (slot.tat.ns != kNoArrival.ns) ends.push_back(slot.tat.ns);
  }
  const auto eighth = ends.begin() + static_cast<std::ptrdiff_t>(ends.size() / 8);
  std::nth_element(ends.begin(), eighth, ends.end());
  nextRoom_ = Instant(Duration(*eighth + 1));
}

}  // namespace ringside::gateway
