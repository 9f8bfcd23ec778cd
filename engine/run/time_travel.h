// TimeTravel: a run that can go back: to any event or time, and from there another way.
//
// Model     Deterministic replay. The present is an ordinary Run; going back replaces it by a
//           shadow (shadow_set.h) or a fresh run that is advanced to the goal, and the old present
//           is held as long as there is room. Acts after the goal are kept as the future, to be
//           repeated as the run goes on, until a person does something else there: then the story
//           (story.h) forks, and the old branch is kept.
// Promise   At event n the run is what a fresh run of the same plan and journal is at event n,
//           fingerprint and measurements alike.
// Errors    One sentence: what cannot be reached, and what can.
// Threads   One owner, which calls travelOn() until it says so; the shadows have their own thread.
// Cost      Going to event n takes the events from the nearest run held below it. A step back takes
//           less than half a stride (40 ms) where the shadow behind the present is in place, and a
//           jump less than a second where all marks are.
//           Worst case: nothing is held below the goal and it is replayed from the start: when a
//           run that went as fast as it goes has left its shadow behind; after two steps back in
//           close order late in a run so large that the budget holds no third one; or when the
//           budget holds no marks. It is then the time the run took to get there. Marks are filled
//           in while the run is paused, and building them takes, each, the time of a run up to it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/run/run.h"
#include "engine/run/seek.h"
#include "engine/run/shadow_set.h"
#include "engine/run/story.h"

namespace ringside::run {

class TimeTravel {
 public:
  static constexpr std::size_t kBudgetBytes = std::size_t{1} << 30;
  static constexpr std::size_t kTraceEvents = std::size_t{1} << 16;

  using MakeRun = std::function<Result<std::unique_ptr<Run>>()>;  // The same run each time.

  struct Config {
    std::size_t budgetBytes = kBudgetBytes;  // For held runs, beside the present one.
    Story story{};                           // Of a saved run; its present branch is gone on.
  };

  // The error is that of `make`. `make` is also called on the shadows' thread.
  static Result<std::unique_ptr<TimeTravel>> of(MakeRun make, Config config);
  static Result<std::unique_ptr<TimeTravel>> of(MakeRun make) { return of(std::move(make), {}); }

  ~TimeTravel();
  TimeTravel(const TimeTravel&) = delete;
  TimeTravel& operator=(const TimeTravel&) = delete;

  // The run as it stands. Advance it as you like; act through the calls below. A journey ends what
  // was asked of it by stopWhere().
  [[nodiscard]] Run& present() { return *present_.run; }
  [[nodiscard]] const Run& present() const { return *present_.run; }
  [[nodiscard]] const Story& story() const { return story_; }
  // Counts changes of story(), journeys and acts included.
  [[nodiscard]] std::uint64_t version() const { return version_; }

  // As Run's; where another way was gone from here before, a new branch begins.
  Result<Done> turnKnob(std::string_view key, double value);
  Result<std::uint64_t> inject(const lab::FaultOrder& order);
  Result<Done> lift(std::uint64_t id);

  // ---- Journeys: each replaces the one under way, and then travelOn() is to be called.
  Result<Done> seek(Goal goal);
  Result<Done> stepBack();                      // To before the last event.
  Result<Done> backToActor(std::string actor);  // To just after its last event before this one.
  Result<Done> toCause();                       // To just after the event that scheduled the last.
  Result<Done> switchTo(int branch);            // To the same time on another branch.
  Result<Done> seekOn(int branch, Goal goal);
  [[nodiscard]] bool isTravelling() const { return journey_.has_value(); }
  [[nodiscard]] double partTravelled() const;  // 0 to 1.
  // Where it goes; empty when there is no journey, or while it looks for an actor.
  [[nodiscard]] std::optional<Goal> goal() const;
  [[nodiscard]] const Run& traveller() const;  // The present run, where there is no other.
  // Goes on for at most `maxEvents`. False once there, or when the journey came to nothing: then
  // the run is where it was, and the sentence says why.
  Result<bool> travelOn(std::uint64_t maxEvents);
  void giveUp();  // Stays where the run is.

  // ---- The story
  void fork(std::string name);  // A new branch from here, without the acts that would follow.
  void mark(std::string name);  // A bookmark here.
  Result<Done> unmark(std::size_t index);
  Result<Done> rename(int branch, std::string name);

  // To be called now and then while the run advances, and when it pauses: where the shadows are to
  // go, and how fast runs advance here.
  void settle(double eventsPerSecond);
  [[nodiscard]] const ShadowSet& shadows() const { return shadows_; }

 private:
  struct Journey {
    HeldRun traveller;  // Empty: the present run travels.
    Goal goal;
    Position from;
    int branch = 0;                  // Where it ends.
    std::string actor;               // Looked for on the way; empty: the goal is known.
    std::uint64_t searchedFrom = 0;  // This and later events are searched once there.
    std::uint64_t seen = 0;          // Up to here, the traveller's events were looked at.
    std::optional<std::uint64_t> found;
  };

  TimeTravel(MakeRun make, Config config);
  Result<std::unique_ptr<Run>> fresh() const;
  [[nodiscard]] const Journal& journalOf(int branch) const;
  Result<Done> depart(Journey journey);
  Result<Done> searchBelow(Journey journey, std::uint64_t before);
  void look(Journey& journey);
  Result<bool> arrive();
  template <class Act>
  auto act(Act perform) -> decltype(perform(std::declval<Run&>()));
  void changed();

  const MakeRun make_;
  Story story_;
  ShadowSet shadows_;
  HeldRun present_;
  std::optional<Journey> journey_;
  std::shared_ptr<const Journal> aim_;  // The journal the shadows were last told of.
  std::uint64_t version_ = 1;
};

}  // namespace ringside::run
