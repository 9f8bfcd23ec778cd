// Replays recordings of throttled v2.13's GCRA: every decision and every figure it reports.
#include <QtTest>

#include <map>

#include "engine/gateway/gcra.h"
#include "tests/gateway/steps.h"

namespace ringside::gateway {

using test::at;

class TestGcraVectors : public QObject {
  Q_OBJECT

 private slots:
  void givesTheRecordedDecisionsAndFigures();
  void differsFromTheRecordingOnlyWhereThatIsWrong();
};

namespace {

Quota quotaOf(const nlohmann::json& script) {
  return {.tokens = 1,
          .period = Duration(script["emission_interval"].get<std::int64_t>()),
          .burst = script["max_burst"].get<std::int64_t>() + 1};
}

std::int64_t retryAfter(const Decision& decision) {
  if (decision || decision.retryAfter == kNeverAdmitted) return -1;
  return decision.retryAfter.count();
}

}  // namespace

void TestGcraVectors::givesTheRecordedDecisionsAndFigures() {
  std::int64_t replayed = 0;
  const auto recorded = test::vectors("gcra.json");
  for (const auto& script : recorded["scripts"]) {
    std::map<std::string, Gcra> limiters;
    for (const auto& op : script["ops"]) {
      const std::string key = op["key"];
      auto& limiter =
          limiters.try_emplace(key, quotaOf(script), GcraCompat::Throttled).first->second;
      const Decision decision = limiter.take(at(op["t"]), op["q"]);
      QCOMPARE(decision.admitted, !op["limited"].get<bool>());
      QCOMPARE(decision.remaining, op["remaining"].get<std::int64_t>());
      QCOMPARE(decision.resetAfter.count(), op["reset_after"].get<std::int64_t>());
      QCOMPARE(retryAfter(decision), op["retry_after"].get<std::int64_t>());
      const std::int64_t tat = limiter.theoreticalArrival().ns;
      QCOMPARE(tat, op["tat"].is_null() ? kNoArrival.ns : op["tat"].get<std::int64_t>());
      ++replayed;
    }
  }
  QVERIFY(replayed > 1500);
}

void TestGcraVectors::differsFromTheRecordingOnlyWhereThatIsWrong() {
  std::int64_t lostState = 0;
  const auto recorded = test::vectors("gcra.json");
  for (const auto& script : recorded["scripts"]) {
    const Quota quota = quotaOf(script);
    std::map<std::string, Gcra> limiters;
    for (const auto& op : script["ops"]) {
      const std::string key = op["key"];
      auto& limiter = limiters.try_emplace(key, quota).first->second;
      const std::int64_t cost = op["q"];
      const Decision decision = limiter.take(at(op["t"]), cost);
      QCOMPARE(decision.admitted, !op["limited"].get<bool>());
      if (cost <= quota.burst) {
        QCOMPARE(decision.remaining, op["remaining"].get<std::int64_t>());
      } else if (decision.remaining != op["remaining"].get<std::int64_t>()) {
        ++lostState;
      }
    }
  }
  QVERIFY(lostState > 0);
}

}  // namespace ringside::gateway

QTEST_GUILESS_MAIN(ringside::gateway::TestGcraVectors)
#include "tst_gcra_vectors.moc"
