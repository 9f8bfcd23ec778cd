// The worker at other times: every wish ends where a run without a thread is at that place.
#include <QElapsedTimer>
#include <QTest>

#include <atomic>
#include <functional>
#include <thread>

#include "engine/run/run.h"
#include "engine/run/run_worker.h"
#include "engine/run/seek.h"

using namespace ringside;
using namespace std::chrono_literals;
using lab::FramePtr;
using lab::RunState;
using run::Goal;
using run::Pace;
using run::Run;
using run::RunPlan;
using run::RunWorker;

namespace {

constexpr int kPatience = 60'000;  // Milliseconds; for machines under load and sanitizers.

RunPlan small(Duration length = 200ms) {
  RunPlan plan;
  plan.labId = "payment-gateway";
  plan.knobs = {{"tps", 2000}, {"merchants", 100}, {"l2.capacity", 10'000}};
  plan.length = length;
  return plan;
}

FramePtr awaitFrame(RunWorker& worker, const std::function<bool(const lab::Frame&)>& fits) {
  QElapsedTimer timer;
  FramePtr last;
  for (timer.start(); timer.elapsed() < kPatience;) {
    if (FramePtr frame = worker.takeFrame()) {
      last = frame;
      if (fits(*frame)) return frame;
    }
    std::this_thread::yield();
  }
  return last;
}

FramePtr awaitEvents(RunWorker& worker, std::uint64_t events) {
  return awaitFrame(worker, [events](const lab::Frame& frame) {
    return frame.events == events && frame.state != RunState::Running;
  });
}

QString awaitComplaint(RunWorker& worker) {
  QElapsedTimer timer;
  for (timer.start(); timer.elapsed() < kPatience;) {
    if (const std::string text = worker.takeComplaint(); !text.empty()) {
      return QString::fromStdString(text);
    }
    std::this_thread::yield();
  }
  return {};
}

// Everything wished for so far has been granted, journeys included; what the run then is.
struct Place {
  std::uint64_t events = 0;
  std::uint64_t fingerprint = 0;
};
Place settled(RunWorker& worker) {
  std::atomic<bool> done = false;
  Place place;
  worker.visit([&](const Run& run) {
    place = {run.events(), run.fingerprint()};
    done = true;
  });
  while (!done) std::this_thread::yield();
  return place;
}

std::uint64_t fingerprintAt(const RunPlan& plan, run::Journal journal, std::uint64_t events) {
  auto run = Run::replay(plan, std::move(journal));
  run::travel(**run, Goal::event(events), ~std::uint64_t{0});
  return (*run)->fingerprint();
}

}  // namespace

class TestRunWorkerTravel : public QObject {
  Q_OBJECT

 private slots:
  void stepsBackAndForth();
  void stepsBackManyTimesInARow();
  void seeksWhileShadowsAreBuilt();
  void actsWhereAJourneyEnds();
  void forksAndSwitches();
  void givesUpAJourney();
  void stopsAtAConditionAndSaysWhich();
  void pausesAtBreakpointsThatAreOn();
  void complainsOfConditionsItCannotRead();
  void goesToCauseAndEffect();
  void tellsOfTheLastEventsAtRest();
  void marksPlaces();
  void goesOnWithASavedStory();
  void endsInTheMiddleOfAJourney();
};

void TestRunWorkerTravel::stepsBackAndForth() {
  RunWorker worker(small());
  worker.runUntilEvent(500);
  QCOMPARE(awaitEvents(worker, 500)->events, 500U);
  const std::uint64_t there = settled(worker).fingerprint;
  worker.stepBack();
  const FramePtr back = awaitEvents(worker, 499);
  QCOMPARE(back->events, 499U);
  QCOMPARE(back->fingerprint, fingerprintAt(small(), {}, 499));
  worker.stepEvent();
  QCOMPARE(awaitEvents(worker, 500)->fingerprint, there);
}

void TestRunWorkerTravel::stepsBackManyTimesInARow() {
  RunWorker worker(small());
  worker.runUntilEvent(2000);
  settled(worker);
  awaitEvents(worker, 2000);
  for (int i = 0; i < 100; ++i) worker.stepBack();
  const Place place = settled(worker);
  QCOMPARE(place.events, 1900U);
  QCOMPARE(place.fingerprint, fingerprintAt(small(), {}, 1900));
  QVERIFY(worker.takeComplaint().empty());
}

void TestRunWorkerTravel::seeksWhileShadowsAreBuilt() {
  const RunPlan plan = small(1s);
  RunWorker worker(plan);
  worker.run(Pace::Fast);
  awaitFrame(worker, [](const lab::Frame& frame) { return frame.state == RunState::Finished; });
  for (const std::uint64_t events : {15'000U, 20U, 9'000U, 8'999U, 12'345U, 0U, 1U}) {
    worker.seek(Goal::event(events));
    const Place place = settled(worker);
    QCOMPARE(place.events, std::uint64_t{events});
    QCOMPARE(place.fingerprint, fingerprintAt(plan, {}, events));
  }
  worker.seek(Goal::time(Instant(2s)));
  settled(worker);
  const FramePtr last =
      awaitFrame(worker, [](const lab::Frame& frame) { return frame.state == RunState::Finished; });
  QCOMPARE(last->now, Instant(1s));
}

// What is asked for while a journey is under way happens at its end.
void TestRunWorkerTravel::actsWhereAJourneyEnds() {
  RunWorker worker(small());
  worker.runUntilEvent(3000);
  settled(worker);
  awaitEvents(worker, 3000);
  worker.seek(Goal::event(1000));
  worker.turnKnob("step.bank", 9e6);
  worker.runUntilEvent(1500);
  awaitEvents(worker, 1500);
  const run::Journal journal = worker.journal();
  QCOMPARE(journal.size(), std::size_t{1});
  QCOMPARE(journal[0].afterEvent, 1000U);
  QCOMPARE(worker.story()->branches.size(), std::size_t{2});
  QCOMPARE(settled(worker).fingerprint, fingerprintAt(small(), journal, 1500));
}

void TestRunWorkerTravel::forksAndSwitches() {
  RunWorker worker(small());
  worker.runUntilEvent(2000);
  awaitEvents(worker, 2000);
  const Place first = settled(worker);
  worker.seek(Goal::event(1200));
  worker.fork("slow bank");
  worker.turnKnob("step.bank", 120e6);
  worker.runUntilEvent(1900);
  awaitEvents(worker, 1900);
  const Place second = settled(worker);
  const auto story = worker.story();
  QCOMPARE(story->branches.size(), std::size_t{2});
  QCOMPARE(story->branch().name, std::string("slow bank"));
  QCOMPARE(second.fingerprint, fingerprintAt(small(), story->branch().journal, 1900));
  worker.switchBranch(0);
  QCOMPARE(settled(worker).fingerprint != second.fingerprint, true);
  QCOMPARE(worker.journal().size(), std::size_t{0});
  worker.seek(Goal::event(first.events));
  QCOMPARE(settled(worker).fingerprint, first.fingerprint);
  worker.switchBranch(9);
  QCOMPARE(awaitComplaint(worker), QStringLiteral("there is no branch 10; there are 2"));
}

void TestRunWorkerTravel::givesUpAJourney() {
  RunPlan plan = small(10s);
  plan.knobs[0].value = 50'000;
  RunWorker worker(plan);
  worker.runUntilEvent(100);
  awaitEvents(worker, 100);
  worker.seek(Goal::time(Instant(10s)));
  QTRY_VERIFY_WITH_TIMEOUT(worker.travelled().value_or(0) > 0, kPatience);
  worker.pause();
  const Place place = settled(worker);
  QVERIFY(!worker.travelled());
  QVERIFY(place.events >= 100);
  QCOMPARE(place.fingerprint, fingerprintAt(plan, {}, place.events));
}

void TestRunWorkerTravel::stopsAtAConditionAndSaysWhich() {
  RunWorker worker(small());
  worker.runUntilCondition("inflight > 20");
  const FramePtr frame =
      awaitFrame(worker, [](const lab::Frame& each) { return each.state == RunState::Paused; });
  QCOMPARE(frame->note, std::string("value(inflight) > 20"));
  QVERIFY(frame->events > 20);
  worker.runUntilCondition("inflight > 20");
  QCOMPARE(awaitComplaint(worker), QStringLiteral("it is so already: value(inflight) > 20"));
  worker.run(Pace::Fast);
  const FramePtr last =
      awaitFrame(worker, [](const lab::Frame& each) { return each.state == RunState::Finished; });
  QCOMPARE(last->state, RunState::Finished);
}

void TestRunWorkerTravel::pausesAtBreakpointsThatAreOn() {
  RunWorker worker(small());
  worker.setBreakpoints({{"offered == 5", false}, {"offered == 9", true}, {"offered == 14", true}});
  for (const char* text : {"value(offered) == 9", "value(offered) == 14"}) {
    worker.run(Pace::Fast);
    const FramePtr frame = awaitFrame(worker, [text](const lab::Frame& each) {
      return each.state == RunState::Paused && each.note == text;
    });
    QCOMPARE(frame->note, std::string(text));
  }
  worker.setBreakpoints({});
  worker.run(Pace::Fast);
  const FramePtr last =
      awaitFrame(worker, [](const lab::Frame& each) { return each.state == RunState::Finished; });
  QVERIFY(last->note.empty());
}

void TestRunWorkerTravel::complainsOfConditionsItCannotRead() {
  RunWorker worker(small());
  worker.runUntilCondition("depth(gatway) > 1");
  QVERIFY(awaitComplaint(worker).contains("\"gatway\""));
  worker.setBreakpoints({{"p98(x) > 1", true}});
  QVERIFY(awaitComplaint(worker).startsWith("breakpoint: there is no function \"p98\""));
}

void TestRunWorkerTravel::goesToCauseAndEffect() {
  RunWorker worker(small());
  worker.runUntilEvent(800);
  const FramePtr here = awaitEvents(worker, 800);
  const std::uint64_t cause = here->recent.back().cause;
  QVERIFY(cause > 0 && cause < 800);
  worker.stepToCause();
  QCOMPARE(settled(worker).events, cause);
  worker.stepToEffect();
  const FramePtr effect = awaitFrame(worker, [cause](const lab::Frame& frame) {
    return frame.state == RunState::Paused && !frame.recent.empty() &&
           frame.recent.back().cause == cause;
  });
  QCOMPARE(effect->recent.back().cause, cause);
  QVERIFY(effect->events <= 800);
}

void TestRunWorkerTravel::tellsOfTheLastEventsAtRest() {
  RunWorker worker(small());
  worker.runUntilEvent(1000);
  const FramePtr frame = awaitEvents(worker, 1000);
  QCOMPARE(frame->recent.size(), std::size_t{256});
  QCOMPARE(frame->recent.back().number, 1000U);
  QCOMPARE(frame->recent.back().at, frame->now);
}

void TestRunWorkerTravel::marksPlaces() {
  RunWorker worker(small());
  worker.runUntilEvent(300);
  worker.mark("here");
  awaitEvents(worker, 300);
  settled(worker);
  QTRY_COMPARE_WITH_TIMEOUT(worker.story()->bookmarks.size(), std::size_t{1}, kPatience);
  const run::Bookmark mark = worker.story()->bookmarks[0];
  QCOMPARE(mark.name, std::string("here"));
  worker.runUntilEvent(600);
  awaitEvents(worker, 600);
  worker.seek(Goal::place(mark.position));
  QCOMPARE(settled(worker).events, mark.position.events);
  worker.unmark(3);
  QVERIFY(awaitComplaint(worker).contains("bookmark 4"));
}

void TestRunWorkerTravel::goesOnWithASavedStory() {
  run::Story story;
  Place there;
  {
    RunWorker worker(small());
    worker.runUntilEvent(400);
    awaitEvents(worker, 400);
    worker.turnKnob("step.bank", 5e6);
    worker.runUntilEvent(900);
    awaitEvents(worker, 900);
    there = settled(worker);
    story = *worker.story();
  }
  RunWorker again(small(), story);
  again.seek(Goal::event(900));
  QCOMPARE(settled(again).fingerprint, there.fingerprint);
  QVERIFY(*again.story() == story);
}

void TestRunWorkerTravel::endsInTheMiddleOfAJourney() {
  RunPlan plan = small(10s);
  plan.knobs[0].value = 50'000;
  for (int i = 0; i < 3; ++i) {
    auto worker = std::make_unique<RunWorker>(plan);
    worker->runUntilEvent(20'000);
    awaitEvents(*worker, 20'000);
    worker->seek(i == 0 ? Goal::event(19'000) : Goal::time(Instant(9s)));
    QElapsedTimer timer;
    timer.start();
    worker.reset();
    QVERIFY(timer.elapsed() < kPatience);
  }
}

QTEST_GUILESS_MAIN(TestRunWorkerTravel)
#include "tst_run_worker_travel.moc"
