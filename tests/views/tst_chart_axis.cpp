// Axis ranges, ticks, short figures and the thinning of points.
#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>

#include "tests/support/sample_frame.h"
#include "tests/support/sample_parts.h"
#include "views/charts/axis.h"
#include "views/charts/decimate.h"
#include "views/charts/figures.h"
#include "views/charts/percentile_chart.h"

namespace ringside::views {
namespace {

using Scale = ValueRange::Scale;
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInf = std::numeric_limits<double>::infinity();

}  // namespace

class ChartAxisTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void niceNumbersAreOneTwoFive() {
    QCOMPARE(niceAbove(0.3), 0.5);
    QCOMPARE(niceAbove(1.0), 1.0);
    QCOMPARE(niceAbove(1.0001), 2.0);
    QCOMPARE(niceAbove(0.1 + 0.2 - 0.1), 0.2);
    QCOMPARE(niceAbove(7.1e6), 1e7);
    QCOMPARE(niceBelow(7.1e6), 5e6);
    QCOMPARE(niceBelow(1.0), 1.0);
    for (const double odd : {0.0, -3.0, kNan, kInf}) QCOMPARE(niceAbove(odd), 1.0);
  }

  void aRangeHoldsWhatItIsShown() {
    test::Dice dice(5);
    for (int i = 0; i < 500; ++i) {
      const double largest = std::pow(10.0, dice.unit() * 12 - 3);
      const double least = largest * dice.unit();
      ValueRange linear(Scale::Linear), log(Scale::Logarithmic);
      linear.fit(least, largest, 0);
      log.fit(least, largest, 0);
      QVERIFY(linear.low() == 0 && linear.high() >= largest && linear.high() <= 2 * largest);
      QVERIFY(std::pow(10.0, log.low()) <= least * (1 + 1e-9));
      QVERIFY(std::pow(10.0, log.high()) >= largest * (1 - 1e-9));
      QVERIFY(log.high() - log.low() >= 0.3);
    }
  }

