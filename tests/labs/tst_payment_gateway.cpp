// The payment gateway lab: what the common design does wrong, and the corrected one does not.
#include <QTest>

#include <cmath>

#include "tests/labs/lab_run.h"

using namespace ringside;
using namespace std::chrono_literals;
using lab::Verdict;
using test::finished;
using test::labPlan;
using test::read;
using test::verdict;

namespace {

using Knobs = std::vector<std::pair<std::string, std::string>>;

// A thousandth of the size, as the catalogue scales it.
Knobs scaled(Knobs more = {}) {
  Knobs knobs{{"tps", "1k"}, {"merchants", "1000"}, {"pool", "60"}, {"pool.queue", "2000"}};
  knobs.insert(knobs.end(), more.begin(), more.end());
  return knobs;
}

std::unique_ptr<run::Run> gateway(const std::string& preset, Knobs knobs, Duration length = 1s,
                                  const std::vector<std::string>& faults = {}) {
  return finished(labPlan("payment-gateway", preset, knobs, length, faults));
}

}  // namespace

class TestPaymentGateway : public QObject {
  Q_OBJECT

 private slots:
  void correctedHoldsEveryCheck();
  void commonChargesTwiceAndLosesTrackOfMoney();
  void fixedStepsTakeNinetySixMilliseconds();
  void lognormalStepsBreakTheBudgetAtTheTail();
  void poolAcrossTheBankSaturatesAtItsBound();
  void splitScopeDoesNotWaitForConnections();
  void inFlightFollowsLittle();
  void fourGatewaysCarryAQuarterMore();
  void backlogGrowsByWhatFourCannotCarry();
  void crashBetweenCommitAndProduceLosesEventsOnlyWithoutOutbox();
  void reusedIdsAreConflictsOrWrongReplays();
  void eventualLedgerLosesPostingsInAFailover();
  void deadBankIsCalledOnAndOnWithoutReports();
  void hotMerchantHitsTheLimiter();
  void killedShardsArcsMove();
  void takesArrivalsFromARecording();
  void tellsWhenThereIsNoRecording();
  void theLaterOfTwoFaultsStaysInForce();
  void planFollowsItsKnobs();
};

void TestPaymentGateway::correctedHoldsEveryCheck() {
  const auto run = gateway("corrected", scaled({{"duplicates", "10%"}, {"reuse", "5%"}}));
  for (const auto& check : run->checks())
    QVERIFY2(check.verdict == Verdict::Holds, check.evidence.c_str());
  QVERIFY(read(*run, "success_ratio") > 0.8);
  QCOMPARE(read(*run, "audit.reported_failed_but_paid"), 0.0);
}

void TestPaymentGateway::commonChargesTwiceAndLosesTrackOfMoney() {
  const auto run = gateway("common", scaled({{"pool", "6000"}, {"bank.timeout", "2s"}}));
  QVERIFY(read(*run, "audit.charged_twice") > 0);
  QCOMPARE(verdict(*run, "charged_once"), Verdict::Fails);
  QCOMPARE(verdict(*run, "one_outcome"), Verdict::Holds);
  const auto timed = gateway("common", scaled({{"pool", "6000"}}));
  QVERIFY(read(*timed, "audit.reported_failed_but_paid") > 100);
  QCOMPARE(verdict(*timed, "money_conserved"), Verdict::Fails);
}

void TestPaymentGateway::fixedStepsTakeNinetySixMilliseconds() {
  const auto run =
      gateway("corrected", scaled({{"steps.distribution", "fixed"}, {"pool", "6000"}}));
  QCOMPARE(read(*run, "min(service.latency)"), 96e6);
  QVERIFY(std::abs(read(*run, "mean(service.latency)") - 96e6) < 1e5);
}

void TestPaymentGateway::lognormalStepsBreakTheBudgetAtTheTail() {
  const auto run = gateway("corrected", scaled({{"tps", "5k"}, {"pool", "6000"}}), 2s);
  const double p99 = read(*run, "p99(service.latency)");
  QVERIFY2(std::abs(p99 - 143e6) < 5e6, qPrintable(QString::number(p99)));
}

