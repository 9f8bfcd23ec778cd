// TaskGroup: owning, ending, joining and cancelling tasks.
#include <QtTest>

#include <stdexcept>

#include "engine/runtime/task_group.h"
#include "tests/runtime/sync_probe.h"

using namespace ringside;
using namespace ringside::probe;

namespace {

Task<void> join(TaskGroup& group, Log& log) {
  co_await group.join();
  log.push_back("joined");
}

Task<void> spawnChildren(Runtime& runtime, TaskGroup& group, Log& log) {
  group.spawn(note(runtime, log, 2ms, "child"), {});
  co_await sleepFor(runtime, 1ms);
  log.push_back("parent");
}

Task<void> failing(Runtime& runtime) {
  co_await sleepFor(runtime, 1ms);
  throw std::runtime_error("lost");
}

// Its destructor starts another task in the group that is being cancelled.
struct SpawnsWhenDestroyed {
  Runtime& runtime;
  TaskGroup& group;
  Log& log;
  ~SpawnsWhenDestroyed() { group.spawn(note(runtime, log, 1ms, "late"), {}); }
};

Task<void> respawning(Runtime& runtime, TaskGroup& group, Log& log) {
  const SpawnsWhenDestroyed guard{runtime, group, log};
  co_await sleepFor(runtime, 1h);
}

}  // namespace

class TestTaskGroup : public QObject {
  Q_OBJECT

 private slots:
  void startsInOrderAfterThePresentEvent() {
    VirtualRuntime runtime(1);
    TaskGroup group(runtime);
    Log log;
    group.spawn(note(runtime, log, {}, "a"), {});
    group.spawn(note(runtime, log, {}, "b"), {});
    QVERIFY(log.empty());
    QCOMPARE(group.size(), 2u);
    runAll(runtime);
    QCOMPARE(log, (Log{"a", "~a", "b", "~b"}));
    QCOMPARE(group.size(), 0u);
  }

  void joinWaitsForChildrenOfChildren() {
    VirtualRuntime runtime(1);
    TaskGroup group(runtime);
    Log log;
    group.spawn(spawnChildren(runtime, group, log), {});
    runtime.spawn(join(group, log), {});
    runAll(runtime);
    QCOMPARE(log, (Log{"parent", "child", "~child", "joined"}));
  }

  void joiningAnEmptyGroupDoesNotWait() {
    VirtualRuntime runtime(1);
    TaskGroup group(runtime);
    Log log;
    runtime.spawn(join(group, log), {});
    QCOMPARE(runtime.advance(Instant{}, kAll), 1u);
    QCOMPARE(log, Log{"joined"});
  }

  void cancelsTheOldestFirstAndWhatNeverStarted() {
    VirtualRuntime runtime(1);
    TaskGroup group(runtime);
    Log log;
    group.spawn(note(runtime, log, 1h, "a"), {});
    group.spawn(note(runtime, log, 1h, "b"), {});
    runtime.advance(Instant(1ms), kAll);
    group.spawn(note(runtime, log, 1h, "unstarted"), {});
    group.cancelAll();
    QCOMPARE(log, (Log{"~a", "~b"}));
    QCOMPARE(runtime.pendingCount(), 0u);
  }

  void cancelsWhatIsSpawnedWhileCancelling() {
    VirtualRuntime runtime(1);
    TaskGroup group(runtime);
    Log log;
    group.spawn(respawning(runtime, group, log), {});
    runtime.advance(Instant(1ms), kAll);
    group.cancelAll();
    QCOMPARE(group.size(), 0u);
    QCOMPARE(runtime.pendingCount(), 0u);
    QVERIFY(log.empty());
  }

  void tellsTheHandlerOfAnErrorAndGoesOn() {
    VirtualRuntime runtime(1);
    int errors = 0;
    TaskGroup group(
        runtime, [](void* count, std::exception_ptr) { ++*static_cast<int*>(count); }, &errors);
    Log log;
    group.spawn(failing(runtime), {});
    group.spawn(note(runtime, log, 2ms, "other"), {});
    runAll(runtime);
    QCOMPARE(errors, 1);
    QCOMPARE(log, (Log{"other", "~other"}));
  }

  void aJoinerCancelledBeforeItGoesOnLeavesNothingBehind() {
    VirtualRuntime runtime(1);
    TaskGroup group(runtime);
    Log log;
    {
      TaskGroup joiners(runtime);
      joiners.spawn(join(group, log), {});
      group.spawn(note(runtime, log, 1ms, "work"), {});
      runtime.advance(Instant(1ms), 3);  // Both start; the work ends; the joiner is due.
      QCOMPARE(group.size(), 0u);
      QCOMPARE(runtime.pendingCount(), 1u);
    }
    QCOMPARE(runtime.pendingCount(), 0u);
    QCOMPARE(log, (Log{"work", "~work"}));
  }
};

QTEST_GUILESS_MAIN(TestTaskGroup)
#include "tst_task_group.moc"
