// The payment gateway as a whole: the time a payment takes, and every way in which it can end.
#include <QTest>

#include "tests/systems/gateway_bench.h"

using namespace ringside;
using namespace ringside::systems;
using namespace std::chrono_literals;

namespace {

// The common design, as its preset has it.
GatewayConfig common() {
  GatewayConfig config = GatewayBench::small();
  config.scope = TransactionScope::AcrossBank;
  config.idempotency = Idempotency::CacheById;
  config.unknownPolicy = UnknownPolicy::Fail;
  config.outbox = false;
  return config;
}

}  // namespace

class TestPaymentFlow : public QObject {
  Q_OBJECT

 private slots:
  void takesTheSumOfItsSteps_data();
  void takesTheSumOfItsSteps();
  void approvesAndRecordsOnce();
  void declinesWithTheBank();
  void replaysARepeatThatComesLater();
  void replaysFromTheRowWhenTheCacheIsGone();
  void refusesARepeatWhileTheFirstIsUnderWay();
  void refusesAReusedIdWithAnotherAmount();
  void chargesConcurrentRepeatsTwiceWhereOnlyTheCacheGuards();
  void limitsAMerchant();
  void opensTheBreakerOfADeadBankAlone();
  void shedsWhenThePoolsQueueIsFull();
  void isUnavailableWhileAShardIsDead();
  void saysUnknownAndReconcilesLater();
  void saysFailedOfWhatTheBankRefused();
  void callsAPaidPaymentFailedWhereTimeoutsCountAsFailures();
  void leavesMoneyWithoutARecordWhenTheCommitFails();
  void cannotFindOutWithoutAKey();
  void finishesWithoutAKeyWhatItsCommitDidNot();
  void holdsAConnectionAcrossTheBankOnlyInTheCommonDesign();
};

void TestPaymentFlow::takesTheSumOfItsSteps_data() {
  QTest::addColumn<bool>("across");
  QTest::addRow("split") << false;
  QTest::addRow("across the bank") << true;
}

void TestPaymentFlow::takesTheSumOfItsSteps() {
  QFETCH(bool, across);
  GatewayConfig config = across ? common() : GatewayBench::small();
  config.gatewayCapacity = 1e5;
  GatewayBench b(config);
  for (std::uint64_t key = 1; key <= 5; ++key) b.submit(b.request(key));  // One at each gateway.
  b.runFor(1s);
  QCOMPARE(b.ended.size(), 5U);
  for (const auto& each : b.ended) {
    QVERIFY(each.outcome == Outcome::Approved);
    QCOMPARE(each.latency, Duration(96ms + 10us));
  }
}

void TestPaymentFlow::approvesAndRecordsOnce() {
  GatewayBench b;
  b.submit(b.request(1, 1, 777));
  b.runFor(1s);
  QCOMPARE(b.count(Outcome::Approved), 1U);
  QCOMPARE(b.totals().charged, 777);
  QCOMPARE(b.totals().recorded, 777);
  QCOMPARE(b.system->shards().balance(kMethods), 777);
  QCOMPARE(b.totals().settled, 1U);
}

void TestPaymentFlow::declinesWithTheBank() {
  GatewayConfig config = GatewayBench::small();
  config.bankError = 1;
  GatewayBench b(config);
  b.submit(b.request(1));
  b.runFor(1s);
  QCOMPARE(b.count(Outcome::Declined), 1U);
  QCOMPARE(b.totals().charged, 0);
}

void TestPaymentFlow::replaysARepeatThatComesLater() {
  for (const GatewayConfig& config : {GatewayBench::small(), common()}) {
    GatewayBench b(config);
    b.submitTwice(b.request(1), 150ms);
    b.runFor(1s);
    QCOMPARE(b.count(Outcome::Approved), 1U);
    QCOMPARE(b.count(Outcome::Replayed), 1U);
    QCOMPARE(b.totals().chargedTwice, 0U);
  }
}

void TestPaymentFlow::replaysFromTheRowWhenTheCacheIsGone() {
  GatewayBench b;
  b.submitTwice(b.request(1), 150ms);
  b.runFor(120ms);
  b.system->caches().killShared();
  b.runFor(1s);
  QCOMPARE(b.count(Outcome::Replayed), 1U);
  QCOMPARE(b.totals().chargedTwice, 0U);
}

