// Zipf: both of its methods against the law computed term by term.
#include <QtTest>

#include <cmath>

#include "engine/base/zipf.h"
#include "tests/base/goodness_of_fit.h"

using namespace ringside;
using namespace ringside::testing;

namespace {

double sumOfWeights(std::uint64_t n, double s) {
  long double sum = 0;
  for (std::uint64_t k = n; k >= 1; --k) sum += std::pow(static_cast<long double>(k), -s);
  return static_cast<double>(sum);
}

}  // namespace

class TestZipf : public QObject {
  Q_OBJECT

 private slots:
  void fits_data() {
    QTest::addColumn<quint64>("n");
    QTest::addColumn<double>("s");
    QTest::newRow("two ranks") << quint64{2} << 1.0;
    QTest::newRow("merchants") << quint64{1000} << 1.0;
    QTest::newRow("flat") << quint64{1000} << 0.0;
    QTest::newRow("mild") << quint64{5000} << 0.7;
    QTest::newRow("steep") << quint64{5000} << 2.5;
    QTest::newRow("largest table") << quint64{Zipf::kTableLimit} << 0.99;
    QTest::newRow("smallest without a table") << quint64{Zipf::kTableLimit + 1} << 0.99;
    QTest::newRow("without a table, s just below one") << quint64{2'000'000} << 0.9999999;
    QTest::newRow("without a table, s of one") << quint64{2'000'000} << 1.0;
    QTest::newRow("without a table, steep") << quint64{2'000'000} << 1.8;
    QTest::newRow("without a table, flat") << quint64{2'000'000} << 0.0;
  }
  void fits() {
    QFETCH(quint64, n);
    QFETCH(double, s);
    const Zipf zipf(n, s);
    Rng rng(17);
    const int draws = 1'000'000;
    std::vector<double> seen(n);
    for (int i = 0; i < draws; ++i) ++seen.at(zipf.sample(rng));
    std::vector<double> expected(n);
    const double total = sumOfWeights(n, s);
    for (std::uint64_t rank = 0; rank < n; ++rank) {
      expected[rank] = draws * std::pow(static_cast<double>(rank + 1), -s) / total;
    }
    const double deviate = chiSquareDeviate(seen, expected);
    QVERIFY2(deviate < kDeviateLimit, qPrintable(QString::number(deviate)));
  }

  void probabilitiesAreTheLawsAndSumToOne() {
    for (const double s : {0.0, 0.5, 1.0, 1.3, 3.0}) {
      for (const std::uint64_t n : {1U, 2U, 999U, 1000U, 1001U, 50'000U}) {
        const Zipf zipf(n, s);
        const double total = sumOfWeights(n, s);
        double sum = 0;
        for (std::uint64_t rank = 0; rank < n; ++rank) sum += zipf.probability(rank);
        QVERIFY(std::fabs(sum - 1) < 1e-12);
        QVERIFY(std::fabs(zipf.probability(0) * total - 1) < 1e-13);
        QVERIFY(std::fabs(zipf.probability(n - 1) * total / std::pow(n, -s) - 1) < 1e-13);
      }
    }
  }

  void oneRankIsAlwaysDrawn() {
    const Zipf zipf(1, 1);
    Rng rng(1);
    for (int i = 0; i < 1000; ++i) QCOMPARE(zipf.sample(rng), std::uint64_t{0});
    QCOMPARE(zipf.probability(0), 1.0);
  }

  void ranksOfAVastRangeStayInside() {
    for (const double s : {0.2, 1.0, 4.0}) {
      const Zipf zipf(std::uint64_t{1} << 50, s);
      Rng rng(2);
      for (int i = 0; i < 200'000; ++i) QVERIFY(zipf.sample(rng) < zipf.n());
    }
  }

  void bothMethodsTakeOneDraw() {
    const Zipf withTable(1000, 1);
    const Zipf without(3'000'000, 1);
    Rng used(3);
    Rng counted(3);
    for (int i = 0; i < 100'000; ++i) {
      QVERIFY(withTable.sample(used) + without.sample(used) < 4'000'000);
      counted.next();
      counted.next();
    }
    QCOMPARE(used.next(), counted.next());
  }

  void refusesWhatIsNoLaw() {
    QVERIFY_EXCEPTION_THROWN(Zipf(0, 1), Bug);
    QVERIFY_EXCEPTION_THROWN(Zipf(10, -1), Bug);
    QVERIFY_EXCEPTION_THROWN(Zipf(10, std::nan("")), Bug);
  }

  void ranksAreTheRecordedOnes() {
    std::uint64_t fold = 0;
    for (const std::uint64_t n : {1000U, 5'000'000U}) {
      const Zipf zipf(n, 1.01);
      Rng rng = Rng::forStream(1, "golden");
      for (int i = 0; i < 10'000; ++i) fold = mix64(fold ^ zipf.sample(rng));
    }
    QCOMPARE(fold, std::uint64_t{6714536278466098951U});
  }
};

QTEST_GUILESS_MAIN(TestZipf)
#include "tst_zipf.moc"
