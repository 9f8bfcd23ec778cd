// RetryPolicy: each backoff's range, the limits on attempts, wait and deadline, and what jitter is
// for.
#include <QtTest>
#include <queue>

#include <algorithm>

#include "engine/gateway/retry.h"
#include "tests/gateway/steps.h"

namespace ringside::gateway {

using test::at;
using test::Steps;

class TestRetry : public QObject {
  Q_OBJECT

 private slots:
  void rejectsConfigurationsOutOfRange();
  void waitsWithinTheRangeOfItsBackoff_data();
  void waitsWithinTheRangeOfItsBackoff();
  void decorrelatedJitterGrowsFromTheWaitBefore();
  void givesUpAfterTheLastAttempt();
  void givesUpWhenTooLittleTimeWouldBeLeft();
  void neverWaitsLongerThanTheCapHoweverManyAttempts();
  void jitterThinsTheCrowdThatExponentialWaitsOnlyMove();
};

namespace {

constexpr double kAlmostOne = 0x1.fffffffffffffp-1;

// Clients that all want to write the same row: of those that arrive while a write is under way, all
// but the first fail and come back. The number of calls until each has written once.
std::int64_t callsUntilAllWrote(Backoff backoff, std::uint64_t seed) {
  const RetryPolicy policy({.backoff = backoff,
                            .base = std::chrono::milliseconds(5),
                            .cap = std::chrono::seconds(2),
                            .attempts = 1000});
  using Arrival = std::pair<Instant, std::size_t>;
  std::priority_queue<Arrival, std::vector<Arrival>, std::greater<>> arrivals;
  std::vector<RetryState> clients(100);
  Steps steps(seed);
  for (std::size_t i = 0; i < clients.size(); ++i) arrivals.emplace(at(0), i);
  std::int64_t calls = 0;
  Instant free{};
  while (!arrivals.empty()) {
    const auto [now, client] = arrivals.top();
    arrivals.pop();
    ++calls;
    if (now >= free) {
      free = now + std::chrono::milliseconds(10);
      continue;
    }
    const auto delay = policy.nextDelay(clients[client], now, kNever, steps.unit());
    const auto network = Duration(steps.between(8'000'000, 12'000'000));
    if (delay) arrivals.emplace(now + *delay + network, client);
  }
  return calls;
}

}  // namespace

void TestRetry::rejectsConfigurationsOutOfRange() {
  QVERIFY(!RetryPolicy::checked({.attempts = 0}));
  QVERIFY(!RetryPolicy::checked({.base = Duration(0)}));
  QVERIFY(!RetryPolicy::checked({.base = Duration(2), .cap = Duration(1)}));
  QVERIFY(!RetryPolicy::checked({.cap = std::chrono::hours(25)}));
  QVERIFY(!RetryPolicy::checked({.usefulTime = Duration(-1)}));
  QVERIFY(RetryPolicy::checked({}).has_value());
}

void TestRetry::waitsWithinTheRangeOfItsBackoff_data() {
  QTest::addColumn<int>("backoff");
  QTest::addColumn<int>("attemptsMade");
  QTest::addColumn<qint64>("least");
  QTest::addColumn<qint64>("most");
  const auto row = [](const char* name, Backoff backoff, int attempts, qint64 least, qint64 most) {
    QTest::newRow(name) << static_cast<int>(backoff) << attempts << least << most;
  };
  row("fixed, first", Backoff::Fixed, 1, 100, 100);
  row("fixed, fifth", Backoff::Fixed, 5, 100, 100);
  row("exponential, first", Backoff::Exponential, 1, 100, 100);
  row("exponential, third", Backoff::Exponential, 3, 400, 400);
  row("exponential, at the cap", Backoff::Exponential, 4, 800, 800);
  row("exponential, beyond the cap", Backoff::Exponential, 5, 1000, 1000);
  row("equal, third", Backoff::EqualJitter, 3, 200, 399);
  row("full, third", Backoff::FullJitter, 3, 0, 399);
  row("full, beyond the cap", Backoff::FullJitter, 60, 0, 999);
  row("decorrelated, first", Backoff::Decorrelated, 1, 100, 299);
}

void TestRetry::waitsWithinTheRangeOfItsBackoff() {
  QFETCH(int, backoff);
  QFETCH(int, attemptsMade);
  QFETCH(qint64, least);
  QFETCH(qint64, most);
  const RetryPolicy policy({.backoff = static_cast<Backoff>(backoff),
                            .base = Duration(100),
                            .cap = Duration(1000),
                            .attempts = 100});
  const auto delay = [&](double random01) {
    RetryState state{.attempts = attemptsMade};
    return policy.nextDelay(state, at(0), kNever, random01)->count();
  };
  QCOMPARE(delay(0.0), least);
  QCOMPARE(delay(kAlmostOne), most);
  QVERIFY(delay(0.5) >= least && delay(0.5) <= most);
}

void TestRetry::decorrelatedJitterGrowsFromTheWaitBefore() {
  const RetryPolicy policy({.backoff = Backoff::Decorrelated,
                            .base = Duration(100),
                            .cap = Duration(1000),
                            .attempts = 10});
  RetryState state;
  QCOMPARE(policy.nextDelay(state, at(0), kNever, 0.5), std::optional(Duration(200)));
  QCOMPARE(policy.nextDelay(state, at(0), kNever, 0.5), std::optional(Duration(350)));
  QCOMPARE(policy.nextDelay(state, at(0), kNever, kAlmostOne), std::optional(Duration(1000)));
}

void TestRetry::givesUpAfterTheLastAttempt() {
  const RetryPolicy policy({.attempts = 3});
  RetryState state;
  QVERIFY(policy.nextDelay(state, at(0), kNever, 0.5));
  QVERIFY(policy.nextDelay(state, at(0), kNever, 0.5));
  QCOMPARE(state.attempts, 3);
  QVERIFY(!policy.nextDelay(state, at(0), kNever, 0.5));
  QCOMPARE(state.attempts, 3);
}

void TestRetry::givesUpWhenTooLittleTimeWouldBeLeft() {
  const RetryPolicy policy({.backoff = Backoff::Fixed,
                            .base = Duration(100),
                            .attempts = 3,
                            .usefulTime = Duration(50)});
  RetryState state;
  QVERIFY(!policy.nextDelay(state, at(1000), at(1150), 0.0));
  QCOMPARE(state.attempts, 1);
  QVERIFY(policy.nextDelay(state, at(1000), at(1151), 0.0));
  QVERIFY(!policy.nextDelay(state, at(1000), at(900), 0.0));
}

void TestRetry::neverWaitsLongerThanTheCapHoweverManyAttempts() {
  for (const Backoff backoff :
       {Backoff::Exponential, Backoff::EqualJitter, Backoff::FullJitter, Backoff::Decorrelated}) {
    const RetryPolicy policy({.backoff = backoff, .attempts = 200});
    Steps steps(7);
    RetryState state;
    while (const auto delay = policy.nextDelay(state, at(0), kNever, steps.unit())) {
      QVERIFY(*delay >= Duration(0) && *delay <= policy.config().cap);
    }
    QCOMPARE(state.attempts, 200);
  }
}

void TestRetry::jitterThinsTheCrowdThatExponentialWaitsOnlyMove() {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const std::int64_t fixed = callsUntilAllWrote(Backoff::Fixed, seed);
    const std::int64_t exponential = callsUntilAllWrote(Backoff::Exponential, seed);
    const std::int64_t full = callsUntilAllWrote(Backoff::FullJitter, seed);
    QVERIFY(exponential < fixed);
    QVERIFY(full * 10 < exponential * 8);
  }
}

}  // namespace ringside::gateway

QTEST_GUILESS_MAIN(ringside::gateway::TestRetry)
#include "tst_retry.moc"
