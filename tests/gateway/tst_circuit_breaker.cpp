// CircuitBreaker: boundaries, the lease, single counting, the listener, and liveness.
#include <QtTest>

#include "engine/gateway/circuit_breaker.h"
#include "tests/gateway/steps.h"

namespace ringside::gateway {

using test::at;
using test::Steps;
using Breaker = CircuitBreaker;
using State = Breaker::State;
using Refusal = Breaker::Refusal;
using Reported = Breaker::Reported;

class TestCircuitBreaker : public QObject {
  Q_OBJECT

 private slots:
  void rejectsConfigurationsOutOfRange();
  void staysOpenUntilExactlyItsEndAndNotANanosecondMore();
  void tellsHowLongToWait();
  void countsGrantedProbesNotThoseInFlight();
  void reclaimsAProbeOnlyAfterItsLease();
  void ignoresAProbeThatReportsAfterItsSlotWasReclaimed();
  void givesTheSlotBackForAnExcludedProbe();
  void countsAPermitOnce();
  void ignoresReportsFromAnEarlierGeneration();
  void tellsTheListenerLastSoThatItMayCallBack();
  void doesNotTripOnWhatHasRolledOutOfTheWindow();
  void neverWedgesHoweverManyProbesAreAbandoned();
  void grantsNoMoreProbesThanConfigured();
};

namespace {

constexpr Breaker::Config kSimple{.openFor = Duration(100),
                                  .probeLease = Duration(50),
                                  .trip = TripPolicy::consecutiveAtLeast(1)};

// A breaker that opened at `when`.
Breaker opened(const Breaker::Config& config, Instant when) {
  Breaker breaker(config, when);
  auto admission = breaker.admit(when);
  breaker.report(*admission.permit, Outcome::Failure, when);
  return breaker;
}

}  // namespace

void TestCircuitBreaker::rejectsConfigurationsOutOfRange() {
  QVERIFY(!Breaker::checked({.probes = 0}));
  QVERIFY(!Breaker::checked({.probes = Breaker::kMaxProbes + 1}));
  QVERIFY(!Breaker::checked({.openFor = Duration(0)}));
  QVERIFY(!Breaker::checked({.probeLease = Duration(-1)}));
  QVERIFY(!Breaker::checked({.interval = Duration(1'000'000), .bucket = Duration(1)}));
  QVERIFY(!Breaker::checked({.repeated = Breaker::RepeatedReports::Counted}));
  QVERIFY(Breaker::checked({}).has_value());
}

void TestCircuitBreaker::staysOpenUntilExactlyItsEndAndNotANanosecondMore() {
  Breaker breaker = opened(kSimple, at(1000));
  QCOMPARE(breaker.state(at(1100)), State::Open);
  QCOMPARE(breaker.admit(at(1100)).refusal, Refusal::Open);
  QCOMPARE(breaker.state(at(1101)), State::HalfOpen);
}

void TestCircuitBreaker::tellsHowLongToWait() {
  Breaker breaker = opened(kSimple, at(1000));
  const Duration wait = breaker.admit(at(1030)).retryAfter;
  QCOMPARE(wait, Duration(71));
  QCOMPARE(breaker.timeToNextState(at(1030)), std::optional(wait));
  QVERIFY(!breaker.admit(at(1030) + wait - Duration(1)));
  QVERIFY(breaker.admit(at(1030) + wait));
  // Half-open, its only probe out: the lease decides.
  const auto refused = breaker.admit(at(1110));
  QCOMPARE(refused.refusal, Refusal::TooManyProbes);
  QVERIFY(!breaker.admit(at(1110) + refused.retryAfter - Duration(1)));
  QVERIFY(breaker.admit(at(1110) + refused.retryAfter));
  QVERIFY(!breaker.timeToNextState(at(1200)).has_value());
}

void TestCircuitBreaker::countsGrantedProbesNotThoseInFlight() {
  auto config = kSimple;
  config.probes = 3;
  Breaker breaker = opened(config, at(0));
  for (int i = 0; i < 2; ++i) {
    auto probe = breaker.admit(at(101));
    QCOMPARE(breaker.report(*probe.permit, Outcome::Success, at(101)), Reported::Counted);
  }
  auto third = breaker.admit(at(101));
  QVERIFY(third);
  // None but the third is in flight, and still a fourth is one too many.
  QCOMPARE(breaker.admit(at(101)).refusal, Refusal::TooManyProbes);
  breaker.report(*third.permit, Outcome::Success, at(102));
  QCOMPARE(breaker.lastState(), State::Closed);
}

void TestCircuitBreaker::reclaimsAProbeOnlyAfterItsLease() {
  Breaker breaker = opened(kSimple, at(0));
  QVERIFY(breaker.admit(at(101)));
  QVERIFY(!breaker.admit(at(151)));
  QCOMPARE(breaker.abandonedProbes(), 0u);
  QVERIFY(breaker.admit(at(152)));
  QCOMPARE(breaker.abandonedProbes(), 1u);
}

void TestCircuitBreaker::ignoresAProbeThatReportsAfterItsSlotWasReclaimed() {
  Breaker breaker = opened(kSimple, at(0));
  auto lost = breaker.admit(at(101));
  auto second = breaker.admit(at(152));
  QCOMPARE(breaker.report(*lost.permit, Outcome::Failure, at(153)), Reported::Stale);
  QCOMPARE(breaker.lastState(), State::HalfOpen);
  QCOMPARE(breaker.report(*second.permit, Outcome::Success, at(153)), Reported::Counted);
  QCOMPARE(breaker.lastState(), State::Closed);
}

void TestCircuitBreaker::givesTheSlotBackForAnExcludedProbe() {
  Breaker breaker = opened(kSimple, at(0));
  auto probe = breaker.admit(at(101));
  breaker.report(*probe.permit, Outcome::Excluded, at(101));
  QCOMPARE(breaker.lastState(), State::HalfOpen);
  QVERIFY(breaker.admit(at(101)));
}

void TestCircuitBreaker::countsAPermitOnce() {
  Breaker breaker({.trip = TripPolicy::totalAtLeast(2)});
  auto admission = breaker.admit(at(0));
  QCOMPARE(breaker.report(*admission.permit, Outcome::Failure, at(0)), Reported::Counted);
  QCOMPARE(breaker.report(*admission.permit, Outcome::Failure, at(0)), Reported::Repeated);
  Breaker::Permit moved = *std::move(admission.permit);
  QCOMPARE(breaker.report(moved, Outcome::Failure, at(0)), Reported::Repeated);
  QCOMPARE(breaker.counts().failures, 1u);
  QCOMPARE(breaker.lastState(), State::Closed);
}

void TestCircuitBreaker::ignoresReportsFromAnEarlierGeneration() {
  Breaker breaker({.interval = Duration(100), .trip = TripPolicy::totalAtLeast(1)});
  auto early = breaker.admit(at(0));
  auto late = breaker.admit(at(0));
  QCOMPARE(breaker.report(*early.permit, Outcome::Success, at(100)), Reported::Counted);
  QCOMPARE(breaker.report(*late.permit, Outcome::Failure, at(101)), Reported::Stale);
  QCOMPARE(breaker.counts(), BreakerCounts{});
  QCOMPARE(breaker.generation(), 2u);
}

void TestCircuitBreaker::tellsTheListenerLastSoThatItMayCallBack() {
  Breaker breaker = opened(kSimple, at(0));
  std::vector<State> seen;
  std::optional<Refusal> nested;
  breaker.onTransition([&](const Breaker::Transition& change) {
    seen.push_back(change.to);
    QCOMPARE(breaker.lastState(), change.to);
    QCOMPARE(breaker.state(change.at), change.to);
    if (change.to == State::HalfOpen) nested = breaker.admit(change.at).refusal;
  });
  auto probe = breaker.admit(at(101));
  QVERIFY(probe);
  // The caller's own probe was granted before the listener asked.
  QCOMPARE(nested, std::optional(Refusal::TooManyProbes));
  breaker.report(*probe.permit, Outcome::Success, at(101));
  QCOMPARE(seen, (std::vector{State::HalfOpen, State::Closed}));
}

void TestCircuitBreaker::doesNotTripOnWhatHasRolledOutOfTheWindow() {
  const Breaker::Config config{
      .interval = Duration(100), .bucket = Duration(10), .trip = TripPolicy::totalAtLeast(2)};
  for (const bool inTime : {true, false}) {
    Breaker breaker(config, at(0));
    auto first = breaker.admit(at(5));
    breaker.report(*first.permit, Outcome::Failure, at(5));
    // The first failure's bucket covers 0 to 9 and leaves the window at 100.
    const Instant when = at(inTime ? 99 : 100);
    auto second = breaker.admit(when);
    breaker.report(*second.permit, Outcome::Failure, when);
    QCOMPARE(breaker.lastState(), inTime ? State::Open : State::Closed);
  }
}

void TestCircuitBreaker::neverWedgesHoweverManyProbesAreAbandoned() {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    Steps steps(seed);
    auto config = kSimple;
    config.probes = static_cast<std::uint32_t>(steps.between(1, 4));
    Breaker breaker = opened(config, at(0));
    std::vector<Breaker::Permit> held;
    Instant now{};
    for (int i = 0; i < 300; ++i) {
      now += Duration(steps.between(0, 60));
      auto admission = breaker.admit(now);
      if (admission && steps.oneIn(2)) held.push_back(*std::move(admission.permit));
      if (!held.empty() && steps.oneIn(3)) {
        breaker.report(held.back(), static_cast<Outcome>(steps.between(0, 2)), now);
        held.pop_back();
      }
      // Whatever has happened: if all callers die now, a call passes within open time and lease.
      Breaker left = breaker;
      QVERIFY(left.admit(now + config.openFor + config.probeLease + Duration(2)));
    }
  }
}

