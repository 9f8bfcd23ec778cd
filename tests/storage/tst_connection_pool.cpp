#include <QTest>

#include <algorithm>
#include <deque>
#include <random>
#include <set>
#include <utility>
#include <vector>

#include "engine/storage/connection_pool.h"

using ringside::Bug;
using ringside::Ticket;
using ringside::storage::Acquire;

namespace {

using Pool = ringside::storage::ConnectionPool<int>;

class TestConnectionPool : public QObject {
  Q_OBJECT

 private slots:
  void grantsUpToItsCapacityAndQueuesTheRest() {
    Pool pool({.capacity = 2});
    QCOMPARE(pool.acquire(1).outcome, Acquire::Granted);
    QCOMPARE(pool.acquire(2).outcome, Acquire::Granted);
    QCOMPARE(pool.acquire(3).outcome, Acquire::Queued);
    QCOMPARE(pool.inUse(), 2U);
    QCOMPARE(pool.free(), 0U);
    QCOMPARE(pool.waiting(), 1U);
  }

  void refusesWhenTheQueueIsFull() {
    Pool pool({.capacity = 1, .maxWaiters = 1});
    pool.acquire(1);
    QCOMPARE(pool.acquire(2).outcome, Acquire::Queued);
    QCOMPARE(pool.acquire(3).outcome, Acquire::Refused);
    QCOMPARE(pool.release(), std::optional<int>(2));
    QCOMPARE(pool.acquire(4).outcome, Acquire::Queued);
    QCOMPARE(pool.counts().refused, std::uint64_t{1});
  }

  void withoutAQueueItOnlyGrantsOrRefuses() {
    Pool pool({.capacity = 1, .maxWaiters = 0});
    QCOMPARE(pool.acquire(1).outcome, Acquire::Granted);
    QCOMPARE(pool.acquire(2).outcome, Acquire::Refused);
  }

  void handsAConnectionToTheOldestWaiter() {
    Pool pool({.capacity = 1});
    pool.acquire(0);
    for (int i = 1; i <= 3; ++i) pool.acquire(i);
    for (int i = 1; i <= 3; ++i) QCOMPARE(pool.release(), std::optional<int>(i));
    QVERIFY(!pool.release().has_value());
    QCOMPARE(pool.free(), 1U);
  }

  void aWaiterThatLeftIsPassedOver() {
    Pool pool({.capacity = 1});
    pool.acquire(0);
    const Ticket gone = pool.acquire(1).ticket;
    const Ticket stays = pool.acquire(2).ticket;
    QVERIFY(pool.remove(gone));
    QVERIFY(!pool.remove(gone));
    QCOMPARE(pool.release(), std::optional<int>(2));
    QVERIFY(!pool.remove(stays));  // Too late: it has the connection and must release it.
    QCOMPARE(pool.inUse(), 1U);
  }

  void growingGrantsInOrderOfArrival() {
    Pool pool({.capacity = 1});
    pool.acquire(0);
    for (int i = 1; i <= 4; ++i) pool.acquire(i);
    std::vector<int> granted;
    pool.resize(3, [&](int who) { granted.push_back(who); });
    QCOMPARE(granted, (std::vector<int>{1, 2}));
    QCOMPARE(pool.inUse(), 3U);
    QCOMPARE(pool.waiting(), 2U);
  }

  void shrinkingDrainsBeforeItGrantsAgain() {
    Pool pool({.capacity = 3});
    for (int i = 0; i < 5; ++i) pool.acquire(i);
    pool.resize(1, [](int) { QFAIL("nobody can be granted"); });
    QCOMPARE(pool.draining(), 2U);
    QCOMPARE(pool.free(), 0U);
    QVERIFY(!pool.release().has_value());
    QVERIFY(!pool.release().has_value());
    QCOMPARE(pool.draining(), 0U);
    QCOMPARE(pool.release(), std::optional<int>(3));
  }