  void aRangeRestsAQuarterOfASecond() {
    ValueRange range(Scale::Linear);
    QVERIFY(range.fit(0, 90, 1'000));
    const double before = range.high();
    QVERIFY(!range.fit(0, 900, 1'000 + ValueRange::kRestMs - 1));
    QCOMPARE(range.high(), before);
    QVERIFY(range.fit(0, 900, 1'000 + ValueRange::kRestMs));
    QVERIFY(range.high() >= 900);
  }

  void aRangeDoesNotTremble() {
    ValueRange range(Scale::Linear);
    range.fit(0, 100, 0);
    const double high = range.high();
    qint64 now = 0;
    for (const double largest : {99.0, 80.0, 61.0, 97.0, 70.0}) {
      QVERIFY(!range.fit(0, largest, now += 1'000));
      QCOMPARE(range.high(), high);
    }
    QVERIFY(range.fit(0, 20, now += 1'000));
    QVERIFY(range.high() < 50);
  }

  void valuesWithoutSenseChangeNothing() {
    ValueRange range(Scale::Logarithmic);
    QVERIFY(!range.fit(kNan, 5, 0));
    QVERIFY(!range.fit(1, kInf, 0));
    QVERIFY(!range.fit(-4, -1, 0));
    QVERIFY(!range.fit(5, 1, 0));
    QVERIFY(range.fit(-3, 50, 0));
  }

  void aLogarithmicAxisKeepsZeroOnItsEdge() {
    ValueRange range(Scale::Logarithmic);
    range.fit(10, 1'000, 0);
    for (const double odd : {0.0, -5.0, kNan, 1e-30}) QCOMPARE(range.place(odd), range.low());
    QCOMPARE(range.place(100), 2.0);
  }

  void ticksAreNiceAndOnTheAxis() {
    ValueRange range(Scale::Linear);
    range.fit(0, 390, 0);
    const std::vector<Tick> ticks = range.ticks(metrics::Unit::Count, 4);
    QVERIFY(ticks.size() >= 3 && ticks.size() <= 6);
    QCOMPARE(ticks.front().label, QStringLiteral("0"));
    for (const Tick& tick : ticks) QVERIFY(tick.at <= range.high());
    ValueRange log(Scale::Logarithmic);
    log.fit(2e6, 9e8, 0);
    const std::vector<Tick> decades = log.ticks(metrics::Unit::Nanoseconds, 5);
    QCOMPARE(decades.front().label, QStringLiteral("10 ms"));
    QCOMPARE(decades.back().label, QStringLiteral("1 s"));
  }

  void theTimeAxisGrowsInStepsAndEndsWithTheRun() {
    QCOMPARE(timeAxisEnd(0, 1), 1.0);
    QCOMPARE(timeAxisEnd(0.52, 1), 0.6);
    QCOMPARE(timeAxisEnd(0.61, 1), 0.8);
    QCOMPARE(timeAxisEnd(0.95, 1), 1.0);
    QCOMPARE(timeAxisEnd(8.5, 9), 9.0);
    QCOMPARE(timeAxisEnd(1.2, 1), 1.5);  // Ran on past its planned end.
    QVERIFY(timeAxisEnd(kNan, 0) > 0);
    for (double now = 1e-6; now < 1e6; now *= 1.07) {
      const double end = timeAxisEnd(now, 0);
      QVERIFY(end >= now * (1 - 1e-9) && end <= now * 1.6);
    }
  }

  void thinningNeverDropsAnExtreme() {
    test::Dice dice(9);
    for (int round = 0; round < 300; ++round) {
      std::vector<lab::SeriesPoint> points;
      const int count = 1 + dice.below(2'000);
      double largest = -kInf, least = kInf;
      for (int i = 0; i < count; ++i) {
        const double low = dice.unit() * 10 - 5,
                     high = low + (dice.below(50) == 0 ? 1e6 : 1) * dice.unit();
        points.push_back({static_cast<double>(i) / count, low, high});
        largest = std::max(largest, high), least = std::min(least, low);
      }
      const int columns = 1 + dice.below(256);
      const QList<QPointF> line = decimate(points, {0, 1}, columns);
      QVERIFY(line.size() <= 2 * columns);
      const auto [low, high] = std::ranges::minmax_element(line, {}, &QPointF::y);
      QCOMPARE(high->y(), largest);
      QCOMPARE(low->y(), least);
      QVERIFY(std::ranges::is_sorted(line, {}, &QPointF::x));
    }
  }

  void thinningLeavesOutWhatIsNoNumber() {
    const std::vector<lab::SeriesPoint> points = {{0.1, kNan, kNan}, {0.2, 1, 2}, {0.3, 1, kInf},
                                                  {kNan, 1, 1},      {7, 9, 9},   {0.9, 3, 3}};
    const QList<QPointF> line = decimate(points, {0, 1}, 100);
    QCOMPARE(line, (QList<QPointF>{{0.2, 1}, {0.2, 2}, {0.9, 3}}));
    QVERIFY(decimate(points, {1, 1}, 100).isEmpty());
    QVERIFY(decimate({}, {0, 1}, 100).isEmpty());
  }

  void figuresAreShort_data() {
    QTest::addColumn<double>("value");
    QTest::addColumn<int>("unit");
    QTest::addColumn<QString>("text");
    using metrics::Unit;
    const auto row = [](const char* text, double value, Unit unit) {
      QTest::newRow(text) << value << static_cast<int>(unit) << QString::fromLatin1(text);
    };
    row("940 k/s", 940e3, Unit::PerSecond);
    row("1 M/s", 999.7e3, Unit::PerSecond);
    row("1.2 ms", 1.23e6, Unit::Nanoseconds);
    row("52 ms", 52.4e6, Unit::Nanoseconds);
    row("900 ns", 900, Unit::Nanoseconds);
    row("0", 0, Unit::Nanoseconds);
    row("66 %", 0.661, Unit::Ratio);
    row("-3.5 k", -3'500, Unit::Count);
    row("n/a", kNan, Unit::Count);
  }

  void figuresAreShort() {
    QFETCH(const double, value);
    QFETCH(const int, unit);
    QFETCH(const QString, text);
    QCOMPARE(shortFigure(value, static_cast<metrics::Unit>(unit)), text);
  }

  void eachNineTakesTheSameWidth() {
    QCOMPARE(ninesOf(0, 5), 0.0);
    QVERIFY(std::abs(ninesOf(0.9, 5) - 1) < 1e-9);
    QVERIFY(std::abs(ninesOf(0.999, 5) - 3) < 1e-9);
    QCOMPARE(ninesOf(1, 5), 5.0);
    QCOMPARE(ninesOf(1 - 1e-12, 5), 5.0);
    QCOMPARE(ninesOf(kNan, 5), 0.0);
  }

  void marksNeedValuesBeyondThem() {
    std::vector<lab::PercentilePoint> points = {
        {0.5, 10, 50}, {0.99, 20, 99}, {0.999, 30, 100}, {1, 30, 100}};
    QCOMPARE(markedPoints(points).size(), std::size_t{2});
    for (lab::PercentilePoint& point : points) point.count *= 10;
    const std::vector<MarkedPoint> marks = markedPoints(points);
    QCOMPARE(marks.size(), std::size_t{3});
    QCOMPARE(marks[2].value, 30.0);
    QVERIFY(markedPoints({}).empty());
  }
};

}  // namespace ringside::views

QTEST_GUILESS_MAIN(ringside::views::ChartAxisTest)
#include "tst_chart_axis.moc"
