#include <QTest>

#include <map>
#include <random>
#include <utility>
#include <vector>

#include "engine/storage/memory_shard.h"

using namespace std::chrono_literals;
using namespace ringside::storage;
using ringside::Bug;
using ringside::Instant;
using Write = MemoryShard::Write;

namespace {

PaymentRow row(std::uint64_t merchant, std::uint64_t key, std::int64_t amount = 100) {
  PaymentRow made;
  made.key = {merchant, key};
  made.amount = amount;
  return made;
}

class TestMemoryShard : public QObject {
  Q_OBJECT

 private slots:
  void aKeyIsInsertedOnceAndTheExistingRowIsShown() {
    MemoryShard shard;
    PaymentRow first = row(1, 7);
    first.fingerprint = 0xABC;
    QCOMPARE(shard.insert(first).outcome, Write::Done);
    const auto again = shard.insert(row(1, 7, 999));
    QCOMPARE(again.outcome, Write::Duplicate);
    QCOMPARE(again.row->fingerprint, std::uint64_t{0xABC});
    QCOMPARE(again.row->amount, std::int64_t{100});
    QCOMPARE(shard.insert(row(7, 1)).outcome, Write::Done);  // Another merchant's key.
    QCOMPARE(shard.lsn(), std::uint64_t{2});
  }

  void anUpdateNeedsTheExpectedState() {
    MemoryShard shard;
    const PaymentKey key{1, 7};
    QCOMPARE(shard.update(key, PaymentState::Pending, PaymentState::Failed).outcome,
             Write::Missing);
    shard.insert(row(1, 7));
    QCOMPARE(shard.update(key, PaymentState::Pending, PaymentState::Succeeded).outcome,
             Write::Done);
    const auto late = shard.update(key, PaymentState::Pending, PaymentState::Failed);
    QCOMPARE(late.outcome, Write::Mismatch);
    QCOMPARE(late.row->state, PaymentState::Succeeded);
    QCOMPARE(shard.lsn(), std::uint64_t{2});  // What was refused committed nothing.
    QCOMPARE(shard.find(key)->lsn, std::uint64_t{2});
  }

  void aRefusedUpdateMovesNoMoney() {
    MemoryShard shard;
    shard.insert(row(1, 7));
    const Posting posting{1, 2, 100};
    shard.update({1, 7}, PaymentState::Unknown, PaymentState::Succeeded, posting);
    QCOMPARE(shard.balance(2), std::int64_t{0});
    shard.update({1, 7}, PaymentState::Pending, PaymentState::Succeeded, posting);
    QCOMPARE(shard.balance(1), std::int64_t{-100});
    QCOMPARE(shard.balance(2), std::int64_t{100});
    QCOMPARE(shard.balanceSum(), std::int64_t{0});
  }

  void aPostingNeedsAnAmountAndAccounts() {
    MemoryShard shard;
    QVERIFY_EXCEPTION_THROWN(shard.post({1, 2, 0}), Bug);
    QVERIFY_EXCEPTION_THROWN(shard.post({1, 2, -5}), Bug);
    QVERIFY_EXCEPTION_THROWN(shard.post({1, MemoryShard::kMaxAccounts, 5}), Bug);
    QCOMPARE(shard.lsn(), std::uint64_t{0});
    QCOMPARE(shard.balance(77), std::int64_t{0});
    shard.post({3, 3, 5});  // To itself: it happened, and changed nothing.
    QCOMPARE(shard.balance(3), std::int64_t{0});
  }

  void aReplicaTakesNoWrites() {
    MemoryShard replica({.role = MemoryShard::Role::Replica});
    QCOMPARE(replica.insert(row(1, 7)).outcome, Write::NotPrimary);
    QCOMPARE(replica.update({1, 7}, PaymentState::Pending, PaymentState::Failed).outcome,
             Write::NotPrimary);
    QCOMPARE(replica.erase({1, 7}).outcome, Write::NotPrimary);
    QCOMPARE(replica.post({1, 2, 5}).outcome, Write::NotPrimary);
  }

  void anErasedKeyCanBeInsertedAgain() {
    MemoryShard shard;
    shard.insert(row(1, 7));
    QCOMPARE(shard.erase({1, 7}).outcome, Write::Done);
    QCOMPARE(shard.erase({1, 7}).outcome, Write::Missing);
    QVERIFY(shard.find({1, 7}) == nullptr);
    QCOMPARE(shard.insert(row(1, 7, 5)).outcome, Write::Done);
    QCOMPARE(shard.find({1, 7})->amount, std::int64_t{5});
    QCOMPARE(shard.size(), std::size_t{1});
  }

