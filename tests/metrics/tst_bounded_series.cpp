// BoundedSeries against a model that keeps every value.
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "engine/base/rng.h"
#include "engine/metrics/bounded_series.h"

using namespace ringside;
using namespace ringside::metrics;
using namespace std::chrono_literals;

namespace {

struct Value {
  Instant at;
  double value;
};

// What one point should say, from all values.
BoundedSeries::Summary slowSummary(const std::vector<Value>& values, Instant from, Instant to) {
  BoundedSeries::Summary summary;
  double sum = 0;
  for (const Value& value : values) {
    if (value.at < from || value.at >= to) continue;
    summary.low = summary.weight == 0 ? value.value : std::min(summary.low, value.value);
    summary.high = summary.weight == 0 ? value.value : std::max(summary.high, value.value);
    summary.last = value.value;
    sum += value.value;
    ++summary.weight;
  }
  summary.mean = summary.weight == 0 ? 0 : sum / summary.weight;
  return summary;
}

bool agree(const BoundedSeries::Summary& a, const BoundedSeries::Summary& b) {
  return a.weight == b.weight && a.low == b.low && a.high == b.high && a.last == b.last &&
         std::fabs(a.mean - b.mean) <= 1e-9 * (1 + std::fabs(b.mean));
}

std::vector<Value> fill(BoundedSeries& series, Rng& rng, int count, std::uint64_t gap) {
  std::vector<Value> values;
  Instant now{};
  for (int i = 0; i < count; ++i) {
    now += Duration(static_cast<std::int64_t>(rng.below(gap)));
    if (rng.chance(0.002)) now += Duration(static_cast<std::int64_t>(rng.below(gap * 500)));
    values.push_back({now, rng.uniform01() * 1000 - 300});
    series.record(now, values.back().value);
  }
  return values;
}

}  // namespace

class TestBoundedSeries : public QObject {
  Q_OBJECT

