#include <QTest>

#include "engine/cache/multi_level.h"

using namespace std::chrono_literals;
using ringside::Duration;
using ringside::Instant;
using ringside::cache::Level;
using ringside::cache::Lookup;
using ringside::cache::MultiLevel;
using ringside::cache::SharedLevel;

namespace {

using Shared = SharedLevel<int, int>;
using Cache = MultiLevel<int, int>;

constexpr Instant at(Duration since) { return Instant{} + since; }

class TestMultiLevel : public QObject {
  Q_OBJECT

 private slots:
  void looksInL1ThenInL2ThenMisses() {
    Shared l2({.capacity = 100, .ttl = 1h});
    Cache one({.l1 = {.capacity = 10, .ttl = 1min}}, l2);
    Cache other({.l1 = {.capacity = 10, .ttl = 1min}}, l2);
    QCOMPARE(one.get(7, at(0s)).outcome, Lookup::Miss);
    QVERIFY(one.fill(7, 70, at(0s)));
    QCOMPARE(one.get(7, at(1s)).level, Level::L1);
    const auto found = other.get(7, at(1s));
    QCOMPARE(found.level, Level::L2);
    QCOMPARE(*found.value, 70);
    QCOMPARE(other.get(7, at(2s)).level, Level::L1);  // Copied up.
    QCOMPARE(other.l1().stats().hits, std::uint64_t{1});
    QCOMPARE(other.l1().stats().misses, std::uint64_t{1});
    QCOMPARE(l2.cache().stats().hits, std::uint64_t{1});
    QCOMPARE(l2.cache().stats().misses, std::uint64_t{1});
  }

  void anL1EntryThatExpiredIsFetchedFromL2() {
    Shared l2({.capacity = 100, .ttl = 1h});
    Cache cache({.l1 = {.capacity = 10, .ttl = 1min}}, l2);
    cache.fill(7, 70, at(0s));
    QCOMPARE(cache.get(7, at(1min - 1ns)).level, Level::L1);
    QCOMPARE(cache.get(7, at(1min)).level, Level::L2);
    QCOMPARE(cache.get(7, at(1h)).outcome, Lookup::Miss);
  }

  void aCopyDoesNotOutliveItsSource() {
    Shared l2({.capacity = 100, .ttl = 100s});
    Cache keeps({.l1 = {.capacity = 10, .ttl = 60s}}, l2);
    Cache renews({.l1 = {.capacity = 10, .ttl = 60s}, .promotion = Cache::Promotion::RenewExpiry},
                 l2);
    l2.putFor(7, 70, at(0s), 100s);
    QCOMPARE(keeps.get(7, at(99s)).level, Level::L2);
    QCOMPARE(renews.get(7, at(99s)).level, Level::L2);
    QVERIFY(keeps.getL1(7, at(100s - 1ns)) != nullptr);
    QVERIFY(keeps.getL1(7, at(100s)) == nullptr);
    QVERIFY(renews.getL1(7, at(159s - 1ns)) != nullptr);  // 159 s old where L2 allowed 100.
    QVERIFY(renews.getL1(7, at(159s)) == nullptr);
  }

  void aSharedLevelThatIsDownIsNotAMiss() {
    Shared l2({.capacity = 100, .ttl = 1h});
    Cache cache({.l1 = {.capacity = 10, .ttl = 1min}}, l2);
    cache.fill(7, 70, at(0s));
    l2.takeDown();
    QCOMPARE(cache.get(7, at(1s)).level, Level::L1);  // L1 still serves.
    QCOMPARE(cache.get(8, at(1s)).outcome, Lookup::Unavailable);
    QVERIFY(!cache.fill(8, 80, at(1s)));
    QCOMPARE(cache.get(8, at(2s)).level, Level::L1);
    QVERIFY(!cache.invalidate(7));
    QCOMPARE(l2.unavailable(), std::uint64_t{3});
    QCOMPARE(l2.cache().stats().misses, std::uint64_t{0});
    l2.bringUp(Shared::Restart::KeepsContents);
    QCOMPARE(cache.get(7, at(3s)).level, Level::L2);  // The invalidation never reached it.
  }

  void aSharedLevelMayComeBackEmpty() {
    Shared l2({.capacity = 100, .ttl = 1h});
    Cache cache({.l1 = {.capacity = 10, .ttl = 1s}}, l2);
    cache.fill(7, 70, at(0s));
    l2.takeDown();
    l2.bringUp(Shared::Restart::LosesContents);
    QCOMPARE(cache.get(7, at(1s)).outcome, Lookup::Miss);
  }

  void invalidateReachesOwnL1AndL2ButNotTheNeighbours() {
    Shared l2({.capacity = 100, .ttl = 1h});
    Cache one({.l1 = {.capacity = 10, .ttl = 1min}}, l2);
    Cache other({.l1 = {.capacity = 10, .ttl = 1min}}, l2);
    one.fill(7, 70, at(0s));
    other.get(7, at(1s));
    QVERIFY(one.invalidate(7));
    QCOMPARE(one.get(7, at(2s)).outcome, Lookup::Miss);
    QCOMPARE(other.get(7, at(2s)).level, Level::L1);  // Stale, until its minute is over.
    QCOMPARE(other.get(7, at(61s)).outcome, Lookup::Miss);
  }

  void spreadMovesBothExpiries() {
    Shared l2({.capacity = 100, .ttl = 100s});
    Cache cache({.l1 = {.capacity = 10, .ttl = 10s}}, l2);
    cache.fill(7, 70, at(0s), 2s);
    QCOMPARE(cache.l1().expiry(7), at(12s));
    QCOMPARE(l2.cache().expiry(7), at(102s));
    cache.fill(8, 80, at(0s), -2s);
    QCOMPARE(cache.l1().expiry(8), at(8s));
  }

  void restartEmptiesL1Only() {
    Shared l2({.capacity = 100});
    Cache cache({.l1 = {.capacity = 10}}, l2);
    cache.fill(7, 70, at(0s), 1s);  // A spread on a time without end stays without end.
    QCOMPARE(l2.cache().expiry(7), ringside::kNever);
    cache.restart();
    QCOMPARE(cache.get(7, at(1s)).level, Level::L2);
  }
};

}  // namespace

QTEST_GUILESS_MAIN(TestMultiLevel)
#include "tst_multi_level.moc"
