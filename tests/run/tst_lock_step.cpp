// Two runs in lock-step: the first event that differs, against every event written down.
#include <QTest>

#include "engine/run/lock_step.h"
#include "tests/labs/lab_run.h"

using namespace ringside;
using namespace ringside::run;
using namespace std::chrono_literals;

namespace {

using Events = std::vector<std::tuple<Instant, std::string, std::string>>;

// The slow way: each run by itself, all its events listed.
Events eventsOf(const RunPlan& plan) {
  const auto run = *Run::make(plan);
  Events events;
  while (const auto next = run->next()) {
    events.emplace_back(next->at, next->actor, next->kind);
    run->step();
  }
  return events;
}

std::optional<std::uint64_t> firstDifference(const Events& a, const Events& b) {
  for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
    if (i >= a.size() || i >= b.size() || a[i] != b[i]) return i + 1;
  }
  return std::nullopt;
}

RunPlan queue(const std::string& preset, std::uint64_t seed,
              const std::vector<std::pair<std::string, std::string>>& knobs = {}) {
  RunPlan plan = test::labPlan("queueing", preset, knobs, 200ms);
  plan.seed = seed;
  return plan;
}

LockStep finished(const RunPlan& a, const RunPlan& b, std::uint64_t slice) {
  auto pair = LockStep::make(a, b);
  if (!pair) qFatal("%s", pair.error().message.c_str());
  while (!pair->over()) pair->advance(pair->end(), slice);
  return std::move(*pair);
}

}  // namespace

class TestLockStep : public QObject {
  Q_OBJECT

 private slots:
  void findsWhatTheListsSay_data() {
    QTest::addColumn<QString>("other");
    for (const char* preset : {"mm1", "mm4", "md1", "mg1", "loss", "tandem", "bursty"}) {
      QTest::newRow(preset) << QString(preset);
    }
  }
  void findsWhatTheListsSay() {
    QFETCH(QString, other);
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
      const RunPlan a = queue("mm1", seed);
      const RunPlan b = queue(other.toStdString(), seed);
      const auto expected = firstDifference(eventsOf(a), eventsOf(b));
      for (const std::uint64_t slice : {1U, 7U, 100'000U}) {
        const LockStep pair = finished(a, b, slice);
        QCOMPARE(pair.divergence().has_value(), expected.has_value());
        if (expected) QCOMPARE(pair.divergence()->number, *expected);
      }
    }
  }

  void bothEndAsTheyWouldAlone() {
    const RunPlan a = queue("mm1", 3);
    const RunPlan b = queue("mg1", 3);
    LockStep pair = finished(a, b, 13);
    QCOMPARE(pair.first().fingerprint(), test::finished(a)->fingerprint());
    QCOMPARE(pair.second().fingerprint(), test::finished(b)->fingerprint());
  }

  void anInstantIsReachedByBoth() {
    auto pair = LockStep::make(queue("mm1", 1), queue("mm4", 1));
    while (!pair->advance(Instant(50ms), 10)) {
    }
    QCOMPARE(pair->first().now(), Instant(50ms));
    QCOMPARE(pair->second().now(), Instant(50ms));
    QVERIFY(!pair->over());
  }

  // The faulty run parts at the first event after the fault that is another.
  void aFaultIsWhereRunsPart() {
    const RunPlan a = queue("mm1", 2);
    RunPlan b = a;
    b.faults = test::labPlan("queueing", "mm1", {}, 200ms, {"100ms rush factor=10"}).faults;
    const LockStep pair = finished(a, b, 50);
    QVERIFY(pair.divergence().has_value());
    QVERIFY(pair.divergence()->second->at > Instant(100ms));
    const auto expected = firstDifference(eventsOf(a), eventsOf(b));
    QCOMPARE(pair.divergence()->number, *expected);
  }

  void actorsAreComparedByName() {
    // Other counts of gateways give the shards other numbers; the first events are the same.
    RunPlan a = test::labPlan("payment-gateway", "corrected", {{"tps", "2k"}}, 20ms);
    RunPlan b = test::labPlan("payment-gateway", "corrected", {{"tps", "2k"}, {"gws", "6"}}, 20ms);
    const LockStep pair = finished(a, b, 1000);
    const auto expected = firstDifference(eventsOf(a), eventsOf(b));
    QVERIFY(expected.has_value());
    QCOMPARE(pair.divergence()->number, *expected);
  }

  void whatCannotBeBuiltIsNamed() {
    RunPlan none;
    none.labId = "none";
    QVERIFY(!LockStep::make(queue("mm1", 1), none));
    QVERIFY(!LockStep::make(none, queue("mm1", 1)));
  }

  void theFirstDifferenceIsTold() {
    const LockStep pair = finished(queue("mm1", 1), queue("mm4", 1), 100);
    const std::string text = describe(pair.divergence());
    QVERIFY2(text.starts_with("event 2: arrival of source at "), text.c_str());
    QCOMPARE(describe(std::nullopt), std::string("the two runs have the same events"));
  }
};

QTEST_GUILESS_MAIN(TestLockStep)
#include "tst_lock_step.moc"
