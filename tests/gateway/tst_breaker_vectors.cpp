// Replays recordings of sony/gobreaker v1 and v2 step by step: every answer and every internal
// field.
#include <QtTest>

#include <map>

#include "engine/gateway/circuit_breaker.h"
#include "tests/gateway/steps.h"

namespace ringside::gateway {

using test::at;
using State = CircuitBreaker::State;

class TestBreakerVectors : public QObject {
  Q_OBJECT

 private slots:
  void replaysEveryStep();
};

namespace {

std::string nameOf(State state) {
  if (state == State::Closed) return "closed";
  return state == State::Open ? "open" : "half-open";
}

TripPolicy tripOf(const nlohmann::json& trip) {
  const std::string kind = trip["kind"];
  if (kind == "ratio") return TripPolicy::ratio(trip["min"], trip["num"], trip["den"]);
  if (kind == "consecutive_gt") return TripPolicy::consecutiveOver(trip["n"]);
  if (kind == "consecutive_ge") return TripPolicy::consecutiveAtLeast(trip["n"]);
  return TripPolicy::totalAtLeast(trip["n"]);
}

// The original reads a zero as "the default".
CircuitBreaker::Config configOf(const nlohmann::json& settings) {
  CircuitBreaker::Config config;
  config.probes = std::max<std::uint32_t>(1, settings["max_requests"]);
  config.interval = Duration(settings["interval_ns"].get<std::int64_t>());
  config.bucket = Duration(settings["bucket_ns"].get<std::int64_t>());
  const std::int64_t timeout = settings["timeout_ns"];
  config.openFor = timeout > 0 ? Duration(timeout) : std::chrono::seconds(60);
  config.probeLease = Duration(0);
  config.trip = tripOf(settings["trip"]);
  config.repeated = CircuitBreaker::RepeatedReports::Counted;
  return config;
}

Outcome outcomeOf(const std::string& name) {
  if (name == "ok" || name == "soft") return Outcome::Success;
  return name == "excl" ? Outcome::Excluded : Outcome::Failure;
}

class Player {
 public:
  explicit Player(const nlohmann::json& script) : breaker_(configOf(script["settings"])) {
    breaker_.onTransition([this](const CircuitBreaker::Transition& change) {
      events_.push_back(nameOf(change.from) + ">" + nameOf(change.to));
    });
  }

  void play(const nlohmann::json& step, const nlohmann::json& expected) {
    events_.clear();
    const std::string op = step["op"];
    if (op == "adv") now_ += Duration(step.value("ns", std::int64_t{0}));
    if (op == "state") QCOMPARE(nameOf(breaker_.state(now_)), expected["ret"].get<std::string>());
    if (op == "begin") begin(step["slot"], expected);
    if (op == "end") {
      breaker_.report(permits_.at(step["slot"]), outcomeOf(step["out"]), now_);
    }
    if (op == "exec") execute(outcomeOf(step["out"]), expected);
    compareState(expected);
  }

 private:
  void begin(std::int64_t slot, const nlohmann::json& expected) {
    auto admission = breaker_.admit(now_);
    compareAdmission(admission, expected);
    if (!admission) return;
    permits_.erase(slot);
    permits_.emplace(slot, *std::move(admission.permit));
  }

  void execute(Outcome outcome, const nlohmann::json& expected) {
    auto admission = breaker_.admit(now_);
    compareAdmission(admission, expected);
    if (admission) breaker_.report(*admission.permit, outcome, now_);
  }

  static void compareAdmission(const CircuitBreaker::Admission& admission,
                               const nlohmann::json& expected) {
    QCOMPARE(static_cast<bool>(admission), expected["admit"].get<bool>());
    if (admission) return;
    const bool open = admission.refusal == CircuitBreaker::Refusal::Open;
    QCOMPARE(std::string(open ? "open" : "too_many"), expected["err"].get<std::string>());
  }

  void compareState(const nlohmann::json& expected) const {
    QCOMPARE(now_.time_since_epoch().count(), expected["t"].get<std::int64_t>());
    QCOMPARE(nameOf(breaker_.lastState()), expected["st"].get<std::string>());
    QCOMPARE(breaker_.generation(), expected["gen"].get<std::uint64_t>());
    const auto expiry = breaker_.expiry();
    QCOMPARE(expiry ? expiry->time_since_epoch().count() : -1, expected["exp"].get<std::int64_t>());
    QCOMPARE(breaker_.windowAge(), expected["age"].get<std::uint64_t>());
    const BreakerCounts& c = breaker_.counts();
    const std::vector<std::uint32_t> counts{
        c.requests,           c.successes, c.failures, c.exclusions, c.consecutiveSuccesses,
        c.consecutiveFailures};
    QCOMPARE(counts, expected["c"].get<std::vector<std::uint32_t>>());
    QCOMPARE(events_, expected.value("ev", std::vector<std::string>{}));
  }

  CircuitBreaker breaker_;
  Instant now_{};
  std::map<std::int64_t, CircuitBreaker::Permit> permits_;
  std::vector<std::string> events_;
};

}  // namespace

void TestBreakerVectors::replaysEveryStep() {
  const auto recorded = test::vectors("breaker.json");
  std::size_t replayed = 0;
  for (const auto& script : recorded["scripts"]) {
    Player player(script);
    for (std::size_t i = 0; i < script["steps"].size(); ++i) {
      player.play(script["steps"][i], script["expect"][i]);
      if (QTest::currentTestFailed()) {
        qWarning("script %s, step %zu", script["id"].dump().c_str(), i);
        return;
      }
      ++replayed;
    }
  }
  qInfo("%zu steps of %zu scripts", replayed, recorded["scripts"].size());
  QVERIFY(replayed > 1500);
}

}  // namespace ringside::gateway

QTEST_GUILESS_MAIN(ringside::gateway::TestBreakerVectors)
#include "tst_breaker_vectors.moc"
