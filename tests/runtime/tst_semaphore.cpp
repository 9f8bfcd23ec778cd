// Semaphore: fairness, adjusting, and permits that cancelled tasks give back.
#include <QtTest>

#include <deque>

#include "engine/base/rng.h"
#include "engine/runtime/semaphore.h"
#include "engine/runtime/task_group.h"
#include "tests/runtime/sync_probe.h"

using namespace ringside;
using namespace ringside::probe;

namespace {

Task<void> use(Runtime& runtime, Semaphore& of, Log& log, Duration time, std::string name) {
  const Semaphore::Permit permit = co_await of.acquire();
  log.push_back(name);
  co_await sleepFor(runtime, time);
}

// Counts a task for as long as it is there, even where it is cancelled.
struct Presence {
  int& inside;
  explicit Presence(int& counter) : inside(counter) { ++inside; }
  Presence(const Presence&) = delete;
  ~Presence() { --inside; }
};

Task<void> count(Runtime& runtime, Semaphore& of, Duration wait, Duration time, int& inside,
                 int& most) {
  co_await sleepFor(runtime, wait);
  const Semaphore::Permit permit = co_await of.acquire();
  const Presence presence{inside};
  most = std::max(most, inside);
  co_await sleepFor(runtime, time);
}

}  // namespace

class TestSemaphore : public QObject {
  Q_OBJECT

 private slots:
  void servesInOrderOfAsking() {
    VirtualRuntime runtime(1);
    Semaphore two(runtime, 2);
    Log log;
    for (const char* name : {"a", "b", "c", "d"}) {
      runtime.spawn(use(runtime, two, log, 1ms, name), {});
    }
    runtime.advance(Instant{}, kAll);
    QCOMPARE(log, (Log{"a", "b"}));
    QCOMPARE(two.waiting(), 2u);
    runtime.advance(Instant(1s), kAll);
    QCOMPARE(log, (Log{"a", "b", "c", "d"}));
    QCOMPARE(two.available(), 2);
  }

  void nobodyOvertakesAWaitingTask() {
    VirtualRuntime runtime(1);
    Semaphore one(runtime, 1);
    Log log;
    Semaphore::Permit held = one.tryAcquire();
    QVERIFY(held);
    runtime.spawn(use(runtime, one, log, 1ms, "waiting"), {});
    runtime.advance(Instant{}, kAll);
    held.release();  // Granted, but not yet running.
    QVERIFY(!one.tryAcquire());
    runtime.advance(Instant{}, kAll);
    QCOMPARE(log, Log{"waiting"});
  }

  void aTaskCancelledInTheQueueLeavesIt() {
    VirtualRuntime runtime(1);
    Semaphore one(runtime, 1);
    Log log;
    Semaphore::Permit held = one.tryAcquire();
    {
      TaskGroup group(runtime);
      group.spawn(use(runtime, one, log, 1ms, "cancelled"), {});
      runtime.advance(Instant{}, kAll);
    }
    QCOMPARE(one.waiting(), 0u);
    held.release();
    QCOMPARE(one.available(), 1);
    QVERIFY(log.empty());
  }

  void aTaskCancelledAfterTheGrantPassesItOn() {
    VirtualRuntime runtime(1);
    Semaphore one(runtime, 1);
    Log log;
    Semaphore::Permit held = one.tryAcquire();
    {
      TaskGroup group(runtime);
      group.spawn(use(runtime, one, log, 1ms, "cancelled"), {});
      runtime.advance(Instant{}, kAll);
      runtime.spawn(use(runtime, one, log, 1ms, "next"), {});
      runtime.advance(Instant{}, kAll);
      held.release();
      QCOMPARE(one.waiting(), 1u);
    }
    runtime.advance(Instant(1s), kAll);
    QCOMPARE(log, Log{"next"});
    QCOMPARE(one.available(), 1);
  }

  void takingPermitsAwayWithholdsThoseInUse() {
    VirtualRuntime runtime(1);
    Semaphore two(runtime, 2);
    Log log;
    Semaphore::Permit a = two.tryAcquire();
    Semaphore::Permit b = two.tryAcquire();
    two.adjust(-1);
    QCOMPARE(two.available(), -1);
    a.release();
    QVERIFY(!two.tryAcquire());
    runtime.spawn(use(runtime, two, log, 1ms, "waiting"), {});
    runtime.advance(Instant{}, kAll);
    QVERIFY(log.empty());
    two.adjust(+1);
    runtime.advance(Instant{}, kAll);
    QCOMPARE(log, Log{"waiting"});
  }

  void movingAPermitMovesTheDutyToGiveItBack() {
    VirtualRuntime runtime(1);
    Semaphore two(runtime, 2);
    Semaphore::Permit a = two.tryAcquire();
    Semaphore::Permit b = std::move(a);
    QVERIFY(!a);
    QCOMPARE(two.available(), 1);
    b = two.tryAcquire();
    QCOMPARE(two.available(), 1);
    b.release();
    b.release();
    QCOMPARE(two.available(), 2);
  }

  void neverLetsMoreInThanItHasPermits() {
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
      VirtualRuntime runtime(seed);
      Rng rng(seed);
      const auto permits = static_cast<std::int64_t>(1 + rng.below(5));
      Semaphore some(runtime, permits);
      int inside = 0;
      int most = 0;
      std::deque<TaskGroup> groups;
      for (int i = 0; i < 20; ++i) groups.emplace_back(runtime);
      const auto upTo = [&rng](std::uint64_t n) {
        return Duration(static_cast<int>(rng.below(n)));
      };
      for (int i = 0; i < 200; ++i) {
        // Those in the first half are cancelled at some time, wherever they are then.
        groups[static_cast<std::size_t>(i) % 20].spawn(
            count(runtime, some, upTo(300), upTo(20), inside, most), {});
      }
      for (int cancelled = 0; cancelled < 10; ++cancelled) {
        runtime.advance(runtime.now() + upTo(60), 1 + rng.below(40));
        groups.pop_front();
        QVERIFY(some.available() >= 0 && some.available() <= permits - inside);
      }
      runtime.advance(Instant(1s), kAll);
      QCOMPARE(some.available(), permits);
      QCOMPARE(some.waiting(), 0u);
      QCOMPARE(inside, 0);
      QVERIFY(most > 0 && most <= permits);
    }
  }
};

QTEST_GUILESS_MAIN(TestSemaphore)
#include "tst_semaphore.moc"
