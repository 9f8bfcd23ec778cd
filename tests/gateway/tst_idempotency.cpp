// IdempotencyStore: boundaries, and every answer against a slow model over many seeds.
#include <QtTest>

#include <map>

#include "engine/gateway/idempotency.h"
#include "tests/gateway/steps.h"

namespace ringside::gateway {

using test::at;
using test::Steps;
using Store = IdempotencyStore;
using Verdict = Store::Verdict;
using Ended = Store::Ended;

class TestIdempotency : public QObject {
  Q_OBJECT

 private slots:
  void rejectsConfigurationsOutOfRange();
  void runsOnceAndThenReplays();
  void answersConflictWhileRunningAndMismatchForAnotherPayload();
  void keepsMerchantsApart();
  void handsACrashedOwnersRecordOverAsUnknown();
  void acceptsALateResultUnlessSomeoneTookOver();
  void startsAgainAfterAbandonOrRetention();
  void refusesWhenFullRatherThanForget();
  void agreesWithASlowModelOnEveryAnswer();
  void executesOnceHoweverManyCallersRace();
  void needsFewBytesARecord();
};

namespace {

constexpr Store::Config kSmall{.capacity = 100, .retention = Duration(1000), .lease = Duration(50)};

// The rules as one would say them, with no structure to get wrong.
class Model {
 public:
  explicit Model(const Store::Config& config) : config_(config) {}

  std::pair<Verdict, std::uint64_t> begin(Store::Key key, std::uint64_t fingerprint, Instant now,
                                          std::uint64_t caller) {
    const auto id = std::pair(key.merchant, key.key);
    if (const auto found = entries_.find(id); found != entries_.end()) {
      Entry& entry = found->second;
      if (now - entry.changed <= config_.retention) {
        if (entry.fingerprint != fingerprint) return {Verdict::Mismatch, 0};
        if (entry.done) return {Verdict::Replay, entry.result};
        if (now - entry.changed <= config_.lease) return {Verdict::InProgress, 0};
        entry.owner = caller;
        entry.changed = now;
        return {Verdict::OutcomeUnknown, 0};
      }
    }
    entries_[id] = {fingerprint, caller, false, 0, now};
    return {Verdict::Started, 0};
  }

  bool complete(std::uint64_t caller, std::uint64_t result, Instant now) {
    for (auto& [id, entry] : entries_) {
      if (!owns(entry, caller, now)) continue;
      entry.done = true;
      entry.result = result;
      entry.changed = now;
      return true;
    }
    return false;
  }

  bool abandon(std::uint64_t caller, Instant now) {
    return std::erase_if(entries_,
                         [&](const auto& item) { return owns(item.second, caller, now); }) > 0;
  }

 private:
  struct Entry {
    std::uint64_t fingerprint;
    std::uint64_t owner;
    bool done;
    std::uint64_t result;
    Instant changed;
  };

  [[nodiscard]] bool owns(const Entry& entry, std::uint64_t caller, Instant now) const {
    return !entry.done && entry.owner == caller && now - entry.changed <= config_.retention;
  }

