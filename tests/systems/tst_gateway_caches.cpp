// Profiles and results at hand: shared loads, a shared cache that dies, and what failed to load.
#include <QTest>

#include "tests/systems/gateway_bench.h"

using namespace ringside;
using namespace ringside::systems;
using namespace std::chrono_literals;

class TestGatewayCaches : public QObject {
  Q_OBJECT

 private slots:
  void startsWithASharedCacheThatIsWarm();
  void loadsOnceForAllWhoWantTheSame_data();
  void loadsOnceForAllWhoWantTheSame();
  void keepsNoProfileThatDidNotLoad();
  void losesEverythingSharedWhenTheSharedCacheDies();
  void answersFromTheResultUntilItExpires();
};

void TestGatewayCaches::startsWithASharedCacheThatIsWarm() {
  GatewayBench b;
  GatewayCaches& caches = b.system->caches();
  QVERIFY(caches.findProfile(0, 7));
  QCOMPARE(caches.local(0).l1().stats().misses, 1U);
  QVERIFY(caches.findProfile(0, 7));
  QCOMPARE(caches.local(0).l1().stats().hits, 1U);
  QVERIFY(!caches.findProfile(0, GatewayBench::kMerchants));
}

void TestGatewayCaches::loadsOnceForAllWhoWantTheSame_data() {
  QTest::addColumn<bool>("shared");
  QTest::addRow("single flight") << true;
  QTest::addRow("each for itself") << false;
}

void TestGatewayCaches::loadsOnceForAllWhoWantTheSame() {
  QFETCH(bool, shared);
  GatewayConfig config = GatewayBench::small();
  config.singleFlight = shared;
  GatewayBench b(config);
  b.system->caches().killShared();
  for (std::uint64_t key = 1; key <= 20; ++key) b.submit(b.request(key));
  b.runFor(20ms);  // 8 ms and a bit until the look-up; the load takes 20.
  QCOMPARE(b.system->shards().connectionsInUse(), shared ? 1U : 20U);
  b.runFor(1s);
  QCOMPARE(b.count(Outcome::Approved), 20U);
  QCOMPARE(b.system->caches().flights().counts().led, shared ? 1U : 0U);
  QCOMPARE(b.system->caches().flights().counts().followed, shared ? 19U : 0U);
  QCOMPARE(b.system->caches().flights().openKeys(), 0U);
}

void TestGatewayCaches::keepsNoProfileThatDidNotLoad() {
  GatewayBench b;
  b.system->caches().killShared();
  const std::uint32_t home = b.system->shards().home(1)->index;
  b.system->shards().kill(home);
  b.submit(b.request(1));
  b.submit(b.request(2));
  b.runFor(40ms);
  QCOMPARE(b.count(Outcome::Unavailable), 2U);
  for (std::uint32_t gateway = 0; gateway < 5; ++gateway) {
    QVERIFY(!b.system->caches().findProfile(gateway, 1));
  }
}

void TestGatewayCaches::losesEverythingSharedWhenTheSharedCacheDies() {
  GatewayBench b;
  GatewayCaches& caches = b.system->caches();
  caches.storeResult(1, {.fingerprint = 5, .outcome = Outcome::Approved});
  QVERIFY(caches.findResult(1).has_value());
  caches.killShared();
  QVERIFY(!caches.sharedUp());
  QVERIFY(!caches.findResult(1).has_value());
  caches.storeResult(2, {.fingerprint = 5, .outcome = Outcome::Approved});
  caches.restoreShared();
  QVERIFY(!caches.findResult(1).has_value());
  QVERIFY(!caches.findResult(2).has_value());
  QVERIFY(!caches.findProfile(0, 3));
}

void TestGatewayCaches::answersFromTheResultUntilItExpires() {
  GatewayConfig config = GatewayBench::small();
  config.l2Ttl = 100ms;
  GatewayBench b(config);
  GatewayCaches& caches = b.system->caches();
  caches.storeResult(1, {.fingerprint = 5, .outcome = Outcome::Approved});
  b.runFor(100ms - 1ns);
  QVERIFY(caches.findResult(1).has_value());
  QCOMPARE(caches.findResult(1)->fingerprint, 5U);
  b.runFor(1ns);
  QVERIFY(!caches.findResult(1).has_value());
}

QTEST_GUILESS_MAIN(TestGatewayCaches)
#include "tst_gateway_caches.moc"
