// Keeping, finding, marking, removing, limiting, and running again.
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>

#include "engine/lab/parts/arrival_trace.h"
#include "engine/run/run.h"
#include "tests/store/store_sample.h"

using namespace ringside;
using namespace ringside::store;
using Seeds = std::vector<std::uint64_t>;

class TestRunStore : public QObject {
  Q_OBJECT

 private slots:
  void keepsARunAcrossSessions() {
    QTemporaryDir dir;
    {
      RunStore store(fileAt(dir.path() + "/new/folder"));
      QVERIFY2(store.message().empty(), store.message().c_str());
      QCOMPARE(store.holding(), Holding::File);
      const auto kept = store.keep(smallRecord(7), kNow);
      QVERIFY2(kept.inFile && kept.message.empty(), kept.message.c_str());
    }
    RunStore store(fileAt(dir.path() + "/new/folder"));
    const auto runs = store.search({}).value();
    QCOMPARE(runs.size(), std::size_t{1});
    const KeptRun& run = runs[0];
    QCOMPARE(run.lab, std::string("payment-gateway"));
    QCOMPARE(run.title, std::string("Payment gateway"));
    QCOMPARE(run.preset, std::string("common"));
    QCOMPARE(run.seed, std::uint64_t{7});
    QCOMPARE(run.keptAtMs, kNow);
    QCOMPARE(run.state, std::string("finished"));
    QCOMPARE(run.fingerprint, exports::fingerprintText(1007));
    QCOMPARE(run.events, std::uint64_t{4321});
    QCOMPARE(run.virtualTime, Duration(1'000'000'000));
    QCOMPARE(run.settings, std::string("3 acts"));
    QCOMPARE(run.holds, 1);
    QVERIFY(run.inFile);
    QCOMPARE(store.find(run.id).value().seed, std::uint64_t{7});
    QCOMPARE(store.find(999).error().message, std::string("there is no run 999"));
  }

  void keepsTheLargestSeed() {
    RunStore store({});
    const auto kept = store.keep(smallRecord(UINT64_MAX), kNow);
    QCOMPARE(store.find(kept.id).value().seed, UINT64_MAX);
    QCOMPARE(store.recipe(kept.id).value().plan.seed, UINT64_MAX);
  }

  void findsByWordsLabTagAndDate() {
    RunStore store({});
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
      exports::RunRecord record = smallRecord(seed);
      if (seed == 2) record.plan.labId = "tier-availability";
      if (seed == 3) record.frame.eventTail.push_back({{}, 1, "x", "100% of it_ lost", {}});
      const auto kept = store.keep(record, kNow + static_cast<std::int64_t>(seed) * kDayMs);
      if (seed == 4) QVERIFY(store.setTags(kept.id, {"Exam", "exam", ""}).has_value());
      if (seed == 5) QVERIFY(store.setRemark(kept.id, "look at the Retry storm").has_value());
    }
    QCOMPARE(seedsIn(store), (Seeds{5, 4, 3, 2, 1}));
    QCOMPARE(seedsIn(store, {.text = "tier"}), Seeds{2});
    QCOMPARE(seedsIn(store, {.lab = "tier-availability"}), Seeds{2});
    QCOMPARE(seedsIn(store, {.text = "  retry   LOOK "}), Seeds{5});
    QCOMPARE(seedsIn(store, {.text = "100% it_"}), Seeds{3});
    QCOMPARE(seedsIn(store, {.text = "%"}), Seeds{3});
    QCOMPARE(seedsIn(store, {.text = "_storm"}), Seeds{});
    QCOMPARE(seedsIn(store, {.text = "exam"}), Seeds{4});
    QCOMPARE(seedsIn(store, {.tag = "exam"}), Seeds{4});
    QCOMPARE(seedsIn(store, {.text = "'; DROP TABLE run; --"}), Seeds{});
    QCOMPARE(seedsIn(store, {.fromMs = kNow + 2 * kDayMs, .toMs = kNow + 4 * kDayMs}),
             (Seeds{3, 2}));
    QCOMPARE(seedsIn(store, {.most = 2}), (Seeds{5, 4}));
    QCOMPARE(store.tags().value(), (std::vector<std::string>{"Exam", "exam"}));
  }

  void givesBackEveryPartOfARecipe() {
    RunStore store({});
    exports::RunRecord record = smallRecord(1);
    record.plan.knobs = {{"b", 0.1}, {"a", -1e300}};
    record.plan.length = Duration(123'456'789'012'345);
    record.plan.faults = {{exports::at(5), {"kill", {{"shard", 2}, {"part", 0.5}}, lab::kForever}},
                          {exports::at(6), {"slow", {}, Duration(7)}}};
    auto trace = std::make_shared<lab::ArrivalTrace>();
    trace->name = "day.csv";
    trace->badRows = 2;
    trace->arrivals = {{Duration(0), 1, 0.25}, {Duration(INT64_MAX), UINT64_MAX, -0.0}};
    record.plan.arrivals = trace;
    const Recipe recipe = store.recipe(store.keep(record, kNow).id).value();
    QVERIFY(recipe.plan.knobs == record.plan.knobs);
    QCOMPARE(recipe.plan.length, record.plan.length);
    QCOMPARE(recipe.plan.preset, record.plan.preset);
    QCOMPARE(recipe.plan.faults.size(), std::size_t{2});
    QCOMPARE(recipe.plan.faults[0].order.duration, lab::kForever);
    QVERIFY(recipe.plan.faults[0].order.arguments == record.plan.faults[0].order.arguments);
    QCOMPARE(recipe.plan.faults[1].at, exports::at(6));
    QCOMPARE(recipe.plan.arrivals->arrivals.size(), std::size_t{2});
    QCOMPARE(recipe.plan.arrivals->arrivals[1].key, UINT64_MAX);
    QCOMPARE(recipe.plan.arrivals->arrivals[1].at, Duration(INT64_MAX));
    QVERIFY(std::signbit(recipe.plan.arrivals->arrivals[1].size));
    QCOMPARE(recipe.journal.size(), record.journal.size());
    QCOMPARE(std::get<run::KnobTurned>(recipe.journal[0].act).value, 60e6);
    const auto& injected = std::get<run::FaultInjected>(recipe.journal[1].act);
    QCOMPARE(injected.order.arguments[0].value, 2.0);
    QCOMPARE(injected.order.duration, lab::kForever);
    QCOMPARE(std::get<run::FaultLifted>(recipe.journal[2].act).id, std::uint64_t{1});
    QCOMPARE(recipe.journal[2].afterEvent, std::uint64_t{5});
  }

  void runsAgainToTheSameFingerprint() {
    run::RunPlan plan;
    plan.labId = "payment-gateway";
    plan.preset = "common";
    plan.seed = 11;
    plan.length = std::chrono::milliseconds(4);
    plan.knobs = {{"tps", 200'000}};
    auto first = run::Run::make(plan);
    QVERIFY2(first.has_value(), first ? "" : first.error().message.c_str());
    run::Run& run = **first;
    run.advance(exports::at(1'500'000), 1'000'000);
    QVERIFY(run.turnKnob("tps", 300'000).has_value());
    while (!lab::isOver(run.state())) run.advance(run.end(), 100'000);

    RunStore store({});
    const auto kept = store.keep(exports::recordOf(run), kNow);
    const Recipe recipe = store.recipe(kept.id).value();
    auto second = run::Run::replay(recipe.plan, recipe.journal);
    QVERIFY2(second.has_value(), second ? "" : second.error().message.c_str());
    while (!lab::isOver((*second)->state())) (*second)->advance((*second)->end(), 777);
    QCOMPARE((*second)->fingerprint(), run.fingerprint());
    const exports::RunRecord record = exports::recordOf(**second);
    for (const metrics::MetricValue& metric : record.metrics) {
      const auto bins =
          std::ranges::find(record.histograms, metric.name, &exports::HistogramValue::metric);
      const bool counted = metric.kind == metrics::MetricKind::Distribution && metric.count > 0;
      QCOMPARE(bins != record.histograms.end(), counted);
      if (counted) QCOMPARE(bins->count(), metric.count);
    }
    QVERIFY(!record.histograms.empty());
    QCOMPARE(store.find(kept.id).value().fingerprint,
             exports::fingerprintText((*second)->fingerprint()));
  }

  void listsFigures() {
    RunStore store({});
    const auto figures = store.figures(store.keep(smallRecord(1), kNow).id).value();
    QCOMPARE(figures.size(), std::size_t{3});
    QCOMPARE(figures[2].name, std::string("payment.latency"));
    QCOMPARE(figures[2].unit, std::string("ns"));
    QCOMPARE(figures[2].value, 96.5e6);
    QCOMPARE(figures[2].count, std::int64_t{1234});
    QVERIFY(std::isnan(figures[0].value));
  }

  void removesAndBringsBack() {
    QTemporaryDir dir;
    {
      RunStore store(fileAt(dir.path()));
      const auto first = store.keep(smallRecord(1), kNow).id;
      const auto second = store.keep(smallRecord(2), kNow + 1).id;
      QVERIFY(store.remove({first, second}, kNow).has_value());
      QCOMPARE(seedsIn(store), Seeds{});
      QVERIFY(!store.find(first).has_value());
      QVERIFY(store.restore({second}).has_value());
      QCOMPARE(seedsIn(store), Seeds{2});
    }
    RunStore store(fileAt(dir.path()));
    QCOMPARE(seedsIn(store), Seeds{2});
    QCOMPARE(ask(dir.path() + "/runs.db", "SELECT count(*) FROM run"), QStringLiteral("1"));
    QCOMPARE(ask(dir.path() + "/runs.db",
                 "SELECT count(*) FROM vectorData WHERE vectorId NOT IN"
                 " (SELECT vectorId FROM vector)"),
             QStringLiteral("0"));
  }

  void keepsTheLastRunsButNeverLosesAMarkedOne() {
    RunStore store({}, {.runs = 3});
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
      const auto kept = store.keep(smallRecord(seed), kNow + static_cast<std::int64_t>(seed));
      QVERIFY2(kept.message.empty(), kept.message.c_str());
      if (seed == 1) QVERIFY(store.setTags(kept.id, {"first"}).has_value());
      if (seed == 2) QVERIFY(store.setRemark(kept.id, "second").has_value());
    }
    QCOMPARE(seedsIn(store), (Seeds{8, 2, 1}));
    store.setLimits({.runs = 1});
    store.keep(smallRecord(9), kNow + 9);
    QCOMPARE(seedsIn(store), (Seeds{9, 2, 1}));
  }

  void staysBelowItsSize() {
    QTemporaryDir dir;
    constexpr std::int64_t kCap = 600'000;
    RunStore store(fileAt(dir.path()), {.runs = 1000, .bytes = kCap});
    exports::RunRecord record = smallRecord(0);
    record.frame.charts[0].series[0].points.assign(2000, {0.001, 2, 7});
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      record.plan.seed = seed;
      QVERIFY(store.keep(record, kNow + static_cast<std::int64_t>(seed)).message.empty());
    }
    const Seeds seeds = seedsIn(store);
    QVERIFY(!seeds.empty() && seeds.size() < 15);
    QCOMPARE(seeds.front(), std::uint64_t{20});
    const qint64 pages = ask(dir.path() + "/runs.db", "PRAGMA page_count").toLongLong();
    QVERIFY2(pages * 4096 <= kCap, qPrintable(QString::number(pages)));
  }

  void keepsARunLargerThanTheCap() {
    RunStore store({}, {.runs = 10, .bytes = 1});
    store.keep(smallRecord(1), kNow);
    store.keep(smallRecord(2), kNow + 1);
    QCOMPARE(seedsIn(store), Seeds{2});
  }

  void keepsOddNamesAndAFailedRun() {
    RunStore store({});
    exports::RunRecord record = exports::hostileRecord();
    record.frame.state = lab::RunState::Failed;
    record.frame.note = "the shard is \"gone\"";
    const auto kept = store.keep(record, kNow);
    const KeptRun run = store.find(kept.id).value();
    QCOMPARE(run.state, std::string("failed"));
    QCOMPARE(run.error, record.frame.note);
    QCOMPARE(run.preset, record.plan.preset);
    QCOMPARE(store.search({.text = "gone"}).value().size(), std::size_t{1});
  }

  void marksRunsThatAreNot() {
    RunStore store({});
    QVERIFY(!store.setRemark(5, "x").has_value());
    QVERIFY(!store.setTags(5, {"x"}).has_value());
    QVERIFY(!store.recipe(5).has_value());
    QVERIFY(store.remove({5}, kNow).has_value());
  }
};

QTEST_GUILESS_MAIN(TestRunStore)
#include "tst_run_store.moc"
