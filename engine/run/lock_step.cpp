#include "engine/run/lock_step.h"

#include <algorithm>
#include <utility>

#include "engine/lab/fault.h"

namespace ringside::run {
namespace {

bool same(const std::optional<lab::NextEvent>& a, const std::optional<lab::NextEvent>& b) {
  if (!a || !b) return !a && !b;
  return a->at == b->at && a->kind == b->kind && a->actor == b->actor;
}

// The event that a step took: the one announced, unless what a fault set off came before it.
std::optional<lab::NextEvent> happened(const Run& run, std::uint64_t before,
                                       const std::optional<lab::NextEvent>& announced) {
  if (run.events() == before) return std::nullopt;
  if (announced && announced->at == run.now()) return announced;
  return lab::NextEvent{run.now(), "a fault's effect", "event", before + 1};
}

std::string eventText(const std::optional<lab::NextEvent>& event) {
  if (!event) return "no event any more";
  return event->kind + " of " + event->actor + " at " +
         lab::formatDuration(event->at.time_since_epoch());
}

}  // namespace

LockStep::LockStep(std::unique_ptr<Run> first, std::unique_ptr<Run> second)
    : first_(std::move(first)), second_(std::move(second)) {}

Result<LockStep> LockStep::make(const RunPlan& first, const RunPlan& second) {
  RunPlan other = second;
  other.seed = first.seed;
  if (first.length > Duration::zero()) other.length = first.length;
  auto a = Run::make(first);
  if (!a) return a.error();
  auto b = Run::make(other);
  if (!b) return b.error();
  return LockStep(std::move(*a), std::move(*b));
}

// Takes at most one event of each; false once the next one is another, or was.
bool LockStep::stepTogether(Instant until) {
  const auto a = first_->next();
  const auto b = second_->next();
  if (!same(a, b)) {
    divergence_ = Divergence{first_->events() + 1, a, b};
    return false;
  }
  const std::uint64_t before = first_->events();
  first_->advance(until, 1);
  second_->advance(until, 1);
  // A fault of the plan may have put another event before the one that was announced.
  const bool together = first_->events() == second_->events() && first_->now() == second_->now() &&
                        lab::isOver(first_->state()) == lab::isOver(second_->state());
  if (!together) {
    divergence_ =
        Divergence{before + 1, happened(*first_, before, a), happened(*second_, before, b)};
  }
  return together;
}

bool LockStep::advance(Instant until, std::uint64_t maxEvents) {
  until = std::min(until, end());
  const auto there = [until](const Run& run) {
    if (lab::isOver(run.state())) return true;
    const auto next = run.next();
    return run.now() >= until && (!next || next->at > until);
  };
  for (std::uint64_t done = 0; !divergence_ && done < maxEvents; ++done) {
    if (there(*first_) && there(*second_)) return true;
    if (!stepTogether(until)) break;
  }
  if (!divergence_) return there(*first_) && there(*second_);
  for (Run* run : {first_.get(), second_.get()}) {
    if (!lab::isOver(run->state())) run->advance(until, maxEvents);
  }
  return there(*first_) && there(*second_);
}

Instant LockStep::end() const { return std::max(first_->end(), second_->end()); }

bool LockStep::over() const {
  return lab::isOver(first_->state()) && lab::isOver(second_->state());
}

std::string describe(const std::optional<Divergence>& divergence) {
  if (!divergence) return "the two runs have the same events";
  return "event " + std::to_string(divergence->number) + ": " + eventText(divergence->first) +
         " against " + eventText(divergence->second);
}

}  // namespace ringside::run
