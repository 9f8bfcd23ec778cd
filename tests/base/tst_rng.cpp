// The generator: known answers, independence of streams, fairness of bounded draws.
#include <QtTest>

#include <set>
#include <string>
#include <vector>

#include "engine/base/rng.h"
#include "tests/base/goodness_of_fit.h"

using namespace ringside;
using namespace ringside::testing;

class TestRng : public QObject {
  Q_OBJECT

 private slots:
  void followsThePublishedSequence() {
    // xoshiro256++ from state {1, 2, 3, 4}: the vector that its other implementations test with.
    const std::vector<std::uint64_t> published = {
        41943041U,
        58720359U,
        3588806011781223U,
        3591011842654386U,
        9228616714210784205U,
        9973669472204895162U,
        14011001112246962877U,
        12406186145184390807U,
        15849039046786891736U,
        10450023813501588000U,
    };
    Rng rng = Rng::fromState({1, 2, 3, 4});
    for (const std::uint64_t expected : published) QCOMPARE(rng.next(), expected);
  }

  void seedsBySplitMix() {
    Rng seeded(1234567);
    Rng byHand = Rng::fromState(
        {6457827717110365317U, 3203168211198807973U, 9817491932198370423U, 4593380528125082431U});
    for (int i = 0; i < 100; ++i) QCOMPARE(seeded.next(), byHand.next());
  }

  void refusesTheStateThatNeverMoves() {
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(Rng::fromState({0, 0, 0, 0})), Bug);
  }

  void streamsDependOnSeedAndNameAlone() {
    Rng arrivals = Rng::forStream(7, "arrivals");
    Rng other = Rng::forStream(7, "bank");
    other.next();
    Rng again = Rng::forStream(7, "arrivals");
    for (int i = 0; i < 100; ++i) QCOMPARE(arrivals.next(), again.next());
  }

  void streamsOfNearbySeedsAndNamesShareNothing() {
    std::set<std::uint64_t> firsts;
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
      for (const std::string name : {"a", "b", "bank.0", "bank.1", ""}) {
        firsts.insert(Rng::forStream(seed, name).next());
      }
    }
    QCOMPARE(firsts.size(), std::size_t{5000});
  }

  void splitStreamsAreUncorrelated() {
    Rng parent(3);
    Rng child = parent.split();
    double product = 0;
    const int draws = 1'000'000;
    for (int i = 0; i < draws; ++i) {
      product += (parent.uniform01() - 0.5) * (child.uniform01() - 0.5);
    }
    // Each product has deviation 1/12.
    QVERIFY(std::fabs(product) < 5 * std::sqrt(draws) / 12);
  }

  void unitFractionsAreUniform() {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
      Rng rng(seed);
      std::vector<double> sample(200'000);
      for (double& x : sample) x = rng.uniform01();
      QVERIFY(*std::min_element(sample.begin(), sample.end()) >= 0);
      QVERIFY(*std::max_element(sample.begin(), sample.end()) < 1);
      QVERIFY(ksStatistic(sample, [](double x) { return x; }) < kKsLimit);
    }
  }

  void boundedDrawsAreFair_data() {
    QTest::addColumn<quint64>("n");
    QTest::newRow("one value") << quint64{1};
    QTest::newRow("two") << quint64{2};
    QTest::newRow("odd") << quint64{7};
    QTest::newRow("power of two") << quint64{64};
    QTest::newRow("large prime") << quint64{997};
  }
  void boundedDrawsAreFair() {
    QFETCH(quint64, n);
    Rng rng(n);
    const double draws = 1'000'000;
    std::vector<double> seen(n);
    for (int i = 0; i < static_cast<int>(draws); ++i) ++seen.at(rng.below(n));
    if (n == 1) return;
    const std::vector<double> expected(n, draws / static_cast<double>(n));
    QVERIFY(chiSquareDeviate(seen, expected) < kDeviateLimit);
  }

  void boundsThatBareModuloWouldGetWrong() {
    // Two thirds of 2^64: modulo would draw the lower half of the range twice as often.
    const std::uint64_t n = 0xAAAAAAAAAAAAAAAAU;
    Rng rng(11);
    int lower = 0;
    for (int i = 0; i < 200'000; ++i) lower += rng.below(n) < n / 2 ? 1 : 0;
    QVERIFY2(std::abs(lower - 100'000) < 1200, qPrintable(QString::number(lower)));
  }

  void refusesAnEmptyRange() {
    Rng rng(1);
    QVERIFY_EXCEPTION_THROWN(rng.below(0), Bug);
  }

  void chanceIsNeverAtZeroAndAlwaysAtOne() {
    Rng rng(5);
    for (int i = 0; i < 10'000; ++i) {
      QVERIFY(!rng.chance(0));
      QVERIFY(rng.chance(1));
    }
    int hits = 0;
    for (int i = 0; i < 1'000'000; ++i) hits += rng.chance(0.3) ? 1 : 0;
    QVERIFY(std::abs(hits - 300'000) < 2300);  // 5 deviations.
  }

  void chanceTakesOneDrawWhateverTheProbability() {
    Rng a(9);
    Rng b(9);
    for (int i = 0; i < 100; ++i) {
      a.chance(0);
      b.chance(0.99);
    }
    QCOMPARE(a.next(), b.next());
  }
};

QTEST_GUILESS_MAIN(TestRng)
#include "tst_rng.moc"
