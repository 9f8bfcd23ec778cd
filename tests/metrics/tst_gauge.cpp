// Gauges against the area under their steps, summed the slow way; and the counter.
#include <QtTest>

#include <vector>

#include "engine/base/rng.h"
#include "engine/metrics/counter.h"
#include "engine/metrics/gauge.h"

using namespace ringside;
using namespace ringside::metrics;
using namespace std::chrono_literals;

namespace {

constexpr Instant at(std::int64_t nanoseconds) { return Instant(Duration(nanoseconds)); }

}  // namespace

class TestGauge : public QObject {
  Q_OBJECT

 private slots:
  void countsWhatItIsGiven() {
    Counter counter;
    counter.add();
    counter.add(41);
    QCOMPARE(counter.total(), std::uint64_t{42});
  }

  void aLevelWeighsAsLongAsItStood() {
    Gauge gauge;
    gauge.set(at(0), 10);
    gauge.set(at(90), 0);
    QCOMPARE(gauge.mean(at(100)), 9.0);
    QCOMPARE(gauge.mean(at(180)), 5.0);
  }

  void settingTheSameLevelAgainChangesNothing() {
    Gauge once;
    Gauge often;
    once.set(at(0), 3);
    for (int i = 0; i < 50; ++i) often.set(at(i), 3);
    once.set(at(50), 7);
    often.set(at(50), 7);
    QCOMPARE(often.mean(at(80)), once.mean(at(80)));
  }

  void timeBeforeTheFirstSetIsNotCounted() {
    Gauge gauge;
    gauge.set(at(1'000'000), 4);
    QCOMPARE(gauge.mean(at(1'000'010)), 4.0);
    QCOMPARE(gauge.min(), 4.0);
  }

  void aPeakOfNoDurationIsSeen() {
    Gauge gauge;
    gauge.set(at(0), 1);
    gauge.set(at(50), 99);
    gauge.set(at(50), -7);
    gauge.set(at(50), 1);
    QCOMPARE(gauge.max(), 99.0);
    QCOMPARE(gauge.min(), -7.0);
    QCOMPARE(gauge.mean(at(100)), 1.0);
  }

  void addMovesTheLevel() {
    Gauge depth;
    depth.add(at(0), 1);
    depth.add(at(10), 1);
    depth.add(at(20), -1);
    QCOMPARE(depth.value(), 1.0);
    QCOMPARE(depth.max(), 2.0);
    QCOMPARE(depth.mean(at(30)), (10 + 20 + 10) / 30.0);
  }

  void unsetGaugeHasNoSpan() {
    Gauge gauge;
    QVERIFY(!gauge.takeSpan(at(5)).seen);
    QCOMPARE(gauge.mean(at(5)), 0.0);
  }

  void aSpanCarriesTheLevelItBeganWith() {
    Gauge gauge;
    gauge.set(at(0), 8);
    gauge.set(at(5), 2);
    const Gauge::Span first = gauge.takeSpan(at(10));
    QCOMPARE(first.high, 8.0);
    QCOMPARE(first.mean, 5.0);
    const Gauge::Span still = gauge.takeSpan(at(20));
    QCOMPARE(still.low, 2.0);
    QCOMPARE(still.high, 2.0);
    QCOMPARE(still.mean, 2.0);
    QCOMPARE(gauge.max(), 8.0);
  }

  void spansAndWholeAgreeWithTheSlowSum() {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
      Rng rng(seed);
      Gauge gauge;
      std::int64_t now = 0;
      double level = 0;
      double area = 0;
      double spanArea = 0;
      std::int64_t spanFrom = 0;
      gauge.set(at(0), level);
      for (int step = 0; step < 300; ++step) {
        const auto stood = static_cast<std::int64_t>(rng.below(50));
        now += stood;
        area += level * static_cast<double>(stood);
        spanArea += level * static_cast<double>(stood);
        if (rng.chance(0.1)) {
          const Gauge::Span span = gauge.takeSpan(at(now));
          QVERIFY(span.low <= span.mean && span.mean <= span.high);
          if (now > spanFrom) QCOMPARE(span.mean, spanArea / static_cast<double>(now - spanFrom));
          spanFrom = now;
          spanArea = 0;
        }
        level = static_cast<double>(rng.below(1000));
        gauge.set(at(now), level);
        if (now > 0) QCOMPARE(gauge.mean(at(now)), area / static_cast<double>(now));
      }
    }
  }
};

QTEST_GUILESS_MAIN(TestGauge)
#include "tst_gauge.moc"