void TestPaymentGateway::poolAcrossTheBankSaturatesAtItsBound() {
  const auto run = gateway("common",
                           scaled({{"bank.timeout", "2s"},
                                   {"steps.distribution", "fixed"},
                                   {"duplicates", "0"},
                                   {"zipf", "0"}}),
                           4s);
  const double rate = read(*run, "rate(outcome.approved)");
  QVERIFY2(rate <= 706 && rate > 600, qPrintable(QString::number(rate)));
}

void TestPaymentGateway::splitScopeDoesNotWaitForConnections() {
  const auto run = gateway(
      "corrected", scaled({{"pool", "160"}, {"steps.distribution", "fixed"}, {"zipf", "0"}}));
  QVERIFY(read(*run, "p99(pool.wait)") < 1e6);
}

void TestPaymentGateway::inFlightFollowsLittle() {
  const auto run =
      gateway("corrected", scaled({{"tps", "20k"}, {"pool", "60000"}, {"duplicates", "0"}}), 2s);
  const double inflight = read(*run, "inflight");
  const double little = read(*run, "plan.inflight");
  QVERIFY2(std::abs(inflight / little - 1) < 0.08, qPrintable(QString::number(inflight / little)));
}

void TestPaymentGateway::fourGatewaysCarryAQuarterMore() {
  const Knobs knobs = scaled({{"tps", "10k"}, {"arrivals", "steady"}, {"duplicates", "0"}});
  const double five = read(*gateway("corrected", knobs), "gateway.rate_per_gateway");
  const double four = read(*gateway("corrected", knobs, 1s, {"0ms kill_gateway gateway=1"}),
                           "gateway.rate_per_gateway");
  QVERIFY2(std::abs(four / five - 1.25) < 0.002, qPrintable(QString::number(four / five)));
}

void TestPaymentGateway::backlogGrowsByWhatFourCannotCarry() {
  const auto run = gateway("corrected",
                           scaled({{"tps", "10k"},
                                   {"gw_capacity", "2200"},
                                   {"arrivals", "steady"},
                                   {"duplicates", "0"},
                                   {"pool", "60000"}}),
                           2s, {"0ms kill_gateway gateway=1"});
  const double growth = read(*run, "gateway.backlog_growth");
  QVERIFY2(std::abs(growth - 1200) < 24, qPrintable(QString::number(growth)));
}

void TestPaymentGateway::crashBetweenCommitAndProduceLosesEventsOnlyWithoutOutbox() {
  for (const std::string outbox : {"on", "off"}) {
    const auto run =
        gateway("corrected", scaled({{"crash_after_commit", "5%"}, {"outbox", outbox}}));
    QCOMPARE(read(*run, "audit.events_lost") > 0, outbox == "off");
  }
}

void TestPaymentGateway::reusedIdsAreConflictsOrWrongReplays() {
  const auto corrected = gateway("corrected", scaled({{"reuse", "10%"}}));
  QVERIFY(read(*corrected, "audit.fingerprint_conflicts") > 10);
  QCOMPARE(read(*corrected, "audit.wrong_replays"), 0.0);
  const auto common =
      gateway("common", scaled({{"reuse", "10%"}, {"bank.timeout", "2s"}, {"pool", "6000"}}));
  QCOMPARE(read(*common, "audit.fingerprint_conflicts"), 0.0);
  QVERIFY(read(*common, "audit.wrong_replays") > 10);
}

void TestPaymentGateway::eventualLedgerLosesPostingsInAFailover() {
  for (const std::string ledger : {"strict", "eventual"}) {
    const auto run = gateway(
        "corrected", scaled({{"tps", "20k"}, {"pool", "60000"}, {"ledger.consistency", ledger}}),
        1s, {"500ms kill_shard shard=2 for 200ms"});
    QCOMPARE(read(*run, "audit.lost_or_double_postings") > 0, ledger == "eventual");
    QCOMPARE(verdict(*run, "charged_once"), Verdict::Holds);
  }
}

void TestPaymentGateway::deadBankIsCalledOnAndOnWithoutReports() {
  double calls[2] = {};
  for (const bool reports : {false, true}) {
    const auto run = gateway("corrected",
                             scaled({{"breaker.enabled", reports ? "on" : "off"},
                                     {"breaker.failures", "10"},
                                     {"tps", "5k"},
                                     {"pool", "6000"}}),
                             1s, {"0ms kill_bank method=card"});
    calls[reports ? 1 : 0] = read(*run, "bank.calls_to_dead");
    QCOMPARE(read(*run, "breaker.transitions") > 0, reports);
  }
  QVERIFY2(calls[1] * 3 < calls[0], qPrintable(QString::number(calls[1] / calls[0])));
}

