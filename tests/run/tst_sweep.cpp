// Sweeps: the grid, its rows and seeds, shards, threads, stops and failures.
#include <QTest>

#include <set>

#include "engine/run/sweep.h"
#include "tests/labs/lab_run.h"

using namespace ringside;
using namespace ringside::run;
using namespace std::chrono_literals;

namespace {

SweepRequest request(std::vector<SweepAxis> axes, int replications = 1) {
  SweepRequest made;
  made.base = test::labPlan("queueing", "mm1", {}, 500ms);
  made.axes = std::move(axes);
  made.replications = replications;
  auto good = checked(std::move(made));
  if (!good) qFatal("%s", good.error().message.c_str());
  return std::move(*good);
}

const std::vector<SweepAxis> kAxes = {{"rho", {"0.5", "0.9"}}, {"preset", {"mm1", "md1", "mm4"}}};

std::vector<SweepRow> rowsFrom(const SweepRequest& of, std::set<std::uint64_t> done = {}) {
  std::vector<SweepRow> rows;
  Progress progress;
  const SweepWork work{[&](std::uint64_t row) { return done.contains(row); },
                       [&](const SweepRow& row) -> Result<Done> {
                         rows.push_back(row);
                         return Done{};
                       }};
  const auto result = sweep(of, work, progress);
  if (!result) qFatal("%s", result.error().message.c_str());
  return rows;
}

}  // namespace

class TestSweep : public QObject {
  Q_OBJECT

 private slots:
  void theLastAxisTurnsFastest() {
    const SweepRequest made = request(kAxes);
    QCOMPARE(pointsOf(made), std::uint64_t{6});
    QCOMPARE(valuesAt(made, 0), (std::vector<std::string>{"0.5", "mm1"}));
    QCOMPARE(valuesAt(made, 1), (std::vector<std::string>{"0.5", "md1"}));
    QCOMPARE(valuesAt(made, 5), (std::vector<std::string>{"0.9", "mm4"}));
  }

  void rowsAreTheRunsTheyName() {
    SweepRequest made = request(kAxes, 2);
    made.threads = 3;
    const auto rows = rowsFrom(made);
    QCOMPARE(rows.size(), std::size_t{12});
    for (std::size_t i = 0; i < rows.size(); ++i) {
      QCOMPARE(rows[i].row, std::uint64_t{i});
      QCOMPARE(rows[i].seed, std::uint64_t{1 + i % 2});
      RunPlan plan =
          test::labPlan("queueing", rows[i].values[1], {{"rho", rows[i].values[0]}}, 500ms);
      plan.seed = rows[i].seed;
      QCOMPARE(rows[i].outcome.fingerprint, test::finished(plan)->fingerprint());
    }
  }

  void shardsPartTheRowsAmongThem() {
    SweepRequest made = request(kAxes, 3);
    std::set<std::uint64_t> seen;
    for (made.shard = 1, made.shards = 4; made.shard <= 4; ++made.shard) {
      for (const SweepRow& row : rowsFrom(made)) QVERIFY(seen.insert(row.row).second);
    }
    QCOMPARE(seen.size(), std::size_t{18});
  }

  void whatIsDoneIsLeftOut() {
    const auto rows = rowsFrom(request(kAxes), {0, 1, 4});
    QCOMPARE(rows.size(), std::size_t{3});
    QCOMPARE(rows.front().row, std::uint64_t{2});
    QVERIFY(rowsFrom(request(kAxes), {0, 1, 2, 3, 4, 5}).empty());
  }

