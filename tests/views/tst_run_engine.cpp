#include <QSignalSpy>
#include <QTest>

#include "engine/labs/catalog.h"
#include "views/run/run_services.h"
#include "views/run/run_session.h"

using namespace ringside;
using namespace std::chrono_literals;

// The session over the real worker and the real lab: what a fake cannot promise.
class TestRunEngine : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    session_ = std::make_unique<views::RunSession>(views::engineServices(describe));
    run::RunPlan plan;
    plan.labId = "payment-gateway";
    plan.preset = "corrected";
    plan.seed = 7;
    plan.length = 2ms;
    QVERIFY(session_->open(plan));
    QTRY_VERIFY_WITH_TIMEOUT(session_->frame() != nullptr, 20'000);
  }

  void opensAtRestWithSomethingToShow() {
    QCOMPARE(session_->state(), lab::RunState::Idle);
    QCOMPARE(session_->frame()->events, 0U);
    QVERIFY(!session_->frame()->topology.nodes.empty());
    QTRY_VERIFY(!session_->isPolling());
  }

  void stepsOneEventAtATime() {
    for (std::uint64_t events = 1; events <= 3; ++events) {
      session_->step();
      QTRY_COMPARE(session_->frame()->events, events);
      QCOMPARE(session_->state(), lab::RunState::Paused);
    }
  }

  void runsToItsEndAndTheSameAgain() {
    const std::uint64_t first = finish();
    session_->restart(views::RunSession::Then::Hold);
    QTRY_VERIFY_WITH_TIMEOUT(session_->frame() != nullptr, 20'000);
    QCOMPARE(finish(), first);
  }

  void stopsWhereItIsTold() {
    session_->runUntilEvent(500);
    QTRY_COMPARE_WITH_TIMEOUT(session_->frame()->events, 500U, 20'000);
    QTRY_COMPARE(session_->state(), lab::RunState::Paused);
    session_->runUntil(Instant(1ms));
    QTRY_COMPARE_WITH_TIMEOUT(session_->frame()->now, Instant(1ms), 20'000);
  }

  void strikesAndUndoes() {
    session_->step();
    const lab::FaultSpec& fault = session_->info().faults.front();
    lab::FaultOrder order{fault.name, {}, lab::kForever};
    for (const auto& each : fault.arguments) order.arguments.push_back({each.key, each.initial});
    QVERIFY(session_->inject(order).has_value());
    QTRY_COMPARE(session_->frame()->faults.size(), 1U);
    QVERIFY(session_->frame()->faults[0].to == kNever);
    session_->undoStack()->undo();
    QTRY_VERIFY(session_->frame()->faults[0].to != kNever);
  }

  void startsWithEveryPresetAndKnobOfEveryLab() {
    for (const std::string_view id : labs::ids()) {
      const Result<lab::LabInfo> info = describe(std::string(id));
      for (const lab::Preset& preset : info->presets) {
        run::RunPlan plan;
        plan.labId = std::string(id);
        plan.preset = preset.id;
        QVERIFY2(session_->open(plan), preset.id.c_str());
        QCOMPARE(session_->knobs().changedCount(), 0);
      }
    }
  }

 private:
  static Result<lab::LabInfo> describe(const std::string& id) {
    Result<std::unique_ptr<lab::Lab>> made = labs::make(id);
    if (!made) return made.error();
    return (*made)->describe();
  }

  std::uint64_t finish() {
    QSignalSpy ended(session_.get(), &views::RunSession::ended);
    session_->start(run::Pace::Fast);
    [&] { QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, 60'000); }();
    [&] { QCOMPARE(session_->state(), lab::RunState::Finished); }();
    return session_->frame()->fingerprint;
  }

  std::unique_ptr<views::RunSession> session_;
};

QTEST_GUILESS_MAIN(TestRunEngine)
#include "tst_run_engine.moc"
