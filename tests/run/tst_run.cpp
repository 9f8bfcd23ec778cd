// Runs: the same however sliced, replayed from their journals, and never taken down by a lab.
#include <QTest>

#include "engine/run/run.h"
#include "tests/run/sample_lab.h"

using namespace ringside;
using namespace std::chrono_literals;
using lab::RunState;
using run::Journal;
using run::Run;
using run::RunPlan;
using test::SampleLab;

namespace {

lab::FaultOrder jolt(double by, Duration duration = 10ms) {
  return {.name = "jolt", .arguments = {{"by", by}}, .duration = duration};
}

RunPlan samplePlan() {
  RunPlan plan;
  plan.labId = "sample";
  plan.length = 1s;
  // At instants at which events and the recorder's grid (1 ms) fall too.
  plan.faults = {{Instant(0ns), jolt(1)},
                 {Instant(100ms), jolt(5, 50ms)},
                 {Instant(100ms), jolt(7, 100ms)},
                 {Instant(1s), jolt(3)}};
  return plan;
}

RunPlan gatewayPlan() {
  RunPlan plan;
  plan.labId = "payment-gateway";
  plan.knobs = {{"tps", 5000}, {"gw_capacity", 2000}, {"reuse", 0.05}, {"bank.error", 0.1}};
  plan.length = 100ms;
  plan.faults = {{Instant(20ms), {"kill_shard", {{"shard", 2}}, 30ms}},
                 {Instant(40ms), {"slow_bank", {{"method", 0}, {"factor", 4}}, 20ms}}};
  return plan;
}

std::unique_ptr<Run> made(const RunPlan& plan, Journal journal = {}) {
  auto run = plan.labId == "sample" ? Run::of(std::make_unique<SampleLab>(), plan, journal)
                                    : Run::replay(plan, journal);
  if (!run) qFatal("%s", run.error().message.c_str());
  return std::move(*run);
}

void finish(Run& run, std::uint64_t slice = ~std::uint64_t{0}) {
  while (!lab::isOver(run.state())) run.advance(run.end(), slice);
}

// Everything that a run leaves behind, as text.
QString remains(const Run& run) {
  QString all = QString::number(run.events()) + " " + QString::number(run.fingerprint(), 16);
  for (const auto& m : run.metrics()) {
    all += "\n" + QString::fromStdString(m.name) + " " + QString::number(m.count);
    for (const std::optional<double> value :
         {m.value, m.rate, m.mean, m.stddev, m.min, m.max, m.p50, m.p99}) {
      all += " " + (value ? QString::number(*value, 'g', 17) : QString("-"));
    }
  }
  for (const auto& check : run.checks()) {
    all += QString("\n%1 %2").arg(QString::fromStdString(check.id),
                                  QString::fromStdString(check.evidence));
  }
  const lab::Frame frame = run.frame();
  for (const auto& chart : frame.charts) {
    for (const auto& series : chart.series) {
      for (const auto& point : series.points) {
        all += QString("\n%1 %2 %3")
                   .arg(point.seconds, 0, 'g', 17)
                   .arg(point.low, 0, 'g', 17)
                   .arg(point.high, 0, 'g', 17);
      }
    }
  }
  for (const auto& line : frame.eventTail) all += "\n" + QString::fromStdString(line.text);
  return all;
}

const lab::ParameterValue kUnknownKnob{"no.such", 1};

}  // namespace

class TestRun : public QObject {
  Q_OBJECT

 private slots:
  void comesToTheSameHoweverItIsSliced_data();
  void comesToTheSameHoweverItIsSliced();
  void comesToTheSameWhenWatched();
  void repeatsItsJournal_data();
  void repeatsItsJournal();
  void stopsAtTheTimeAskedFor();
  void stepsOneEventAtATime();
  void saysWhatIsWrongWithAPlan_data();
  void saysWhatIsWrongWithAPlan();
  void refusesActsThatMakeNoSense();
  void liftsAFaultWhenItsTimeIsUp();
  void becomesFailedWhenTheLabFails_data();
  void becomesFailedWhenTheLabFails();
  void knowsThePresetUntilAKnobIsTurned();
};

void TestRun::comesToTheSameHoweverItIsSliced_data() {
  QTest::addColumn<bool>("gateway");
  QTest::addColumn<quint64>("slice");
  for (const bool gateway : {false, true}) {
    for (const quint64 slice : {1ULL, 7ULL, 1'000'000ULL}) {
      QTest::addRow("%s by %llu", gateway ? "gateway" : "sample", slice) << gateway << slice;
    }
  }
}

void TestRun::comesToTheSameHoweverItIsSliced() {
  QFETCH(bool, gateway);
  QFETCH(quint64, slice);
  const RunPlan plan = gateway ? gatewayPlan() : samplePlan();
  const auto whole = made(plan);
  finish(*whole);
  const auto sliced = made(plan);
  finish(*sliced, slice);
  QCOMPARE(sliced->state(), RunState::Finished);
  QVERIFY(whole->events() > 1000);
  QCOMPARE(remains(*sliced), remains(*whole));
}

