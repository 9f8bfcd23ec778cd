// CompareWorker: a comparison on a thread of its own, watched through states.
//
// Model     The first replication of both sides is shown as it goes, in lock-step in virtual time;
//           then the table of that pair stands, and with more replications the table with
//           intervals follows from all cores but one.
// Threads   Every method may be called from any one controlling thread; none waits but the
//           destructor, which stops the work within a few milliseconds.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/lab/frame.h"
#include "engine/run/compare.h"
#include "engine/run/lock_step.h"

namespace ringside::run {

struct CompareState {
  enum class Phase { LockStep, Replicating, Done, Failed };
  Phase phase = Phase::LockStep;
  std::string error;  // Of Failed.
  lab::FramePtr first;
  lab::FramePtr second;
  std::optional<Divergence> divergence;  // As far as is known.
  std::vector<Delta> deltas;             // Once both are over.
};

class CompareWorker {
 public:
  // REQUIRES: request.sides has two.
  explicit CompareWorker(CompareRequest request);
  ~CompareWorker();
  CompareWorker(const CompareWorker&) = delete;
  CompareWorker& operator=(const CompareWorker&) = delete;

  // The newest state not yet taken; null when there is none. Done and Failed are the last.
  [[nodiscard]] std::shared_ptr<const CompareState> take();
  [[nodiscard]] double part() const;  // 0 to 1, over everything that is to be done.

 private:
  struct Shared;
  std::unique_ptr<Shared> shared_;
};

}  // namespace ringside::run
