// Replays recordings of golang.org/x/time/rate to the last bit, and shows what it gets wrong.
#include <QtTest>

#include <bit>
#include <map>

#include "engine/gateway/rate_limiter_compat.h"
#include "engine/gateway/token_bucket.h"
#include "tests/gateway/steps.h"

namespace ringside::gateway {

using test::at;
using Refusal = RateLimiterCompat::Refusal;

class TestRateLimiterCompat : public QObject {
  Q_OBJECT

 private slots:
  void replaysTheRecordingsToTheLastBit();
  void mintsTokensWhenTheClockGoesBack();
  void letsABurstThroughALimitOfZero();
};

namespace {

double limitOf(const nlohmann::json& limit) {
  return limit.is_string() ? RateLimiterCompat::kUnlimited : limit.get<double>();
}

std::string nameOf(Refusal refusal) {
  if (refusal == Refusal::ExceedsBurst) return "exceeds_burst";
  return refusal == Refusal::ExceedsDeadline ? "exceeds_deadline" : "";
}

class Player {
 public:
  explicit Player(const nlohmann::json& script)
      : limiter_(limitOf(script["limit"]), script["burst"]) {}

  void play(const nlohmann::json& op) {
    const Instant now = at(op["t"]);
    const std::string name = op["op"];
    if (name == "allow") QCOMPARE(limiter_.allow(now, op["n"]), op["ok"].get<bool>());
    if (name == "reserve") playReserve(op, now);
    if (name == "wait") playWait(op, now);
    if (name == "cancel") limiter_.cancel(now, reservations_.at(op["slot"]));
    if (name == "set_limit") limiter_.setLimit(now, limitOf(op["limit"]));
    if (name == "set_burst") limiter_.setBurst(now, op["burst"]);
    compareState(op, now);
  }

 private:
  void playReserve(const nlohmann::json& op, Instant now) {
    const auto made = limiter_.reserve(now, op["n"]);
    QCOMPARE(made.granted(), op["ok"].get<bool>());
    if (made.granted()) QCOMPARE(made.delayFrom(now).count(), op["delay"].get<std::int64_t>());
    reservations_[op["slot"]] = made;
  }

  void playWait(const nlohmann::json& op, Instant now) {
    const std::int64_t longest = op["max"];
    const auto made =
        limiter_.wait(now, op["n"], longest < 0 ? Duration::max() : Duration(longest));
    QCOMPARE(nameOf(made.refusal), op["err"].get<std::string>());
    if (!made.granted()) return;
    QCOMPARE(made.delayFrom(now).count(), op["delay"].get<std::int64_t>());
    reservations_[op["slot"]] = made;
  }

  void compareState(const nlohmann::json& op, Instant now) const {
    const auto bits = [](double value) { return std::bit_cast<std::uint64_t>(value); };
    QCOMPARE(bits(limiter_.rawTokens()), bits(op["raw_tokens"].get<double>()));
    QCOMPARE(bits(limiter_.tokensAt(now)), bits(op["tokens_at"].get<double>()));
    compareInstant(limiter_.rawLast(), op, "raw_last");
    compareInstant(limiter_.rawLastEvent(), op, "raw_last_event");
  }

  static void compareInstant(std::optional<Instant> ours, const nlohmann::json& op,
                             const char* field) {
    QCOMPARE(ours.has_value(), op.contains(field));
    if (ours) QCOMPARE(ours->time_since_epoch().count(), op[field].get<std::int64_t>());
  }

  RateLimiterCompat limiter_;
  std::map<std::int64_t, RateLimiterCompat::Reservation> reservations_;
};

}  // namespace

void TestRateLimiterCompat::replaysTheRecordingsToTheLastBit() {
  std::int64_t replayed = 0;
  const auto recorded = test::vectors("rate_token_bucket.json");
  for (const auto& script : recorded["scripts"]) {
    Player player(script);
    for (const auto& op : script["ops"]) {
      player.play(op);
      if (QTest::currentTestFailed()) {
        qWarning("script %s", script["id"].dump().c_str());
        return;
      }
      ++replayed;
    }
  }
  QVERIFY(replayed > 1500);
}

void TestRateLimiterCompat::mintsTokensWhenTheClockGoesBack() {
  RateLimiterCompat compat(1.0, 10);
  TokenBucket exact(Quota::perSecond(1, 10));
  std::int64_t compatAdmitted = 0;
  std::int64_t exactAdmitted = 0;
  // A clock that swings between 0 and 10 s: no window is longer than 10 s, so 20 is the bound.
  for (std::int64_t i = 0; i < 200; ++i) {
    const Instant now = at(i % 2 == 0 ? 0 : 10'000'000'000);
    if (compat.allow(now, 1)) ++compatAdmitted;
    if (exact.take(now)) ++exactAdmitted;
  }
  QVERIFY(compatAdmitted > 100);
  QVERIFY(exactAdmitted <= 20);
}

void TestRateLimiterCompat::letsABurstThroughALimitOfZero() {
  RateLimiterCompat limiter(0.0, 3);
  for (int i = 0; i < 3; ++i) QVERIFY(limiter.allow(at(i), 1));
  QVERIFY(!limiter.allow(at(1'000'000'000'000), 1));
}

}  // namespace ringside::gateway

QTEST_GUILESS_MAIN(ringside::gateway::TestRateLimiterCompat)
#include "tst_rate_limiter_compat.moc"