  void idsTellSweepsApartAndShardsNot() {
    std::set<std::string> ids;
    SweepRequest made = request(kAxes);
    const std::string id = sweepId(made);
    ids.insert(id);
    made.shard = 2;
    made.shards = 3;
    made.threads = 9;
    QCOMPARE(sweepId(made), id);
    ids.insert(sweepId(request(kAxes, 2)));
    ids.insert(sweepId(request({kAxes[1], kAxes[0]})));
    ids.insert(sweepId(request({{"rho", {"0.5"}}})));
    made.base.seed = 2;
    ids.insert(sweepId(made));
    made.base.length = 1s;
    ids.insert(sweepId(made));
    made.base.knobs.push_back({"rho", 0.3});
    ids.insert(sweepId(made));
    QCOMPARE(ids.size(), std::size_t{7});
    QCOMPARE(sweepId(request({{"rho", {"50%"}}})), sweepId(request({{"rho", {"0.5"}}})));
  }

  void badGridsAreNamed_data() {
    QTest::addColumn<QString>("key");
    QTest::addColumn<QStringList>("values");
    QTest::addColumn<QString>("part");
    QTest::newRow("unknown knob") << "rhoo" << QStringList{"1"} << "'rhoo' is not a parameter";
    QTest::newRow("unknown preset") << "preset" << QStringList{"x"} << "'x' is not a preset";
    QTest::newRow("not a number") << "rho" << QStringList{"x"} << "'x' is not a number";
    QTest::newRow("out of range") << "rho" << QStringList{"9"} << "allowed";
    QTest::newRow("twice") << "rho" << QStringList{"0.5", "50%"} << "stands twice";
    QTest::newRow("no values") << "rho" << QStringList{} << "has no values";
  }
  void badGridsAreNamed() {
    QFETCH(QString, key);
    QFETCH(QStringList, values);
    QFETCH(QString, part);
    SweepRequest made;
    made.base = test::labPlan("queueing", "mm1", {}, 500ms);
    made.axes = {{key.toStdString(), {}}};
    for (const QString& value : values) made.axes[0].texts.push_back(value.toStdString());
    const auto result = checked(made);
    QVERIFY(!result);
    QVERIFY2(result.error().message.find(part.toStdString()) != std::string::npos,
             result.error().message.c_str());
  }

  void countsThatAreNoneAreRefused() {
    SweepRequest made = request(kAxes);
    made.replications = 0;
    QVERIFY(!checked(made));
    made = request(kAxes);
    made.shard = 3;
    made.shards = 2;
    QVERIFY(!checked(made));
    made = request(kAxes);
    made.axes.clear();
    QVERIFY(!checked(made));
    made = request(kAxes);
    made.axes.push_back(made.axes.front());
    QVERIFY(!checked(made));
    made = request(kAxes);
    made.replications = 5'000'000;
    QVERIFY(!checked(made));
  }

  void stoppingHandsOverWhatIsFinished() {
    const SweepRequest made = request(kAxes, 4);
    Progress progress;
    std::set<std::uint64_t> taken;
    const SweepWork work{{}, [&](const SweepRow& row) -> Result<Done> {
                           taken.insert(row.row);
                           if (taken.size() == 5) progress.stop = true;
                           return Done{};
                         }};
    QVERIFY(sweep(made, work, progress).has_value());
    QCOMPARE(taken.size(), std::size_t{5});
    QVERIFY(progress.part() < 1);
  }

  void aRowThatCannotBeTakenEndsIt() {
    Progress progress;
    int calls = 0;
    const SweepWork work{{}, [&](const SweepRow&) -> Result<Done> {
                           ++calls;
                           return Error{"the disk is full"};
                         }};
    const auto result = sweep(request(kAxes), work, progress);
    QVERIFY(!result);
    QCOMPARE(result.error().message, std::string("the disk is full"));
    QCOMPARE(calls, 1);
  }

  void statisticsAreThoseThatRowsHave() {
    const SweepRequest made = request(kAxes);
    const auto names = statisticNames(made);
    const auto rows = rowsFrom(made);
    QCOMPARE(names->size(), rows.front().outcome.statistics.size());
    for (std::size_t i = 0; i < names->size(); ++i) {
      QCOMPARE(rows.front().outcome.statistics[i].name, (*names)[i]);
    }
  }
};

QTEST_GUILESS_MAIN(TestSweep)
#include "tst_sweep.moc"
