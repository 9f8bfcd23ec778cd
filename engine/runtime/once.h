// Once: a piece of work that several ask for and that is done one time.
//
//     co_await loaded.run(load());
//
// Model     The first to ask runs its task; those who ask meanwhile wait for it, and later ones go
//           straight on. A task that is not run is destroyed unstarted.
// Errors    Work that throws or is cancelled does not count: its caller gets the exception, and the
//           next in the queue runs its own.
// Compare   cache/single_flight.h shares a result by key.
#pragma once

#include "engine/runtime/mutex.h"

namespace ringside {

class Once {
 public:
  explicit Once(Runtime& runtime) : turn_(runtime) {}

  [[nodiscard]] Task<void> run(Task<void> work) {
    if (done_) co_return;
    const Mutex::Lock mine = co_await turn_.lock();
    if (done_) co_return;
    co_await std::move(work);
    done_ = true;
  }

  [[nodiscard]] bool done() const { return done_; }

 private:
  bool done_ = false;
  Mutex turn_;
};

}  // namespace ringside
