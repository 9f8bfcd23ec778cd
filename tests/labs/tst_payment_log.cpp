// The notification log dies: with the outbox every event waits for it; without one a full buffer
// loses events.
#include "tests/labs/lab_run.h"

using namespace ringside;
using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t kAll = ~std::uint64_t{0};

// 20,000 payments a second for 400 ms; from 150 ms on the log is down for 100, which some 2,000
// events see.
run::RunPlan plan(const char* outbox, const char* buffer) {
  return test::labPlan(
      "payment-gateway", "corrected",
      {{"tps", "20k"}, {"merchants", "200"}, {"outbox", outbox}, {"notify.buffer", buffer}}, 400ms,
      {"150ms kill_log for 100ms"});
}

std::unique_ptr<run::Run> runTo(const run::RunPlan& plan, Duration until) {
  auto made = run::Run::make(plan);
  (*made)->advance(Instant(until), kAll);
  return *std::move(made);
}

lab::Health healthOfLog(const run::Run& run) {
  const lab::Frame frame = run.frame();
  for (const auto& node : frame.topology.nodes) {
    if (node.id == "log") return node.health;
  }
  qFatal("no log");
  return lab::Health::Ok;
}

}  // namespace

class TestPaymentLog : public QObject {
  Q_OBJECT

 private slots:
  void losesNothingWithAnOutboxHoweverSmallTheBuffer() {
    const auto run = runTo(plan("on", "1k"), 249ms);
    QCOMPARE(healthOfLog(*run), lab::Health::Down);
    QCOMPARE(test::read(*run, "value(notify.buffered)"), 1000.0);
    QVERIFY(test::read(*run, "value(outbox.waiting)") > 1500);
    run->advance(run->end(), kAll);
    QCOMPARE(healthOfLog(*run), lab::Health::Ok);
    QCOMPARE(test::read(*run, "value(audit.events_lost)"), 0.0);
    QCOMPARE(test::read(*run, "value(notify.refused)"), 0.0);
    // Only what the last few milliseconds committed is still on its way.
    QVERIFY(test::read(*run, "value(outbox.waiting)") < 500);
  }

  void losesWhatAFullBufferRefusesWithoutAnOutbox() {
    const auto run = runTo(plan("off", "1k"), 249ms);
    QCOMPARE(test::read(*run, "value(notify.buffered)"), 1000.0);
    QCOMPARE(test::read(*run, "value(outbox.waiting)"), 0.0);
    const double refused = test::read(*run, "value(notify.refused)");
    QVERIFY2(refused > 500, qPrintable(QString::number(refused)));
    run->advance(run->end(), kAll);
    QCOMPARE(test::read(*run, "value(audit.events_lost)"),
             test::read(*run, "value(notify.refused)"));
    QVERIFY(test::read(*run, "value(notify.refused)") < 2000);  // The others were held.
    QCOMPARE(test::verdict(*run, "money_conserved"), lab::Verdict::Holds);
  }

  void losesNothingWithoutAnOutboxIfTheBufferIsLargeEnough() {
    const auto run = runTo(plan("off", "10k"), 249ms);
    QVERIFY(test::read(*run, "value(notify.buffered)") > 1500);
    run->advance(run->end(), kAll);
    QCOMPARE(test::read(*run, "value(audit.events_lost)"), 0.0);
    QVERIFY(test::read(*run, "value(notify.buffered)") < 500);
  }

  void comesBackWhenItIsLifted() {
    run::RunPlan lasting = plan("on", "1k");
    lasting.faults[0].order.duration = lab::kForever;
    const auto run = runTo(lasting, 300ms);
    QCOMPARE(healthOfLog(*run), lab::Health::Down);
    QVERIFY(run->lift(run->frame().faults.at(0).id).has_value());
    QCOMPARE(healthOfLog(*run), lab::Health::Ok);
    run->advance(run->end(), kAll);
    QVERIFY(test::read(*run, "value(outbox.waiting)") < 500);
  }
};

QTEST_GUILESS_MAIN(TestPaymentLog)
#include "tst_payment_log.moc"