void TestRun::comesToTheSameWhenWatched() {
  const auto whole = made(gatewayPlan());
  finish(*whole);
  const auto watched = made(gatewayPlan());
  for (std::int64_t i = 0; !lab::isOver(watched->state()); ++i) {
    watched->advance(Instant(Duration(i * 777'777)), 1'000'000);
    (void)watched->frame();
    (void)watched->next();
  }
  QCOMPARE(remains(*watched), remains(*whole));
}

void TestRun::repeatsItsJournal_data() {
  QTest::addColumn<bool>("gateway");
  QTest::addColumn<int>("seed");
  for (int seed = 1; seed <= 30; ++seed) QTest::addRow("sample %d", seed) << false << seed;
  for (int seed = 1; seed <= 6; ++seed) QTest::addRow("gateway %d", seed) << true << seed;
}

void TestRun::repeatsItsJournal() {
  QFETCH(bool, gateway);
  QFETCH(int, seed);
  RunPlan plan = gateway ? gatewayPlan() : samplePlan();
  plan.seed = static_cast<std::uint64_t>(seed);
  Rng random = Rng::forStream(plan.seed, "hands");
  const auto driven = made(plan);
  std::vector<std::uint64_t> injected;
  while (!lab::isOver(driven->state())) {
    const Duration jump(static_cast<std::int64_t>(random.below(gateway ? 4'000'000 : 50'000'000)));
    // Now to a round instant, now in the midst of events.
    const Instant to = random.chance(0.3) ? Instant(gateway ? 40ms : 100ms) : driven->now() + jump;
    driven->advance(to, 1 + random.below(random.chance(0.5) ? 5 : 10'000));
    if (lab::isOver(driven->state())) break;
    if (random.chance(0.3)) {
      const bool done =
          gateway ? driven->turnKnob("tps", 3000 + 1000.0 * random.uniform01()).has_value()
                  : driven->turnKnob("gap", 1e6 + double(random.below(1'000'000))).has_value();
      QVERIFY(done);
    }
    if (random.chance(0.1)) {
      const Duration lasts = random.chance(0.5) ? lab::kForever : Duration(5ms);
      const auto id =
          driven->inject(gateway ? lab::FaultOrder{"kill_l2", {}, lasts} : jolt(2, lasts));
      QVERIFY(id.has_value());
      injected.push_back(*id);
    }
    if (!injected.empty() && random.chance(0.2)) (void)driven->lift(injected.back());
  }
  QVERIFY(driven->journal().size() >= 2);
  for (const std::uint64_t slice : {std::uint64_t{3}, ~std::uint64_t{0}}) {
    const auto replayed = made(plan, driven->journal());
    finish(*replayed, slice);
    QCOMPARE(replayed->journal().size(), driven->journal().size());
    QCOMPARE(remains(*replayed), remains(*driven));
  }
}

void TestRun::stopsAtTheTimeAskedFor() {
  const auto run = made(samplePlan());
  QCOMPARE(run->state(), RunState::Idle);
  run->advance(Instant(123'456'789ns), ~std::uint64_t{0});
  QCOMPARE(run->now(), Instant(123'456'789ns));
  QCOMPARE(run->state(), RunState::Paused);
  run->advance(Instant(10s), ~std::uint64_t{0});
  QCOMPARE(run->now(), Instant(1s));
  QCOMPARE(run->state(), RunState::Finished);
  QCOMPARE(run->advance(Instant(10s), 5), 0U);
}

void TestRun::stepsOneEventAtATime() {
  const auto run = made(samplePlan());
  for (std::uint64_t i = 1; i <= 100; ++i) {
    const auto next = run->next();
    QVERIFY(next.has_value());
    QCOMPARE(next->number, i);
    QVERIFY(run->step());
    QCOMPARE(run->events(), i);
    QCOMPARE(run->now(), next->at);
  }
  finish(*run);
  QVERIFY(!run->step());
  QVERIFY(!run->next().has_value());
}

void TestRun::saysWhatIsWrongWithAPlan_data() {
  QTest::addColumn<int>("which");
  QTest::addColumn<QStringList>("words");
  QTest::newRow("unknown lab") << 0 << QStringList{"no-such-lab"};
  QTest::newRow("unknown preset") << 1 << QStringList{"no-such-preset", "corrected"};
  QTest::newRow("unknown knob") << 2 << QStringList{"no.such"};
  QTest::newRow("knob out of range") << 3 << QStringList{"tps", "2M"};
  QTest::newRow("unknown fault") << 4 << QStringList{"no_such_fault", "kill_shard"};
  QTest::newRow("fault without its argument") << 5 << QStringList{"kill_shard", "shard"};
  QTest::newRow("fault with an argument too many") << 6 << QStringList{"kill_l2", "arguments"};
  QTest::newRow("fault that lasts no time") << 7 << QStringList{"kill_l2", "no time"};
  QTest::newRow("fault before the run") << 8 << QStringList{"kill_l2", "before"};
  QTest::newRow("arrivals for a lab without") << 9 << QStringList{"tier-availability", "arrivals"};
  QTest::newRow("negative length") << 10 << QStringList{"length"};
}

void TestRun::saysWhatIsWrongWithAPlan() {
  QFETCH(int, which);
  QFETCH(QStringList, words);
  RunPlan plan;
  plan.labId = which == 0 ? "no-such-lab" : which == 9 ? "tier-availability" : "payment-gateway";
  if (which == 1) plan.preset = "no-such-preset";
  if (which == 2) plan.knobs = {kUnknownKnob};
  if (which == 3) plan.knobs = {{"tps", 1e9}};
  if (which == 4) plan.faults = {{Instant(1ms), {"no_such_fault", {}, 1ms}}};
  if (which == 5) plan.faults = {{Instant(1ms), {"kill_shard", {}, 1ms}}};
  if (which == 6) plan.faults = {{Instant(1ms), {"kill_l2", {{"x", 1}}, 1ms}}};
  if (which == 7) plan.faults = {{Instant(1ms), {"kill_l2", {}, 0ms}}};
  if (which == 8) plan.faults = {{Instant(-1ms), {"kill_l2", {}, 1ms}}};
  if (which == 9) plan.arrivals = std::make_shared<const lab::ArrivalTrace>();
  if (which == 10) plan.length = -1s;
  const auto run = Run::make(plan);
  QVERIFY(!run.has_value());
  const QString message = QString::fromStdString(run.error().message);
  for (const QString& word : words) QVERIFY2(message.contains(word), qPrintable(message));
  QVERIFY2(!message.contains('\n'), qPrintable(message));
}

void TestRun::refusesActsThatMakeNoSense() {
  const auto run = made(samplePlan());
  QVERIFY(!run->turnKnob("no.such", 1).has_value());
  QVERIFY(!run->turnKnob("gap", 1).has_value());
  QVERIFY(!run->turnKnob("weight", 2).has_value());  // Takes effect at the next start.
  QVERIFY(!run->inject(jolt(1000)).has_value());
  QVERIFY(!run->lift(99).has_value());
  QVERIFY(run->journal().empty());
  const auto id = run->inject(jolt(2, lab::kForever));
  QVERIFY(id.has_value());
  finish(*run);
  QVERIFY(!run->turnKnob("gap", 2e6).has_value());
  QVERIFY(!run->inject(jolt(2)).has_value());
  QVERIFY(!run->lift(*id).has_value());
  QCOMPARE(run->journal().size(), 1U);
}

void TestRun::liftsAFaultWhenItsTimeIsUp() {
  const auto run = made(samplePlan());
  run->advance(Instant(150ms - 1ns), ~std::uint64_t{0});
  auto windows = run->frame().faults;
  QCOMPARE(windows.size(), 3U);
  QCOMPARE(windows[1].from, Instant(100ms));
  QCOMPARE(windows[1].to, Instant(150ms));
  QVERIFY(run->lift(windows[2].id).has_value());
  windows = run->frame().faults;
  QCOMPARE(windows[2].to, Instant(150ms - 1ns));
  finish(*run);
  QCOMPARE(run->frame().faults.size(), 4U);
}

void TestRun::becomesFailedWhenTheLabFails_data() {
  QTest::addColumn<int>("when");
  QTest::addColumn<QString>("text");
  QTest::newRow("at the start") << int(SampleLab::Fails::AtStart) << "no ground to stand on";
  QTest::newRow("while it runs") << int(SampleLab::Fails::While) << "the floor gave way";
  QTest::newRow("in its checks") << int(SampleLab::Fails::InCheck) << "nothing to hold against";
  QTest::newRow("in a gauge") << int(SampleLab::Fails::InPoll) << "the gauge fell off";
}

void TestRun::becomesFailedWhenTheLabFails() {
  QFETCH(int, when);
  QFETCH(QString, text);
  RunPlan plan = samplePlan();
  plan.faults.clear();
  const auto run = Run::of(std::make_unique<SampleLab>(static_cast<SampleLab::Fails>(when)), plan);
  QVERIFY(run.has_value());
  for (int i = 0; i < 10'000 && !lab::isOver((*run)->state()); ++i)
    (*run)->advance((*run)->end(), 10);
  (void)(*run)->metrics();
  (void)(*run)->checks();
  const lab::Frame frame = (*run)->frame();
  QCOMPARE((*run)->state(), RunState::Failed);
  QCOMPARE(frame.state, RunState::Failed);
  QCOMPARE(QString::fromStdString(frame.note), text);
  QVERIFY(!(*run)->turnKnob("gap", 2e6).has_value());
  QVERIFY(!(*run)->step());
}

void TestRun::knowsThePresetUntilAKnobIsTurned() {
  RunPlan plan = samplePlan();
  plan.preset = "fast";
  const auto run = made(plan);
  QCOMPARE(run->frame().preset, std::string("fast"));
  QCOMPARE(run->frame().knobs[0].value, 1e5);
  QVERIFY(run->turnKnob("gap", 2e6).has_value());
  QCOMPARE(run->frame().preset, std::string());
  QCOMPARE(run->frame().knobs[0].value, 2e6);
}

QTEST_GUILESS_MAIN(TestRun)
#include "tst_run.moc"
