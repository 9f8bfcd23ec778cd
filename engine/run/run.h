// Run: one lab in virtual time, advanced in slices, with everything done to it journalled.
//
// Model     Owns the lab and its world. advance() works until a time or a number of events; acts
//           (knobs, faults) happen between events and are written to the journal with their place.
// Promise   Plan and journal decide the run: fingerprint and results do not depend on how it was
//           sliced, paced or watched.
// Errors    An exception from the lab ends the run as Failed with its text; it never escapes.
// Threads   One owner. run_worker.h gives a run a thread of its own.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/base/time.h"
#include "engine/lab/frame.h"
#include "engine/lab/lab.h"
#include "engine/metrics/histogram.h"
#include "engine/run/event_trace.h"
#include "engine/run/journal.h"
#include "engine/run/plan.h"

namespace ringside::lab {
class World;
}

namespace ringside::run {

class Run {
 public:
  // The error names the knob, fault or lab that is wrong and what is allowed.
  static Result<std::unique_ptr<Run>> make(const RunPlan& plan);
  // As make, and then performs the journal's acts at their places as the run advances.
  static Result<std::unique_ptr<Run>> replay(const RunPlan& plan, Journal journal);
  // As replay, of a lab that is not in the catalogue. REQUIRES: `lab` is fresh.
  static Result<std::unique_ptr<Run>> of(std::unique_ptr<lab::Lab> lab, const RunPlan& plan,
                                         Journal journal = {});
  ~Run();
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  // Runs events with time <= until, at most maxEvents of them, never past end(). Virtual time
  // reaches `until` when no event is left before it. Returns the number of events run.
  std::uint64_t advance(Instant until, std::uint64_t maxEvents);
  bool step();  // One event; false when the run is over.

  // The next event of an actor whose name is `actor`, or of any; empty when none is pending.
  [[nodiscard]] std::optional<lab::NextEvent> next() const;

  // Acts by hand. REQUIRES: no act of the journal is still to come (see setFuture).
  Result<Done> turnKnob(std::string_view key, double value);
  Result<std::uint64_t> inject(const lab::FaultOrder& order);  // The id for lift().
  Result<Done> lift(std::uint64_t id);

  // Whether a run that follows `whole` passes through what this one has done and where it is.
  [[nodiscard]] bool isOn(const Journal& whole) const;
  // Acts beyond those already performed are to be performed from now on, those of this very place
  // at once. REQUIRES: isOn(whole).
  void setFuture(const Journal& whole);

  // Keeps the last `capacity` events (a power of two) from now on; 0: none. Costs under 5 ns an
  // event.
  void traceEvents(std::size_t capacity);
  [[nodiscard]] const EventTrace* trace() const;  // Null unless asked for.
  // Asked before each event; true ends advance() there. Empty: never. An event that
  // advance() may not run any more is not asked about.
  void stopWhere(std::function<bool()> stop);
  // Whether the last advance() ended because of stopWhere().
  [[nodiscard]] bool stopped() const;

  [[nodiscard]] lab::RunState state() const;  // Idle, Paused (between slices), Finished or Failed.
  [[nodiscard]] const std::string& error() const;  // Of a failed run.
  [[nodiscard]] Instant now() const;
  [[nodiscard]] Instant end() const;
  [[nodiscard]] std::uint64_t events() const;
  [[nodiscard]] Position position() const { return {events(), now()}; }
  [[nodiscard]] std::uint64_t fingerprint() const;
  [[nodiscard]] const RunPlan& plan() const;
  [[nodiscard]] const lab::LabInfo& info() const;
  [[nodiscard]] const Journal& journal() const;  // The acts performed so far.

  [[nodiscard]] const std::vector<lab::FaultWindow>& faults() const;  // Past and in force.
  // The last events of trace(), oldest first, at most `count`.
  [[nodiscard]] std::vector<lab::EventStep> recent(std::size_t count) const;

  // The name of an actor in trace(), and what can be read of the world between two events.
  [[nodiscard]] const std::string& actorName(ActorId actor) const;
  [[nodiscard]] lab::World& world() const;

  // Everything a view may know now. Rates per wall second are filled in by who knows the wall.
  [[nodiscard]] lab::Frame frame() const;
  [[nodiscard]] std::vector<metrics::MetricValue> metrics() const;
  [[nodiscard]] std::vector<lab::CheckResult> checks() const;
  // Of a distribution by its full name, until the run goes on; null for other names.
  [[nodiscard]] const metrics::Histogram* histogram(std::string_view metric) const;

 private:
  struct Impl;
  explicit Run(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace ringside::run
