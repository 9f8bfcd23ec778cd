// Percentiles over time: when an interval may end, and what each line may say.
#include <QtTest>

#include <algorithm>
#include <cmath>

#include "engine/base/distributions.h"
#include "engine/metrics/interval_percentiles.h"
#include "engine/metrics/percentile_support.h"

using namespace ringside;
using namespace ringside::metrics;
using namespace std::chrono_literals;

namespace {

using Line = IntervalPercentiles::Line;

std::size_t pointsOn(const IntervalPercentiles& percentiles, Line line) {
  return percentiles.line(line).window(Instant{}, kNever, 10'000).size();
}

}  // namespace

class TestIntervalPercentiles : public QObject {
  Q_OBJECT

 private slots:
  void supportBeginsWhereOneValueLiesBeyond() {
    QVERIFY(!supportsPercentile(0, 50));
    QVERIFY(supportsPercentile(2, 50));
    QVERIFY(!supportsPercentile(9, 90));
    QVERIFY(supportsPercentile(10, 90));
    QVERIFY(!supportsPercentile(99, 99));
    QVERIFY(supportsPercentile(100, 99));
    QVERIFY(!supportsPercentile(999, 99.9));
    QVERIFY(supportsPercentile(1000, 99.9));
  }

  void aBusyIntervalGivesEveryLineAPointEachCell() {
    IntervalPercentiles percentiles({1ms, 4096});
    Rng rng(1);
    for (int cell = 1; cell <= 50; ++cell) {
      for (int i = 0; i < 1000; ++i) {
        percentiles.record(static_cast<std::int64_t>(exponential(rng, 1e6)));
      }
      percentiles.advance(Instant(cell * 1ms));
    }
    for (const Line line : {Line::P50, Line::P90, Line::P99, Line::P999, Line::Max}) {
      QCOMPARE(pointsOn(percentiles, line), std::size_t{50});
    }
  }

  void pointsAreThoseOfTheSortedInterval() {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      IntervalPercentiles percentiles({1ms, 4096});
      Rng rng(seed);
      std::vector<std::int64_t> values;
      for (int i = 0; i < 2000; ++i) {
        values.push_back(static_cast<std::int64_t>(exponential(rng, 5e6)));
        percentiles.record(values.back());
      }
      percentiles.advance(Instant(1ms));
      std::sort(values.begin(), values.end());
      const auto check = [&](Line line, std::size_t rank) {
        const double got = percentiles.line(line).latest().last;
        const double exact = static_cast<double>(values[rank - 1]);
        QVERIFY(got >= exact && got <= exact * (1 + 1.0 / 128) + 1);
      };
      check(Line::P50, 1000);
      check(Line::P90, 1800);
      check(Line::P99, 1980);
      check(Line::P999, 1998);
      QCOMPARE(percentiles.line(Line::Max).latest().last, static_cast<double>(values.back()));
    }
  }

  void waitsForAHundredValuesBeforeItSpeaksOfP99() {
    // 10 values a cell: at 32 cells there are 320, enough for p99 and too few for p99.9.
    IntervalPercentiles percentiles({1ms, 4096});
    for (int cell = 1; cell <= 320; ++cell) {
      for (int i = 0; i < 10; ++i) percentiles.record(1000 * i);
      percentiles.advance(Instant(cell * 1ms));
    }
    QCOMPARE(pointsOn(percentiles, Line::P99), std::size_t{10});
    QCOMPARE(pointsOn(percentiles, Line::P999), std::size_t{0});
  }

  void losesPatienceWithATrickle() {
    IntervalPercentiles percentiles({1ms, 4096});
    percentiles.record(5);
    percentiles.advance(Instant(1023ms));
    QCOMPARE(pointsOn(percentiles, Line::Max), std::size_t{0});
    percentiles.advance(Instant(1024ms));
    QCOMPARE(pointsOn(percentiles, Line::Max), std::size_t{1});
    QCOMPARE(pointsOn(percentiles, Line::P99), std::size_t{0});
  }

  void theEndOfTheRunLeavesNothingBehind() {
    IntervalPercentiles percentiles({1ms, 4096});
    percentiles.record(7);
    percentiles.record(9);
    percentiles.finish(Instant(1500us));
    QCOMPARE(percentiles.line(Line::Max).latest().last, 9.0);
    QVERIFY(percentiles.line(Line::Max).window(Instant{}, kNever, 9).at(0).start == Instant(1ms));
    percentiles.finish(Instant(2ms));
    QCOMPARE(pointsOn(percentiles, Line::Max), std::size_t{1});
  }
};

QTEST_GUILESS_MAIN(TestIntervalPercentiles)
#include "tst_interval_percentiles.moc"
