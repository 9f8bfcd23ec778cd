// SweepWorker: a sweep on threads of its own, whose rows are collected as they come.
//
// Threads   Every method may be called from any one controlling thread; none waits but the
//           destructor, which stops the runs within a few milliseconds.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/run/sweep.h"

namespace ringside::run {

class SweepWorker {
 public:
  // REQUIRES: `request` is checked.
  explicit SweepWorker(SweepRequest request);
  ~SweepWorker();
  SweepWorker(const SweepWorker&) = delete;
  SweepWorker& operator=(const SweepWorker&) = delete;

  // Rows that have come since the last call, in ascending order.
  [[nodiscard]] std::vector<SweepRow> takeRows();
  [[nodiscard]] double part() const;        // 0 to 1.
  [[nodiscard]] bool isOver() const;        // No more rows will come.
  [[nodiscard]] std::string error() const;  // Why it ended early; empty if it did not.

 private:
  struct Shared;
  std::unique_ptr<Shared> shared_;
};

}  // namespace ringside::run
