#include "engine/run/time_travel.h"

#include <algorithm>
#include <utility>

#include "engine/lab/fault.h"

namespace ringside::run {

TimeTravel::TimeTravel(MakeRun make, Config config)
    : make_(make),
      story_(std::move(config.story)),
      shadows_(
          [make] {
            auto made = make();
            if (made) (*made)->traceEvents(kTraceEvents);
            return made;
          },
          config.budgetBytes) {}

Result<std::unique_ptr<TimeTravel>> TimeTravel::of(MakeRun make, Config config) {
  std::unique_ptr<TimeTravel> travel(new TimeTravel(std::move(make), std::move(config)));
  auto run = travel->fresh();
  if (!run) return run.error();
  travel->present_.run = std::move(*run);
  travel->present_.run->setFuture(travel->story_.branch().journal);
  travel->changed();
  return travel;
}

// The shadows are destroyed on their thread while the present run is on this one.
TimeTravel::~TimeTravel() { shadows_.stop(); }

Result<std::unique_ptr<Run>> TimeTravel::fresh() const {
  auto made = make_();
  if (made) (*made)->traceEvents(kTraceEvents);
  return made;
}

const Journal& TimeTravel::journalOf(int branch) const {
  return story_.branches[static_cast<std::size_t>(branch)].journal;
}

void TimeTravel::changed() {
  ++version_;
  if (aim_ == nullptr || *aim_ != story_.branch().journal) {
    aim_ = std::make_shared<const Journal>(story_.branch().journal);
  }
}

void TimeTravel::settle(double eventsPerSecond) {
  const Position here = present().position();
  Branch& branch = story_.branch();
  if (branch.reached < here) branch.reached = here;
  present_.bytes += shadows_.aim(here, aim_, eventsPerSecond, present_.bytes);
}

// ---- Acts ----------------------------------------------------------------------------------

// An act that is refused leaves the future as it was.
template <class Act>
auto TimeTravel::act(Act perform) -> decltype(perform(std::declval<Run&>())) {
  Run& run = present();
  const Position here = run.position();
  const bool livedOn = story_.branch().reached > here || run.journal() != story_.branch().journal;
  run.setFuture(run.journal());
  const Journal before = run.journal();
  auto done = perform(run);
  if (!done) {
    run.setFuture(story_.branch().journal);
    return done;
  }
  giveUp();  // Where it was going to is no longer ahead.
  if (livedOn) story_.fork(here, before, {});
  story_.branch().journal = run.journal();
  story_.branch().reached = std::max(story_.branch().reached, here);
  changed();
  return done;
}

Result<Done> TimeTravel::turnKnob(std::string_view key, double value) {
  return act([&](Run& run) { return run.turnKnob(key, value); });
}

Result<std::uint64_t> TimeTravel::inject(const lab::FaultOrder& order) {
  return act([&](Run& run) { return run.inject(order); });
}

Result<Done> TimeTravel::lift(std::uint64_t id) {
  return act([&](Run& run) { return run.lift(id); });
}

// ---- The story -----------------------------------------------------------------------------

void TimeTravel::fork(std::string name) {
  giveUp();
  Run& run = present();
  story_.branch().reached = std::max(story_.branch().reached, run.position());
  story_.fork(run.position(), run.journal(), std::move(name));
  run.setFuture(run.journal());
  changed();
}

void TimeTravel::mark(std::string name) {
  story_.mark({story_.current, present().position(), std::move(name)});
  changed();
}

Result<Done> TimeTravel::unmark(std::size_t index) {
  if (index >= story_.bookmarks.size()) {
    return Error{"there is no bookmark " + std::to_string(index + 1) + "; there are " +
                 std::to_string(story_.bookmarks.size())};
  }
  story_.bookmarks.erase(story_.bookmarks.begin() + static_cast<std::ptrdiff_t>(index));
  changed();
  return Done{};
}

Result<Done> TimeTravel::rename(int branch, std::string name) {
  if (branch < 0 || static_cast<std::size_t>(branch) >= story_.branches.size()) {
    return Error{"there is no branch " + std::to_string(branch + 1) + "; there are " +
                 std::to_string(story_.branches.size())};
  }
  story_.branches[static_cast<std::size_t>(branch)].name = std::move(name);
  changed();
  return Done{};
}

}  // namespace ringside::run