  void prunesWhatIsOlderThanTheHorizonAndNothingElse() {
    MemoryShard shard;
    for (int i = 0; i < 10; ++i) {
      PaymentRow made = row(1, static_cast<std::uint64_t>(i));
      made.created = Instant{} + i * 1ms;
      made.state = i < 2 ? PaymentState::Unknown : PaymentState::Succeeded;
      shard.insert(made);
    }
    shard.erase({1, 3});
    QCOMPARE(shard.prune(Instant{} + 5ms), std::size_t{4});
    QVERIFY(shard.find({1, 4}) == nullptr);
    QVERIFY(shard.find({1, 5}) != nullptr);  // Created exactly at the horizon.
    QCOMPARE(shard.size(), std::size_t{5});
    QCOMPARE(shard.counts().prunedOpen, std::uint64_t{2});
    QCOMPARE(shard.prune(Instant{} + 5ms), std::size_t{0});
  }

  void memoryStaysBoundedUnderPruning() {
    MemoryShard shard({.changeLog = MemoryShard::ChangeLog::Discard});
    std::size_t settled = 0;
    for (int i = 0; i < 200'000; ++i) {
      PaymentRow made = row(1, static_cast<std::uint64_t>(i));
      made.created = Instant{} + i * 1us;
      shard.insert(made);
      if (i % 100 == 0) shard.prune(Instant{} + (i - 1000) * 1us);
      if (i == 20'000) settled = shard.bytes();
    }
    QCOMPARE(shard.bytes(), settled);
    QVERIFY(shard.size() <= 1101);
    QCOMPARE(shard.changesKept(), std::size_t{0});
  }

  void visitsRowsInOrderOfInsertion() {
    MemoryShard shard;
    for (const std::uint64_t key : {5U, 1U, 9U}) shard.insert(row(1, key));
    shard.erase({1, 1});
    std::vector<std::uint64_t> keys;
    shard.forEach([&](const PaymentRow& seen) { keys.push_back(seen.key.key); });
    QCOMPARE(keys, (std::vector<std::uint64_t>{5, 9}));
  }

  void agreesWithASlowModel() {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      std::mt19937_64 rng(seed);
      MemoryShard shard;
      std::map<std::pair<std::uint64_t, std::uint64_t>, PaymentRow> rows;
      std::map<AccountId, std::int64_t> balances;
      std::uint64_t lsn = 0;
      Instant now{};
      for (int step = 0; step < 3000; ++step) {
        now += static_cast<int>(rng() % 3) * 1ms;
        const std::pair key{rng() % 4, rng() % 12};
        const auto known = rows.find(key);
        const std::uint64_t what = rng() % 10;
        if (what < 4) {
          PaymentRow made = row(key.first, key.second, static_cast<std::int64_t>(rng() % 500));
          made.created = now;
          const bool done = shard.insert(made).outcome == Write::Done;
          QCOMPARE(done, known == rows.end());
          made.lsn = lsn + 1;
          if (done) rows[key] = made, ++lsn;
        } else if (what < 8) {
          const auto expected = static_cast<PaymentState>(rng() % 4);
          const auto next = static_cast<PaymentState>(rng() % 4);
          const Posting posting{static_cast<AccountId>(rng() % 5),
                                static_cast<AccountId>(rng() % 5),
                                static_cast<std::int64_t>(1 + rng() % 100)};
          const auto written = shard.update({key.first, key.second}, expected, next, posting);
          const bool matches = known != rows.end() && known->second.state == expected;
          QCOMPARE(written.outcome == Write::Done, matches);
          QCOMPARE(written.outcome == Write::Missing, known == rows.end());
          if (matches) {
            known->second.state = next;
            known->second.lsn = ++lsn;
            balances[posting.debit] -= posting.amount;
            balances[posting.credit] += posting.amount;
          }
        } else if (what == 8) {
          const bool done = shard.erase({key.first, key.second}).outcome == Write::Done;
          QCOMPARE(done, known != rows.end());
          if (done) rows.erase(known), ++lsn;
        } else {
          const Instant horizon = now - 20ms;
          const std::size_t before = rows.size();
          std::erase_if(rows, [&](const auto& entry) { return entry.second.created < horizon; });
          QCOMPARE(shard.prune(horizon), before - rows.size());
        }
        QCOMPARE(shard.lsn(), lsn);
        QCOMPARE(shard.size(), rows.size());
      }
      for (const auto& [key, expected] : rows) {
        QVERIFY(*shard.find({key.first, key.second}) == expected);
      }
      for (const auto& [account, balance] : balances) QCOMPARE(shard.balance(account), balance);
      QCOMPARE(shard.balanceSum(), std::int64_t{0});
    }
  }
};

}  // namespace

QTEST_GUILESS_MAIN(TestMemoryShard)
#include "tst_memory_shard.moc"
