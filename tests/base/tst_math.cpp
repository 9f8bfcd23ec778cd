// The log and exp that runs use, against libm in 80-bit arithmetic.
#include <QtTest>

#include <bit>
#include <cmath>
#include <limits>

#include "engine/base/math.h"
#include "engine/base/rng.h"

using namespace ringside;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kWorst = 1.5;  // Units in the last place, promised in math.h.

// Distance in units in the last place of the true value.
double errorInUlps(double got, long double truth) {
  const double rounded = static_cast<double>(truth);
  const double ulp = std::nextafter(std::fabs(rounded), kInfinity) - std::fabs(rounded);
  return static_cast<double>(std::fabs(static_cast<long double>(got) - truth) / ulp);
}

}  // namespace

class TestMath : public QObject {
  Q_OBJECT

 private slots:
  void logIsCloseForAnyBits() {
    Rng rng(1);
    double worst = 0;
    for (int i = 0; i < 2'000'000; ++i) {
      const double x = std::bit_cast<double>(rng.next() >> 1);
      if (!(x > 0) || !std::isfinite(x)) continue;
      worst = std::max(worst, errorInUlps(fixedLog(x), std::log(static_cast<long double>(x))));
    }
    qInfo("worst error %.3f ulp", worst);
    QVERIFY2(worst < kWorst, qPrintable(QString::number(worst)));
  }

  void logIsCloseNearOne() {
    Rng rng(2);
    double worst = 0;
    for (int i = 0; i < 2'000'000; ++i) {
      const double away = fixedExp(-36 * rng.uniform01()) * 0.5;
      const double x = rng.chance(0.5) ? 1 + away : 1 - away;
      worst = std::max(worst, errorInUlps(fixedLog(x), std::log(static_cast<long double>(x))));
    }
    qInfo("worst error %.3f ulp", worst);
    QVERIFY2(worst < kWorst, qPrintable(QString::number(worst)));
  }

  void expIsClose() {
    Rng rng(3);
    double worst = 0;
    for (int i = 0; i < 2'000'000; ++i) {
      const double magnitude = i % 2 == 0 ? 700 : 2;
      const double x = (rng.uniform01() * 2 - 1) * magnitude;
      worst = std::max(worst, errorInUlps(fixedExp(x), std::exp(static_cast<long double>(x))));
    }
    qInfo("worst error %.3f ulp", worst);
    QVERIFY2(worst < kWorst, qPrintable(QString::number(worst)));
  }

  void expIsCloseWhereTheResultIsSubnormal() {
    for (double x = -745.1; x < -708; x += 0.01) {
      QVERIFY(errorInUlps(fixedExp(x), std::exp(static_cast<long double>(x))) < kWorst);
    }
  }

  void logOfPowersOfTwoIsCorrectlyRounded() {
    for (int k = -1074; k <= 1023; ++k) {
      const long double truth = std::log(std::ldexp(1.0L, k));
      QVERIFY(fixedLog(std::ldexp(1.0, k)) == static_cast<double>(truth));
    }
  }

  // QCOMPARE forgives a relative 1e-12 between doubles: where bits matter, they are compared.
  void specialCasesOfLog() {
    QCOMPARE(fixedLog(1.0), 0.0);
    QVERIFY(!std::signbit(fixedLog(1.0)));
    QCOMPARE(fixedLog(0.0), -kInfinity);
    QCOMPARE(fixedLog(-0.0), -kInfinity);
    QCOMPARE(fixedLog(kInfinity), kInfinity);
    QVERIFY(std::isnan(fixedLog(-1.0)));
    QVERIFY(std::isnan(fixedLog(-kInfinity)));
    QVERIFY(std::isnan(fixedLog(kNan)));
    const double smallest = std::numeric_limits<double>::denorm_min();
    QVERIFY(errorInUlps(fixedLog(smallest), std::log(static_cast<long double>(smallest))) < 1);
    const double largest = std::numeric_limits<double>::max();
    QVERIFY(errorInUlps(fixedLog(largest), std::log(static_cast<long double>(largest))) < 1);
  }

  void specialCasesOfExp() {
    QCOMPARE(fixedExp(0.0), 1.0);
    QCOMPARE(fixedExp(-0.0), 1.0);
    QCOMPARE(fixedExp(kInfinity), kInfinity);
    QCOMPARE(fixedExp(-kInfinity), 0.0);
    QVERIFY(std::isnan(fixedExp(kNan)));
    QVERIFY(std::isfinite(fixedExp(709.782712893384)));
    QCOMPARE(fixedExp(709.782712893385), kInfinity);
    QVERIFY(fixedExp(-745.133219101941) > 0);
    QCOMPARE(fixedExp(-745.2), 0.0);
  }

  void logNeverFallsAsItsArgumentRises() {
    // Across the borders of table cells, where a badly built table shows as a step down.
    for (double x = 0.5; x < 4; x += 1.0 / 4096) {
      QVERIFY(fixedLog(x) <= fixedLog(std::nextafter(x, 5.0)));
      QVERIFY(fixedLog(std::nextafter(x, 0.0)) <= fixedLog(x));
    }
  }

  void powFollowsItsStatedError() {
    Rng rng(4);
    for (int i = 0; i < 200'000; ++i) {
      const double x = rng.uniform01() * 1e6;
      const double y = (rng.uniform01() * 2 - 1) * 5;
      if (x == 0) continue;
      const long double truth = std::pow(static_cast<long double>(x), static_cast<long double>(y));
      const double allowed = 2 + 2 * std::fabs(y * std::log(x));
      QVERIFY(errorInUlps(fixedPow(x, y), truth) < allowed);
    }
    QCOMPARE(fixedPow(0, 0), 1.0);
    QCOMPARE(fixedPow(0, 2), 0.0);
    QCOMPARE(fixedPow(0, -1), kInfinity);
    QCOMPARE(fixedPow(1, kInfinity), 1.0);
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(fixedPow(-1, 2)), Bug);
  }

  void logFactorialMatchesTheGammaFunction() {
    for (int k = 0; k < 5000; ++k) {
      const long double truth = std::lgamma(static_cast<long double>(k) + 1);
      const double got = logFactorial(k);
      QVERIFY(std::fabs(static_cast<double>(got - truth)) <=
              4e-15 * std::max(1.0, static_cast<double>(truth)));
    }
  }

  // The point of having our own: these bits are part of every recorded run.
  void bitsAreTheRecordedOnes() {
    QCOMPARE(std::bit_cast<quint64>(fixedLog(10.0)), quint64{0x40026BB1BBB55516});
    QCOMPARE(std::bit_cast<quint64>(fixedExp(1.0)), quint64{0x4005BF0A8B145769});
    std::uint64_t fold = 0;
    for (double x = 0.001; x < 100; x *= 1.01) {
      fold = mix64(fold ^ std::bit_cast<std::uint64_t>(fixedLog(x)));
      fold = mix64(fold ^ std::bit_cast<std::uint64_t>(fixedExp(x)));
    }
    QCOMPARE(fold, std::uint64_t{15297427638260732543U});
  }
};

QTEST_GUILESS_MAIN(TestMath)
#include "tst_math.moc"
