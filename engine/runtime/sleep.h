// sleepFor, sleepUntil: a task pauses until an instant.
//
//     co_await sleepFor(runtime, 5ms);
//     co_await sleepFor(runtime, bank.latency(), bank.actor(), EventKind::Service);
//
// The timer lives in the awaiter, so a pause allocates nothing; destroying the task cancels it.
#pragma once

#include <coroutine>
#include <optional>

#include "engine/runtime/task.h"

namespace ringside {

class Sleep {
 public:
  Sleep(Runtime& runtime, Instant until, std::optional<ActorId> actor, EventKind kind)
      : runtime_(runtime), named_(actor.has_value()) {
    event_.at = until;
    event_.kind = kind;
    if (actor) event_.actor = *actor;
  }
  Sleep(const Sleep&) = delete;
  Sleep& operator=(const Sleep&) = delete;
  ~Sleep() {
    if (event_.pending()) runtime_.cancel(event_);
  }

  [[nodiscard]] bool await_ready() const noexcept { return false; }
  template <class Promise>
  void await_suspend(std::coroutine_handle<Promise> self) {
    event_.waiter = self;
    if (!named_) event_.actor = self.promise().actor;
    runtime_.schedule(event_);
  }
  void await_resume() const noexcept {}

 private:
  Runtime& runtime_;
  Event event_;
  bool named_;
};

// Even a pause of nothing lets everything that is due at this instant run first.
[[nodiscard]] inline Sleep sleepUntil(Runtime& runtime, Instant until,
                                      std::optional<ActorId> actor = {},
                                      EventKind kind = EventKind::Sleep) {
  return {runtime, until, actor, kind};
}

[[nodiscard]] inline Sleep sleepFor(Runtime& runtime, Duration pause,
                                    std::optional<ActorId> actor = {},
                                    EventKind kind = EventKind::Sleep) {
  return {runtime, runtime.now() + pause, actor, kind};
}

}  // namespace ringside
