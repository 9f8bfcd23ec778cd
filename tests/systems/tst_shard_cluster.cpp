// The cluster of shards: what it loses, what it does not, and who serves what meanwhile.
#include <QTest>

#include <map>
#include <random>

#include "engine/runtime/virtual_runtime.h"
#include "engine/systems/shard_cluster.h"

using namespace ringside;
using namespace ringside::systems;
using namespace std::chrono_literals;
using storage::MemoryShard;
using storage::PaymentState;

namespace {

class Cluster {
 public:
  explicit Cluster(GatewayConfig figures, std::uint64_t seed = 1)
      : config(figures), runtime(seed), shards(runtime, config, auditor) {}
  ~Cluster() { runtime.shutDown(); }

  void runFor(Duration time) { runtime.advance(runtime.now() + time, ~std::uint64_t{0}); }

  ShardCluster::Node* serving(std::uint64_t merchant) {
    ShardCluster::Node* node = shards.home(merchant);
    return node != nullptr && node->up ? node : nullptr;
  }
  // One payment, begun and finished; false where nobody serves it.
  bool pay(std::uint64_t merchant, std::uint64_t key) {
    ShardCluster::Node* node = serving(merchant);
    if (node == nullptr) return false;
    const auto written = shards.insert(*node, {.key = {merchant, key}, .amount = 10});
    if (written.outcome != MemoryShard::Write::Done) return false;
    finish(*node, merchant, key);
    return true;
  }
  void finish(ShardCluster::Node& node, std::uint64_t merchant, std::uint64_t key) {
    shards.update(node, {merchant, key}, PaymentState::Pending, PaymentState::Succeeded,
                  storage::Posting{0, 3, 10});
  }
  [[nodiscard]] bool has(std::uint64_t merchant, std::uint64_t key) {
    ShardCluster::Node* node = serving(merchant);
    const auto* row = node == nullptr ? nullptr : node->table.find({merchant, key});
    return row != nullptr && row->state == PaymentState::Succeeded;
  }
  std::uint64_t merchantOf(std::uint32_t shard) {
    std::uint64_t merchant = 0;
    while (shards.home(merchant)->index != shard) ++merchant;
    return merchant;
  }

  GatewayConfig config;
  VirtualRuntime runtime;
  Auditor auditor;
  ShardCluster shards;
};

GatewayConfig figures(Consistency consistency, std::uint32_t replicas = 2) {
  GatewayConfig config;
  config.shards = 5;
  config.replicas = replicas;
  config.consistency = consistency;
  config.retention = 1h;
  return config;
}

}  // namespace

class TestShardCluster : public QObject {
  Q_OBJECT

 private slots:
  void strictLosesNothingWhateverDies_data();
  void strictLosesNothingWhateverDies();
  void eventualLosesExactlyTheUncopiedTail();
  void passesArcsOnAfterTheFailoverAndBackAgain();
  void catchesUpWithWhatWasWrittenMeanwhile();
  void staysDeadWhenKilledWhileComingBack();
  void keepsAFinishedRowWhenAnOldCopyComesLate();
  void erasesARolledBackRowEverywhere();
  void refusesWhatNoOwnNodeCanServeStrictly();
  void sharesOutEveryConnection();
  void voidsTransactionsFromBeforeADeath();
  void forgetsHintsWithTheRowsTheyTellOf();
};

void TestShardCluster::strictLosesNothingWhateverDies_data() {
  QTest::addColumn<int>("seed");
  for (int seed = 1; seed <= 40; ++seed) QTest::addRow("seed %d", seed) << seed;
}

void TestShardCluster::strictLosesNothingWhateverDies() {
  QFETCH(int, seed);
  std::mt19937 engine(static_cast<std::uint32_t>(seed));
  const auto random = [&engine] { return static_cast<std::uint32_t>(engine()); };
  Cluster c(figures(Consistency::Strict, 1 + random() % 3));
  std::vector<std::pair<std::uint64_t, std::uint64_t>> paid;
  for (std::uint64_t key = 0; key < 2000; ++key) {
    const std::uint64_t merchant = random() % 40;
    if (c.pay(merchant, key)) paid.emplace_back(merchant, key);
    if (random() % 20 == 0) c.shards.kill(random() % 5);
    if (random() % 15 == 0) c.shards.restore(random() % 5);
    c.runFor(Duration(random() % 8'000'000));
    if (paid.empty()) continue;
    // What is served at all is served with all that was ever acknowledged.
    const auto& [who, what] = paid[random() % paid.size()];
    if (c.serving(who) != nullptr) QVERIFY(c.has(who, what));
  }
  for (std::uint32_t i = 0; i < 5; ++i) c.shards.restore(i);
  c.runFor(1s);
  QVERIFY(paid.size() > 400);
  for (const auto& [merchant, key] : paid) QVERIFY(c.has(merchant, key));
  QCOMPARE(c.auditor.totals().lostPostings, 0U);
  QCOMPARE(c.shards.balanceSum(), 0);
  QCOMPARE(c.shards.balance(3), static_cast<std::int64_t>(paid.size()) * 10);
}

