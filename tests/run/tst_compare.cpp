// Comparisons: pairs, intervals, the first event that differs, and independence of threads.
#include <QTest>

#include <cmath>

#include "engine/run/compare.h"
#include "engine/run/parallel.h"
#include "engine/run/run.h"
#include "tests/labs/lab_run.h"

using namespace ringside;
using namespace ringside::run;
using namespace std::chrono_literals;

namespace {

RunPlan queue(const std::string& preset, Duration length = 3s,
              const std::vector<std::pair<std::string, std::string>>& knobs = {}) {
  return test::labPlan("queueing", preset, knobs, length);
}

Comparison compared(CompareRequest request) {
  Progress progress;
  auto result = compare(request, progress);
  if (!result) qFatal("%s", result.error().message.c_str());
  if (progress.part() != 1) qFatal("progress ended at %f", progress.part());
  return std::move(*result);
}

const Delta& deltaOf(const Comparison& comparison, std::string_view name, std::size_t side = 0) {
  for (const Delta& delta : comparison.deltas[side]) {
    if (delta.statistic == name) return delta;
  }
  qFatal("no statistic %s", std::string(name).c_str());
}

}  // namespace

class TestCompare : public QObject {
  Q_OBJECT

 private slots:
  void deltasAreThoseOfSeparateRuns() {
    const Comparison comparison =
        compared({.sides = {queue("mm1"), queue("md1")}, .replications = 3, .threads = 2});
    const Delta& delta = deltaOf(comparison, "mean(station-1.wait)");
    QCOMPARE(delta.first.size(), std::size_t{3});
    stats::Moments differences;
    for (std::uint64_t r = 0; r < 3; ++r) {
      RunPlan a = queue("mm1");
      RunPlan b = queue("md1");
      a.seed = b.seed = 1 + r;
      const auto first = test::finished(a);
      const auto second = test::finished(b);
      QCOMPARE(delta.first[r], test::read(*first, "mean(station-1.wait)"));
      QCOMPARE(delta.other[r], test::read(*second, "mean(station-1.wait)"));
      QCOMPARE(comparison.sides[0].fingerprints[r], first->fingerprint());
      QCOMPARE(comparison.sides[1].fingerprints[r], second->fingerprint());
      differences.add(delta.other[r] - delta.first[r]);
    }
    QVERIFY(std::abs(delta.absolute - differences.mean()) < 1e-6);
    QCOMPARE(delta.interval->half, stats::meanInterval(differences)->half);
    QVERIFY(std::abs(*delta.relative - delta.absolute / delta.firstMean) < 1e-12);
  }

  void answersDoNotDependOnThreads() {
    const std::vector<RunPlan> sides{queue("mm1"), queue("mm4"), queue("md1")};
    const Comparison one = compared({.sides = sides, .replications = 4, .threads = 1});
    const Comparison many = compared({.sides = sides, .replications = 4, .threads = 5});
    for (std::size_t side = 0; side < 3; ++side) {
      QCOMPARE(one.sides[side].fingerprints, many.sides[side].fingerprints);
    }
    for (std::size_t side = 0; side < 2; ++side) {
      QCOMPARE(one.deltas[side].size(), many.deltas[side].size());
      for (std::size_t i = 0; i < one.deltas[side].size(); ++i) {
        QCOMPARE(one.deltas[side][i].statistic, many.deltas[side][i].statistic);
        QCOMPARE(one.deltas[side][i].absolute, many.deltas[side][i].absolute);
      }
      QCOMPARE(describe(one.divergences[side]), describe(many.divergences[side]));
    }
  }

  void equalSidesHaveNoDifference() {
    const Comparison comparison =
        compared({.sides = {queue("mm1"), queue("mm1")}, .replications = 2, .threads = 2});
    QVERIFY(!comparison.divergences.front());
    for (const Delta& delta : comparison.deltas.front()) {
      QVERIFY(!delta.differs());
      QVERIFY(!delta.significant());
      QCOMPARE(delta.absolute, 0.0);
    }
    QCOMPARE(comparison.sides[0].fingerprints, comparison.sides[1].fingerprints);
  }

