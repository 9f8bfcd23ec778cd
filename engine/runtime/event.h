// Event: something due at an instant; the node that the event queue orders.
//
// Model     Lives inside whoever waits (an awaiter, a process), so that scheduling allocates
//           nothing. When it is due it calls fire, or resumes the waiter if fire is null.
// Promise   While pending it must stay where it is: its owner cancels it before it dies.
// Cost      One that is due soon is asked to bring to the cache what it will touch; with a hundred
//           thousand tasks asleep nothing of theirs is there otherwise.
#pragma once

#include <coroutine>
#include <cstdint>
#include <string_view>

#include "engine/base/time.h"

namespace ringside {

// Who an event belongs to: an index into the runtime's table of names.
struct ActorId {
  std::uint32_t index = 0;
  bool operator==(const ActorId&) const = default;
};

enum class EventKind : std::uint16_t {
  Start,     // A spawned task begins.
  Sleep,     // A pause ends.
  Service,   // A server has finished a piece of work.
  Arrival,   // A request comes in from outside.
  Timeout,   // A limit on waiting strikes.
  Wakeup,    // What was waited for is there: a permit, a value, a result.
  Transfer,  // A message has crossed a link.
  Fault,     // Something breaks or is mended.
};

constexpr std::string_view kindName(EventKind kind) {
  constexpr std::string_view kNames[] = {"start",   "sleep",  "service",  "arrival",
                                         "timeout", "wakeup", "transfer", "fault"};
  return kNames[static_cast<std::size_t>(kind)];
}

// Asks for `lines` cache lines from `address` on.
inline void prefetchLines(const void* address, int lines) {
  for (int i = 0; i < lines; ++i) {
    __builtin_prefetch(static_cast<const char*>(address) + i * 64);
  }
}

struct Event {
  static constexpr std::uint32_t kNotPending = 0xFFFF'FFFF;

  Event() = default;
  Event(const Event&) = delete;  // The queue knows it by address.
  Event& operator=(const Event&) = delete;

  [[nodiscard]] bool pending() const { return slot != kNotPending; }

  // Asks for the memory that the event will need when it runs. Changes nothing.
  void prefetch() const {
    if (warm != nullptr) return warm(*this);
    if (waiter) prefetchLines(waiter.address(), 4);
  }

  Instant at{};
  std::uint64_t cause = 0;         // Number of the event during which this one was scheduled.
  std::coroutine_handle<> waiter;  // Resumed when due, if fire is null.
  void (*fire)(Event&) = nullptr;
  void (*warm)(const Event&) = nullptr;  // Called a few events ahead, in place of the usual.
  std::uint32_t slot = kNotPending;      // Owned by the queue.
  ActorId actor;
  EventKind kind = EventKind::Sleep;
};

}  // namespace ringside
