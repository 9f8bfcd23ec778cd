// Mutex, Condition, WaitGroup and Once: order, and what cancelled tasks hand on.
#include <QtTest>

#include <stdexcept>

#include "engine/runtime/condition.h"
#include "engine/runtime/once.h"
#include "engine/runtime/task_group.h"
#include "engine/runtime/wait_group.h"
#include "tests/runtime/sync_probe.h"

using namespace ringside;
using namespace ringside::probe;

namespace {

Task<void> critical(Runtime& runtime, Mutex& mutex, Log& log, std::string name) {
  const Mutex::Lock lock = co_await mutex.lock();
  log.push_back("in " + name);
  co_await sleepFor(runtime, 1ms);
  log.push_back("out " + name);
}

Task<void> waitFor(Condition& condition, Log& log, std::string name) {
  co_await condition.wait();
  log.push_back(name);
}

Task<void> waitLocked(Condition& condition, Mutex& mutex, Log& log, std::string name) {
  Mutex::Lock lock = co_await mutex.lock();
  co_await condition.wait(mutex, lock);
  RINGSIDE_CHECK(static_cast<bool>(lock));
  log.push_back(name);
}

Task<void> waitForAll(WaitGroup& group, Log& log, std::string name) {
  co_await group.wait();
  log.push_back(name);
}

Task<void> load(Runtime& runtime, Log& log, std::string name) {
  log.push_back("load " + name);
  co_await sleepFor(runtime, 1ms);
}

Task<void> failToLoad(Runtime& runtime, Log& log) {
  log.push_back("fail");
  co_await sleepFor(runtime, 1ms);
  throw std::runtime_error("no disk");
}

Task<void> ask(Once& once, Task<void> work, Log& log, std::string name) {
  try {
    co_await once.run(std::move(work));
    log.push_back("loaded " + name);
  } catch (const std::runtime_error&) {
    log.push_back("failed " + name);
  }
}

}  // namespace

class TestSync : public QObject {
  Q_OBJECT

 private slots:
  void aMutexIsHeldAcrossWaitsInOrderOfAsking() {
    VirtualRuntime runtime(1);
    Mutex mutex(runtime);
    Log log;
    for (const char* name : {"a", "b", "c"}) {
      runtime.spawn(critical(runtime, mutex, log, name), {});
    }
    runtime.advance(Instant{}, kAll);
    QVERIFY(mutex.locked());
    QVERIFY(!mutex.tryLock());
    QCOMPARE(mutex.waiting(), 2u);
    runtime.advance(Instant(1s), kAll);
    QCOMPARE(log, (Log{"in a", "out a", "in b", "out b", "in c", "out c"}));
    QVERIFY(!mutex.locked());
  }

  void cancellingTheHolderPassesTheLockOn() {
    VirtualRuntime runtime(1);
    Mutex mutex(runtime);
    Log log;
    {
      TaskGroup group(runtime);
      group.spawn(critical(runtime, mutex, log, "cancelled"), {});
      runtime.advance(Instant{}, kAll);
      runtime.spawn(critical(runtime, mutex, log, "next"), {});
      runtime.advance(Instant{}, kAll);
    }
    runtime.advance(Instant(1s), kAll);
    QCOMPARE(log, (Log{"in cancelled", "in next", "out next"}));
  }

  void oneNoticeWakesTheLongestWaiting() {
    VirtualRuntime runtime(1);
    Condition condition(runtime);
    Log log;
    condition.notifyOne();  // Nobody waits: lost.
    for (const char* name : {"a", "b", "c"}) runtime.spawn(waitFor(condition, log, name), {});
    runtime.advance(Instant{}, kAll);
    QVERIFY(log.empty());
    condition.notifyOne();
    runtime.advance(Instant{}, kAll);
    QCOMPARE(log, Log{"a"});
    condition.notifyAll();
    runtime.advance(Instant{}, kAll);
    QCOMPARE(log, (Log{"a", "b", "c"}));
  }

  void aNoticeForAllIsNotForThoseWhoComeLater() {
    VirtualRuntime runtime(1);
    Condition condition(runtime);
    Log log;
    TaskGroup group(runtime);
    group.spawn(waitFor(condition, log, "cancelled"), {});
    group.spawn(waitFor(condition, log, "later"), {});
    runtime.advance(Instant{}, 1);
    condition.notifyAll();          // Due after the start of the later one,
    runtime.advance(Instant{}, 1);  // which now waits.
    QCOMPARE(condition.waiting(), 1u);
    group.cancelAll();  // The oldest first: its notice must not wake the later one.
    runtime.advance(Instant{}, kAll);
    QVERIFY(log.empty());
    QCOMPARE(runtime.pendingCount(), 0u);
  }

