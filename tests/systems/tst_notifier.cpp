// Notification: with the outbox every committed payment is told of, whatever fails.
#include <QTest>

#include "tests/systems/gateway_bench.h"

using namespace ringside;
using namespace ringside::systems;
using namespace std::chrono_literals;

class TestNotifier : public QObject {
  Q_OBJECT

 private slots:
  void tellsOfEveryApprovedPaymentOnce_data();
  void tellsOfEveryApprovedPaymentOnce();
  void losesNothingOverAnOutageOfTheLog();
  void losesNothingWhenProcessesDieAfterTheCommit();
  void countsWhatDiesWithAProcessWithoutAnOutbox();
  void worksOffABacklogLargerThanItsBuffer();
};

void TestNotifier::tellsOfEveryApprovedPaymentOnce_data() {
  QTest::addColumn<bool>("outbox");
  QTest::addRow("outbox") << true;
  QTest::addRow("direct") << false;
}

void TestNotifier::tellsOfEveryApprovedPaymentOnce() {
  QFETCH(bool, outbox);
  GatewayConfig config = GatewayBench::small();
  config.outbox = outbox;
  config.bankError = 0.3;
  GatewayBench b(config);
  for (std::uint64_t key = 1; key <= 300; ++key) b.submit(b.request(key, key % 50));
  b.runFor(1s);
  QVERIFY(b.count(Outcome::Approved) > 150);
  QVERIFY(b.count(Outcome::Declined) > 50);
  QCOMPARE(b.system->notifier().consumedTotal(), b.count(Outcome::Approved));
  QCOMPARE(b.system->notifier().log().counts().appended, b.count(Outcome::Approved));
}

void TestNotifier::losesNothingOverAnOutageOfTheLog() {
  GatewayBench b;
  for (std::uint64_t key = 1; key <= 200; ++key) b.submit(b.request(key, key % 50));
  b.runFor(50ms);
  b.system->notifier().setLogDown(true);
  b.runFor(2s);
  QCOMPARE(b.count(Outcome::Approved), 200U);
  QCOMPARE(b.system->notifier().consumedTotal(), 0U);
  QCOMPARE(b.system->notifier().producer().buffered(), 200U);
  b.system->notifier().setLogDown(false);
  b.runFor(1s);
  QCOMPARE(b.system->notifier().consumedTotal(), 200U);
  QCOMPARE(b.totals().eventsLost, 0U);
  for (std::size_t i = 0; i < b.system->shards().size(); ++i) {
    QCOMPARE(b.system->shards().node(i).outbox.size(), 0U);
  }
}

void TestNotifier::losesNothingWhenProcessesDieAfterTheCommit() {
  GatewayConfig config = GatewayBench::small();
  config.crashAfterCommit = 0.3;
  GatewayBench b(config);
  for (std::uint64_t key = 1; key <= 300; ++key) b.submit(b.request(key, key % 50));
  b.runFor(1s);
  QVERIFY(b.count(Outcome::Unknown) > 50);
  QCOMPARE(b.count(Outcome::Unknown) + b.count(Outcome::Approved), 300U);
  QCOMPARE(b.system->notifier().consumedTotal(), 300U);
  QCOMPARE(b.totals().eventsLost, 0U);
}

void TestNotifier::countsWhatDiesWithAProcessWithoutAnOutbox() {
  GatewayConfig config = GatewayBench::small();
  config.crashAfterCommit = 0.3;
  config.outbox = false;
  GatewayBench b(config);
  for (std::uint64_t key = 1; key <= 300; ++key) b.submit(b.request(key, key % 50));
  b.runFor(1s);
  QVERIFY(b.count(Outcome::Unknown) > 50);
  QCOMPARE(b.totals().eventsLost, b.count(Outcome::Unknown));
  QCOMPARE(b.system->notifier().consumedTotal(), b.count(Outcome::Approved));
}

void TestNotifier::worksOffABacklogLargerThanItsBuffer() {
  GatewayBench b;
  Notifier& notifier = b.system->notifier();
  notifier.setLogDown(true);
  constexpr std::uint64_t kMany = 1'200'000;  // The buffer holds a million.
  for (std::uint64_t payment = 1; payment <= kMany; ++payment) {
    notifier.writeWithCommit(b.system->shards().node(payment % 2), payment);
  }
  b.runFor(50ms);
  QCOMPARE(notifier.producer().buffered(), 1'000'000U);
  notifier.setLogDown(false);
  b.runFor(1s);
  QCOMPARE(notifier.consumedTotal(), kMany);
  QCOMPARE(notifier.refused(), 0U);
  QCOMPARE(b.system->shards().node(0).outbox.size(), 0U);
  QCOMPARE(b.system->shards().node(1).outbox.size(), 0U);
}

QTEST_GUILESS_MAIN(TestNotifier)
#include "tst_notifier.moc"
