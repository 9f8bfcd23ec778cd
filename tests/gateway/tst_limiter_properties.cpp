// The promises of gcra.h and token_bucket.h, over random quotas, loads and seeds.
#include <QtTest>

#include <algorithm>

#include "engine/gateway/gcra.h"
#include "engine/gateway/token_bucket.h"
#include "tests/gateway/steps.h"

namespace ringside::gateway {

using test::at;
using test::Steps;

class TestLimiterProperties : public QObject {
  Q_OBJECT

 private slots:
  void rejectsQuotasOutOfRange_data();
  void rejectsQuotasOutOfRange();
  void admitsNoMoreThanTheQuotaInAnyWindow();
  void admitsAllThatTheQuotaAllowsToAGreedyCaller_data();
  void admitsAllThatTheQuotaAllowsToAGreedyCaller();
  void gcraAndTokenBucketAgreeOnEverything();
  void waitingExactlyRetryAfterIsEnoughAndANanosecondLessIsNot();
  void refusedRequestsAndPeeksChangeNothing();
  void reportsFiguresWithinTheirRanges();
  void aClockThatGoesBackMintsNothing();
  void refusesForeverWhatCannotFit();
};

namespace {

// Whole-nanosecond intervals, fractional ones, and rates above one a nanosecond.
Quota randomQuota(Steps& steps) {
  static constexpr std::int64_t kTokens[] = {1, 3, 7, 100, 1'000'003, 300'000'000, 1'000'000'000};
  static constexpr std::int64_t kPeriods[] = {1, 10, 999'999'937, 1'000'000'000, 60'000'000'000};
  return {.tokens = kTokens[steps.between(0, 6)],
          .period = Duration(kPeriods[steps.between(0, 4)]),
          .burst = steps.between(1, 40)};
}

std::int64_t interval(const Quota& quota) {
  return std::max<std::int64_t>(1, quota.period.count() / quota.tokens);
}

// Bursts, rests, and steps of about the interval with its neighbours.
Duration randomStep(Steps& steps, const Quota& quota) {
  const std::int64_t one = interval(quota);
  switch (steps.between(0, 4)) {
    case 0:
      return Duration(0);
    case 1:
      return Duration(steps.between(std::max<std::int64_t>(0, one - 1), one + 1));
    case 2:
      return Duration(steps.between(0, one));
    case 3:
      return Duration(steps.between(0, 3 * one));
    default:
      return Duration(steps.oneIn(8) ? steps.between(0, 60 * one) : 1);
  }
}

bool same(const Decision& a, const Decision& b) {
  return a.admitted == b.admitted && a.retryAfter == b.retryAfter && a.remaining == b.remaining &&
         a.resetAfter == b.resetAfter;
}

struct Grant {
  std::int64_t at;
  std::int64_t cost;
};

// cost <= burst + tokens * window / period, with nothing rounded.
bool withinQuota(const Quota& quota, std::int64_t cost, std::int64_t window) {
  __extension__ typedef __int128 Wide;
  return Wide{cost - quota.burst} * quota.period.count() <= Wide{quota.tokens} * window;
}

}  // namespace

void TestLimiterProperties::rejectsQuotasOutOfRange_data() {
  QTest::addColumn<qint64>("tokens");
  QTest::addColumn<qint64>("period");
  QTest::addColumn<qint64>("burst");
  QTest::newRow("no tokens") << qint64{0} << qint64{1} << qint64{1};
  QTest::newRow("too many tokens") << qint64{Quota::kMaxTokens + 1} << qint64{1} << qint64{1};
  QTest::newRow("no burst") << qint64{1} << qint64{1} << qint64{0};
  QTest::newRow("no period") << qint64{1} << qint64{0} << qint64{1};
  QTest::newRow("burst too long") << qint64{1} << qint64{Quota::kMaxBurstPeriods / 2 + 1}
                                  << qint64{2};
}

void TestLimiterProperties::rejectsQuotasOutOfRange() {
  QFETCH(qint64, tokens);
  QFETCH(qint64, period);
  QFETCH(qint64, burst);
  const auto result = checkedQuota({.tokens = tokens, .period = Duration(period), .burst = burst});
  QVERIFY(!result.has_value());
  QVERIFY(result.error().message.find("allowed is 1 to") != std::string::npos);
}

void TestLimiterProperties::admitsNoMoreThanTheQuotaInAnyWindow() {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    Steps steps(seed);
    const Quota quota = randomQuota(steps);
    Gcra gcra(quota);
    std::vector<Grant> grants;
    Instant now{};
    for (int i = 0; i < 300; ++i) {
      now += randomStep(steps, quota);
      const std::int64_t cost = steps.oneIn(4) ? steps.between(1, quota.burst) : 1;
      if (gcra.take(now, cost)) grants.push_back({now.time_since_epoch().count(), cost});
    }
    for (std::size_t first = 0; first < grants.size(); ++first) {
      std::int64_t total = 0;
      for (std::size_t last = first; last < grants.size(); ++last) {
        total += grants[last].cost;
        QVERIFY(withinQuota(quota, total, grants[last].at - grants[first].at));
      }
    }
  }
}

void TestLimiterProperties::admitsAllThatTheQuotaAllowsToAGreedyCaller_data() {
  QTest::addColumn<qint64>("tokens");
  QTest::newRow("3 a second") << qint64{3};
  QTest::newRow("1,000,003 a second") << qint64{1'000'003};
  QTest::newRow("300 million a second") << qint64{300'000'000};
}

// A caller that retries exactly when told gets burst + rate * time, not one less: nothing is
// rounded.
void TestLimiterProperties::admitsAllThatTheQuotaAllowsToAGreedyCaller() {
  QFETCH(qint64, tokens);
  const Quota quota = Quota::perSecond(tokens, 5);
  Gcra gcra(quota);
  TokenBucket bucket(quota);
  Instant now{};
  std::int64_t admitted = 0;
  while (admitted < 300'000) {
    const Decision decision = gcra.take(now);
    QVERIFY(same(decision, bucket.take(now)));
    if (decision) {
      ++admitted;
    } else {
      now += decision.retryAfter;
    }
  }
  // The earliest nanosecond at which the last of them can be admitted.
  const std::int64_t earned = admitted - quota.burst;
  QCOMPARE(now.time_since_epoch().count(), (earned * 1'000'000'000 + tokens - 1) / tokens);
}

void TestLimiterProperties::gcraAndTokenBucketAgreeOnEverything() {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    Steps steps(seed);
    const Quota quota = randomQuota(steps);
    Gcra gcra(quota);
    TokenBucket bucket(quota);
    Instant now = at(100 * interval(quota));
    for (int i = 0; i < 1000; ++i) {
      const Duration step = randomStep(steps, quota);
      now += steps.oneIn(20) ? -step : step;
      const std::int64_t cost = steps.between(0, steps.oneIn(4) ? quota.burst + 1 : 1);
      const Decision one = gcra.take(now, cost);
      const Decision other = bucket.take(now, cost);
      QVERIFY2(same(one, other), qPrintable(QString("seed %1 step %2").arg(seed).arg(i)));
    }
  }
}

void TestLimiterProperties::waitingExactlyRetryAfterIsEnoughAndANanosecondLessIsNot() {
  std::int64_t refused = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    Steps steps(seed);
    const Quota quota = randomQuota(steps);
    Gcra gcra(quota);
    Instant now{};
    for (int i = 0; i < 300; ++i) {
      now += randomStep(steps, quota);
      const std::int64_t cost = steps.between(1, quota.burst);
      const Decision decision = gcra.take(now, cost);
      if (decision) continue;
      ++refused;
      QVERIFY(decision.retryAfter > Duration(0));
      Gcra early = gcra;
      Gcra exact = gcra;
      QVERIFY(!early.take(now + decision.retryAfter - Duration(1), cost));
      QVERIFY(exact.take(now + decision.retryAfter, cost));
    }
  }
  QVERIFY(refused > 10'000);
}

void TestLimiterProperties::refusedRequestsAndPeeksChangeNothing() {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    Steps steps(seed);
    const Quota quota = randomQuota(steps);
    Gcra quiet(quota);
    Gcra pestered(quota);
    Instant now{};
    for (int i = 0; i < 300; ++i) {
      now += randomStep(steps, quota);
      const Decision peeked = pestered.take(now, 0);
      const FineTime before = pestered.theoreticalArrival();
      if (!pestered.take(now, peeked.remaining + 1)) {
        QCOMPARE(pestered.theoreticalArrival().ns, before.ns);
        QCOMPARE(pestered.theoreticalArrival().part, before.part);
      } else {
        QFAIL("admitted more than it said remained");
      }
      QVERIFY(same(quiet.take(now), pestered.take(now)));
    }
  }
}

void TestLimiterProperties::reportsFiguresWithinTheirRanges() {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    Steps steps(seed);
    const Quota quota = randomQuota(steps);
    Gcra gcra(quota);
    Instant now{};
    std::int64_t remaining = quota.burst;
    for (int i = 0; i < 300; ++i) {
      const Duration step = randomStep(steps, quota);
      now += step;
      const Decision decision = gcra.take(now);
      QVERIFY(decision.remaining >= 0 && decision.remaining <= quota.burst);
      QVERIFY(decision.resetAfter >= Duration(0));
      // Without time passing, what remains falls by exactly what was admitted.
      if (step == Duration(0) && decision) QCOMPARE(decision.remaining, remaining - 1);
      remaining = decision.remaining;
      Gcra later = gcra;
      QCOMPARE(later.take(now + decision.resetAfter, 0).remaining, quota.burst);
    }
  }
}

void TestLimiterProperties::aClockThatGoesBackMintsNothing() {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    Steps steps(seed);
    const Quota quota = randomQuota(steps);
    Gcra gcra(quota);
    const std::int64_t span = 20 * interval(quota);
    std::int64_t admitted = 0;
    for (int i = 0; i < 1000; ++i) {
      if (gcra.take(at(steps.between(0, span)))) ++admitted;
    }
    QVERIFY(withinQuota(quota, admitted, span));
  }
}

void TestLimiterProperties::refusesForeverWhatCannotFit() {
  const Quota quota = Quota::perSecond(10, 5);
  Gcra gcra(quota);
  QVERIFY(gcra.take(at(0), 3));
  const Decision decision = gcra.take(at(0), 6);
  QVERIFY(!decision);
  QCOMPARE(decision.retryAfter, kNeverAdmitted);
  QCOMPARE(decision.remaining, 2);
}

}  // namespace ringside::gateway

QTEST_GUILESS_MAIN(ringside::gateway::TestLimiterProperties)
#include "tst_limiter_properties.moc"