  void aNoticeForOnePassesOverACancelledTask() {
    VirtualRuntime runtime(1);
    Condition condition(runtime);
    Log log;
    TaskGroup group(runtime);
    group.spawn(waitFor(condition, log, "cancelled"), {});
    runtime.advance(Instant{}, kAll);
    runtime.spawn(waitFor(condition, log, "next"), {});
    runtime.advance(Instant{}, kAll);
    condition.notifyOne();
    group.cancelAll();
    runtime.advance(Instant{}, kAll);
    QCOMPARE(log, Log{"next"});
  }

  void waitingGivesUpTheLockAndTakesItAgain() {
    VirtualRuntime runtime(1);
    Mutex mutex(runtime);
    Condition condition(runtime);
    Log log;
    runtime.spawn(waitLocked(condition, mutex, log, "woken"), {});
    runtime.advance(Instant{}, kAll);
    QVERIFY(!mutex.locked());
    Mutex::Lock mine = mutex.tryLock();
    condition.notifyOne();
    runtime.advance(Instant{}, kAll);
    QVERIFY(log.empty());
    mine.release();
    runtime.advance(Instant{}, kAll);
    QCOMPARE(log, Log{"woken"});
    QVERIFY(!mutex.locked());
  }

  void aNoticeIsNotLostWithATaskCancelledOnItsWayToTheLock() {
    VirtualRuntime runtime(1);
    Mutex mutex(runtime);
    Condition condition(runtime);
    Log log;
    TaskGroup group(runtime);
    group.spawn(waitLocked(condition, mutex, log, "cancelled"), {});
    runtime.advance(Instant{}, kAll);
    runtime.spawn(waitLocked(condition, mutex, log, "next"), {});
    runtime.advance(Instant{}, kAll);
    Mutex::Lock mine = mutex.tryLock();
    condition.notifyOne();
    runtime.advance(Instant{}, kAll);
    QCOMPARE(mutex.waiting(), 1u);
    group.cancelAll();
    mine.release();
    runtime.advance(Instant{}, kAll);
    QCOMPARE(log, Log{"next"});
  }

  void aWaitGroupLetsAllGoAtZero() {
    VirtualRuntime runtime(1);
    WaitGroup group(runtime);
    Log log;
    runtime.spawn(waitForAll(group, log, "at once"), {});
    runtime.advance(Instant{}, kAll);
    QCOMPARE(log, Log{"at once"});
    group.add(2);
    for (const char* name : {"a", "b"}) runtime.spawn(waitForAll(group, log, name), {});
    runtime.advance(Instant{}, kAll);
    group.done();
    runtime.advance(Instant{}, kAll);
    QCOMPARE(group.waiting(), 2u);
    group.done();
    group.add();  // Too late to hold them.
    runtime.advance(Instant{}, kAll);
    QCOMPARE(log, (Log{"at once", "a", "b"}));
    group.done();
    QVERIFY_EXCEPTION_THROWN(group.done(), Bug);
  }

  void onceRunsTheWorkOfTheFirst() {
    VirtualRuntime runtime(1);
    Once once(runtime);
    Log log;
    for (const char* name : {"a", "b"}) {
      runtime.spawn(ask(once, load(runtime, log, name), log, name), {});
    }
    runtime.advance(Instant{}, kAll);
    QVERIFY(!once.done());
    runtime.advance(Instant(1s), kAll);
    runtime.spawn(ask(once, load(runtime, log, "c"), log, "c"), {});
    runtime.advance(Instant(1s), kAll);
    QCOMPARE(log, (Log{"load a", "loaded a", "loaded b", "loaded c"}));
  }

  void workThatFailsOrIsCancelledDoesNotCount() {
    VirtualRuntime runtime(1);
    Once once(runtime);
    Log log;
    {
      TaskGroup group(runtime);
      group.spawn(ask(once, load(runtime, log, "cancelled"), log, "cancelled"), {});
      runtime.advance(Instant{}, kAll);
      runtime.spawn(ask(once, failToLoad(runtime, log), log, "a"), {});
      runtime.spawn(ask(once, load(runtime, log, "b"), log, "b"), {});
      runtime.advance(Instant{}, kAll);
    }
    runtime.advance(Instant(1s), kAll);
    QCOMPARE(log, (Log{"load cancelled", "fail", "failed a", "load b", "loaded b"}));
    QVERIFY(once.done());
  }
};

QTEST_GUILESS_MAIN(TestSync)
#include "tst_sync.moc"
