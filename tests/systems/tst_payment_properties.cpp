// The corrected payment gateway keeps its promises whatever is killed, slowed or lost.
#include <QTest>

#include <algorithm>

#include "tests/systems/gateway_bench.h"

using namespace ringside;
using namespace ringside::systems;
using namespace std::chrono_literals;

namespace {

constexpr Duration kTrouble = 1s;  // Faults come and go for so long; then all is mended.

// Breaks and mends things at random until kTrouble has passed, and then mends everything.
class Vandal {
 public:
  Vandal(GatewayBench& bench, std::uint64_t seed) : bench_(bench), rng_(seed) {}

  Task<> work() {
    for (Instant now{}; now < Instant(kTrouble); now = bench_.runtime.now()) {
      co_await sleepFor(bench_.runtime,
                        Duration(static_cast<std::int64_t>(rng_.uniform01() * 4e7)));
      strike();
    }
    mendAll();
  }

 private:
  std::uint32_t pick(std::size_t size) {
    return static_cast<std::uint32_t>(rng_.uniform01() * static_cast<double>(size));
  }

  void strike() {
    PaymentGateway& system = *bench_.system;
    const bool on = rng_.chance(0.5);
    switch (pick(9)) {
      case 0:
      case 1: {
        const std::uint32_t shard = pick(system.shards().size());
        return on ? system.shards().kill(shard) : system.shards().restore(shard);
      }
      case 2: {
        const std::uint32_t gateway = pick(system.gateways().size());
        return on ? system.gateways().kill(gateway) : system.gateways().restore(gateway);
      }
      case 3:
        return system.bank(static_cast<Method>(pick(kMethods))).setDown(on);
      case 4:
        return system.bank(static_cast<Method>(pick(kMethods)))
            .setSlowdown(on ? 1 + 60 * rng_.uniform01() : 1);
      case 5:
        return on ? system.caches().killShared() : system.caches().restoreShared();
      case 6:
        return system.notifier().setLogDown(on);
      case 7:
        system.shards().node(pick(system.shards().size())).slowdown = on ? 20 : 1;
        return;
      default:
        bench_.config.packetLoss = on ? 0.3 * rng_.uniform01() : 0;
    }
  }

  void mendAll() {
    PaymentGateway& system = *bench_.system;
    for (std::uint32_t i = 0; i < system.shards().size(); ++i) {
      system.shards().restore(i);
      system.shards().node(i).slowdown = 1;
    }
    for (std::uint32_t i = 0; i < system.gateways().size(); ++i) system.gateways().restore(i);
    for (std::size_t i = 0; i < kMethods; ++i) {
      system.bank(static_cast<Method>(i)).setDown(false);
      system.bank(static_cast<Method>(i)).setSlowdown(1);
    }
    if (!system.caches().sharedUp()) system.caches().restoreShared();
    system.notifier().setLogDown(false);
    bench_.config.packetLoss = 0;
    bench_.config.bankReplyLost = 0;
    bench_.config.commitFailure = 0;
  }

  GatewayBench& bench_;
  Rng rng_;
};

// Payers who repeat, reuse ids and pay by every method.
class Payers {
 public:
  Payers(GatewayBench& bench, std::uint64_t seed) : bench_(bench), rng_(seed) {}

  Task<> work() {
    for (std::uint64_t key = 1; bench_.runtime.now() < Instant(kTrouble); ++key) {
      co_await sleepFor(bench_.runtime,
                        Duration(static_cast<std::int64_t>(rng_.uniform01() * 4e6)));
      PaymentRequest request =
          bench_.request(key, key % GatewayBench::kMerchants,
                         100 + static_cast<std::int64_t>(rng_.uniform01() * 1e5));
      request.method = static_cast<Method>(key % kMethods);
      if (rng_.chance(0.3)) {
        bench_.submitTwice(request, Duration(static_cast<std::int64_t>(rng_.uniform01() * 6e8)));
      } else {
        bench_.submit(request);
      }
      if (rng_.chance(0.05)) {  // Another wish under the same id.
        PaymentRequest other = bench_.request(key, request.merchant, request.amount + 7);
        other.method = request.method;
        bench_.submit(other);
      }
    }
  }

 private:
  GatewayBench& bench_;
  Rng rng_;
};

GatewayConfig troubled(std::uint64_t seed) {
  Rng rng = Rng::forStream(seed, "configuration");
  GatewayConfig config = GatewayBench::small();
  config.shape = static_cast<DelayShape>(seed % 3);
  config.shards = 3 + static_cast<std::uint32_t>(seed % 6);
  config.replicas = 1 + static_cast<std::uint32_t>(seed % 3);
  config.pool = rng.chance(0.5) ? 800 : 40;
  config.poolTimeout = rng.chance(0.5) ? 1s : Duration(20ms);
  config.bankTimeout = rng.chance(0.5) ? 2s : Duration(60ms);
  config.bankReplyLost = 0.2 * rng.uniform01();
  config.bankError = 0.1;
  config.bankAvailability = 0.95;
  config.commitFailure = 0.2 * rng.uniform01();
  config.crashAfterCommit = 0.05;
  config.retention = 60s;
  config.balancing = static_cast<Balancing>(seed % 2);
  config.breakerFailures = rng.chance(0.5) ? 5 : 100;
  return config;
}

}  // namespace