void TestPaymentGateway::hotMerchantHitsTheLimiter() {
  const Knobs knobs =
      scaled({{"tps", "20k"}, {"limit.rate", "2k"}, {"limit.burst", "100"}, {"pool", "60000"}});
  QCOMPARE(read(*gateway("corrected", knobs), "outcome.rejected_limit"), 0.0);
  const auto hot = gateway("corrected", knobs, 1s, {"0ms hot_merchant share=0.5"});
  // Half of 20k wants in, 2k a second and the burst may.
  QVERIFY(std::abs(read(*hot, "outcome.rejected_limit") - (10'400 - 2'100)) < 600);
}

void TestPaymentGateway::killedShardsArcsMove() {
  const auto run = gateway("corrected", scaled(), 200ms, {"50ms kill_shard shard=3"});
  const double moved = read(*run, "ring.moved");
  QVERIFY2(std::abs(moved - 1.0 / 8) < 0.05, qPrintable(QString::number(moved)));
  QVERIFY(read(*run, "outcome.unavailable") > 0);
  const auto back = gateway("corrected", scaled(), 200ms, {"20ms kill_shard shard=3 for 100ms"});
  QCOMPARE(read(*back, "ring.max_over_mean"),
           read(*gateway("corrected", scaled(), 10ms), "ring.max_over_mean"));
}

void TestPaymentGateway::takesArrivalsFromARecording() {
  const auto trace = lab::readArrivals(RINGSIDE_TEST_DATA "/arrivals_small.csv");
  QVERIFY2(trace.has_value(), trace ? "" : trace.error().message.c_str());
  QCOMPARE(trace->badRows, 0U);
  run::RunPlan plan = labPlan("payment-gateway", "corrected", {{"duplicates", "0"}}, 3s);
  plan.arrivals = std::make_shared<const lab::ArrivalTrace>(*trace);
  const auto run = finished(plan);
  QCOMPARE(read(*run, "offered"), static_cast<double>(trace->arrivals.size()));
  plan.knobs.push_back({"arrivals.time_scale", 4});  // Only the first quarter comes in time.
  std::size_t quarter = 0;
  for (const auto& each : trace->arrivals) quarter += each.at * 4 <= 3s ? 1U : 0U;
  QVERIFY(quarter < trace->arrivals.size());
  QCOMPARE(read(*finished(plan), "offered"), static_cast<double>(quarter));
}

void TestPaymentGateway::tellsWhenThereIsNoRecording() {
  const auto run = gateway("corrected", scaled({{"arrivals", "trace"}}), 100ms);
  QCOMPARE(read(*run, "offered"), 0.0);
  QVERIFY(run->frame().eventTail.at(0).text.find("no recording") != std::string::npos);
}

void TestPaymentGateway::theLaterOfTwoFaultsStaysInForce() {
  const auto run = gateway("corrected", scaled(), 500ms,
                           {"10ms kill_shard shard=3 for 100ms", "50ms kill_shard shard=3"});
  const lab::Frame frame = run->frame();
  const auto node =
      std::ranges::find(frame.topology.nodes, std::string("shard-3"), &lab::TopologyNode::id);
  QVERIFY(node != frame.topology.nodes.end());
  QCOMPARE(node->health, lab::Health::Down);
}

void TestPaymentGateway::planFollowsItsKnobs() {
  const auto run = gateway("corrected", {{"tps", "2M"}, {"record_bytes", "500"}}, 1us);
  QCOMPARE(read(*run, "plan.storage_per_day"), 86.4e12);
  QCOMPARE(read(*run, "plan.daily_payments"), 172.8e9);
  QCOMPARE(read(*run, "plan.link_utilisation"), 0.8);
  QCOMPARE(read(*run, "plan.cores"), 3334.0);
  QCOMPARE(read(*run, "plan.cache_bytes"), 2 * 3.6864e12);
}

QTEST_GUILESS_MAIN(TestPaymentGateway)
#include "tst_payment_gateway.moc"
