// Connections that tasks wait for: order, patience, dismissal, and tasks that go away.
#include <QTest>

#include <vector>

#include "engine/runtime/sleep.h"
#include "engine/runtime/task_group.h"
#include "engine/runtime/virtual_runtime.h"
#include "engine/systems/leased_pool.h"

using namespace ringside;
using namespace ringside::systems;
using namespace std::chrono_literals;

namespace {

struct Bench {
  Bench(std::uint32_t capacity, std::uint32_t waiters) : pool(runtime, capacity, waiters) {}
  ~Bench() { runtime.shutDown(); }

  Task<> user(int name, Duration patience, Duration use) {
    Event timer;
    LeasedPool::Lease lease = co_await pool.acquire(patience, timer);
    (lease ? granted : empty).push_back(name);
    at.push_back(runtime.now());
    if (lease) co_await sleepFor(runtime, use);
  }
  void spawn(int name, Duration patience, Duration use = 10ms) {
    runtime.spawn(user(name, patience, use), runtime.actor("user"));
  }
  void runFor(Duration time) { runtime.advance(runtime.now() + time, ~std::uint64_t{0}); }

  VirtualRuntime runtime{1};
  LeasedPool pool;
  std::vector<int> granted;
  std::vector<int> empty;
  std::vector<Instant> at;
};

const Duration kPatient = Duration::max();

}  // namespace

class TestLeasedPool : public QObject {
  Q_OBJECT

 private slots:
  void grantsInOrderOfAsking();
  void sendsAwayThoseWhosePatienceEnds();
  void refusesBeyondItsQueue();
  void dismissesEveryWaiter();
  void forgetsATaskThatGoesAwayWhileItWaits();
  void takesBackWhatWasGrantedToATaskThatGoesAway();
  void grantsMoreWhenItGrows();
  void givesALeaseBackOnce();
};

void TestLeasedPool::grantsInOrderOfAsking() {
  Bench b(2, 100);
  for (int i = 0; i < 10; ++i) b.spawn(i, kPatient);
  b.runFor(1s);
  QCOMPARE(b.granted, (std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}));
  for (std::size_t i = 0; i < 10; ++i) {
    QCOMPARE(b.at[i], Instant(10ms * static_cast<std::int64_t>(i / 2)));
  }
  QCOMPARE(b.pool.pool().inUse(), 0U);
}

void TestLeasedPool::sendsAwayThoseWhosePatienceEnds() {
  Bench b(1, 100);
  b.spawn(0, kPatient, 10ms);
  b.spawn(1, 10ms - 1ns);
  b.spawn(2, 10ms + 1ns);
  b.runFor(1s);
  QCOMPARE(b.granted, (std::vector<int>{0, 2}));
  QCOMPARE(b.empty, (std::vector<int>{1}));
  QCOMPARE(b.at[1], Instant(10ms - 1ns));
  QCOMPARE(b.pool.pool().inUse(), 0U);
  QCOMPARE(b.pool.pool().waiting(), 0U);
}

void TestLeasedPool::refusesBeyondItsQueue() {
  Bench b(1, 2);
  for (int i = 0; i < 5; ++i) b.spawn(i, kPatient);
  b.runFor(0ns);
  QCOMPARE(b.empty, (std::vector<int>{3, 4}));
  b.runFor(1s);
  QCOMPARE(b.granted, (std::vector<int>{0, 1, 2}));
}

void TestLeasedPool::dismissesEveryWaiter() {
  Bench b(1, 100);
  for (int i = 0; i < 4; ++i) b.spawn(i, i % 2 == 0 ? kPatient : Duration(5s));
  b.runFor(1ms);
  b.pool.dismissAll();
  b.runFor(1ms);
  QCOMPARE(b.empty, (std::vector<int>{1, 2, 3}));
  b.spawn(9, kPatient);
  b.runFor(10s);
  QCOMPARE(b.granted, (std::vector<int>{0, 9}));
  QCOMPARE(b.empty.size(), 3U);
}

void TestLeasedPool::forgetsATaskThatGoesAwayWhileItWaits() {
  Bench b(1, 100);
  b.spawn(0, kPatient);
  b.runFor(0ns);
  {
    TaskGroup group(b.runtime);
    group.spawn(b.user(1, kPatient, 10ms), ActorId{});
    group.spawn(b.user(2, 5s, 10ms), ActorId{});
    b.runFor(1ms);
    QCOMPARE(b.pool.pool().waiting(), 2U);
  }
  QCOMPARE(b.pool.pool().waiting(), 0U);
  b.spawn(3, kPatient);
  b.runFor(10s);
  QCOMPARE(b.granted, (std::vector<int>{0, 3}));
}

void TestLeasedPool::takesBackWhatWasGrantedToATaskThatGoesAway() {
  Bench b(1, 100);
  TaskGroup holder(b.runtime);
  holder.spawn(b.user(0, kPatient, 1s), ActorId{});
  b.runFor(0ns);
  TaskGroup waiter(b.runtime);
  waiter.spawn(b.user(1, kPatient, 1s), ActorId{});
  b.runFor(0ns);
  holder.cancelAll();  // Grants to the waiter, which has not gone on yet ...
  waiter.cancelAll();  // ... and never does.
  QCOMPARE(b.pool.pool().inUse(), 0U);
  b.spawn(2, kPatient);
  b.runFor(1s);
  QCOMPARE(b.granted, (std::vector<int>{0, 2}));
}

void TestLeasedPool::grantsMoreWhenItGrows() {
  Bench b(1, 100);
  for (int i = 0; i < 5; ++i) b.spawn(i, kPatient, 1s);
  b.runFor(0ns);
  b.pool.resize(3, 100);
  b.runFor(0ns);
  QCOMPARE(b.granted, (std::vector<int>{0, 1, 2}));
  b.pool.resize(1, 100);
  b.runFor(1s);
  QCOMPARE(b.pool.pool().inUse(), 1U);
  b.runFor(10s);
  QCOMPARE(b.granted.size(), 5U);
  QCOMPARE(b.pool.pool().inUse(), 0U);
}

void TestLeasedPool::givesALeaseBackOnce() {
  Bench b(1, 100);
  b.spawn(0, kPatient, 1ms);
  b.runFor(0ns);
  QCOMPARE(b.pool.pool().inUse(), 1U);
  b.runFor(1s);
  QCOMPARE(b.pool.pool().counts().granted, 1U);
  QCOMPARE(b.pool.pool().counts().released, 1U);
  LeasedPool::Lease none;
  none.release();
  LeasedPool::Lease other = std::move(none);
  QVERIFY(!other);
}

QTEST_GUILESS_MAIN(TestLeasedPool)
#include "tst_leased_pool.moc"
