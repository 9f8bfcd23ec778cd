// Arrivals: each law has its rate over time, and the same draws give the same arrivals.
#include <QTest>

#include <cmath>
#include <vector>

#include "engine/lab/parts/arrival_process.h"

using namespace ringside;
using namespace ringside::lab;
using namespace std::chrono_literals;

namespace {

constexpr double kRate = 20'000;

std::vector<Instant> arrivals(ArrivalProcess& process, Instant end) {
  std::vector<Instant> all;
  for (Instant now{};;) {
    const auto next = process.next(now);
    if (!next || next->at > end) return all;
    all.push_back(now = next->at);
  }
}

ArrivalProcess processOf(ArrivalLaw law, std::uint64_t seed = 1) {
  return ArrivalProcess({.law = law, .ratePerSec = kRate, .length = 10s},
                        Rng::forStream(seed, "arrivals"));
}

// The integral of the law's rate from `from` to `to`, by the midpoint rule.
double expected(const ArrivalProcess& process, double from, double to) {
  constexpr int kParts = 20'000;
  double sum = 0;
  for (int i = 0; i < kParts; ++i) {
    const double t = from + (to - from) * (i + 0.5) / kParts;
    sum += process.rateAt(Instant(fromSeconds(t))) * (to - from) / kParts;
  }
  return sum;
}

}  // namespace

class TestArrivalProcess : public QObject {
  Q_OBJECT

 private slots:
  void followsItsRateOverTime_data();
  void followsItsRateOverTime();
  void hasTheShapesItNames();
  void poissonGapsAreExponential();
  void steadyGapsAreEvenToTheNanosecond();
  void boostMultipliesTheRate();
  void rateChangesAtOnce();
  void sameDrawsGiveTheSameArrivals();
  void replaysARecordingAtItsScale();
  void hasNoArrivalsWithoutARecording();
};

void TestArrivalProcess::followsItsRateOverTime_data() {
  QTest::addColumn<int>("law");
  QTest::newRow("poisson") << int(ArrivalLaw::Poisson);
  QTest::newRow("steady") << int(ArrivalLaw::Steady);
  QTest::newRow("ramp") << int(ArrivalLaw::Ramp);
  QTest::newRow("spike") << int(ArrivalLaw::Spike);
  QTest::newRow("diurnal") << int(ArrivalLaw::Diurnal);
}

void TestArrivalProcess::followsItsRateOverTime() {
  QFETCH(int, law);
  ArrivalProcess process = processOf(static_cast<ArrivalLaw>(law));
  const auto all = arrivals(process, Instant(10s));
  // Twenty pieces; a Poisson count strays by more than 5 sigma once in two million.
  for (int piece = 0; piece < 20; ++piece) {
    const double from = 0.5 * piece;
    const auto count = std::ranges::count_if(
        all, [from](Instant at) { return toSeconds(at) >= from && toSeconds(at) < from + 0.5; });
    const double mean = expected(process, from, from + 0.5);
    QVERIFY2(std::abs(static_cast<double>(count) - mean) < 5 * std::sqrt(mean),
             qPrintable(QString("%1: %2, expected %3").arg(piece).arg(count).arg(mean)));
  }
  const double total = expected(process, 0, 10);
  QVERIFY(std::abs(static_cast<double>(all.size()) - total) < 5 * std::sqrt(total));
}

void TestArrivalProcess::hasTheShapesItNames() {
  const auto at = [](ArrivalLaw law, Duration t) {
    return processOf(law).rateAt(Instant(t)) / kRate;
  };
  QCOMPARE(at(ArrivalLaw::Poisson, 3s), 1.0);
  QCOMPARE(at(ArrivalLaw::Ramp, 0s), 0.1);
  QCOMPARE(at(ArrivalLaw::Ramp, 5s), 0.55);
  QCOMPARE(at(ArrivalLaw::Ramp, 10s), 1.0);
  QCOMPARE(at(ArrivalLaw::Ramp, 20s), 1.0);
  QCOMPARE(at(ArrivalLaw::Spike, 4s - 1ns), 1.0);
  QCOMPARE(at(ArrivalLaw::Spike, 4s), 3.0);
  QCOMPARE(at(ArrivalLaw::Spike, 6s), 1.0);
  QCOMPARE(at(ArrivalLaw::Diurnal, 0s), 1.0);
  QCOMPARE(at(ArrivalLaw::Diurnal, 2500ms), 0.4);
  QCOMPARE(at(ArrivalLaw::Diurnal, 5s), 1.0);
  QCOMPARE(at(ArrivalLaw::Diurnal, 7500ms), 1.6);
}

