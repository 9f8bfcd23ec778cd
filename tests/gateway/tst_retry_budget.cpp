// RetryBudget: recordings of Finagle's (as ported by tower), and the promise of ours.
#include <QtTest>

#include <deque>

#include "engine/gateway/retry_budget.h"
#include "tests/gateway/steps.h"

namespace ringside::gateway {

using test::at;
using test::Steps;

class TestRetryBudget : public QObject {
  Q_OBJECT

 private slots:
  void rejectsConfigurationsOutOfRange();
  void replaysTheRecordings();
  void keepsRetriesWithinShareAndReserveOverEveryTtl();
  void forgetsADepositBetweenOneAndElevenTenthsOfATtl();
  void holdsTheLoadOfATotalOutageToOnePlusShare();
  void keepsRetriesPossibleForAQuietClient();
};

namespace {

using Config = RetryBudget::Config;
constexpr Duration kSecond = std::chrono::seconds(1);

}  // namespace

void TestRetryBudget::rejectsConfigurationsOutOfRange() {
  QVERIFY(!RetryBudget::checked({.ttl = kSecond - Duration(1)}));
  QVERIFY(!RetryBudget::checked({.ttl = 60 * kSecond + Duration(1)}));
  QVERIFY(!RetryBudget::checked({.minPerSec = -1}));
  QVERIFY(!RetryBudget::checked({.share = 1000.5}));
  QVERIFY(!RetryBudget::checked({.share = -0.1}));
  QVERIFY(!RetryBudget::checked({.share = std::numeric_limits<double>::quiet_NaN()}));
}

void TestRetryBudget::replaysTheRecordings() {
  const auto recorded = test::vectors("retry_budget.json");
  std::int64_t replayed = 0;
  for (const auto& script : recorded["scripts"]) {
    RetryBudget budget({.ttl = script["ttl_s"].get<std::int64_t>() * kSecond,
                        .minPerSec = script["min_per_sec"],
                        .share = script["percent"],
                        .compat = BudgetCompat::Finagle});
    QCOMPARE(budget.depositAmount(), script["deposit_amount"].get<std::int64_t>());
    QCOMPARE(budget.withdrawAmount(), script["withdraw_amount"].get<std::int64_t>());
    Instant now{};
    for (const auto& op : script["ops"]) {
      ++replayed;
      if (op[0] == "adv") {
        now += Duration(op[1].get<std::int64_t>());
        continue;
      }
      if (op[0] == "deposit") budget.deposit(now);
      if (op[0] == "withdraw") QCOMPARE(budget.withdraw(now), op[1].get<bool>());
      QCOMPARE(budget.balance(now), op.back().get<std::int64_t>());
    }
  }
  QVERIFY(replayed > 1500);
}

void TestRetryBudget::keepsRetriesWithinShareAndReserveOverEveryTtl() {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    Steps steps(seed);
    const Config config{
        .ttl = kSecond, .minPerSec = steps.between(0, 5), .share = 0.1 * steps.unit() + 0.01};
    RetryBudget budget(config);
    std::deque<Instant> deposits;
    std::deque<Instant> retries;
    Instant now{};
    for (int i = 0; i < 3000; ++i) {
      now += Duration(steps.oneIn(200) ? steps.between(0, 1'500'000'000)
                                       : steps.between(0, 1'000'000));
      if (steps.oneIn(3)) {
        budget.deposit(now);
        deposits.push_back(now);
        continue;
      }
      if (!budget.withdraw(now)) continue;
      retries.push_back(now);
      while (!retries.empty() && now - retries.front() > config.ttl) retries.pop_front();
      while (!deposits.empty() && now - deposits.front() > config.ttl * 11 / 10) {
        deposits.pop_front();
      }
      const double allowed = static_cast<double>(config.minPerSec) +
                             config.share * static_cast<double>(deposits.size());
      QVERIFY(static_cast<double>(retries.size()) <= allowed + 1e-9);
    }
  }
}

void TestRetryBudget::forgetsADepositBetweenOneAndElevenTenthsOfATtl() {
  for (std::int64_t begin = 0; begin < 300'000'000; begin += 17'000'000) {
    for (const auto& [age, kept] :
         {std::pair{Duration(kSecond), true}, std::pair{kSecond * 11 / 10, false}}) {
      RetryBudget budget({.ttl = kSecond, .minPerSec = 0, .share = 1.0});
      budget.deposit(at(begin));
      QCOMPARE(budget.balance(at(begin) + age), kept ? budget.depositAmount() : 0);
    }
  }
}

void TestRetryBudget::holdsTheLoadOfATotalOutageToOnePlusShare() {
  RetryBudget budget({.minPerSec = 0, .share = 0.2});
  std::int64_t retries = 0;
  const std::int64_t requests = 100'000;
  // Every request fails and would be retried three times.
  for (std::int64_t i = 0; i < requests; ++i) {
    const Instant now = at(i * 1'000'000);
    budget.deposit(now);
    for (int retry = 0; retry < 3; ++retry) retries += budget.withdraw(now) ? 1 : 0;
  }
  QVERIFY(retries <= requests / 5);
  QVERIFY(retries >= requests / 5 - 1);
}

void TestRetryBudget::keepsRetriesPossibleForAQuietClient() {
  RetryBudget budget({.ttl = 10 * kSecond, .minPerSec = 2, .share = 0.2});
  for (int i = 0; i < 20; ++i) QVERIFY(budget.withdraw(at(0)));
  QVERIFY(!budget.withdraw(at(0)));
  QVERIFY(!budget.withdraw(at(10'999'999'999)));
  QVERIFY(budget.withdraw(at(11'000'000'000)));
}

}  // namespace ringside::gateway

QTEST_GUILESS_MAIN(ringside::gateway::TestRetryBudget)
#include "tst_retry_budget.moc"
