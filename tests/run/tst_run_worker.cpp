// A run on its own thread: every wish is granted exactly, every ending is told, and it stops at
// once.
#include <QElapsedTimer>
#include <QTest>

#include <atomic>
#include <functional>
#include <thread>

#include "engine/run/run.h"
#include "engine/run/run_worker.h"

using namespace ringside;
using namespace std::chrono_literals;
using lab::FramePtr;
using lab::RunState;
using run::Pace;
using run::RunPlan;
using run::RunWorker;

namespace {

constexpr int kPatience = 30'000;  // Milliseconds; for machines under load and sanitizers.

RunPlan small(Duration length = 200ms) {
  RunPlan plan;
  plan.labId = "payment-gateway";
  plan.knobs = {{"tps", 2000}, {"merchants", 100}, {"l2.capacity", 10'000}};
  plan.length = length;
  return plan;
}

// Waits for a frame that `fits`; the last one seen if none came.
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

FramePtr awaitState(RunWorker& worker, RunState state) {
  return awaitFrame(worker, [state](const lab::Frame& frame) { return frame.state == state; });
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

// Lets everything wished for so far be granted.
void settle(RunWorker& worker) {
  std::atomic<bool> done = false;
  worker.visit([&done](const run::Run&) { done = true; });
  while (!done) std::this_thread::yield();
}

}  // namespace

class TestRunWorker : public QObject {
  Q_OBJECT

 private slots:
  void showsTheRunBeforeItStarts();
  void tellsOfAPlanThatCannotBeBuilt();
  void tellsTheEndWhateverThePace_data();
  void tellsTheEndWhateverThePace();
  void comesToTheSameAsARunWithoutAThread();
  void pausesAndGoesOn();
  void stepsExactlyOneEvent();
  void stepsToTheNextEventOfAnActor();
  void givesUpOnAnActorThatNeverComes();
  void runsUntilExactlyATime();
  void runsUntilExactlyAnEvent();
  void forgetsATargetWhenItIsGivenAnother();
  void keepsAJournalOfTurnsAndFaults();
  void complainsOfEachWishItCannotGrant();
  void stopsWithinASliceWhileRunningFlatOut_data();
  void stopsWithinASliceWhileRunningFlatOut();
  void makesOneFrameWhenAsked();
  void pacesVirtualTimeByTheWall();
  void takesWishesWhileFramesAreTaken();
};

void TestRunWorker::showsTheRunBeforeItStarts() {
  RunWorker worker(small());
  const FramePtr frame = awaitState(worker, RunState::Idle);
  QVERIFY(frame);
  QCOMPARE(frame->events, 0U);
  QCOMPARE(frame->end, Instant(200ms));
  QVERIFY(frame->next.has_value());
}

void TestRunWorker::tellsOfAPlanThatCannotBeBuilt() {
  RunPlan plan = small();
  plan.labId = "nothing";
  RunWorker worker(plan);
  worker.run(Pace::Fast);
  const FramePtr frame = awaitState(worker, RunState::Failed);
  QVERIFY(frame && frame->state == RunState::Failed);
  QVERIFY(frame->note.find("nothing") != std::string::npos);
}

void TestRunWorker::tellsTheEndWhateverThePace_data() {
  QTest::addColumn<int>("pace");
  QTest::newRow("paced") << int(Pace::Paced);
  QTest::newRow("fast") << int(Pace::Fast);
  QTest::newRow("express") << int(Pace::Express);
}

void TestRunWorker::tellsTheEndWhateverThePace() {
  QFETCH(int, pace);
  for (int i = 0; i < 5; ++i) {
    RunWorker worker(small(20ms));
    worker.setSpeed(10);
    worker.run(static_cast<Pace>(pace));
    const FramePtr frame = awaitState(worker, RunState::Finished);
    QVERIFY(frame && frame->state == RunState::Finished);
    QCOMPARE(frame->now, Instant(20ms));
    QVERIFY(!frame->checks.empty());
  }
}

void TestRunWorker::comesToTheSameAsARunWithoutAThread() {
  auto plain = run::Run::make(small());
  (*plain)->advance(Instant(1h), ~std::uint64_t{0});
  RunWorker worker(small());
  worker.run(Pace::Fast);
  worker.pause();
  worker.stepEvent();
  worker.setSpeed(5);
  worker.run(Pace::Paced);
  worker.run(Pace::Express);
  const FramePtr frame = awaitState(worker, RunState::Finished);
  QCOMPARE(frame->fingerprint, (*plain)->fingerprint());
  QCOMPARE(frame->events, (*plain)->events());
}

void TestRunWorker::pausesAndGoesOn() {
  RunWorker worker(small(60s));
  worker.run(Pace::Fast);
  QVERIFY(awaitState(worker, RunState::Running));
  worker.pause();
  const FramePtr paused = awaitState(worker, RunState::Paused);
  QCOMPARE(paused->state, RunState::Paused);
  settle(worker);
  const std::uint64_t events = paused->events;
  worker.wantFrame();
  QCOMPARE(awaitState(worker, RunState::Paused)->events, events);
  worker.run(Pace::Fast);
  const FramePtr later =
      awaitFrame(worker, [events](const lab::Frame& frame) { return frame.events > events; });
  QVERIFY(later->events > events);
}

void TestRunWorker::stepsExactlyOneEvent() {
  RunWorker worker(small());
  for (std::uint64_t i = 1; i <= 20; ++i) {
    worker.stepEvent();
    const FramePtr frame =
        awaitFrame(worker, [i](const lab::Frame& each) { return each.events >= i; });
    QCOMPARE(frame->events, i);
    QCOMPARE(frame->state, RunState::Paused);
  }
}

void TestRunWorker::stepsToTheNextEventOfAnActor() {
  RunWorker worker(small());
  worker.stepActor("bank upi");
  const FramePtr frame = awaitFrame(worker, [](const lab::Frame& each) {
    return each.state == RunState::Paused && each.events > 0;
  });
  // The same by hand: it stops behind the event.
  auto plain = run::Run::make(small());
  for (bool found = false; !found;) {
    found = (*plain)->next()->actor == "bank upi";
    (*plain)->step();
  }
  QCOMPARE(frame->events, (*plain)->events());
  QCOMPARE(frame->now, (*plain)->now());
}

void TestRunWorker::givesUpOnAnActorThatNeverComes() {
  RunWorker worker(small(20ms));
  worker.stepActor("nobody");
  const FramePtr frame = awaitState(worker, RunState::Finished);
  QCOMPARE(frame->state, RunState::Finished);
}

void TestRunWorker::runsUntilExactlyATime() {
  RunWorker worker(small());
  worker.runUntil(Instant(50ms + 1ns));
  const FramePtr frame = awaitState(worker, RunState::Paused);
  QCOMPARE(frame->now, Instant(50ms + 1ns));
  QVERIFY(frame->next->at > frame->now);
  worker.runUntil(Instant(50ms));
  QVERIFY(awaitComplaint(worker).contains("already at 5"));
}

void TestRunWorker::runsUntilExactlyAnEvent() {
  RunWorker worker(small());
  for (const std::uint64_t number : {1ULL, 2ULL, 2048ULL, 2049ULL, 4000ULL}) {
    worker.runUntilEvent(number);
    const FramePtr frame = awaitFrame(worker, [number](const lab::Frame& each) {
      return each.state == RunState::Paused && each.events >= number;
    });
    QCOMPARE(frame->events, number);
  }
  worker.runUntilEvent(4000);
  QVERIFY(awaitComplaint(worker).contains("4000"));
}

void TestRunWorker::forgetsATargetWhenItIsGivenAnother() {
  RunWorker worker(small());
  worker.setSpeed(1e-6);
  worker.run(Pace::Paced);
  worker.runUntil(Instant(50ms));
  worker.stepEvent();
  worker.run(Pace::Fast);
  const FramePtr frame = awaitFrame(worker, [](const lab::Frame& each) {
    return each.state == RunState::Finished ||
           (each.state == RunState::Paused && each.now == Instant(50ms));
  });
  QCOMPARE(frame->state, RunState::Finished);
}

void TestRunWorker::keepsAJournalOfTurnsAndFaults() {
  RunWorker worker(small());
  worker.runUntil(Instant(20ms));
  worker.pause();
  worker.turnKnob("step.bank", 80e6);
  worker.inject({"kill_l2", {}, lab::kForever});
  worker.runUntil(Instant(40ms));
  QVERIFY(awaitFrame(worker, [](const lab::Frame& each) { return each.now == Instant(40ms); }));
  worker.lift(1);
  settle(worker);
  const run::Journal journal = worker.journal();
  QCOMPARE(journal.size(), 3U);
  QVERIFY(std::holds_alternative<run::KnobTurned>(journal[0].act));
  QVERIFY(std::holds_alternative<run::FaultInjected>(journal[1].act));
  QVERIFY(std::holds_alternative<run::FaultLifted>(journal[2].act));
  QCOMPARE(journal[2].at, Instant(40ms));
  worker.run(Pace::Fast);
  const FramePtr end = awaitState(worker, RunState::Finished);
  auto replayed = run::Run::replay(small(), journal);
  (*replayed)->advance(Instant(1h), ~std::uint64_t{0});
  QCOMPARE((*replayed)->fingerprint(), end->fingerprint);
}

void TestRunWorker::complainsOfEachWishItCannotGrant() {
  RunWorker worker(small());
  worker.turnKnob("no.such", 1);
  worker.inject({"no_such", {}, 1s});
  worker.lift(7);
  settle(worker);
  QVERIFY(awaitComplaint(worker).contains("no.such"));
  QVERIFY(awaitComplaint(worker).contains("no_such"));
  QVERIFY(awaitComplaint(worker).contains("7"));
  QVERIFY(worker.takeComplaint().empty());
}

void TestRunWorker::stopsWithinASliceWhileRunningFlatOut_data() {
  QTest::addColumn<int>("how");
  QTest::newRow("express") << 0;
  QTest::newRow("paced") << 1;
  QTest::newRow("to an actor that never comes") << 2;
}

void TestRunWorker::stopsWithinASliceWhileRunningFlatOut() {
  QFETCH(int, how);
  auto worker = std::make_unique<RunWorker>(small(1h));
  if (how == 0) worker->run(Pace::Express);
  if (how == 1) worker->run(Pace::Paced);
  if (how == 2) worker->stepActor("nobody");
  QVERIFY(awaitState(*worker, RunState::Running));
  QElapsedTimer timer;
  timer.start();
  worker.reset();
  // A slice is 8 ms; the rest is for the ending of the world and for a machine under load.
  QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
}

void TestRunWorker::makesOneFrameWhenAsked() {
  RunWorker worker(small());
  QVERIFY(awaitState(worker, RunState::Idle));
  settle(worker);
  while (worker.takeFrame()) {
  }
  worker.wantFrame();
  QVERIFY(awaitState(worker, RunState::Idle));
}

void TestRunWorker::pacesVirtualTimeByTheWall() {
  RunWorker worker(small(60s));
  QVERIFY(awaitState(worker, RunState::Idle));
  QElapsedTimer timer;
  timer.start();
  worker.setSpeed(0.01);
  worker.run(Pace::Paced);
  const FramePtr frame =
      awaitFrame(worker, [](const lab::Frame& each) { return each.now >= Instant(1ms); });
  // A hundredth of the wall's time at the most: 1 ms takes 100 ms.
  QVERIFY2(timer.elapsed() >= 95, qPrintable(QString::number(timer.elapsed())));
  QVERIFY(frame->now <= Instant(Duration(timer.nsecsElapsed() / 100)));
}

void TestRunWorker::takesWishesWhileFramesAreTaken() {
  RunWorker worker(small(120s));
  worker.run(Pace::Fast);
  std::uint64_t last = 0;
  for (int i = 0; i < 200; ++i) {
    if (i % 4 == 0) worker.pause();
    if (i % 4 == 1) worker.run(Pace::Fast);
    if (i % 4 == 2) worker.turnKnob("tps", 1000 + i);
    if (i % 4 == 3) worker.wantFrame();
    if (const FramePtr frame = worker.takeFrame()) {
      QVERIFY(frame->events >= last);  // Newest wins: never an older one after a newer.
      last = frame->events;
    }
    std::this_thread::yield();
  }
  worker.pause();
  settle(worker);
  QCOMPARE(worker.journal().size(), 50U);
  QVERIFY(worker.takeComplaint().empty());
}

QTEST_GUILESS_MAIN(TestRunWorker)
#include "tst_run_worker.moc"
