// Event: something due at an instant; the node that the event queue orders.
//
// Model     Lives inside whoever waits (an awaiter, a process), so that scheduling allocates
//           nothing. When it is due it calls fire, or resumes the waiter if fire is null.
// Promise   While pending it must stay where it is: its owner cancels it before it dies.
// Cost      One that is due soon is asked to bring to the cache what it will touch; with a hundred
//           thousand tasks asleep nothing of theirs is there otherwise.
#pragma once

#include <coroutine>
#include <cstddef>
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

// Asks for the cache lines of the `bytes` from `address` on.
inline void prefetchBytes(const void* address, std::size_t bytes) {
  const auto* const first = static_cast<const char*>(address);
  for (std::size_t i = 0; i < bytes; i += 64) __builtin_prefetch(first + i);
}

struct Event {
  static constexpr std::uint32_t kNotPending = 0xFFFF'FFFF;

  Event() = default;
  Event(const Event&) = delete;  // The queue knows it by address.
  Event& operator=(const Event&) = delete;

  [[nodiscard]] bool pending() const { return slot != kNotPending; }

  // Asks for the memory that the event will touch when it runs: first for what it points to, and a
  // few events later for what that points to in its turn. Changes nothing.
  enum class Ahead : std::uint8_t { Soon, Next };
  void prefetch(Ahead ahead) const {
    if (warm != nullptr) return warm(*this, ahead);
    if (waiter) prefetchFrame(waiter, ahead);
  }

  // A waiting coroutine's frame; then the frame of who awaits it.
  static void prefetchFrame(std::coroutine_handle<> waiter, Ahead ahead);

  Instant at{};
  std::uint64_t cause = 0;         // Number of the event during which this one was scheduled.
  std::coroutine_handle<> waiter;  // Resumed when due, if fire is null.
  void (*fire)(Event&) = nullptr;
  void (*warm)(const Event&, Ahead) = nullptr;  // In place of the usual prefetch of the waiter.
  std::uint32_t slot = kNotPending;             // Owned by the queue.
  ActorId actor;
  EventKind kind = EventKind::Sleep;
};

inline void Event::prefetchFrame(std::coroutine_handle<> waiter, Ahead ahead) {
  if (ahead == Ahead::Soon) return prefetchBytes(waiter.address(), 320);
  // Where a Task's promise has its continuation. Of another coroutine this is some word of its
  // frame, and what is asked for is of no use.
  constexpr std::size_t kContinuation = 3 * sizeof(void*);
  const void* parent = nullptr;
  __builtin_memcpy(&parent, static_cast<const char*>(waiter.address()) + kContinuation,
                   sizeof parent);
  if (parent != nullptr) prefetchBytes(parent, 320);
}

}  // namespace ringside
