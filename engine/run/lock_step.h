// LockStep: two runs side by side in virtual time, and the event at which they part.
//
// Model     Both runs are taken event by event while the next event of each is the same in time,
//           actor and kind; where it is not is the first diverging event. From there on each goes
//           its own way to the same instants.
// Promise   The event found does not depend on slices or machines, as the runs do not.
// Cost      While they agree, some 200 ns an event beyond the runs' own; afterwards nothing.
// Rejected  Comparing fingerprints and halving the stretch between: an actor's number may differ
//           between two plans where its name does not, so equal runs would seem to part.
// Threads   One owner.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "engine/base/result.h"
#include "engine/run/progress.h"
#include "engine/run/run.h"

namespace ringside::run {

struct Divergence {
  std::uint64_t number = 0;             // Of the first event that differs, counted from 1.
  std::optional<lab::NextEvent> first;  // Empty where that run has no event any more.
  std::optional<lab::NextEvent> second;
};

class LockStep {
 public:
  // The seed of the first plan and its length, if it has one, rule both.
  static Result<LockStep> make(const RunPlan& first, const RunPlan& second);

  // Takes both to `until` or to their ends; at most about maxEvents of each. True once both are
  // there.
  bool advance(Instant until, std::uint64_t maxEvents);

  [[nodiscard]] Run& first() { return *first_; }
  [[nodiscard]] Run& second() { return *second_; }
  // Empty while every event so far was the same.
  [[nodiscard]] const std::optional<Divergence>& divergence() const { return divergence_; }
  [[nodiscard]] Instant end() const;
  [[nodiscard]] bool over() const;

 private:
  LockStep(std::unique_ptr<Run> first, std::unique_ptr<Run> second);
  bool stepTogether(Instant until);

  std::unique_ptr<Run> first_;
  std::unique_ptr<Run> second_;
  std::optional<Divergence> divergence_;
};

// "event 512 at 96.2us: sleep of payment-service, not service of bank card"
std::string describe(const std::optional<Divergence>& divergence);

}  // namespace ringside::run
