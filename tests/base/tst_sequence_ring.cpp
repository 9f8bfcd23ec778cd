#include <QTest>

#include <map>
#include <random>

#include "engine/base/sequence_ring.h"

using ringside::SequenceRing;

namespace {

class TestSequenceRing : public QObject {
  Q_OBJECT

 private slots:
  void numbersGoOnWhereTheyWereStarted() {
    SequenceRing<int> ring;
    ring.startAt(1000);
    QCOMPARE(ring.pushBack(7), std::uint64_t{1000});
    QVERIFY(ring.holds(1000));
    QVERIFY(!ring.holds(1001));
    ring.popFront();
    QCOMPARE(ring.begin(), std::uint64_t{1001});
    QVERIFY(ring.empty());
  }

  void takingFromAnEmptyRingIsABug() {
    SequenceRing<int> ring;
    QVERIFY_EXCEPTION_THROWN(ring.popFront(), ringside::Bug);
    QVERIFY_EXCEPTION_THROWN(ring.popBack(), ringside::Bug);
  }

  void agreesWithAMapOfNumbers() {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
      std::mt19937_64 rng(seed);
      SequenceRing<std::uint64_t> ring;
      std::map<std::uint64_t, std::uint64_t> oracle;
      std::uint64_t end = 0;
      for (int step = 0; step < 3000; ++step) {
        const std::uint64_t what = rng() % 5;
        if (what < 3 || oracle.empty()) {
          const std::uint64_t value = rng();
          QCOMPARE(ring.pushBack(value), end);
          oracle[end++] = value;
        } else if (what == 3) {
          ring.popFront();
          oracle.erase(oracle.begin());
        } else {
          ring.popBack();
          oracle.erase(--end);
        }
        QCOMPARE(ring.size(), oracle.size());
        QCOMPARE(ring.end(), end);
      }
      for (const auto& [number, value] : oracle) QCOMPARE(ring.at(number), value);
    }
  }
};

}  // namespace

QTEST_GUILESS_MAIN(TestSequenceRing)
#include "tst_sequence_ring.moc"
