// Queueing formulas: published values, slow exact models, and one another.
#include <QtTest>

#include <cmath>
#include <vector>

#include "engine/base/check.h"
#include "engine/theory/queues.h"

using namespace ringside;
using namespace ringside::theory;

namespace {

bool near(double a, double b, double relative = 1e-12) {
  return std::abs(a - b) <= relative * std::max(std::abs(a), std::abs(b));
}

// The birth-death chain of M/M/c itself, cut off where nothing is left of it.
QueueMeans chain(double rate, double service, std::int64_t servers) {
  long double weight = 1;
  long double all = 0;
  long double present = 0;
  long double waiting = 0;
  for (std::int64_t n = 0; n < 200'000; ++n) {
    all += weight;
    present += weight * static_cast<long double>(n);
    waiting += weight * static_cast<long double>(std::max<std::int64_t>(0, n - servers));
    weight *= static_cast<long double>(rate * service) /
              static_cast<long double>(std::min(n + 1, servers));
  }
  QueueMeans means;
  means.present = static_cast<double>(present / all);
  means.waiting = static_cast<double>(waiting / all);
  means.wait = means.waiting / rate;
  means.sojourn = means.present / rate;
  return means;
}

}  // namespace

class TestQueues : public QObject {
  Q_OBJECT

 private slots:
  void erlangBAgreesWithItsSum() {
    for (const std::int64_t c : {1, 2, 5, 10, 60}) {
      for (const double a : {0.01, 0.5, 1.0, 4.0, 9.9, 50.0}) {
        long double term = 1;
        long double sum = 1;
        for (std::int64_t k = 1; k <= c; ++k) {
          term *= static_cast<long double>(a) / static_cast<long double>(k);
          sum += term;
        }
        QVERIFY(near(erlangB(a, c), static_cast<double>(term / sum)));
      }
    }
    QVERIFY(near(erlangB(1, 1), 0.5));
    QVERIFY(near(erlangB(2, 2), 0.4));
    QVERIFY(std::abs(erlangB(10, 10) - 0.21458) < 5e-6);  // Tables of Erlang's B.
    QVERIFY(std::abs(erlangB(20, 30) - 0.0085) < 5e-5);
    QCOMPARE(erlangB(0, 3), 0.0);
  }

  void erlangBIsStableForThousands() {
    const double b = erlangB(100'000, 100'000);
    // B(a, a) -> sqrt(2 / (pi a)) for large a.
    QVERIFY(near(b, std::sqrt(2 / (M_PI * 100'000)), 3e-3));
    QCOMPARE(erlangB(1, 100'000), 0.0);
  }

  void erlangCIsKnownOnes() {
    QVERIFY(near(erlangC(0.7, 1), 0.7));
    QVERIFY(near(erlangC(2, 3), 4.0 / 9));
    QCOMPARE(erlangC(3, 3), 1.0);
    QCOMPARE(erlangC(0, 2), 0.0);
  }

  void mmcIsTheChain() {
    for (const std::int64_t c : {1, 2, 4, 16}) {
      for (const double rho : {0.1, 0.5, 0.9, 0.99}) {
        const double service = 0.003;
        const double rate = rho * static_cast<double>(c) / service;
        const auto means = mmc(rate, service, c);
        const QueueMeans exact = chain(rate, service, c);
        QVERIFY(near(means->wait, exact.wait, 1e-9));
        QVERIFY(near(means->present, exact.present, 1e-9));
        QVERIFY(near(means->waiting, exact.waiting, 1e-9));
        QVERIFY(near(means->sojourn, exact.sojourn, 1e-9));
        QVERIFY(near(means->utilisation, rho));
      }
    }
  }

  // 100,000 a second of 9 ms: 950 servers wait 0.011 ms; a tenth of both waits 0.89 ms.
  void scaleModelsDoNotScale() {
    QVERIFY(std::abs(mmc(100e3, 9e-3, 950)->wait - 0.011e-3) < 0.0005e-3);
    QVERIFY(std::abs(mmc(10e3, 9e-3, 95)->wait - 0.89e-3) < 0.005e-3);
  }

  void oneServerIsEveryFormulasSpecialCase() {
    for (const double rho : {0.2, 0.5, 0.8, 0.95}) {
      const double closed = rho / (1 - rho);  // Wait of M/M/1 in service times.
      QVERIFY(near(mm1(rho, 1)->wait, closed));
      QVERIFY(near(mg1(rho, 1, 1)->wait, closed));
      QVERIFY(near(md1(rho, 1)->wait, closed / 2));
      QVERIFY(near(mg1(rho, 1, 3)->wait, closed * 5));
      QVERIFY(near(ggc(rho, 1, 1, 1, 1)->wait, closed));
      QVERIFY(near(ggc(rho, 1, 1, 1, 0)->wait, closed / 2));
    }
  }

  void sakasegawaIsNearTheExactOne() {
    for (const std::int64_t c : {2, 4, 8}) {
      const double rate = 0.9 * static_cast<double>(c);
      QVERIFY(near(ggc(rate, 1, c, 1, 1)->wait, mmc(rate, 1, c)->wait, 0.03));
    }
    QCOMPARE(ggc(0, 1, 3, 1, 1)->wait, 0.0);
  }

  void tailOfTheWaitIsWhatItsMeanComesFrom() {
    double sum = 0;
    constexpr double kStep = 1e-3;
    for (double t = kStep / 2; t < 60; t += kStep) sum += kStep * mmcWaitBeyond(3.2, 1, 4, t);
    QVERIFY(near(sum, mmc(3.2, 1, 4)->wait, 1e-5));
    QVERIFY(near(mmcWaitBeyond(3.2, 1, 4, 0), erlangC(3.2, 4)));
  }

  void overloadHasNoSteadyState() {
    QVERIFY(!mm1(1, 1));
    QVERIFY(!mmc(5, 1, 4));
    QVERIFY(!md1(2, 1));
    QVERIFY(!ggc(4, 1, 4, 1, 1));
    QCOMPARE(mmcWaitBeyond(5, 1, 4, 1), 1.0);
    QVERIFY(mm1(std::nextafter(1.0, 0.0), 1).has_value());
  }

  void wrongArgumentsAreBugs() {
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(erlangB(-1, 1)), Bug);
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(erlangB(1, 0)), Bug);
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(mm1(1, 0)), Bug);
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(mg1(1, 1, -1)), Bug);
  }

  void littleAndUtilisationAreProducts() {
    QCOMPARE(little(1e6, 0.096), 96'000.0);
    QCOMPARE(utilisation(200e3, 1 / 220e3, 1), 200e3 / 220e3);
  }
};

QTEST_GUILESS_MAIN(TestQueues)
#include "tst_queues.moc"
