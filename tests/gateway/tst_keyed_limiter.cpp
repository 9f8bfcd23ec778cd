// KeyedLimiter against one Gcra per key, and what it does when it is full.
#include <QtTest>

#include <map>

#include "engine/gateway/keyed_limiter.h"
#include "tests/gateway/steps.h"

namespace ringside::gateway {

using test::at;
using test::Steps;

class TestKeyedLimiter : public QObject {
  Q_OBJECT

 private slots:
  void limitsEachKeyAsAGcraOfItsOwn_data();
  void limitsEachKeyAsAGcraOfItsOwn();
  void staysSmallWhileKeysComeAndGo();
  void forgetsAKeyOnlyOnceItsInstantHasPassed();
  void refusesANewKeyWhenFullAndSaysWhenToReturn();
  void staysQuickWhileNearlyFull();
  void admitsANewKeyWhenFullIfToldTo();
  void peeksAndRefusalsTakeNoSlot();
  void readsAClockThatGoesBackAsStandingStill();
};

void TestKeyedLimiter::limitsEachKeyAsAGcraOfItsOwn_data() {
  QTest::addColumn<qint64>("keys");
  QTest::newRow("few keys, often") << qint64{20};
  QTest::newRow("many keys, seldom") << qint64{5000};
}

void TestKeyedLimiter::limitsEachKeyAsAGcraOfItsOwn() {
  QFETCH(qint64, keys);
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    Steps steps(seed);
    const Quota quota{.tokens = 3, .period = Duration(1000), .burst = steps.between(1, 5)};
    KeyedLimiter keyed({.quota = quota});
    std::map<std::uint64_t, Gcra> model;
    Instant now{};
    for (int i = 0; i < 20'000; ++i) {
      now += Duration(steps.between(0, 20));
      const auto key = static_cast<std::uint64_t>(steps.between(0, keys));
      const std::int64_t cost = steps.oneIn(5) ? steps.between(0, quota.burst) : 1;
      const Decision expected = model.try_emplace(key, quota).first->second.take(now, cost);
      const Decision decision = keyed.take(key, now, cost);
      QCOMPARE(decision.admitted, expected.admitted);
      QCOMPARE(decision.retryAfter, expected.retryAfter);
      QCOMPARE(decision.remaining, expected.remaining);
      QCOMPARE(decision.resetAfter, expected.resetAfter);
    }
  }
}

void TestKeyedLimiter::staysSmallWhileKeysComeAndGo() {
  KeyedLimiter keyed({.quota = {.tokens = 1, .period = Duration(100), .burst = 1}});
  // A million keys, each seen once; at any moment about a hundred are not idle.
  for (std::int64_t i = 0; i < 1'000'000; ++i) {
    QVERIFY(keyed.take(static_cast<std::uint64_t>(i), at(i)));
  }
  QVERIFY(keyed.bytes() <= 1024 * 24);
  QCOMPARE(keyed.untracked(), 0u);
}

// Newcomers crowd the table, first while the residents are limited and then after.
void TestKeyedLimiter::forgetsAKeyOnlyOnceItsInstantHasPassed() {
  for (const std::int64_t when : {9, 11}) {
    KeyedLimiter keyed({.quota = {.tokens = 1, .period = Duration(10), .burst = 1}});
    for (std::uint64_t key = 0; key < 30; ++key) QVERIFY(keyed.take(key, at(0)));
    for (std::uint64_t key = 100; key < 130; ++key) QVERIFY(keyed.take(key, at(when)));
    for (std::uint64_t key = 0; key < 30; ++key) {
      QCOMPARE(keyed.take(key, at(when)).admitted, when > 10);
    }
    QCOMPARE(keyed.slotsUsed(), std::size_t{60});
    QCOMPARE(keyed.untracked(), 0u);
  }
}

void TestKeyedLimiter::refusesANewKeyWhenFullAndSaysWhenToReturn() {
  KeyedLimiter keyed(
      {.quota = {.tokens = 1, .period = Duration(1000), .burst = 1}, .maxKeys = 1000});
  for (std::int64_t i = 0; i < 1000; ++i) {
    QVERIFY(keyed.take(static_cast<std::uint64_t>(i), at(i / 2)));
  }
  const Decision refused = keyed.take(5000, at(500));
  QVERIFY(!refused);
  QCOMPARE(keyed.untracked(), 1u);
  QCOMPARE(keyed.slotsUsed(), std::size_t{1000});
  // The eighth of a thousand keys to go idle is number 125, seen at 62: idle from 1062 on.
  QCOMPARE(refused.retryAfter, Duration(1063 - 500));
  QVERIFY(keyed.take(5000, at(1063)));
  QVERIFY(keyed.slotsUsed() < 1000);
  // Those that are not idle are still limited.
  QVERIFY(!keyed.take(999, at(1063)));
}

// A pass over the table for each newcomer would take minutes here: the table is always full.
void TestKeyedLimiter::staysQuickWhileNearlyFull() {
  constexpr std::int64_t kKeys = 20'000;
  KeyedLimiter keyed({.quota = {.tokens = 1, .period = Duration(kKeys), .burst = 1},
                      .maxKeys = static_cast<std::size_t>(kKeys)});
  std::int64_t refused = 0;
  for (std::int64_t i = 0; i < 10 * kKeys; ++i) {
    if (!keyed.take(static_cast<std::uint64_t>(i), at(i))) ++refused;
  }
  QVERIFY(keyed.slotsUsed() <= static_cast<std::size_t>(kKeys));
  QVERIFY(refused < 2 * kKeys);
}

void TestKeyedLimiter::admitsANewKeyWhenFullIfToldTo() {
  KeyedLimiter keyed({.quota = {.tokens = 1, .period = Duration(1000), .burst = 1},
                      .maxKeys = 2,
                      .whenFull = KeyedLimiter::WhenFull::Admit});
  QVERIFY(keyed.take(1, at(0)));
  QVERIFY(keyed.take(2, at(0)));
  QVERIFY(keyed.take(3, at(0)));
  QVERIFY(keyed.take(3, at(0)));
  QVERIFY(!keyed.take(1, at(0)));
  QCOMPARE(keyed.untracked(), 2u);
}

void TestKeyedLimiter::peeksAndRefusalsTakeNoSlot() {
  KeyedLimiter keyed({.quota = Quota::perSecond(1, 3)});
  QCOMPARE(keyed.take(1, at(0), 0).remaining, 3);
  QCOMPARE(keyed.take(2, at(0), 4).retryAfter, kNeverAdmitted);
  QCOMPARE(keyed.slotsUsed(), std::size_t{0});
}

void TestKeyedLimiter::readsAClockThatGoesBackAsStandingStill() {
  KeyedLimiter keyed({.quota = {.tokens = 1, .period = Duration(1000), .burst = 2}});
  std::int64_t admitted = 0;
  for (std::int64_t i = 0; i < 1000; ++i) {
    if (keyed.take(7, at(i % 2 == 0 ? 0 : 5000))) ++admitted;
    // Others crowd the table, so that idle entries are reclaimed.
    (void)keyed.take(static_cast<std::uint64_t>(1000 + i), at(5000));
  }
  QVERIFY(admitted <= 2 + 5);
}

}  // namespace ringside::gateway

QTEST_GUILESS_MAIN(ringside::gateway::TestKeyedLimiter)
#include "tst_keyed_limiter.moc"