void TestPaymentFlow::refusesARepeatWhileTheFirstIsUnderWay() {
  GatewayBench b;
  b.submitTwice(b.request(1), 10ms);
  b.runFor(1s);
  QCOMPARE(b.count(Outcome::Approved), 1U);
  QCOMPARE(b.count(Outcome::Conflict), 1U);
  QCOMPARE(b.totals().fingerprintConflicts, 0U);
}

void TestPaymentFlow::refusesAReusedIdWithAnotherAmount() {
  for (const bool keyed : {true, false}) {
    GatewayBench b(keyed ? GatewayBench::small() : common());
    b.submit(b.request(1, 1, 1000));
    b.runFor(200ms);
    b.submit(b.request(1, 1, 2000));
    b.runFor(1s);
    QCOMPARE(b.count(Outcome::Conflict), keyed ? 1U : 0U);
    QCOMPARE(b.totals().fingerprintConflicts, keyed ? 1U : 0U);
    QCOMPARE(b.totals().wrongReplays, keyed ? 0U : 1U);
    QCOMPARE(b.totals().charged, 1000);
  }
}

void TestPaymentFlow::chargesConcurrentRepeatsTwiceWhereOnlyTheCacheGuards() {
  GatewayBench b(common());
  b.submitTwice(b.request(1), 10ms);
  b.runFor(1s);
  QCOMPARE(b.count(Outcome::Approved), 2U);
  QCOMPARE(b.totals().chargedTwice, 1U);
}

void TestPaymentFlow::limitsAMerchant() {
  GatewayConfig config = GatewayBench::small();
  config.limitRate = 10;
  config.limitBurst = 5;
  GatewayBench b(config);
  for (std::uint64_t key = 1; key <= 20; ++key) b.submit(b.request(key, 1));
  for (std::uint64_t key = 21; key <= 25; ++key) b.submit(b.request(key, 2));
  b.runFor(1s);
  QCOMPARE(b.count(Outcome::RejectedLimit), 15U);
  QCOMPARE(b.count(Outcome::Approved), 10U);
}

void TestPaymentFlow::opensTheBreakerOfADeadBankAlone() {
  GatewayConfig config = GatewayBench::small();
  config.breakerFailures = 5;
  config.breakerOpenFor = 10s;
  GatewayBench b(config);
  b.system->bank(Method::Card).setDown(true);
  for (std::uint64_t key = 1; key <= 10; ++key) b.submit(b.request(key));
  b.runFor(1s);
  for (std::uint64_t key = 11; key <= 20; ++key) {
    PaymentRequest request = b.request(key);
    request.method = key % 2 == 0 ? Method::Card : Method::Upi;
    b.submit(request);
  }
  b.runFor(1s);
  QCOMPARE(b.count(Outcome::RejectedBreaker), 5U);
  QCOMPARE(b.count(Outcome::Approved), 5U);
  QVERIFY(b.count(Outcome::Failed) == 10U);
}

void TestPaymentFlow::shedsWhenThePoolsQueueIsFull() {
  GatewayConfig config = GatewayBench::small();
  config.shards = 1;
  config.replicas = 1;
  config.pool = 2;
  config.poolQueue = 3;
  config.poolTimeout = 10s;
  GatewayBench b(config);
  for (std::uint64_t key = 1; key <= 10; ++key) b.submit(b.request(key));
  b.runFor(30ms);
  QCOMPARE(b.count(Outcome::RejectedOverload), 5U);
  b.runFor(1s);
  QCOMPARE(b.count(Outcome::Approved), 5U);
}

void TestPaymentFlow::isUnavailableWhileAShardIsDead() {
  GatewayBench b;
  b.system->shards().kill(b.system->shards().home(1)->index);
  b.submit(b.request(1));
  b.runFor(40ms);
  QCOMPARE(b.count(Outcome::Unavailable), 1U);
  b.runFor(10ms);  // The failover is over.
  b.submit(b.request(2));
  b.runFor(1s);
  QCOMPARE(b.count(Outcome::Approved), 1U);
}

