// Mutex: one holder at a time, in order of asking; held across whatever the holder waits for.
//
//     Mutex::Lock lock = co_await mutex.lock();
//
// Model     A semaphore with one permit. Code between two waits needs none: nothing else runs
//           there.
// Promise   Cancelling a holder, or a task that was just given the lock, passes the lock on.
// Compare   once.h and condition.h build on it.
#pragma once

#include "engine/runtime/semaphore.h"

namespace ringside {

class Mutex {
 public:
  explicit Mutex(Runtime& runtime) : one_(runtime, 1) {}

  // Unlocks when it is destroyed or released.
  using Lock = Semaphore::Permit;

  [[nodiscard]] auto lock() { return one_.acquire(); }
  // Empty where it is held.
  [[nodiscard]] Lock tryLock() { return one_.tryAcquire(); }

  [[nodiscard]] bool locked() const { return one_.available() == 0; }
  [[nodiscard]] std::size_t waiting() const { return one_.waiting(); }

 private:
  Semaphore one_;
};

}  // namespace ringside