void TestCircuitBreaker::grantsNoMoreProbesThanConfigured() {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    Steps steps(seed);
    auto config = kSimple;
    config.probes = static_cast<std::uint32_t>(steps.between(1, 4));
    Breaker breaker = opened(config, at(0));
    std::vector<Breaker::Permit> held;
    std::uint64_t generation = 0;
    std::uint32_t granted = 0;
    Instant now{};
    for (int i = 0; i < 500; ++i) {
      now += Duration(steps.between(0, 30));
      const State state = breaker.state(now);
      if (std::exchange(generation, breaker.generation()) != breaker.generation()) granted = 0;
      auto admission = breaker.admit(now);
      if (admission && state == State::HalfOpen) {
        ++granted;
        QVERIFY(granted - breaker.counts().exclusions - breaker.abandonedProbes() <= config.probes);
      }
      if (admission) held.push_back(*std::move(admission.permit));
      while (!held.empty() && steps.oneIn(2)) {
        const auto before = breaker.counts();
        const auto outcome = static_cast<Outcome>(steps.between(0, 2));
        const std::uint64_t current = breaker.generation();
        const Reported reported = breaker.report(held.front(), outcome, now);
        if (reported == Reported::Stale && breaker.generation() == current) {
          QCOMPARE(breaker.counts(), before);
        }
        held.erase(held.begin());
      }
    }
  }
}

}  // namespace ringside::gateway

QTEST_GUILESS_MAIN(ringside::gateway::TestCircuitBreaker)
#include "tst_circuit_breaker.moc"
