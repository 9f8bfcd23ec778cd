// The journeys of TimeTravel: who travels, looking for an actor on the way, and arriving.
#include <algorithm>
#include <utility>

#include "engine/run/time_travel.h"

namespace ringside::run {
namespace {

Error noEarlier(const std::string& actor) { return Error{"there is no earlier event of " + actor}; }

}  // namespace

Result<Done> TimeTravel::seek(Goal goal) { return seekOn(story_.current, goal); }

Result<Done> TimeTravel::seekOn(int branch, Goal goal) {
  if (branch < 0 || static_cast<std::size_t>(branch) >= story_.branches.size()) {
    return Error{"there is no branch " + std::to_string(branch + 1) + "; there are " +
                 std::to_string(story_.branches.size())};
  }
  if (goal.at) goal.at = std::clamp(*goal.at, Instant{}, present().end());
  Branch& left = story_.branch();
  left.reached = std::max(left.reached, present().position());
  Journey journey;
  journey.goal = goal;
  journey.branch = branch;
  return depart(std::move(journey));
}

Result<Done> TimeTravel::stepBack() {
  if (present().events() == 0) return Error{"the run is at its start: nothing has happened yet"};
  return seek(Goal::event(present().events() - 1));
}

Result<Done> TimeTravel::backToActor(std::string actor) {
  const std::uint64_t events = present().events();
  if (events < 2) return noEarlier(actor);
  if (const auto number = lastOf(present(), actor, events)) return seek(Goal::event(*number));
  Journey journey;
  journey.actor = std::move(actor);
  journey.branch = story_.current;
  return searchBelow(std::move(journey), std::min(events, present().trace()->first()));
}

Result<Done> TimeTravel::toCause() {
  const EventTrace& trace = *present().trace();
  const std::uint64_t last = present().events();
  if (last == 0) return Error{"the run is at its start: nothing has happened yet"};
  if (last < trace.first() || last > trace.last()) {
    return Error{"the cause of event " + std::to_string(last) +
                 " is not known; step once and try again"};
  }
  const std::uint64_t cause = trace.at(last).cause;
  if (cause == 0) {
    return Error{"event " + std::to_string(last) + " was scheduled before the run began"};
  }
  return seek(Goal::event(cause));
}

Result<Done> TimeTravel::switchTo(int branch) {
  const auto count = static_cast<int>(story_.branches.size());
  if (branch < 0 || branch >= count) return seekOn(branch, {});
  if (branch == story_.current) return Done{};
  Branch& left = story_.branch();
  left.reached = std::max(left.reached, present().position());
  const Branch& to = story_.branches[static_cast<std::size_t>(branch)];
  if (present().position() <= to.reached && present().isOn(to.journal)) {  // Before they part.
    giveUp();
    present().setFuture(to.journal);
    story_.current = branch;
    changed();
    return Done{};
  }
  const bool beyond = to.reached.at < present().now();
  return seekOn(branch, beyond ? Goal::place(to.reached) : Goal::time(present().now()));
}

// The nearest run below the goal travels: the present one, one that is held, or a new one.
Result<Done> TimeTravel::depart(Journey journey) {
  giveUp();
  const Journal& whole = journalOf(journey.branch);
  const Goal& goal = journey.goal;
  const bool own = goal.isAheadOf(present().position()) && journey.branch == story_.current &&
                   !lab::isOver(present().state());
  const Position here = present().position();
  journey.traveller = shadows_.take(
      whole, [&](Position place) { return goal.isAheadOf(place) && (!own || here < place); });
  if (journey.traveller.run == nullptr && !own) {
    auto made = fresh();
    if (!made) return made.error();
    journey.traveller.run = std::move(*made);
  }
  Run& traveller = journey.traveller.run ? *journey.traveller.run : present();
  traveller.setFuture(whole);
  traveller.stopWhere({});
  journey.from = traveller.position();
  journey_ = std::move(journey);
  return Done{};
}

// Goes from the nearest held run to just before event `before`, looking at every event on the way.
Result<Done> TimeTravel::searchBelow(Journey journey, std::uint64_t before) {
  if (before < 2) return noEarlier(journey.actor);
  journey.goal = Goal::event(before - 1);
  journey.seen = 0;
  // Looking forwards takes a run below the goal; the present one is beyond it.
  if (auto departed = depart(std::move(journey)); !departed) return departed;
  journey_->searchedFrom = journey_->traveller.run->trace()->first();
  look(*journey_);
  return Done{};
}

void TimeTravel::look(Journey& journey) {
  const Run& run = *journey.traveller.run;
  if (const auto number = lastOf(run, journey.actor, run.events() + 1, journey.seen + 1)) {
    journey.found = *number;
  }
  journey.seen = run.events();
}

double TimeTravel::partTravelled() const {
  return journey_ ? run::partTravelled(traveller(), journey_->from, journey_->goal) : 1;
}

std::optional<Goal> TimeTravel::goal() const {
  if (!journey_ || !journey_->actor.empty()) return std::nullopt;
  return journey_->goal;
}

const Run& TimeTravel::traveller() const {
  return journey_ && journey_->traveller.run ? *journey_->traveller.run : present();
}

Result<bool> TimeTravel::travelOn(std::uint64_t maxEvents) {
  if (!journey_) return false;
  Journey& journey = *journey_;
  Run& run = journey.traveller.run ? *journey.traveller.run : present();
  // No more in one go than the trace holds, or the search would miss some.
  if (!journey.actor.empty()) maxEvents = std::min<std::uint64_t>(maxEvents, kTraceEvents);
  const bool there = travel(run, journey.goal, maxEvents);
  if (!journey.actor.empty()) look(journey);
  if (!there) return true;
  return arrive();
}

Result<bool> TimeTravel::arrive() {
  Journey journey = *std::exchange(journey_, std::nullopt);
  if (!journey.actor.empty()) {
    const auto found = journey.found;
    shadows_.keep(std::move(journey.traveller));
    journey.traveller = {};
    const auto next =
        found ? seek(Goal::event(*found)) : searchBelow(std::move(journey), journey.searchedFrom);
    if (!next) return next.error();
    return true;
  }
  if (journey.traveller.run) {
    present().stopWhere({});
    shadows_.keep(std::exchange(present_, std::move(journey.traveller)));
  }
  story_.current = journey.branch;
  changed();
  return false;
}

void TimeTravel::giveUp() {
  if (!journey_) return;
  Journey journey = *std::exchange(journey_, std::nullopt);
  shadows_.keep(std::move(journey.traveller));
}

}  // namespace ringside::run
