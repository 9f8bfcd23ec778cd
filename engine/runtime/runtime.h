// Runtime: what engine code may ask of the world it runs in: time, timers, tasks and chance.
//
// Model     Code written on a Runtime runs in virtual time (virtual_runtime.h) and can run on any
//           other clock that implements these calls. Tasks switch through the runtime's loop: a
//           coroutine that wants another to go on says so with resumeNext() and suspends.
// Promise   Nothing here tells the wall clock, the machine or the thread.
// Threads   One task runs at a time on a given runtime.
#pragma once

#include <coroutine>
#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/rng.h"
#include "engine/base/time.h"
#include "engine/runtime/event.h"

namespace ringside {

template <class T>
class Task;

class Runtime {
 public:
  // Asking for the time is the commonest call of all: in virtual time it is reading a variable.
  enum class Clock : std::uint8_t { Virtual, Read };
  explicit Runtime(Clock clock) : clock_(clock) {}
  Runtime(const Runtime&) = delete;
  Runtime& operator=(const Runtime&) = delete;
  virtual ~Runtime() = default;

  [[nodiscard]] Instant now() const { return clock_ == Clock::Virtual ? now_ : readClock(); }

  // Makes `event` due at event.at, or at once if that has passed.
  virtual void schedule(Event& event) = 0;
  // Makes `event` due at this instant, after everything that is due at it already.
  virtual void post(Event& event) = 0;
  // REQUIRES: event.pending().
  virtual void cancel(Event& event) = 0;

  // Starts `task` at this instant, after the present event; the runtime owns it to its end.
  virtual void spawn(Task<void> task, ActorId actor) = 0;

  // A stream of chance that depends on the run's seed and this name alone.
  [[nodiscard]] virtual Rng random(std::string_view stream) const = 0;

  // The id of the actor of this name, made at the first call.
  ActorId actor(std::string_view name);
  [[nodiscard]] const std::string& actorName(ActorId id) const { return actors_[id.index]; }

  // Lets `next` go on when the running coroutine has suspended.
  void resumeNext(std::coroutine_handle<> next) { next_ = next; }
  // Runs `first` and all that it hands over to, until that line of work suspends.
  void resume(std::coroutine_handle<> first);

 protected:
  [[nodiscard]] virtual Instant readClock() const { return now_; }
  Instant now_{};  // Of Clock::Virtual.

 private:
  Clock clock_;
  std::coroutine_handle<> next_;
  std::vector<std::string> actors_{"system"};
};

inline void Runtime::resume(std::coroutine_handle<> first) {
  const std::coroutine_handle<> outer = std::exchange(next_, {});
  while (first) {
    first.resume();
    first = std::exchange(next_, {});
  }
  next_ = outer;
}

}  // namespace ringside