  Store::Config config_;
  std::map<std::pair<std::uint64_t, std::uint64_t>, Entry> entries_;
};

}  // namespace

void TestIdempotency::rejectsConfigurationsOutOfRange() {
  QVERIFY(!Store::checked({.capacity = 0}));
  QVERIFY(!Store::checked({.lease = Duration(0)}));
  QVERIFY(!Store::checked({.retention = Duration(1), .lease = Duration(2)}));
  QVERIFY(Store::checked({}).has_value());
}

void TestIdempotency::runsOnceAndThenReplays() {
  Store store(kSmall);
  const auto first = store.begin({1, 2}, 77, at(0));
  QCOMPARE(first.verdict, Verdict::Started);
  QCOMPARE(store.complete(first.token, 4711, at(10)), Ended::Ok);
  const auto again = store.begin({1, 2}, 77, at(1010));
  QCOMPARE(again.verdict, Verdict::Replay);
  QCOMPARE(again.result, 4711u);
}

void TestIdempotency::answersConflictWhileRunningAndMismatchForAnotherPayload() {
  Store store(kSmall);
  const auto first = store.begin({1, 2}, 77, at(0));
  const auto second = store.begin({1, 2}, 77, at(20));
  QCOMPARE(second.verdict, Verdict::InProgress);
  QCOMPARE(second.retryAfter, Duration(31));
  QCOMPARE(store.begin({1, 2}, 78, at(20)).verdict, Verdict::Mismatch);
  store.complete(first.token, 1, at(20));
  QCOMPARE(store.begin({1, 2}, 78, at(20)).verdict, Verdict::Mismatch);
}

void TestIdempotency::keepsMerchantsApart() {
  Store store(kSmall);
  QCOMPARE(store.begin({1, 2}, 77, at(0)).verdict, Verdict::Started);
  QCOMPARE(store.begin({2, 2}, 77, at(0)).verdict, Verdict::Started);
  QCOMPARE(store.begin({2, 1}, 77, at(0)).verdict, Verdict::Started);
}

void TestIdempotency::handsACrashedOwnersRecordOverAsUnknown() {
  Store store(kSmall);
  QCOMPARE(store.begin({1, 2}, 77, at(0)).verdict, Verdict::Started);
  QCOMPARE(store.begin({1, 2}, 77, at(50)).verdict, Verdict::InProgress);
  const auto heir = store.begin({1, 2}, 77, at(51));
  QCOMPARE(heir.verdict, Verdict::OutcomeUnknown);
  // While the heir finds out, others wait; if it dies too, the next one inherits.
  QCOMPARE(store.begin({1, 2}, 77, at(101)).verdict, Verdict::InProgress);
  QCOMPARE(store.begin({1, 2}, 77, at(102)).verdict, Verdict::OutcomeUnknown);
  QCOMPARE(store.complete(heir.token, 5, at(102)), Ended::Superseded);
}

void TestIdempotency::acceptsALateResultUnlessSomeoneTookOver() {
  Store store(kSmall);
  const auto slow = store.begin({1, 1}, 77, at(0));
  QCOMPARE(store.complete(slow.token, 5, at(400)), Ended::Ok);
  QCOMPARE(store.begin({1, 1}, 77, at(400)).result, 5u);
  QCOMPARE(store.complete(slow.token, 6, at(400)), Ended::Superseded);
  const auto slower = store.begin({1, 2}, 77, at(400));
  const auto heir = store.begin({1, 2}, 77, at(500));
  QCOMPARE(store.complete(slower.token, 7, at(501)), Ended::Superseded);
  QCOMPARE(store.complete(heir.token, 8, at(501)), Ended::Ok);
  QCOMPARE(store.begin({1, 2}, 77, at(502)).result, 8u);
}

void TestIdempotency::startsAgainAfterAbandonOrRetention() {
  Store store(kSmall);
  const auto first = store.begin({1, 1}, 77, at(0));
  QCOMPARE(store.abandon(first.token), Ended::Ok);
  QCOMPARE(store.size(), std::size_t{0});
  const auto second = store.begin({1, 1}, 78, at(1));
  QCOMPARE(second.verdict, Verdict::Started);
  store.complete(second.token, 9, at(1));
  QCOMPARE(store.begin({1, 1}, 78, at(1001)).verdict, Verdict::Replay);
  QCOMPARE(store.begin({1, 1}, 78, at(1002)).verdict, Verdict::Started);
}

void TestIdempotency::refusesWhenFullRatherThanForget() {
  Store store(kSmall);
  for (std::uint64_t i = 0; i < 100; ++i) {
    QCOMPARE(store.begin({1, i}, 7, at(0)).verdict, Verdict::Started);
  }
  QCOMPARE(store.begin({1, 100}, 7, at(1000)).verdict, Verdict::Full);
  QCOMPARE(store.begin({1, 5}, 7, at(1000)).verdict, Verdict::OutcomeUnknown);
  QCOMPARE(store.begin({1, 100}, 7, at(1001)).verdict, Verdict::Started);
}

void TestIdempotency::agreesWithASlowModelOnEveryAnswer() {
  std::map<Verdict, int> seen;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    Steps steps(seed);
    Store store({.capacity = 1000, .retention = Duration(1000), .lease = Duration(50)});
    Model model(kSmall);
    std::vector<std::pair<Store::Token, std::uint64_t>> owners;
    Instant now{};
    for (std::uint64_t i = 0; i < 1500; ++i) {
      now += Duration(steps.oneIn(50) ? steps.between(0, 1200) : steps.between(0, 12));
      const Store::Key key{static_cast<std::uint64_t>(steps.between(1, 3)),
                           static_cast<std::uint64_t>(steps.between(1, 60))};
      const auto fingerprint = static_cast<std::uint64_t>(steps.oneIn(10));
      const auto [verdict, result] = model.begin(key, fingerprint, now, i);
      const auto begun = store.begin(key, fingerprint, now);
      QCOMPARE(begun.verdict, verdict);
      QCOMPARE(begun.result, result);
      ++seen[verdict];
      if (verdict == Verdict::Started || verdict == Verdict::OutcomeUnknown) {
        owners.emplace_back(begun.token, i);
      }
      if (owners.empty() || steps.oneIn(3)) continue;
      // Any owner may end, also one that was superseded or has ended before.
      const auto [token, caller] =
          owners[static_cast<std::size_t>(steps.between(0, std::ssize(owners) - 1))];
      if (steps.oneIn(4)) {
        QCOMPARE(store.abandon(token) == Ended::Ok, model.abandon(caller, now));
      } else {
        QCOMPARE(store.complete(token, i, now) == Ended::Ok, model.complete(caller, i, now));
      }
    }
  }
  QCOMPARE(seen.size(), std::size_t{5});
}

// Property: of k callers with one key, one executes; the rest get 409 or the same result.
void TestIdempotency::executesOnceHoweverManyCallersRace() {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    Steps steps(seed);
    Store store(kSmall);
    std::optional<Store::Token> running;
    int executions = 0;
    bool done = false;
    for (int caller = 0; caller < 20; ++caller) {
      const auto begun = store.begin({1, 1}, 5, at(caller));
      if (begun.verdict == Verdict::Started) {
        ++executions;
        running = begun.token;
      } else {
        QCOMPARE(begun.verdict, done ? Verdict::Replay : Verdict::InProgress);
        if (done) QCOMPARE(begun.result, 4711u);
      }
      if (running && !done && steps.oneIn(6)) {
        store.complete(*running, 4711, at(caller));
        done = true;
      }
    }
    QCOMPARE(executions, 1);
  }
}

void TestIdempotency::needsFewBytesARecord() {
  Store store({.capacity = 1u << 17});
  for (std::uint64_t i = 0; i < (1u << 17); ++i) (void)store.begin({i % 100, i}, i, at(0));
  QCOMPARE(store.size(), std::size_t{1u << 17});
  QVERIFY(store.bytes() / store.size() <= 64);
}

}  // namespace ringside::gateway

QTEST_GUILESS_MAIN(ringside::gateway::TestIdempotency)
#include "tst_idempotency.moc"
