// ConditionWatch: looks at a run between its events, and says when a condition comes true.
//
// Model     Strikes where the condition holds and did not hold at the last look, so that a run that
//           was stopped can go on from there. Cheap subjects (Condition::isExact) are looked at
//           after every event; others where the number of events is a multiple of kEventsPerLook
//           and wherever the event log or the list of faults grew. Either way the place is decided
//           by the run, not by how it is sliced.
// Threads   The run's own.
// Cost      Some nanoseconds an event for an exact one; a scene or a percentile each look.
#pragma once

#include <cstdint>
#include <functional>

#include "engine/run/condition.h"

namespace ringside::run {

class ConditionWatch {
 public:
  static constexpr std::uint64_t kEventsPerLook = 256;

  // REQUIRES: the condition was parsed for a run of the same plan; `run` outlives the watch.
  ConditionWatch(Condition condition, const Run& run);
  ConditionWatch(const ConditionWatch&) = delete;
  ConditionWatch& operator=(const ConditionWatch&) = delete;

  [[nodiscard]] const Condition& condition() const { return condition_; }
  // Whether it is true now.
  [[nodiscard]] bool holds() const { return test_(); }
  // To be called between any two events: whether it has come true.
  bool strikes();

 private:
  [[nodiscard]] bool isTimeToLook();
  void bindMetric();
  void bindState();
  void bindFault();

  Condition condition_;
  const Run* run_;
  std::function<bool()> test_;
  bool held_ = false;
  std::uint64_t lines_ = 0;  // Of the event log, seen.
  std::size_t faults_ = 0;
};

}  // namespace ringside::run