void TestShardCluster::eventualLosesExactlyTheUncopiedTail() {
  for (const std::uint32_t tail : {0U, 1U, 7U}) {
    Cluster c(figures(Consistency::Eventual));
    const std::uint64_t merchant = c.merchantOf(2);
    for (std::uint64_t key = 0; key < 20; ++key) QVERIFY(c.pay(merchant, key));
    c.runFor(5ms);  // Exactly the lag: these are due.
    for (std::uint64_t key = 20; key < 20 + tail; ++key) QVERIFY(c.pay(merchant, key));
    c.runFor(5ms - 1ns);
    c.shards.kill(2);
    QCOMPARE(c.auditor.totals().lostPostings, tail);
    c.runFor(50ms);
    for (std::uint64_t key = 0; key < 20 + tail; ++key) QCOMPARE(c.has(merchant, key), key < 20);
    c.shards.restore(2);
    c.runFor(50ms);
    for (std::uint64_t key = 0; key < 20 + tail; ++key) QCOMPARE(c.has(merchant, key), key < 20);
    QCOMPARE(c.auditor.totals().lostPostings, tail);
  }
}

void TestShardCluster::passesArcsOnAfterTheFailoverAndBackAgain() {
  Cluster c(figures(Consistency::Strict));
  std::map<std::uint64_t, std::uint32_t> before;
  for (std::uint64_t m = 0; m < 1000; ++m) before[m] = c.shards.home(m)->index;
  const double share = c.shards.ring().share(2);
  c.shards.kill(2);
  c.runFor(50ms - 1ns);
  QCOMPARE(c.shards.home(c.merchantOf(2))->index, 2U);
  c.runFor(1ns);
  QCOMPARE(c.shards.movedShare(), share);
  for (std::uint64_t m = 0; m < 1000; ++m) {
    const std::uint32_t now = c.shards.home(m)->index;
    QCOMPARE(now != before[m], before[m] == 2);
  }
  c.shards.restore(2);
  c.runFor(50ms);
  for (std::uint64_t m = 0; m < 1000; ++m) QCOMPARE(c.shards.home(m)->index, before[m]);
  QCOMPARE(c.shards.ringVersion(), 3U);
}

void TestShardCluster::catchesUpWithWhatWasWrittenMeanwhile() {
  for (const Consistency consistency : {Consistency::Strict, Consistency::Eventual}) {
    Cluster c(figures(consistency));
    const std::uint64_t merchant = c.merchantOf(1);
    auto* first = c.serving(merchant);
    c.shards.insert(*first, {.key = {merchant, 1}, .amount = 10});
    c.runFor(10ms);
    c.shards.kill(1);
    c.runFor(100ms);
    QVERIFY(c.serving(merchant) != first);
    c.finish(*c.serving(merchant), merchant, 1);
    QVERIFY(c.pay(merchant, 2));
    c.shards.restore(1);
    c.runFor(50ms);
    QCOMPARE(c.serving(merchant), first);
    QVERIFY(c.has(merchant, 1));
    QVERIFY(c.has(merchant, 2));
  }
}

void TestShardCluster::staysDeadWhenKilledWhileComingBack() {
  Cluster c(figures(Consistency::Strict));
  c.shards.kill(1);
  c.runFor(60ms);
  c.shards.restore(1);
  c.runFor(20ms);
  c.shards.kill(1);
  c.runFor(10s);
  QVERIFY(!c.shards.node(1).up);
  QVERIFY(!c.shards.ring().isUp(1));
  c.shards.restore(1);
  c.shards.restore(1);
  c.runFor(50ms);
  QVERIFY(c.shards.node(1).up);
  QVERIFY(c.shards.ring().isUp(1));
}