class TestPaymentProperties : public QObject {
  Q_OBJECT

 private slots:
  void correctedNeverChargesTwiceAndLosesNothing_data();
  void correctedNeverChargesTwiceAndLosesNothing();
  void anyDesignGivesEveryRequestOneOutcome_data();
  void anyDesignGivesEveryRequestOneOutcome();
};

void TestPaymentProperties::correctedNeverChargesTwiceAndLosesNothing_data() {
  QTest::addColumn<quint64>("seed");
  for (quint64 seed = 1; seed <= 60; ++seed) QTest::addRow("seed %llu", seed) << seed;
}

void TestPaymentProperties::correctedNeverChargesTwiceAndLosesNothing() {
  QFETCH(quint64, seed);
  GatewayBench bench(troubled(seed), seed);
  Vandal vandal(bench, seed);
  Payers payers(bench, seed + 1000);
  bench.runtime.spawn(vandal.work(), bench.runtime.actor("vandal"));
  bench.runtime.spawn(payers.work(), bench.runtime.actor("payers"));
  for (int slice = 0; slice < 100; ++slice) {
    bench.runFor(20ms);
    QCOMPARE(bench.totals().chargedTwice, 0U);
    QCOMPARE(bench.totals().endedTwice, 0U);
    QCOMPARE(bench.system->auditor().unaccounted(), 0);
    QCOMPARE(bench.totals().requests - bench.totals().ended, bench.system->inFlight());
  }
  bench.runFor(60s);
  const Auditor::Totals& totals = bench.totals();
  QVERIFY(totals.requests > 300);
  QCOMPARE(totals.requests, totals.ended);
  QCOMPARE(bench.ended.size(), totals.requests);
  QCOMPARE(bench.system->inFlight(), 0U);
  QCOMPARE(bench.system->service().reconciling(), 0U);
  QCOMPARE(bench.system->auditor().openIntents(), 0U);
  QCOMPARE(totals.settled, totals.intents);
  QCOMPARE(totals.chargedTwice, 0U);
  QCOMPARE(totals.charged, totals.recorded);
  QCOMPARE(bench.system->auditor().inDoubt(), 0);
  QCOMPARE(totals.paidNotRecorded, 0U);
  QCOMPARE(totals.recordedNotPaid, 0U);
  QCOMPARE(totals.reportedFailedButPaid, 0U);
  QCOMPARE(totals.lostPostings, 0U);
  QCOMPARE(totals.eventsLost, 0U);
  QCOMPARE(totals.wrongReplays, 0U);
  QCOMPARE(bench.system->shards().balanceSum(), 0);
  QCOMPARE(bench.system->shards().balance(kMethods), totals.recorded);
  QCOMPARE(bench.system->shards().connectionsInUse(), 0U);
}

void TestPaymentProperties::anyDesignGivesEveryRequestOneOutcome_data() {
  QTest::addColumn<quint64>("seed");
  for (quint64 seed = 1; seed <= 48; ++seed) QTest::addRow("seed %llu", seed) << seed;
}

void TestPaymentProperties::anyDesignGivesEveryRequestOneOutcome() {
  QFETCH(quint64, seed);
  GatewayConfig config = troubled(seed * 7);
  config.scope = static_cast<TransactionScope>(seed % 2);
  config.idempotency = static_cast<Idempotency>(seed / 2 % 2);
  config.consistency = static_cast<Consistency>(seed / 4 % 2);
  config.unknownPolicy = static_cast<UnknownPolicy>(seed / 8 % 2);
  config.outbox = seed / 16 % 2 == 0;
  config.singleFlight = seed % 3 != 0;
  GatewayBench bench(config, seed);
  Vandal vandal(bench, seed);
  Payers payers(bench, seed + 1000);
  bench.runtime.spawn(vandal.work(), bench.runtime.actor("vandal"));
  bench.runtime.spawn(payers.work(), bench.runtime.actor("payers"));
  bench.runFor(60s);
  const Auditor::Totals& totals = bench.totals();
  QCOMPARE(totals.requests, totals.ended);
  QCOMPARE(totals.endedTwice, 0U);
  QCOMPARE(bench.system->inFlight(), 0U);
  QCOMPARE(totals.settled, totals.intents);
  QCOMPARE(bench.system->auditor().inDoubt(), 0);
  QCOMPARE(bench.system->shards().balanceSum(), 0);
  QCOMPARE(bench.system->shards().connectionsInUse(), 0U);
  std::uint64_t byOutcome = 0;
  for (const std::uint64_t count : totals.outcomes) byOutcome += count;
  QCOMPARE(byOutcome, totals.ended);
  // A key at the bank charges once, whatever else is wrong.
  if (config.idempotency == Idempotency::KeyedRow) QCOMPARE(totals.chargedTwice, 0U);
}

QTEST_GUILESS_MAIN(TestPaymentProperties)
#include "tst_payment_properties.moc"
