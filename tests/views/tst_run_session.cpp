#include <QSignalSpy>
#include <QTest>

#include "tests/views/run_fixture.h"
#include "views/run/run_text.h"

using namespace ringside;
using namespace std::chrono_literals;

// The session: what reaches the engine, what comes back, what can be undone.
class TestRunSession : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { fixture_ = std::make_unique<test::RunFixture>(); }

  void opensARunAtRestWithTheLabsOwnPace() {
    QSignalSpy opened(&session(), &views::RunSession::opened);
    fixture_->open();
    QCOMPARE(opened.count(), 1);
    QCOMPARE(session().state(), lab::RunState::Idle);
    QCOMPARE(session().speed(), 0.01);
    QCOMPARE(session().plan().seed, 7U);
    QCOMPARE(session().knobs().wanted("bank.latency"), 50e6);
  }

  void keepsTheOpenRunWhenAPlanIsNotPossible() {
    fixture_->open();
    QSignalSpy complaints(&session(), &views::RunSession::complaint);
    run::RunPlan plan = test::samplePlan();
    plan.labId = "no-such-lab";
    QVERIFY(!session().open(plan));
    QCOMPARE(session().plan().labId, "payment-gateway");
    QCOMPARE(complaints.at(0).at(0).toString(),
             QStringLiteral("There is no lab 'no-such-lab'; there is: payment-gateway."));
    plan = test::samplePlan();
    plan.preset = "nonsense";
    QVERIFY(!session().open(plan));
    QCOMPARE(complaints.at(1).at(0).toString(),
             QStringLiteral("unknown preset 'nonsense' of lab payment-gateway; there are: "
                            "common, corrected"));
  }

  void passesOnEveryPace() {
    fixture_->open();
    session().start(run::Pace::Fast);
    QTRY_COMPARE(session().state(), lab::RunState::Running);
    session().start(run::Pace::Express);
    session().toggle();  // Runs: so it pauses.
    QTRY_COMPARE(session().state(), lab::RunState::Paused);
    session().toggle();
    QTRY_COMPARE(session().state(), lab::RunState::Running);
    QCOMPARE(fixture_->engine.wishes.join(u','),
             QStringLiteral("run fast,run express,pause,run paced"));
  }

  void restsItsTimerOnceTheRunRests() {
    fixture_->open();
    session().pause();
    QTRY_VERIFY(!session().isPolling());
    session().start(run::Pace::Paced);
    QVERIFY(session().isPolling());
    session().setWatched(false);
    QVERIFY(!session().isPolling());
    session().setWatched(true);
    QVERIFY(session().isPolling());
  }

  void tellsOfTheEndOnce() {
    fixture_->open();
    QSignalSpy ended(&session(), &views::RunSession::ended);
    session().start(run::Pace::Fast);
    fixture_->run().moveTo(Instant(1s), lab::RunState::Finished);
    QTRY_COMPARE(ended.count(), 1);
    fixture_->settle();
    QCOMPARE(ended.count(), 1);
    // A run that is over starts anew.
    session().toggle();
    QCOMPARE(fixture_->engine.plans.size(), 2U);
    QTRY_COMPARE(session().state(), lab::RunState::Running);
  }

  void showsAComplaintOfTheWorker() {
    fixture_->open();
    QSignalSpy complaints(&session(), &views::RunSession::complaint);
    fixture_->engine.complaint = "bank.latency: 9s is out of range; allowed: 10us to 5s";
    fixture_->settle();
    QCOMPARE(complaints.count(), 1);
  }

  void namesWhatAnUndoUndoes() {
    begin();
    session().turnKnob(QStringLiteral("bank.latency"), 200e6);
    QCOMPARE(session().undoStack()->undoText(), QStringLiteral("Bank latency 50ms → 200ms"));
    QCOMPARE(fixture_->engine.wishes.last(), QStringLiteral("knob bank.latency 2e+08"));
    session().undoStack()->undo();
    QCOMPARE(session().knobs().wanted("bank.latency"), 50e6);
    QCOMPARE(fixture_->engine.wishes.last(), QStringLiteral("knob bank.latency 5e+07"));
    QCOMPARE(session().undoStack()->redoText(), QStringLiteral("Bank latency 50ms → 200ms"));
  }

  void takesADragAsOneIntention() {
    begin();
    for (double ms = 60; ms <= 200; ms += 10) {
      session().turnKnob(QStringLiteral("bank.latency"), ms * 1e6, 5);
    }
    QCOMPARE(session().undoStack()->count(), 1);
    QCOMPARE(session().undoStack()->undoText(), QStringLiteral("Bank latency 50ms → 200ms"));
    session().turnKnob(QStringLiteral("bank.latency"), 70e6, 6);
    QCOMPARE(session().undoStack()->count(), 2);
  }

  void forgetsADragThatEndsWhereItBegan() {
    begin();
    session().turnKnob(QStringLiteral("bank.latency"), 60e6, 5);
    session().turnKnob(QStringLiteral("bank.latency"), 50e6, 5);
    QCOMPARE(session().undoStack()->count(), 0);
  }

  void letsANextRunKnobWaitForARestart() {
    begin();
    session().turnKnob(QStringLiteral("shards.count"), 16);
    QVERIFY(session().knobs().waits("shards.count"));
    QVERIFY(!fixture_->engine.wishes.join(u',').contains(QStringLiteral("knob")));
    QVERIFY(!session().untouched());
    session().restart(views::RunSession::Then::Hold);
    QVERIFY(!session().knobs().waits("shards.count"));
    const run::RunPlan& plan = fixture_->engine.plans.back();
    QCOMPARE(plan.knobs.size(), 1U);
    QCOMPARE(plan.knobs.front(), (lab::ParameterValue{"shards.count", 16}));
    QCOMPARE(plan.seed, 7U);
  }

  void rebuildsByItselfWhileNothingHasRun() {
    fixture_->open();
    session().turnKnob(QStringLiteral("shards.count"), 16);
    QTRY_COMPARE(fixture_->engine.plans.size(), 2U);
    QCOMPARE(fixture_->engine.plans.back().knobs.size(), 1U);
    QVERIFY(!session().knobs().waits("shards.count"));
    QCOMPARE(session().undoStack()->count(), 1);
    // A run asked for before the rebuild was due has the new value too.
    session().turnKnob(QStringLiteral("shards.count"), 32);
    session().start(run::Pace::Fast);
    QCOMPARE(fixture_->engine.plans.size(), 3U);
    QCOMPARE(fixture_->engine.plans.back().knobs.front().value, 32.0);
    QCOMPARE(fixture_->engine.wishes.last(), QStringLiteral("run fast"));
  }

  void choosesAPresetAsOneIntention() {
    begin();
    session().turnKnob(QStringLiteral("bank.latency"), 200e6);
    session().choosePreset(QStringLiteral("corrected"));
    QCOMPARE(session().undoStack()->undoText(), QStringLiteral("Preset Corrected"));
    QTRY_COMPARE(fixture_->engine.plans.back().preset, "corrected");
    QVERIFY(fixture_->engine.plans.back().knobs.empty());
    QCOMPARE(session().knobs().changedCount(), 0);
    session().undoStack()->undo();
    QTRY_COMPARE(fixture_->engine.plans.back().preset, "common");
    QCOMPARE(session().knobs().wanted("bank.latency"), 200e6);
    QCOMPARE(session().knobs().changedCount(), 1);
  }

  void resetsEveryChangedKnobAtOnce() {
    begin();
    session().turnKnob(QStringLiteral("bank.latency"), 200e6);
    session().turnKnob(QStringLiteral("bank.errors"), 0.5);
    session().resetKnobs();
    QCOMPARE(session().knobs().changedCount(), 0);
    QCOMPARE(session().undoStack()->undoText(), QStringLiteral("Reset 2 parameters"));
    session().undoStack()->undo();
    QCOMPARE(session().knobs().changedCount(), 2);
  }

  void undoesAnInjectionByLiftingIt() {
    begin();
    QVERIFY(session().inject(killShard()).has_value());
    QCOMPARE(session().undoStack()->undoText(), QStringLiteral("Fault: Kill shard"));
    QTRY_COMPARE(session().frame()->faults.size(), 1U);
    session().undoStack()->undo();
    QCOMPARE(fixture_->engine.wishes.last(), QStringLiteral("lift 1"));
    session().undoStack()->redo();
    QTRY_COMPARE(session().frame()->faults.size(), 2U);
    session().undoStack()->undo();
    QCOMPARE(fixture_->engine.wishes.last(), QStringLiteral("lift 2"));
  }

  void liftsAFaultThatWasUndoneBeforeItStruck() {
    begin();
    fixture_->engine.silent = true;
    QVERIFY(session().inject(killShard()).has_value());
    session().undoStack()->undo();
    QVERIFY(!fixture_->engine.wishes.join(u',').contains(QStringLiteral("lift")));
    fixture_->engine.silent = false;
    QTRY_COMPARE(fixture_->engine.wishes.last(), QStringLiteral("lift 1"));
  }

  void strikesAgainForWhatWasLeftWhenALiftIsUndone() {
    begin();
    QVERIFY(session().inject(killShard()).has_value());
    QTRY_COMPARE(session().frame()->faults.size(), 1U);
    fixture_->run().moveTo(fixture_->run().frame.now + 100ms, lab::RunState::Paused);
    fixture_->settle();
    session().lift(1);
    QCOMPARE(session().undoStack()->undoText(), QStringLiteral("Lift: kill_shard 2"));
    session().undoStack()->undo();
    const auto journal = session().journal();
    const auto& again = std::get<run::FaultInjected>(journal.back().act);
    QCOMPARE(again.order.arguments, killShard().arguments);
    QCOMPARE(again.order.duration, Duration(200ms));
  }

  void keepsKnobsButNotFaultsInTheHistoryOfAnotherRun() {
    begin();
    session().turnKnob(QStringLiteral("bank.latency"), 200e6);
    QVERIFY(session().inject(killShard()).has_value());
    session().turnKnob(QStringLiteral("bank.errors"), 0.5);
    session().restart(views::RunSession::Then::Hold);
    QCOMPARE(session().undoStack()->count(), 2);
    QCOMPARE(session().undoStack()->undoText(), QStringLiteral("Bank errors 0.1% → 50%"));
    session().undoStack()->undo();
    session().undoStack()->undo();
    QCOMPARE(session().knobs().changedCount(), 0);
  }

  void opensRecordedArrivalsOrSaysWhyNot() {
    fixture_->open();
    const Result<Done> refused = session().openArrivals(QStringLiteral("/data/empty.csv"));
    QCOMPARE(refused.error().message, "empty.csv has no rows.");
    QVERIFY(session().openArrivals(QStringLiteral("/data/arrivals.csv")).has_value());
    QCOMPARE(fixture_->engine.plans.back().arrivals->name, "arrivals.csv");
  }

  void takesAnotherSeedAndKeepsIt() {
    fixture_->open();
    session().setSeed(99);
    QCOMPARE(fixture_->engine.plans.back().seed, 99U);
    session().reseed();
    QVERIFY(fixture_->engine.plans.back().seed != 99U);
    QVERIFY(fixture_->engine.plans.back().seed >= 1U);
  }

  void judgesOnlyAnUntouchedFinishedRun() {
    fixture_->open();
    const study::Scenario scenario = test::sampleScenario();
    QVERIFY(session().judge(scenario).empty());
    session().start(run::Pace::Fast);
    fixture_->run().moveTo(Instant(1s), lab::RunState::Finished);
    QTRY_COMPARE(session().state(), lab::RunState::Finished);
    QCOMPARE(session().judge(scenario).size(), 1U);
    session().turnKnob(QStringLiteral("shards.count"), 16);
    QVERIFY(session().judge(scenario).empty());
  }

 private:
  [[nodiscard]] views::RunSession& session() { return fixture_->session; }

  // Opens and runs a little, so that the run has something to lose.
  void begin() {
    fixture_->open();
    session().step();
    QTRY_COMPARE(session().state(), lab::RunState::Paused);
  }

  static lab::FaultOrder killShard() { return {"kill_shard", {{"shard", 2}}, 300ms}; }

  std::unique_ptr<test::RunFixture> fixture_;
};

QTEST_MAIN(TestRunSession)
#include "tst_run_session.moc"