void TestShardCluster::keepsAFinishedRowWhenAnOldCopyComesLate() {
  Cluster c(figures(Consistency::Eventual));
  const std::uint64_t merchant = c.merchantOf(0);
  auto* node = c.serving(merchant);
  c.shards.insert(*node, {.key = {merchant, 1}, .amount = 10});
  c.config.consistency = Consistency::Strict;
  c.finish(*node, merchant, 1);
  c.runFor(10ms);
  c.shards.kill(0);  // What was queued is copied first.
  c.runFor(60ms);
  QVERIFY(c.has(merchant, 1));
}

void TestShardCluster::erasesARolledBackRowEverywhere() {
  for (const bool died : {false, true}) {
    Cluster c(figures(died ? Consistency::Strict : Consistency::Eventual));
    const std::uint64_t merchant = c.merchantOf(0);
    auto* node = c.serving(merchant);
    c.shards.insert(*node, {.key = {merchant, 1}, .amount = 10});
    if (died) c.shards.kill(0);
    c.shards.erase(*node, {merchant, 1});
    c.runFor(100ms);
    QVERIFY(c.pay(merchant, 2));  // Copies what is due.
    c.runFor(100ms);
    if (died) c.shards.restore(0);
    c.runFor(100ms);
    for (std::uint32_t i = 0; i < 5; ++i) {
      QVERIFY(c.shards.node(i).table.find({merchant, 1}) == nullptr);
    }
  }
}

void TestShardCluster::refusesWhatNoOwnNodeCanServeStrictly() {
  for (const Consistency consistency : {Consistency::Strict, Consistency::Eventual}) {
    Cluster c(figures(consistency));
    const std::uint64_t merchant = c.merchantOf(0);
    c.shards.kill(0);
    c.runFor(50ms);
    const std::uint32_t second = c.serving(merchant)->index;
    c.shards.kill(second);
    c.runFor(50ms);
    QCOMPARE(c.serving(merchant) != nullptr, consistency == Consistency::Eventual);
    c.shards.restore(second);
    c.runFor(50ms);
    QCOMPARE(c.serving(merchant)->index, second);
  }
}

void TestShardCluster::sharesOutEveryConnection() {
  GatewayConfig config = figures(Consistency::Strict);
  config.shards = 8;
  config.pool = 60;
  Cluster c(config);
  const auto total = [&c] {
    std::uint32_t sum = 0;
    for (std::uint32_t i = 0; i < 8; ++i) sum += c.shards.node(i).pool.pool().capacity();
    return sum;
  };
  QCOMPARE(total(), 60U);
  c.config.pool = 83;
  c.shards.applyPoolSize();
  QCOMPARE(total(), 83U);
  c.config.pool = 3;  // A node without any would serve nobody.
  c.shards.applyPoolSize();
  QCOMPARE(total(), 8U);
}

void TestShardCluster::voidsTransactionsFromBeforeADeath() {
  Cluster c(figures(Consistency::Strict));
  const std::uint64_t merchant = c.merchantOf(3);
  auto* node = c.serving(merchant);
  const std::uint32_t epoch = node->epoch;
  QVERIFY(c.shards.serves(*node, epoch, merchant));
  c.shards.kill(3);
  QVERIFY(!c.shards.serves(*node, epoch, merchant));
  c.shards.restore(3);
  c.runFor(100ms);
  QVERIFY(!c.shards.serves(*node, epoch, merchant));
  QVERIFY(c.shards.serves(*node, node->epoch, merchant));
}

void TestShardCluster::forgetsHintsWithTheRowsTheyTellOf() {
  GatewayConfig config = figures(Consistency::Strict);
  config.retention = 100ms;
  Cluster c(config);
  c.shards.kill(1);
  c.runFor(60ms);
  std::size_t most = 0;
  for (std::uint64_t key = 0; key < 200'000; ++key) {
    c.pay(key % 40, key);
    if (key % 100 == 0) c.runFor(1ms);
    if (key == 50'000) most = c.shards.bytes();
  }
  QVERIFY2(c.shards.bytes() <= 2 * most, qPrintable(QString::number(c.shards.bytes())));
}

QTEST_GUILESS_MAIN(TestShardCluster)
#include "tst_shard_cluster.moc"