void TestArrivalProcess::poissonGapsAreExponential() {
  ArrivalProcess process = processOf(ArrivalLaw::Poisson);
  const auto all = arrivals(process, Instant(10s));
  double longer = 0;
  double square = 0;
  for (std::size_t i = 1; i < all.size(); ++i) {
    const double gap = toSeconds(all[i] - all[i - 1]) * kRate;
    longer += gap > 1 ? 1 : 0;
    square += gap * gap;
  }
  const auto n = static_cast<double>(all.size());
  QVERIFY(std::abs(longer / n - std::exp(-1)) < 5 * 0.5 / std::sqrt(n));
  QVERIFY(std::abs(square / n - 2) < 5 * std::sqrt(20.0 / n));
}

void TestArrivalProcess::steadyGapsAreEvenToTheNanosecond() {
  ArrivalProcess process({.law = ArrivalLaw::Steady, .ratePerSec = 3, .length = 10s},
                         Rng::forStream(1, "arrivals"));
  const auto all = arrivals(process, Instant(1000s));
  QVERIFY(all.size() == 2999 || all.size() == 3000);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto exact = static_cast<std::int64_t>((i + 1) * 1'000'000'000 / 3);
    QVERIFY(std::abs(all[i].time_since_epoch().count() - exact) <= 1);
  }
}

void TestArrivalProcess::boostMultipliesTheRate() {
  ArrivalProcess process = processOf(ArrivalLaw::Diurnal);
  process.setBoost(4);
  QCOMPARE(process.rateAt(Instant(7500ms)), 4 * 1.6 * kRate);
  const auto count = static_cast<double>(arrivals(process, Instant(10s)).size());
  const double mean = expected(process, 0, 10);
  QVERIFY(std::abs(count - mean) < 5 * std::sqrt(mean));
}

void TestArrivalProcess::rateChangesAtOnce() {
  ArrivalProcess process = processOf(ArrivalLaw::Poisson);
  process.setRate(500);
  const auto count = static_cast<double>(arrivals(process, Instant(100s)).size());
  QVERIFY(std::abs(count - 50'000) < 5 * std::sqrt(50'000.0));
}

void TestArrivalProcess::sameDrawsGiveTheSameArrivals() {
  ArrivalProcess one = processOf(ArrivalLaw::Spike, 5);
  ArrivalProcess two = processOf(ArrivalLaw::Spike, 5);
  ArrivalProcess other = processOf(ArrivalLaw::Spike, 6);
  const auto all = arrivals(one, Instant(1s));
  QCOMPARE(arrivals(two, Instant(1s)), all);
  QVERIFY(arrivals(other, Instant(1s)) != all);
}

void TestArrivalProcess::replaysARecordingAtItsScale() {
  ArrivalTrace trace;
  trace.arrivals = {{0s, 7, 1.5}, {1500ms, 8, 0}, {1500ms, 9, 0}, {4s, 7, 2}};
  for (const double scale : {1.0, 0.001, 250.0}) {
    ArrivalProcess process({.law = ArrivalLaw::Trace, .timeScale = scale, .trace = &trace},
                           Rng::forStream(1, "arrivals"));
    Instant now{};
    for (const Arrival& row : trace.arrivals) {
      const auto next = process.next(now);
      QVERIFY(next.has_value());
      QCOMPARE(next->at, Instant(fromSeconds(toSeconds(row.at) * scale)));
      QCOMPARE(next->key.value(), row.key);
      QCOMPARE(next->size, row.size);
      now = next->at;
    }
    QVERIFY(!process.next(now).has_value());
  }
}

void TestArrivalProcess::hasNoArrivalsWithoutARecording() {
  ArrivalProcess process = processOf(ArrivalLaw::Trace);
  QVERIFY(!process.next(Instant{}).has_value());
}

QTEST_GUILESS_MAIN(TestArrivalProcess)
#include "tst_arrival_process.moc"
