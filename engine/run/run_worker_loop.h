// WorkerLoop: the thread's side of a RunWorker: slices, stops, journeys, and what it publishes.
//
// Model     run_worker.cpp turns calls into wishes; run_worker_loop.cpp grants them and publishes,
//           run_worker_slices.cpp advances the run to where it is to stop, and
//           run_worker_travel.cpp takes it to other times.
// Threads   What is under "both threads" is guarded by the mutex, the rest is the worker's own.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "engine/run/condition_watch.h"
#include "engine/run/mailbox.h"
#include "engine/run/run_worker.h"
#include "engine/run/time_travel.h"

namespace ringside::run {

class WorkerLoop {
 public:
  using WallClock = std::chrono::steady_clock;
  using Work = std::function<void(WorkerLoop&)>;  // Runs on the worker's thread.

  // Whether a wish is granted at once or waits for the end of a journey that is under way.
  enum class Turn { AtOnce, AfterJourney };

  struct Wish {
    Turn turn = Turn::AfterJourney;
    Work work;
  };

  WorkerLoop(RunPlan planned, Story told) : plan(std::move(planned)), firstStory(std::move(told)) {}

  void wish(Turn turn, Work work);
  void work(const std::stop_token& stop);  // The thread.
  void awaitEnd();  // Until no wish, visitor or frame will come of it any more.

  // Granting and publishing.
  bool grantWishes(const std::stop_token& stop);
  void publish(bool evenIfUntaken);
  void publishFrame(lab::Frame frame);
  void publishFailure(const std::string& why);
  void publishStory();
  void complain(const std::string& what);
  void afterAct(const Result<Done>& done);

  // Advancing.
  void start(Pace how);
  void workSlice();
  void paceSlice(WallClock::time_point sliceEnd);
  void stepSlice(WallClock::time_point sliceEnd);
  void runTowards(Instant until, WallClock::time_point sliceEnd);
  void pauseHere();
  void dropTargets();
  void stepTo(std::function<bool(const PendingEvent&)> isIt, std::string what);
  [[nodiscard]] bool reachedStop() const;
  [[nodiscard]] std::uint64_t eventLimit() const;
  void setUntil(const std::string& condition);
  void setBreakpoints(const std::vector<Breakpoint>& list);
  void watchRun();  // Binds the conditions to the run as it now is.
  bool anyStrikes();

  // Journeys.
  void depart(const std::function<Result<Done>(TimeTravel&)>& how);
  void stepBack();
  void travelSlice();
  void arrive(const std::string& why);
  void rememberFrame(const Run& traveller);

  [[nodiscard]] Run& run() { return travel->present(); }
  [[nodiscard]] const Run& run() const { return travel->present(); }

  const RunPlan plan;
  const Story firstStory;
  Mailbox<lab::Frame> frames;

  // Both threads.
  mutable std::mutex mutex;
  std::condition_variable_any wake;
  std::vector<Wish> wishes;
  std::deque<std::string> complaints;  // Oldest first.
  Journal journal;
  std::shared_ptr<const Story> story;
  std::shared_ptr<const ConditionNames> names;
  std::optional<double> travelled;
  bool ended = false;

  // The worker's own.
  std::unique_ptr<TimeTravel> travel;
  std::vector<Wish> waiting;  // For the end of a journey.
  bool running = false;
  Pace pace = Pace::Fast;
  double speed = 0.01;

  Instant stopAt = kNever;
  std::uint64_t stopAtEvent = ~std::uint64_t{0};
  std::function<bool(const PendingEvent&)> stopAfter;  // The event to be run last.
  std::string stopAfterText;
  std::uint64_t stepsLeft = 0;  // Until stopAfter is given up.
  std::optional<Condition> until;
  std::vector<Condition> breakpoints;
  std::vector<std::unique_ptr<ConditionWatch>> watches;  // Of `until` if any, and `breakpoints`.
  std::string struck;                                    // Text of the condition that came true.

  // Frames of the places just before that of a journey back, so that further steps back show at
  // once what the run itself only then begins to go to.
  std::deque<lab::FramePtr> memory;
  Journal memoryJournal;

  WallClock::time_point pacedFrom;  // Paced: wall time at which the run was at `pacedAt`.
  Instant pacedAt;
  WallClock::time_point lastFrame;
  WallClock::time_point rateFrom;
  std::uint64_t rateEvents = 0;
  Instant rateAt;
  double eventsPerSecond = 0;
  double virtualPerSecond = 0;
  double ability = 1e6;  // Events a second of work, as measured.
  std::uint64_t storySeen = 0;
  bool frameWanted = true;

  std::jthread thread;
};

}  // namespace ringside::run
