// Percentile intervals: known ranks, exhaustive minimality, and coverage whatever the law.
#include <QtTest>

#include <algorithm>
#include <vector>

#include "engine/base/distributions.h"
#include "engine/base/math.h"
#include "engine/stats/percentile_interval.h"
#include "tests/stats/coverage.h"

using namespace ringside;
using namespace ringside::stats;

class TestPercentileInterval : public QObject {
  Q_OBJECT

 private slots:
  void ranksOfTheMedianAreThoseOfTheTables() {
    const auto ten = percentileRanks(10, 0.5);
    QVERIFY(ten.has_value());
    QCOMPARE(ten->low, 2);
    QCOMPARE(ten->high, 9);
    QCOMPARE(ten->level, 0.978515625);
    const auto six = percentileRanks(6, 0.5);
    QCOMPARE(six->low, 1);
    QCOMPARE(six->high, 6);
    QCOMPARE(six->level, 0.96875);
  }

  void smallSamplesHaveNone() {
    QVERIFY(!percentileRanks(5, 0.5));  // The extremes of five cover with 93.75 %.
    QVERIFY(!percentileRanks(100, 0.99));
    QVERIFY(!percentileRanks(367, 0.99));  // 0.99^367 = 0.0250: the maximum may still be below.
    QVERIFY(percentileRanks(368, 0.99).has_value());
  }

  void eachTailIsWithinItsShare() {
    for (std::int64_t n = 1; n < 400; n += 7) {
      for (const double p : {0.1, 0.5, 0.9, 0.95}) {
        const auto ranks = percentileRanks(n, p);
        if (!ranks) continue;
        QVERIFY(ranks->level >= 0.95);
        QVERIFY(binomialAtMost(ranks->low - 1, n, p) <= 0.025);
        QVERIFY(binomialAtMost(ranks->low, n, p) > 0.025 - 1e-12);  // One higher is too much.
      }
    }
  }

  void ranksCoverThePercentileOfAnyLaw() {
    constexpr int kTrials = 3000;
    constexpr std::int64_t kCount = 500;
    const auto ranks = percentileRanks(kCount, 0.9);
    const Pareto law(1, 1.2);
    const double truth = fixedPow(10, 1 / 1.2);  // P(X > x) = x^-1.2 = 0.1.
    int hits = 0;
    for (int trial = 0; trial < kTrials; ++trial) {
      Rng rng = Rng::forStream(static_cast<std::uint64_t>(trial), "percentile");
      std::vector<double> values;
      for (std::int64_t i = 0; i < kCount; ++i) values.push_back(law.sample(rng));
      std::ranges::sort(values);
      hits += values[static_cast<std::size_t>(ranks->low - 1)] <= truth &&
                      truth <= values[static_cast<std::size_t>(ranks->high - 1)]
                  ? 1
                  : 0;
    }
    QVERIFY2(test::coverageIsAsPromised(hits, kTrials, ranks->level),
             qPrintable(QString::number(hits)));
  }
};

QTEST_GUILESS_MAIN(TestPercentileInterval)
#include "tst_percentile_interval.moc"
