// Balancers and gateways: capacity, bounded queues, and what a dead gateway does.
#include <QTest>

#include <numeric>

#include "engine/runtime/virtual_runtime.h"
#include "engine/systems/gateway_tier.h"

using namespace ringside;
using namespace ringside::systems;
using namespace std::chrono_literals;
using Fate = GatewayTier::Fate;

namespace {

class Tier {
 public:
  explicit Tier(GatewayConfig figures) : config(figures), tier(runtime, config) {}
  ~Tier() { runtime.shutDown(); }

  // `rate` requests a second, evenly, for so long.
  void offer(double rate, Duration time) {
    runtime.spawn(offering(rate, runtime.now() + time), runtime.actor("clients"));
    runtime.advance(runtime.now() + time, ~std::uint64_t{0});
  }
  std::vector<std::uint64_t> offered() const {
    std::vector<std::uint64_t> all;
    for (std::size_t i = 0; i < tier.size(); ++i) all.push_back(tier.node(i).offered);
    return all;
  }

  GatewayConfig config;
  VirtualRuntime runtime{1};
  GatewayTier tier;
  std::uint64_t passed = 0;
  std::uint64_t dead = 0;
  std::uint64_t overloaded = 0;

 private:
  Task<> offering(double rate, Instant end) {
    const Instant start = runtime.now();
    for (std::uint64_t i = 1;; ++i) {
      const Instant at = start + fromSeconds(static_cast<double>(i) / rate);
      if (at > end) co_return;
      co_await sleepUntil(runtime, at);
      runtime.spawn(one(), runtime.actor("clients"));
    }
  }
  Task<> one() {
    const GatewayTier::Offer offer = tier.offer();
    Fate fate = offer.passage.fate;
    if (fate == Fate::Passed) {
      co_await sleepUntil(runtime, offer.finish);
      fate = tier.arrive(offer);
    }
    ++(fate == Fate::Passed ? passed : fate == Fate::Dead ? dead : overloaded);
  }
};

GatewayConfig figures() {
  GatewayConfig config;
  config.gatewayCapacity = 2200;
  return config;
}

}  // namespace

class TestGatewayTier : public QObject {
  Q_OBJECT

 private slots:
  void sharesTheTrafficAlike();
  void giveTheOthersAQuarterMoreWhenOneOfFiveDies();
  void buildsABacklogAtTheRateBeyondCapacity();
  void refusesBeyondItsBoundedQueue();
  void goesOnPickingADeadGatewayUntilTheHealthCheck();
  void losesTheQueueOfADeadGateway();
  void keepsItsMindAboutAGatewayThatCameBackAtOnce();
  void tellsWhenNoGatewayIsLeft();
  void picksTheGatewayWithFewerRequests();
};

void TestGatewayTier::sharesTheTrafficAlike() {
  Tier t(figures());
  t.offer(10'000, 1s);
  for (const std::uint64_t each : t.offered()) QCOMPARE(each, 2000U);
  QCOMPARE(t.tier.totalBacklog(), 5U);  // The last one at each, being worked on.
}

void TestGatewayTier::giveTheOthersAQuarterMoreWhenOneOfFiveDies() {
  Tier t(figures());
  t.tier.kill(0);
  t.offer(10'000, 10ms);  // The health check passes.
  const auto before = t.offered();
  t.offer(10'000, 1s);
  const auto after = t.offered();
  QCOMPARE(after[0] - before[0], 0U);
  for (std::size_t i = 1; i < 5; ++i) QVERIFY(after[i] - before[i] - 2500 + 1 <= 2);
  QCOMPARE(t.tier.upCount(), 4U);
}

void TestGatewayTier::buildsABacklogAtTheRateBeyondCapacity() {
  Tier t(figures());
  t.tier.kill(0);
  t.offer(10'000, 10ms);
  const std::size_t before = t.tier.totalBacklog();
  t.offer(10'000, 2s);
  const auto grown = static_cast<double>(t.tier.totalBacklog() - before);
  QVERIFY2(std::abs(grown - 2 * 1200) < 12, qPrintable(QString::number(grown)));
}

void TestGatewayTier::refusesBeyondItsBoundedQueue() {
  GatewayConfig config = figures();
  config.gateways = 1;
  config.gatewayQueue = 100;
  Tier t(config);
  t.offer(10'000, 1s);
  QCOMPARE(t.tier.backlog(0), 100U);
  QVERIFY(std::abs(static_cast<double>(t.overloaded) - (10'000 - 2200 - 100)) <= 2);
  QCOMPARE(t.tier.node(0).refused, t.overloaded);
}

void TestGatewayTier::goesOnPickingADeadGatewayUntilTheHealthCheck() {
  Tier t(figures());
  t.tier.kill(0);
  t.offer(10'000, 10ms);  // A hundred, of which it gets a fifth.
  QVERIFY(t.dead >= 19 && t.dead <= 20);
  const std::uint64_t before = t.dead;
  t.offer(10'000, 100ms);
  QCOMPARE(t.dead, before);
  t.tier.restore(0);
  t.offer(10'000, 10ms);
  const auto early = t.offered()[0];
  t.offer(10'000, 100ms);
  QVERIFY(t.offered()[0] >= early + 199);
  QCOMPARE(t.dead, before);
}

void TestGatewayTier::losesTheQueueOfADeadGateway() {
  GatewayConfig config = figures();
  config.gateways = 1;
  Tier t(config);
  t.offer(4400, 100ms);  // Twice what it can do.
  const std::uint64_t waiting = t.tier.backlog(0);
  const std::uint64_t passed = t.passed;
  QVERIFY(waiting > 200);
  t.tier.kill(0);
  t.tier.restore(0);
  QCOMPARE(t.tier.backlog(0), 0U);
  t.runtime.advance(t.runtime.now() + 1s, ~std::uint64_t{0});
  QCOMPARE(t.passed, passed);
  QCOMPARE(t.dead, waiting);
  QCOMPARE(t.tier.node(0).lost, waiting);
}

void TestGatewayTier::keepsItsMindAboutAGatewayThatCameBackAtOnce() {
  Tier t(figures());
  t.tier.kill(0);
  t.offer(1000, 5ms);
  t.tier.restore(0);
  t.offer(1000, 5ms);
  t.tier.kill(0);
  t.offer(1000, 20ms);
  const auto before = t.offered()[0];
  t.offer(1000, 1s);
  QCOMPARE(t.offered()[0], before);
}

void TestGatewayTier::tellsWhenNoGatewayIsLeft() {
  Tier t(figures());
  for (std::uint32_t i = 0; i < 5; ++i) t.tier.kill(i);
  t.offer(1000, 100ms);
  QCOMPARE(t.passed, 0U);
  QCOMPARE(t.dead, 100U);
  QCOMPARE(t.tier.upCount(), 0U);
}

void TestGatewayTier::picksTheGatewayWithFewerRequests() {
  GatewayConfig config = figures();
  config.balancing = Balancing::LeastRequest;
  Tier t(config);
  t.offer(10'500, 1s);
  const auto all = t.offered();
  QCOMPARE(std::accumulate(all.begin(), all.end(), std::uint64_t{0}), 10'500U);
  QCOMPARE(t.overloaded + t.dead, 0U);
  for (const std::uint64_t each : all) QVERIFY(each > 1700 && each < 2500);
}

QTEST_GUILESS_MAIN(TestGatewayTier)
#include "tst_gateway_tier.moc"
