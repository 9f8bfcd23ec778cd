#include <QTest>

#include <algorithm>
#include <map>
#include <random>
#include <utility>
#include <vector>

#include "engine/storage/memory_shard.h"

using namespace ringside::storage;
using Applied = MemoryShard::Applied;
using Role = MemoryShard::Role;
using Write = MemoryShard::Write;

namespace {

PaymentRow row(std::uint64_t key) {
  PaymentRow made;
  made.key = {1, key};
  made.amount = 10;
  return made;
}

MemoryShard replica() { return MemoryShard({.role = Role::Replica}); }

// Applies up to `limit` changes that the replica lacks; how many it took.
std::size_t catchUp(const MemoryShard& primary, MemoryShard& follower,
                    std::size_t limit = ~std::size_t{0}) {
  std::size_t taken = 0;
  for (; taken < limit; ++taken) {
    const Change* change = primary.changeAfter(follower.lsn());
    if (change == nullptr) break;
    if (follower.apply(*change, primary.epoch()) != Applied::Done) break;
  }
  return taken;
}

// A random commit: most insert, many settle with a posting, some erase or only post.
void writeSomething(MemoryShard& shard, std::mt19937_64& rng) {
  const PaymentKey key{1, rng() % 200};
  const std::uint64_t what = rng() % 10;
  if (what < 5) {
    shard.insert(row(key.key));
  } else if (what < 8) {
    shard.update(key, PaymentState::Pending, PaymentState::Succeeded,
                 Posting{static_cast<AccountId>(rng() % 4), 9, 10});
  } else if (what == 8) {
    shard.erase(key);
  } else {
    shard.post({static_cast<AccountId>(rng() % 4), static_cast<AccountId>(rng() % 4), 3});
  }
}

std::vector<PaymentRow> contents(const MemoryShard& shard) {
  std::vector<PaymentRow> rows;
  shard.forEach([&](const PaymentRow& seen) { rows.push_back(seen); });
  return rows;
}

void compareStates(const MemoryShard& left, const MemoryShard& right) {
  QVERIFY(contents(left) == contents(right));
  for (AccountId account = 0; account < 10; ++account) {
    QCOMPARE(left.balance(account), right.balance(account));
  }
  QCOMPARE(left.balanceSum(), std::int64_t{0});
}

class TestReplication : public QObject {
  Q_OBJECT

 private slots:
  void aReplicaEqualsItsPrimaryAsOfItsLsn() {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
      std::mt19937_64 rng(seed);
      MemoryShard primary;
      MemoryShard follower = replica();
      std::map<std::uint64_t, MemoryShard> history;
      for (int step = 0; step < 300; ++step) {
        writeSomething(primary, rng);
        history.insert_or_assign(primary.lsn(), primary);
        if (rng() % 3 == 0) catchUp(primary, follower, rng() % 6);
        if (follower.lsn() > 0) compareStates(follower, history.at(follower.lsn()));
      }
      catchUp(primary, follower);
      compareStates(follower, primary);
    }
  }

  void changesAreTakenOnceAndInOrder() {
    MemoryShard primary;
    MemoryShard follower = replica();
    for (std::uint64_t key = 0; key < 3; ++key) primary.insert(row(key));
    const std::vector<Change> changes = primary.changesSince(0);
    QCOMPARE(changes.size(), std::size_t{3});
    QCOMPARE(follower.apply(changes[1], 1), Applied::Gap);
    QCOMPARE(follower.apply(changes[0], 1), Applied::Done);
    QCOMPARE(follower.apply(changes[0], 1), Applied::Duplicate);
    QCOMPARE(follower.apply(changes[1], 1), Applied::Done);
    QCOMPARE(follower.size(), std::size_t{2});
    QCOMPARE(primary.changesSince(2).size(), std::size_t{1});
    QCOMPARE(primary.changesSince(3).size(), std::size_t{0});
  }

  void strictReplicationLosesNothingThatWasAcknowledged_data() { seeds(); }
  void strictReplicationLosesNothingThatWasAcknowledged() {
    QFETCH(quint64, seed);
    std::mt19937_64 rng(seed);
    MemoryShard primary;
    MemoryShard follower = replica();
    std::vector<std::uint64_t> acknowledged;
    const std::uint64_t kill = 1 + rng() % 300;
    for (std::uint64_t key = 0;; ++key) {
      primary.insert(row(key));
      if (key == kill && rng() % 2 == 0) break;  // Dies with the commit made and not yet sent.
      catchUp(primary, follower);
      if (key == kill) break;  // Dies before it could acknowledge: the replica has it all the same.
      acknowledged.push_back(key);
    }
    const auto promotion = follower.promote(primary);
    QVERIFY(promotion.lostCount <= 1);
    QCOMPARE(promotion.lost.size(), static_cast<std::size_t>(promotion.lostCount));
    for (const std::uint64_t key : acknowledged) QVERIFY(follower.find({1, key}) != nullptr);
    for (const Change& lost : promotion.lost) {
      QVERIFY(std::find(acknowledged.begin(), acknowledged.end(), lost.row.key.key) ==
              acknowledged.end());
    }
  }