  void aGrantDuringResizeMayReleaseAtOnce() {
    Pool pool({.capacity = 0});
    for (int i = 0; i < 4; ++i) pool.acquire(i);
    std::vector<int> granted;
    pool.resize(1, [&](int who) {
      granted.push_back(who);
      if (const auto next = pool.release()) granted.push_back(*next);
    });
    QCOMPARE(granted, (std::vector<int>{0, 1}));
    QCOMPARE(pool.inUse(), 1U);
  }

  void dismissingEmptiesTheQueueOnce() {
    Pool pool({.capacity = 0});
    for (int i = 0; i < 3; ++i) pool.acquire(i);
    std::vector<int> told;
    pool.dismissAll([&](int who) {
      told.push_back(who);
      pool.acquire(who + 10);  // Tries again at once, and waits like everyone.
    });
    QCOMPARE(told, (std::vector<int>{0, 1, 2}));
    QCOMPARE(pool.waiting(), 3U);
    QCOMPARE(pool.counts().removed, std::uint64_t{3});
  }

  void releasingWhatNobodyHoldsIsABug() {
    Pool pool({.capacity = 1});
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(pool.release()), Bug);
  }

  void isFairAndLosesNobody_data() {
    QTest::addColumn<quint64>("seed");
    for (quint64 seed = 1; seed <= 20; ++seed) {
      QTest::newRow(("seed " + std::to_string(seed)).c_str()) << seed;
    }
  }

  void isFairAndLosesNobody() {
    QFETCH(quint64, seed);
    std::mt19937_64 rng(seed);
    const auto maxWaiters = static_cast<std::uint32_t>(1 + rng() % 30);
    Pool pool({.capacity = static_cast<std::uint32_t>(1 + rng() % 5), .maxWaiters = maxWaiters});
    std::deque<std::pair<int, Ticket>> queue;  // The order everyone came in.
    std::multiset<int> holders;
    std::set<int> granted;
    int next = 0;
    int refused = 0;
    int left = 0;
    const auto grant = [&](int who) {
      QVERIFY(granted.insert(who).second);
      QCOMPARE(who, queue.front().first);
      queue.pop_front();
      holders.insert(who);
    };
    for (int step = 0; step < 4000; ++step) {
      const std::uint64_t what = rng() % 20;
      if (what < 9) {
        const auto acquired = pool.acquire(next);
        if (acquired.outcome == Acquire::Granted) {
          QVERIFY(queue.empty());  // Nobody overtakes.
          QVERIFY(granted.insert(next).second);
          holders.insert(next);
        }
        if (acquired.outcome == Acquire::Queued) queue.emplace_back(next, acquired.ticket);
        if (acquired.outcome == Acquire::Refused) {
          QCOMPARE(queue.size(), std::size_t{maxWaiters});
          ++refused;
        }
        ++next;
      } else if (what < 17 && !holders.empty()) {
        holders.erase(holders.begin());
        if (const auto heir = pool.release()) grant(*heir);
      } else if (what < 19 && !queue.empty()) {
        const auto victim = queue.begin() + static_cast<std::ptrdiff_t>(rng() % queue.size());
        QVERIFY(pool.remove(victim->second));
        queue.erase(victim);
        ++left;
      } else {
        pool.resize(static_cast<std::uint32_t>(rng() % 7), grant);
      }
      QCOMPARE(std::size_t{pool.inUse()}, holders.size());
      QCOMPARE(pool.inUse() + pool.free(), pool.capacity() + pool.draining());
      QCOMPARE(std::size_t{pool.waiting()}, queue.size());
      QVERIFY(queue.empty() || pool.free() == 0);  // No connection idles while someone waits.
    }
    QCOMPARE(next, refused + left + static_cast<int>(granted.size() + queue.size()));
  }
};

}  // namespace

QTEST_GUILESS_MAIN(TestConnectionPool)
#include "tst_connection_pool.moc"