void TestPaymentFlow::saysUnknownAndReconcilesLater() {
  GatewayConfig config = GatewayBench::small();
  config.bankTimeout = 100ms;
  GatewayBench b(config);
  b.submit(b.request(1));
  b.runFor(80ms);  // With the bank since 28 ms.
  QCOMPARE(b.totals().charged, 1000);
  GatewayBench c(config);
  c.config.bankReplyLost = 1;
  c.submit(c.request(1));
  c.runFor(3s);
  QCOMPARE(c.count(Outcome::Unknown), 1U);
  QCOMPARE(c.system->service().reconciling(), 1U);
  QCOMPARE(c.system->auditor().inDoubt(), 1000);
  c.config.bankReplyLost = 0;
  c.runFor(1s);
  QCOMPARE(c.system->service().reconciling(), 0U);
  QCOMPARE(c.totals().recorded, 1000);
  QCOMPARE(c.system->auditor().unaccounted(), 0);
}

void TestPaymentFlow::saysFailedOfWhatTheBankRefused() {
  GatewayBench b;
  b.system->bank(Method::Card).setDown(true);
  b.submit(b.request(1));
  b.runFor(1s);
  QCOMPARE(b.count(Outcome::Failed), 1U);
  QVERIFY(b.system->bank(Method::Card).counts().calls > 1);  // It was tried again.
  QCOMPARE(b.totals().charged, 0);
}

void TestPaymentFlow::callsAPaidPaymentFailedWhereTimeoutsCountAsFailures() {
  GatewayConfig config = common();
  config.bankTimeout = 45ms;
  GatewayBench b(config);
  b.submit(b.request(1));
  b.runFor(1s);
  QCOMPARE(b.count(Outcome::Failed), 1U);
  QCOMPARE(b.totals().reportedFailedButPaid, 1U);
  QCOMPARE(b.totals().paidNotRecorded, 1U);
}

void TestPaymentFlow::leavesMoneyWithoutARecordWhenTheCommitFails() {
  for (const bool corrected : {false, true}) {
    GatewayConfig config = corrected ? GatewayBench::small() : common();
    config.commitFailure = 1;
    GatewayBench b(config);
    b.submit(b.request(1));
    b.runFor(5s);
    QCOMPARE(b.totals().paidNotRecorded, corrected ? 0U : 1U);
    b.config.commitFailure = 0;
    b.runFor(5s);
    QCOMPARE(b.system->auditor().unaccounted(), corrected ? 0 : 1000);
  }
}

void TestPaymentFlow::cannotFindOutWithoutAKey() {
  GatewayConfig config = GatewayBench::small();
  config.idempotency = Idempotency::CacheById;
  config.bankReplyLost = 1;
  GatewayBench b(config);
  b.submit(b.request(1));
  b.runFor(60s);
  QCOMPARE(b.count(Outcome::Unknown), 1U);
  QCOMPARE(b.system->service().reconciling(), 0U);
  QCOMPARE(b.totals().paidNotRecorded, 1U);
}

void TestPaymentFlow::finishesWithoutAKeyWhatItsCommitDidNot() {
  GatewayConfig config = GatewayBench::small();
  config.idempotency = Idempotency::CacheById;
  config.commitFailure = 1;
  GatewayBench b(config);
  b.submit(b.request(1));
  b.runFor(10s);
  QCOMPARE(b.count(Outcome::Unknown), 1U);
  b.config.commitFailure = 0;
  b.runFor(10s);
  QCOMPARE(b.totals().recorded, 1000);
  QCOMPARE(b.system->service().reconciling(), 0U);
}

void TestPaymentFlow::holdsAConnectionAcrossTheBankOnlyInTheCommonDesign() {
  for (const bool corrected : {false, true}) {
    GatewayBench b(corrected ? GatewayBench::small() : common());
    b.submit(b.request(1));
    b.runFor(60ms);  // 28 to 78 ms: with the bank.
    QCOMPARE(b.system->shards().connectionsInUse(), corrected ? 0U : 1U);
  }
}

QTEST_GUILESS_MAIN(TestPaymentFlow)
#include "tst_payment_flow.moc"