  void asynchronousReplicationLosesExactlyTheUnappliedTail_data() { seeds(); }
  void asynchronousReplicationLosesExactlyTheUnappliedTail() {
    QFETCH(quint64, seed);
    std::mt19937_64 rng(seed);
    MemoryShard primary;
    MemoryShard follower = replica();
    std::map<std::uint64_t, MemoryShard> history;
    history.insert_or_assign(0, primary);
    const std::uint64_t kill = 1 + rng() % 300;
    for (std::uint64_t step = 0; step < kill; ++step) {
      writeSomething(primary, rng);
      history.insert_or_assign(primary.lsn(), primary);
      catchUp(primary, follower, rng() % 3);
    }
    const std::vector<Change> tail = primary.changesSince(follower.lsn());
    const auto promotion = follower.promote(primary);
    QCOMPARE(promotion.epoch, 2U);
    QCOMPARE(promotion.lostCount, primary.lsn() - follower.lsn());
    QVERIFY(promotion.lost == tail);
    compareStates(follower, history.at(follower.lsn()));
    QCOMPARE(follower.insert(row(1000)).outcome, Write::Done);
  }

  void aDeposedPrimaryIsFencedOff() {
    MemoryShard primary;
    primary.insert(row(1));
    MemoryShard first = replica();
    MemoryShard second = replica();
    catchUp(primary, first);
    catchUp(primary, second);
    first.promote(primary);
    first.insert(row(2));
    QCOMPARE(catchUp(first, second), std::size_t{1});
    primary.insert(row(3));  // It has not heard, and goes on.
    QCOMPARE(second.apply(*primary.changeAfter(1), primary.epoch()), Applied::StaleEpoch);
    QCOMPARE(first.apply(*primary.changeAfter(1), primary.epoch()), Applied::StaleEpoch);
    QCOMPARE(primary.apply(*first.changeAfter(1), first.epoch()), Applied::Diverged);
    QCOMPARE(primary.role(), Role::Replica);
    QCOMPARE(primary.insert(row(4)).outcome, Write::NotPrimary);
  }

  void aReplicaThatWasAheadOfTheNewPrimaryIsToldToStartAfresh() {
    MemoryShard primary;
    for (std::uint64_t key = 0; key < 5; ++key) primary.insert(row(key));
    MemoryShard behind = replica();
    MemoryShard ahead = replica();
    catchUp(primary, behind, 3);
    catchUp(primary, ahead);
    behind.promote(primary);
    for (std::uint64_t key = 10; key < 13; ++key) behind.insert(row(key));
    // Its next change continues a history that `ahead` does not share, though the number fits.
    QCOMPARE(ahead.apply(*behind.changeAfter(5), behind.epoch()), Applied::Diverged);
    QCOMPARE(ahead.apply(*behind.changeAfter(3), behind.epoch()), Applied::Diverged);
    MemoryShard afresh = behind;  // A copy is a base backup.
    afresh.fence();
    behind.insert(row(20));
    QCOMPARE(catchUp(behind, afresh), std::size_t{1});
    compareStates(afresh, behind);
  }

  void aReplicaThatWasBehindCatchesUpAcrossThePromotion() {
    MemoryShard primary;
    for (std::uint64_t key = 0; key < 5; ++key) primary.insert(row(key));
    MemoryShard heir = replica();
    MemoryShard late = replica();
    catchUp(primary, heir, 4);
    catchUp(primary, late, 1);
    heir.promote(primary);
    heir.insert(row(10));
    QCOMPARE(catchUp(heir, late), std::size_t{4});  // Three of the old epoch, one of the new.
    compareStates(late, heir);
  }

  void trimmingForgetsOnlyWhatIsToldToHaveBeenApplied() {
    MemoryShard primary;
    for (std::uint64_t key = 0; key < 10; ++key) primary.insert(row(key));
    MemoryShard follower = replica();
    catchUp(primary, follower, 6);
    primary.trimChanges(follower.lsn());
    QCOMPARE(primary.changesKept(), std::size_t{4});
    QVERIFY(primary.changeAfter(5) == nullptr);
    QCOMPARE(catchUp(primary, follower), std::size_t{4});
    // One that is further behind cannot catch up any more, and the loss is counted all the same.
    MemoryShard blank = replica();
    QCOMPARE(catchUp(primary, blank), std::size_t{0});
    const auto promotion = blank.promote(primary);
    QCOMPARE(promotion.lostCount, std::uint64_t{10});
    QCOMPARE(promotion.lost.size(), std::size_t{4});
  }

  void aReplicaPrunesByItself() {
    using namespace std::chrono_literals;
    MemoryShard primary;
    MemoryShard early = replica();
    MemoryShard lazy = replica();
    primary.insert(row(1));
    catchUp(primary, early);
    catchUp(primary, lazy);
    early.prune(ringside::Instant{} + 1s);
    primary.update({1, 1}, PaymentState::Pending, PaymentState::Succeeded, Posting{1, 2, 10});
    QCOMPARE(catchUp(primary, early), std::size_t{1});
    QCOMPARE(early.balance(2), std::int64_t{10});  // The row has gone, the money has not.
    primary.prune(ringside::Instant{} + 1s);
    primary.insert(row(1));  // The key is free again here, and still taken on the lazy replica.
    QCOMPARE(catchUp(primary, lazy), std::size_t{2});
    QCOMPARE(lazy.find({1, 1})->lsn, primary.lsn());
    QCOMPARE(lazy.size(), std::size_t{1});
  }

 private:
  static void seeds() {
    QTest::addColumn<quint64>("seed");
    for (quint64 seed = 1; seed <= 25; ++seed) {
      QTest::newRow(("seed " + std::to_string(seed)).c_str()) << seed;
    }
  }
};

}  // namespace

QTEST_GUILESS_MAIN(TestReplication)
#include "tst_replication.moc"
