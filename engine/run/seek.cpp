#include "engine/run/seek.h"

#include <algorithm>

namespace ringside::run {

bool Goal::isAheadOf(Position from) const {
  if (events && from.events > *events) return false;
  if (events && from.events < *events) return true;
  return !at || from.at <= *at;
}

bool Goal::isReachedBy(const Run& run) const {
  if (events && run.events() < *events) return false;
  if (!at) return true;
  if (run.now() < *at) return false;
  if (events) return true;
  const auto next = run.next();  // What else happens at that very instant belongs to it.
  return run.now() > *at || !next || next->at > *at;
}

bool travel(Run& run, const Goal& goal, std::uint64_t maxEvents) {
  while (!goal.isReachedBy(run) && !lab::isOver(run.state())) {
    if (maxEvents == 0) return false;
    std::uint64_t limit = maxEvents;
    Instant until = goal.at.value_or(run.end());
    if (goal.events && run.events() < *goal.events) {
      limit = std::min(limit, *goal.events - run.events());
      until = run.end();
    } else if (goal.events) {
      // Only time is left to pass; an event in its way means that the place is not of this run.
      const auto next = run.next();
      if (next && next->at <= until) return true;
      limit = 1;
    }
    const std::uint64_t done = run.advance(until, limit);
    maxEvents -= std::min(maxEvents, std::max<std::uint64_t>(done, 1));
  }
  return true;
}

double partTravelled(const Run& run, Position from, const Goal& goal) {
  const auto part = [](double done, double all) { return all > 0 ? std::min(1.0, done / all) : 1; };
  if (goal.events) {
    return part(static_cast<double>(run.events() - from.events),
                static_cast<double>(*goal.events - from.events));
  }
  return part(toSeconds(run.now() - from.at), toSeconds(*goal.at - from.at));
}

std::optional<std::uint64_t> lastOf(const Run& run, const std::string& actor, std::uint64_t before,
                                    std::uint64_t from) {
  const EventTrace* trace = run.trace();
  if (trace == nullptr) return std::nullopt;
  from = std::max(from, trace->first());
  for (std::uint64_t number = std::min(before - 1, trace->last()); number >= from; --number) {
    if (run.actorName(trace->at(number).actor) == actor) return number;
  }
  return std::nullopt;
}

}  // namespace ringside::run
