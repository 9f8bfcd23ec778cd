// WaitGroup: waits until a number of pieces of work, wherever they run, are done.
//
//     group.add(3);                 // Each of the three calls group.done() in the end.
//     co_await group.wait();
//
// Model     A counter. When it falls to zero all that wait go on, oldest first, even where add() is
//           called again before they do.
// Compare   task_group.h owns its tasks and cancels them; whenAll gives their results.
#pragma once

#include <cstdint>

#include "engine/runtime/condition.h"

namespace ringside {

class WaitGroup {
 public:
  explicit WaitGroup(Runtime& runtime) : zero_(runtime) {}

  // REQUIRES: the sum stays at or above zero.
  void add(std::int64_t count = 1) {
    left_ += count;
    RINGSIDE_CHECK(left_ >= 0);
    if (left_ == 0) zero_.notifyAll();
  }
  void done() { add(-1); }

  [[nodiscard]] Task<void> wait() {
    if (left_ > 0) co_await zero_.wait();
  }

  [[nodiscard]] std::int64_t left() const { return left_; }
  [[nodiscard]] std::size_t waiting() const { return zero_.waiting(); }

 private:
  std::int64_t left_ = 0;
  Condition zero_;
};

}  // namespace ringside
