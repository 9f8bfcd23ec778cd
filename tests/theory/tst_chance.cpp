// Che, birthdays and ring balance against simulation and against what is known exactly.
#include <QtTest>

#include <cmath>
#include <list>
#include <vector>

#include "engine/base/check.h"
#include "engine/base/zipf.h"
#include "engine/theory/chance.h"

using namespace ringside;
using namespace ringside::theory;

namespace {

double simulatedLru(std::size_t items, double exponent, std::size_t capacity) {
  const Zipf zipf(items, exponent);
  Rng rng = Rng::forStream(1, "lru");
  std::list<std::size_t> order;
  std::vector<std::list<std::size_t>::iterator> where(items, order.end());
  constexpr int kRequests = 400'000;
  int hits = 0;
  for (int i = 0; i < kRequests; ++i) {
    const auto item = static_cast<std::size_t>(zipf.sample(rng));
    if (where[item] != order.end()) {
      hits += i >= kRequests / 2 ? 1 : 0;
      order.erase(where[item]);
    } else if (order.size() == capacity) {
      where[order.back()] = order.end();
      order.pop_back();
    }
    order.push_front(item);
    where[item] = order.begin();
  }
  return hits / (kRequests / 2.0);
}

}  // namespace

class TestChance : public QObject {
  Q_OBJECT

 private slots:
  void zipfAddsUpAndFallsAsItSays() {
    const auto law = zipfPopularity(1000, 0.8);
    double sum = 0;
    for (const double p : law) sum += p;
    QVERIFY(std::abs(sum - 1) < 1e-12);
    QVERIFY(std::abs(law[0] / law[9] - std::pow(10, 0.8)) < 1e-9);
  }

  void cheIsCloseToSimulatedLru() {
    for (const double exponent : {0.0, 0.6, 1.0, 1.3}) {
      for (const std::size_t capacity : {10u, 100u, 500u}) {
        const double che =
            cheHitRatio(zipfPopularity(1000, exponent), static_cast<double>(capacity));
        const double measured = simulatedLru(1000, exponent, capacity);
        QVERIFY2(
            std::abs(che - measured) < 0.006,
            qPrintable(QString("%1 %2: %3 %4").arg(exponent).arg(capacity).arg(che).arg(measured)));
      }
    }
  }

  void cheOfEqualItemsIsTheirShare() {
    QVERIFY(std::abs(cheHitRatio(zipfPopularity(1000, 0), 250) - 0.25) < 1e-12);
  }

  void cheAtItsEdges() {
    const auto law = zipfPopularity(100, 1);
    QVERIFY(cheHitRatio(law, 0) < 1e-12);
    QCOMPARE(cheHitRatio(law, 100), 1.0);
    QCOMPARE(cheHitRatio(law, 1e9), 1.0);
    QVERIFY(cheHitRatio(law, 99.999) > 0.999);
    QCOMPARE(cheHitRatio({}, 10), 0.0);
  }

  void birthdaysAreTheKnownOnes() {
    QVERIFY(std::abs(birthdayCollision(23, 365) - 0.5072972343239854) < 1e-12);
    QVERIFY(std::abs(birthdayCollision(70, 365) - 0.9991595759651571) < 1e-12);
    QCOMPARE(birthdayCollision(0, 365), 0.0);
    QCOMPARE(birthdayCollision(1, 365), 0.0);
    QCOMPARE(birthdayCollision(366, 365), 1.0);
    QVERIFY(std::abs(birthdayPairs(23, 365) - 253.0 / 365) < 1e-12);
  }

  // 64-bit ids reach one half at 5.06e9 draws; there is no step where the exact sum ends.
  void birthdaysOfManyDraws() {
    const double space = 0x1p64;
    QVERIFY(std::abs(birthdayCollision(5.0573e9, space) - 0.5) < 1e-3);
    const double exact = birthdayCollision(1e6, 1e13);
    const double beyond = birthdayCollision(1e6 + 1, 1e13);
    QVERIFY(beyond > exact);
    QVERIFY(beyond - exact < 1e-6);
  }

  // Shares of a ring of random points, measured over many rings.
  void ringCvIsTheMeasuredSpread() {
    for (const auto& [nodes, points] : {std::pair{8, 1}, {8, 100}, {50, 10}}) {
      double squares = 0;
      constexpr int kRings = 400;
      for (int ring = 0; ring < kRings; ++ring) {
        Rng rng = Rng::forStream(static_cast<std::uint64_t>(ring), "ring");
        std::vector<std::pair<double, int>> marks;
        for (int i = 0; i < nodes * points; ++i) marks.emplace_back(rng.uniform01(), i % nodes);
        std::ranges::sort(marks);
        std::vector<double> share(static_cast<std::size_t>(nodes));
        double from = marks.back().first - 1;
        for (const auto& [at, node] : marks) {
          share[static_cast<std::size_t>(node)] += at - std::exchange(from, at);
        }
        for (const double s : share) squares += (s * nodes - 1) * (s * nodes - 1) / nodes / kRings;
      }
      const double theory = ringLoadCv(nodes, points);
      QVERIFY2(std::abs(std::sqrt(squares) / theory - 1) < 0.06,
               qPrintable(QString("%1 %2").arg(std::sqrt(squares)).arg(theory)));
    }
    QCOMPARE(ringLoadCv(1, 100), 0.0);
  }

  void largestOfNormalsIsTheTabledOne() {
    QCOMPARE(expectedLargest(1), 0.0);
    QVERIFY(std::abs(expectedLargest(2) - 0.5642) < 0.03);  // Tables of normal order statistics.
    QVERIFY(std::abs(expectedLargest(8) - 1.4236) < 0.02);
    QVERIFY(std::abs(expectedLargest(100) - 2.5076) < 0.01);
  }

  void wrongArgumentsAreBugs() {
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(ringLoadCv(0, 1)), Bug);
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(birthdayCollision(1, 0)), Bug);
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(cheHitRatio({}, -1)), Bug);
  }
};

QTEST_GUILESS_MAIN(TestChance)
#include "tst_chance.moc"