  void pairsAreSurerThanSides() {
    const Comparison comparison = compared(
        {.sides = {queue("mm1", 10s, {{"rho", "0.7"}}), queue("mm1", 10s, {{"rho", "0.71"}})},
         .replications = 10,
         .threads = 2});
    const Delta& delta = deltaOf(comparison, "mean(station-1.wait)");
    QVERIFY(delta.significant());
    QVERIFY(delta.absolute > 0);
    const auto alone = stats::meanInterval(std::span<const double>(delta.first));
    QVERIFY2(delta.interval->half < alone->half / 3,
             qPrintable(QString("%1 %2").arg(delta.interval->half).arg(alone->half)));
  }

  void oneReplicationHasNoInterval() {
    const Comparison comparison = compared({.sides = {queue("mm1"), queue("md1")}});
    for (const Delta& delta : comparison.deltas.front()) {
      QVERIFY(!delta.interval);
      QVERIFY(!delta.significant());
    }
  }

  void whatOneSideLacksIsLeftOut() {
    const Comparison comparison = compared({.sides = {queue("mm1"), queue("tandem")}});
    for (const Delta& delta : comparison.deltas.front()) {
      QVERIFY(delta.statistic.find("station-2") == std::string::npos);
    }
    QVERIFY(!comparison.deltas.front().empty());
  }

  void theFirstSidesSeedAndLengthRule() {
    RunPlan other = queue("mm1", 1s);
    other.seed = 99;
    const Comparison comparison = compared({.sides = {queue("mm1", 2s), other}});
    QVERIFY(!comparison.divergences.front());
  }

  void badRequestsAreNamed_data() {
    QTest::addColumn<int>("sides");
    QTest::addColumn<int>("replications");
    QTest::addColumn<QString>("lab");
    QTest::addColumn<QString>("message");
    QTest::newRow("one side") << 1 << 1 << "queueing"
                              << "a comparison has two sides or more";
    QTest::newRow("no replication") << 2 << 0 << "queueing"
                                    << "a comparison has one replication or more";
    QTest::newRow("two labs") << 2 << 1 << "tier-availability"
                              << "the sides of a comparison are of one lab, not of "
                                 "tier-availability and queueing";
  }
  void badRequestsAreNamed() {
    QFETCH(int, sides);
    QFETCH(int, replications);
    QFETCH(QString, lab);
    QFETCH(QString, message);
    CompareRequest request{.sides = {queue("mm1")}, .replications = replications};
    for (int i = 1; i < sides; ++i) {
      RunPlan plan;
      plan.labId = lab.toStdString();
      request.sides.push_back(plan);
    }
    Progress progress;
    const auto result = compare(request, progress);
    QVERIFY(!result);
    QCOMPARE(QString::fromStdString(result.error().message), message);
  }

  void anImpossiblePlanIsNamed() {
    CompareRequest request{.sides = {queue("mm1"), queue("nothing")}};
    Progress progress;
    QVERIFY(!compare(request, progress));
  }

  void stoppingLeavesItIncomplete() {
    CompareRequest request{
        .sides = {queue("mm1", 1000s), queue("md1", 1000s)}, .replications = 100, .threads = 2};
    Progress progress;
    progress.stop = true;
    const auto result = compare(request, progress);
    QVERIFY(result.has_value());
    QVERIFY(!result->complete);
  }

  void workIsSharedOutOnceEach() {
    for (const unsigned threads : {0U, 1U, 3U, 16U}) {
      std::vector<std::atomic<int>> calls(100);
      forEachIndex(calls.size(), threads, [&](std::size_t i) { ++calls[i]; });
      for (const auto& each : calls) QCOMPARE(each.load(), 1);
    }
    forEachIndex(0, 4, [](std::size_t) { QFAIL("nothing to do"); });
  }

  void theEarliestExceptionIsTheOneThatComes() {
    try {
      forEachIndex(50, 4, [](std::size_t i) {
        if (i >= 3) throw std::runtime_error(std::to_string(i));
      });
      QFAIL("nothing was thrown");
    } catch (const std::runtime_error& error) {
      QVERIFY(std::stoi(error.what()) < 8);  // Those under way when the first one failed.
    }
  }
};

QTEST_GUILESS_MAIN(TestCompare)
#include "tst_compare.moc"