 private slots:
  void everyPointIsWhatAllValuesSay() {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
      Rng rng(seed);
      const std::size_t capacity = 64 + rng.below(400);
      BoundedSeries series({Duration(1000), capacity});
      const std::vector<Value> values = fill(series, rng, 1500, 200 + rng.below(2000));
      const std::int64_t span = values.back().at.time_since_epoch().count();
      for (int query = 0; query < 20; ++query) {
        const Instant from(Duration(static_cast<std::int64_t>(rng.below(std::uint64_t(span)))));
        const Instant to =
            from + Duration(static_cast<std::int64_t>(rng.below(std::uint64_t(span)) + 1));
        const std::size_t most = 1 + rng.below(100);
        const auto points = series.window(from, to, most);
        QVERIFY(points.size() <= most);
        std::uint64_t weight = 0;
        Instant reached = Instant::min();
        for (const BoundedSeries::Point& point : points) {
          QVERIFY(point.start >= reached);
          reached = point.start + point.width;
          QVERIFY(agree(point.summary, slowSummary(values, point.start, reached)));
          weight += point.summary.weight;
        }
        // No value of the window is missing, and cells at its edges are the only surplus.
        const Duration cell = series.cellWidth();
        const Instant floorFrom((from.time_since_epoch() / cell) * cell);
        const Instant ceilTo(((to.time_since_epoch() + cell - Duration(1)) / cell) * cell);
        QCOMPARE(weight, std::uint64_t{slowSummary(values, floorFrom, ceilTo).weight});
      }
    }
  }

  void memoryStaysWithinItsBoundForAnyLength() {
    for (const std::size_t capacity : {64U, 100U, 1000U, 4096U}) {
      BoundedSeries series({1ms, capacity});
      Instant now{};
      for (int i = 0; i < 200'000; ++i) {
        series.record(now, i);
        now += 1ms;
        if (i % 997 == 0) QVERIFY(series.bytes() <= BoundedSeries::maxBytes(capacity));
      }
      QVERIFY(series.kept() <= capacity);
      QCOMPARE(series.kept() + series.dropped(), std::uint64_t{200'000});
      QCOMPARE(series.window(Instant{}, kNever, 1).at(0).summary.high, 199'999.0);
    }
  }

  void countsNothingDroppedWhileAllFits() {
    BoundedSeries series({1ms, 64});
    for (int i = 0; i < 64; ++i) series.record(Instant(i * 1ms), i);
    QCOMPARE(series.dropped(), std::uint64_t{0});
    QVERIFY(series.cellWidth() == 1ms);
    series.record(Instant(64ms), 64);  // One cell too many.
    QVERIFY(series.cellWidth() == 2ms);
    QCOMPARE(series.dropped(), std::uint64_t{32});
    QCOMPARE(series.kept(), std::size_t{33});
  }

  void aPeakSurvivesEveryHalving() {
    BoundedSeries series({1us, 64});
    for (int i = 0; i < 100'000; ++i) {
      series.record(Instant(i * 1us), i == 31'337 ? 1e9 : (i == 44'444 ? -1e9 : 1));
    }
    const auto points = series.window(Instant{}, Instant(100ms), 8);
    double low = 0;
    double high = 0;
    for (const auto& point : points) {
      low = std::min(low, point.summary.low);
      high = std::max(high, point.summary.high);
    }
    QCOMPARE(high, 1e9);
    QCOMPARE(low, -1e9);
  }

  void columnsStandStillWhenTheWindowMoves() {
    BoundedSeries series({1ms, 4096});
    for (int i = 0; i < 4000; ++i) series.record(Instant(i * 1ms), i % 37);
    std::set<std::int64_t> starts;
    for (int shift = 0; shift < 50; ++shift) {
      const auto points = series.window(Instant(shift * 1ms), Instant((2000 + shift) * 1ms), 100);
      for (std::size_t i = 1; i < points.size(); ++i) {
        starts.insert(points[i].start.time_since_epoch().count() % Duration(32ms).count());
      }
    }
    QCOMPARE(starts.size(), std::size_t{1});
  }

  void gapsHaveNoPoints() {
    BoundedSeries series({1ms, 1000});
    series.record(Instant(3ms), 1);
    series.record(Instant(500ms), 2);
    const auto points = series.window(Instant{}, Instant(1s), 1000);
    QCOMPARE(points.size(), std::size_t{2});
    QVERIFY(points[0].start == Instant(3ms) && points[1].start == Instant(500ms));
    QCOMPARE(series.kept(), std::size_t{2});
  }

  void notANumberIsNoValue() {
    BoundedSeries series({1ms, 64});
    series.record(Instant{}, std::numeric_limits<double>::quiet_NaN());
    QVERIFY(series.empty());
  }

  void windowsOutsideTheSeriesAreEmpty() {
    BoundedSeries series({1ms, 64});
    QVERIFY(series.window(Instant{}, kNever, 10).empty());
    series.record(Instant(5ms), 1);
    QVERIFY(series.window(Instant(6ms), kNever, 10).empty());
    QVERIFY(series.window(Instant{}, Instant(5ms), 10).empty());
    QVERIFY(series.window(Instant(5ms), Instant(5ms), 10).empty());
    QVERIFY(series.window(Instant(5ms), Instant(2ms), 10).empty());
    QCOMPARE(series.window(Instant(5ms), Instant(5ms + 1ns), 10).size(), std::size_t{1});
  }

  void refusesAnInstantOfAnEarlierCell() {
    BoundedSeries series({1ms, 64});
    series.record(Instant(5ms), 1);
    series.record(Instant(5ms), 2);
    QVERIFY_EXCEPTION_THROWN(series.record(Instant(4ms), 1), Bug);
  }

  void aLowerLimitMergesWhatIsThere() {
    BoundedSeries series({1ms, 4096});
    for (int i = 0; i < 4096; ++i) series.record(Instant(i * 1ms), i);
    series.limitTo(256);
    QCOMPARE(series.kept(), std::size_t{256});
    QVERIFY(series.bytes() <= BoundedSeries::maxBytes(256));
    QCOMPARE(series.window(Instant{}, kNever, 10).back().summary.last, 4095.0);
    QCOMPARE(series.latest().last, 4095.0);
  }
};

QTEST_GUILESS_MAIN(TestBoundedSeries)
#include "tst_bounded_series.moc"
