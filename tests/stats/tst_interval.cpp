// Moments and intervals: closed forms, and whether 95 % means 95 %.
#include <QtTest>

#include <cmath>
#include <vector>

#include "engine/base/check.h"
#include "engine/base/distributions.h"
#include "engine/stats/interval.h"
#include "tests/stats/coverage.h"

using namespace ringside;
using namespace ringside::stats;

namespace {

Moments momentsOf(const std::vector<double>& values) {
  Moments moments;
  for (const double value : values) moments.add(value);
  return moments;
}

}  // namespace

class TestInterval : public QObject {
  Q_OBJECT

 private slots:
  void momentsAreThoseOfTheFormula() {
    const Moments moments = momentsOf({2, 4, 4, 4, 5, 5, 7, 9});
    QCOMPARE(moments.count(), 8);
    QCOMPARE(moments.mean(), 5.0);
    QVERIFY(std::abs(moments.variance() - 32.0 / 7) < 1e-14);
  }

  void momentsKeepDigitsFarFromZero() {
    const Moments moments = momentsOf({1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16});
    QCOMPARE(moments.mean(), 1e9 + 10);
    QCOMPARE(moments.variance(), 30.0);
  }

  void mergingIsTheSameAsAddingAll() {
    Rng rng(1);
    for (int round = 0; round < 200; ++round) {
      Moments parts[3];
      Moments all;
      for (int i = 0; i < 30; ++i) {
        const double value = normal(rng, 5, 100);
        parts[rng.below(3)].add(value);
        all.add(value);
      }
      Moments merged;
      for (const Moments& part : parts) merged.merge(part);
      QCOMPARE(merged.count(), all.count());
      QVERIFY(std::abs(merged.mean() - all.mean()) < 1e-10);
      QVERIFY(std::abs(merged.variance() - all.variance()) < 1e-7);
    }
  }

  void oneValueHasNoInterval() {
    QVERIFY(!meanInterval(momentsOf({})));
    QVERIFY(!meanInterval(momentsOf({3})));
    const auto two = meanInterval(momentsOf({1, 3}));
    QVERIFY(two.has_value());
    QVERIFY(std::abs(two->half - 12.706204736174698) < 1e-9);  // s / sqrt(2) = 1.
  }

  void equalValuesHaveAnIntervalOfNothing() {
    const auto interval = meanInterval(momentsOf({4, 4, 4}));
    QCOMPARE(interval->half, 0.0);
    QVERIFY(interval->covers(4));
    QVERIFY(!interval->covers(4.0001));
  }

  void levelsThatAreNoneAreBugs() {
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(meanInterval(momentsOf({1, 2}), 1)), Bug);
    const std::vector<double> one{1};
    const std::vector<double> two{1, 2};
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(pairedDifference(one, two)), Bug);
  }

  void intervalsCoverAsOftenAsTheySay_data() {
    QTest::addColumn<int>("count");
    QTest::addColumn<double>("level");
    QTest::newRow("two values, 95 %") << 2 << 0.95;
    QTest::newRow("ten values, 95 %") << 10 << 0.95;
    QTest::newRow("ten values, 99 %") << 10 << 0.99;
    QTest::newRow("fifty values, 50 %") << 50 << 0.5;
  }
  void intervalsCoverAsOftenAsTheySay() {
    QFETCH(int, count);
    QFETCH(double, level);
    constexpr int kTrials = 4000;
    int hits = 0;
    for (int trial = 0; trial < kTrials; ++trial) {
      Rng rng = Rng::forStream(static_cast<std::uint64_t>(trial), "coverage");
      Moments moments;
      for (int i = 0; i < count; ++i) moments.add(normal(rng, 7, 3));
      hits += meanInterval(moments, level)->covers(7) ? 1 : 0;
    }
    QVERIFY2(test::coverageIsAsPromised(hits, kTrials, level), qPrintable(QString::number(hits)));
  }

  // With 90 % instead of 95, as a normal quantile in place of Student's would give at n = 5.
  void theCoverageTestWouldNoticeTooNarrowOnes() {
    QVERIFY(!test::coverageIsAsPromised(3600, 4000, 0.95));
    QVERIFY(!test::coverageIsAsPromised(3990, 4000, 0.95));
    QVERIFY(test::coverageIsAsPromised(3800, 4000, 0.95));
  }

  void pairsCancelWhatTheyShare() {
    Rng rng(5);
    std::vector<double> first;
    std::vector<double> second;
    for (int i = 0; i < 20; ++i) {
      const double shared = normal(rng, 0, 1000);
      first.push_back(shared + normal(rng, 0, 1));
      second.push_back(shared + 5 + normal(rng, 0, 1));
    }
    const auto paired = pairedDifference(first, second);
    QVERIFY(paired->covers(5));
    QVERIFY(paired->half < 1.5);
    QVERIFY(meanInterval(std::span<const double>(first))->half > 100);
  }
};

QTEST_GUILESS_MAIN(TestInterval)
#include "tst_interval.moc"
