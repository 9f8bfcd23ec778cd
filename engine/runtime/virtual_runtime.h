// VirtualRuntime: runs engine code in deterministic virtual time, one event after another.
//
// Model     Time stands still while an event runs and then jumps to the next one. What happens is
//           decided by the code and the seed alone.
// Promise   The same code and seed give the same fingerprint, however the run is sliced and on
//           every machine. The fingerprint is a 64-bit hash over time, actor, kind and cause of
//           every event run.
// Errors    What a spawned task throws ends the run: advance() rethrows it.
// Threads   None. One owner.
#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <optional>
#include <vector>

#include "engine/runtime/event_queue.h"
#include "engine/runtime/task_group.h"

namespace ringside {

// What is known of an event before it runs.
struct PendingEvent {
  Instant at;
  ActorId actor;
  EventKind kind = EventKind::Sleep;
  std::uint64_t cause = 0;  // Number of the event that scheduled it; 0: before the run.
};

class VirtualRuntime final : public Runtime {
 public:
  explicit VirtualRuntime(std::uint64_t seed)
      : Runtime(Clock::Virtual), seed_(seed), root_(*this, &onTaskError, this) {}

  void schedule(Event& event) override;
  void post(Event& event) override;
  void cancel(Event& event) override { queue_.cancel(event); }
  void spawn(Task<void> task, ActorId actor) override;
  [[nodiscard]] Rng random(std::string_view stream) const override;

  // Runs events that are due at or before `until`, at most maxEvents; then, if none of them is
  // left, moves time to `until`. Returns the number run. Stops early where the step hook says so.
  std::uint64_t advance(Instant until, std::uint64_t maxEvents);

  // Called before each event; false leaves the event pending and ends advance().
  using StepHook = std::function<bool(const PendingEvent&)>;
  void setStepHook(StepHook hook) { hook_ = std::move(hook); }

  [[nodiscard]] std::optional<PendingEvent> next();
  // Every pending event, soonest first as far as time tells; costs O(n log n).
  [[nodiscard]] std::vector<PendingEvent> pending() const;
  [[nodiscard]] std::size_t pendingCount() const { return queue_.size(); }

  [[nodiscard]] std::uint64_t seed() const { return seed_; }
  [[nodiscard]] std::uint64_t events() const { return events_; }
  [[nodiscard]] std::uint64_t fingerprint() const;

  // Ends every task that is still there. Call before what they refer to dies.
  void shutDown() { root_.cancelAll(); }

 private:
  static void onTaskError(void* self, std::exception_ptr error);
  void runEvent(Event& event);

  EventQueue queue_;
  std::uint64_t events_ = 0;
  std::uint64_t hash_ = 0;
  std::uint64_t seed_;
  StepHook hook_;
  std::exception_ptr error_;
  TaskGroup root_;  // Last: its tasks leave the queue when they go.
};

}  // namespace ringside
