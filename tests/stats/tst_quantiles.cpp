// Quantiles against published tables and closed forms.
#include <QtTest>

#include <cmath>
#include <numbers>

#include "engine/base/check.h"
#include "engine/stats/quantiles.h"

using namespace ringside;
using namespace ringside::stats;

class TestQuantiles : public QObject {
  Q_OBJECT

 private slots:
  void normalAgreesWithTables_data() {
    QTest::addColumn<double>("probability");
    QTest::addColumn<double>("value");
    QTest::newRow("median") << 0.5 << 0.0;
    QTest::newRow("95 % one-sided") << 0.95 << 1.6448536269514722;
    QTest::newRow("95 % two-sided") << 0.975 << 1.9599639845400545;
    QTest::newRow("99 % two-sided") << 0.995 << 2.5758293035489004;
    QTest::newRow("far tail") << 1e-10 << -6.361340902404056;
  }
  void normalAgreesWithTables() {
    QFETCH(double, probability);
    QFETCH(double, value);
    QVERIFY(std::abs(normalQuantile(probability) - value) < 1e-9);
  }

  void studentAgreesWithTables_data() {
    QTest::addColumn<double>("probability");
    QTest::addColumn<double>("freedom");
    QTest::addColumn<double>("value");
    QTest::newRow("1 degree") << 0.975 << 1.0 << 12.706204736174698;
    QTest::newRow("2 degrees") << 0.975 << 2.0 << 4.302652729749464;
    QTest::newRow("5 degrees") << 0.975 << 5.0 << 2.570581835636314;
    QTest::newRow("10 degrees") << 0.975 << 10.0 << 2.2281388519649385;
    QTest::newRow("10 degrees, 99 %") << 0.995 << 10.0 << 3.169272672616872;
    QTest::newRow("30 degrees") << 0.975 << 30.0 << 2.042272456301238;
    QTest::newRow("100 degrees") << 0.975 << 100.0 << 1.9839715184496334;
    QTest::newRow("below the median") << 0.025 << 10.0 << -2.2281388519649385;
  }
  void studentAgreesWithTables() {
    QFETCH(double, probability);
    QFETCH(double, freedom);
    QFETCH(double, value);
    QVERIFY(std::abs(studentQuantile(probability, freedom) - value) < 1e-9);
  }

  void studentOfOneDegreeIsCauchy() {
    for (double p = 0.01; p < 1; p += 0.01) {
      const double cauchy = std::tan(std::numbers::pi * (p - 0.5));
      QVERIFY(std::abs(studentQuantile(p, 1) - cauchy) < 1e-9 * (1 + std::abs(cauchy)));
    }
  }

  void studentTendsToNormal() {
    for (const double p : {0.6, 0.9, 0.975, 0.999}) {
      QVERIFY(studentQuantile(p, 50) > normalQuantile(p));
      QVERIFY(std::abs(studentQuantile(p, 1e9) - normalQuantile(p)) < 1e-7);
    }
  }

  void binomialAgreesWithItsSum() {
    QCOMPARE(binomialAtMost(3, 10, 0.5), 0.171875);
    for (const std::int64_t n : {1, 2, 7, 40}) {
      for (const double p : {0.01, 0.3, 0.5, 0.99}) {
        double sum = 0;
        double ways = 1;
        for (std::int64_t k = 0; k <= n; ++k) {
          sum += ways * std::pow(p, static_cast<double>(k)) *
                 std::pow(1 - p, static_cast<double>(n - k));
          ways = ways * static_cast<double>(n - k) / static_cast<double>(k + 1);
          QVERIFY(std::abs(binomialAtMost(k, n, p) - sum) < 1e-12);
        }
      }
    }
    QCOMPARE(binomialAtMost(-1, 5, 0.5), 0.0);
    QCOMPARE(binomialAtMost(9, 5, 0.5), 1.0);
  }

  void whatNoProbabilityIsIsABug() {
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(normalQuantile(0)), Bug);
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(normalQuantile(1)), Bug);
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(studentQuantile(0.5, 0)), Bug);
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(binomialAtMost(0, 0, 0.5)), Bug);
  }
};

QTEST_GUILESS_MAIN(TestQuantiles)
#include "tst_quantiles.moc"
