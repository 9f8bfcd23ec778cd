// Task: results, exceptions, cancellation, and switching without the stack.
#include <QtTest>

#include <memory>
#include <stdexcept>

#include "engine/runtime/task_group.h"
#include "tests/runtime/sync_probe.h"

using namespace ringside;
using namespace ringside::probe;

namespace {

Task<int> nothingToWaitFor(int value) { co_return value; }

Task<int> throwing(Runtime& runtime, Duration pause) {
  co_await sleepFor(runtime, pause);
  throw std::runtime_error("no such merchant");
}

Task<void> keep(Task<int> task, int& result) { result = co_await std::move(task); }

Task<void> keepText(Task<int> task, std::string& text) {
  try {
    co_await std::move(task);
  } catch (const std::runtime_error& error) {
    text = error.what();
  }
}

Task<std::unique_ptr<int>> boxed(int value) { co_return std::make_unique<int>(value); }

Task<void> unbox(int& result) { result = *co_await boxed(5); }

Task<void> nested(Runtime& runtime, Log& log, int depth) {
  const Local outer(log, "outer " + std::to_string(depth));
  const Local inner(log, "inner " + std::to_string(depth));
  if (depth > 0) {
    co_await nested(runtime, log, depth - 1);
  } else {
    co_await sleepFor(runtime, 1h);
  }
  log.push_back("never");
}

Task<void> sumMany(int count, std::int64_t& sum) {
  for (int i = 0; i < count; ++i) sum += co_await nothingToWaitFor(1);
}

Task<int> downTo(int depth) {
  if (depth == 0) co_return 0;
  co_return 1 + co_await downTo(depth - 1);
}

Task<void> started(bool& flag) {
  flag = true;
  co_return;
}

Task<void> actorSeen(VirtualRuntime& runtime, Log& log) {
  co_await sleepFor(runtime, 1ms);
  log.push_back("inner");
}

Task<void> callsWithActor(VirtualRuntime& runtime, Log& log) { co_await actorSeen(runtime, log); }

}  // namespace

class TestTask : public QObject {
  Q_OBJECT

 private slots:
  void givesItsResultToTheAwaiter() {
    VirtualRuntime runtime(1);
    int result = 0;
    runtime.spawn(keep(after(runtime, 3ms, 42), result), {});
    runAll(runtime);
    QCOMPARE(result, 42);
    QCOMPARE(nanos(runtime), Instant::max().time_since_epoch().count());
  }

  void givesAResultThatCanOnlyBeMoved() {
    VirtualRuntime runtime(1);
    int result = 0;
    runtime.spawn(unbox(result), {});
    runAll(runtime);
    QCOMPARE(result, 5);
  }

  void rethrowsToTheAwaiter() {
    VirtualRuntime runtime(1);
    std::string text;
    runtime.spawn(keepText(throwing(runtime, 1ms), text), {});
    runAll(runtime);
    QCOMPARE(text, std::string("no such merchant"));
  }

  void doesNotRunUntilItIsAwaitedOrSpawned() {
    VirtualRuntime runtime(1);
    bool flag = false;
    { const Task<void> never = started(flag); }
    QVERIFY(!flag);
    runtime.spawn(started(flag), {});
    QVERIFY(!flag);
    runAll(runtime);
    QVERIFY(flag);
  }

  void cancellingDestroysLocalsFromTheInsideOut() {
    VirtualRuntime runtime(1);
    Log log;
    {
      TaskGroup group(runtime);
      group.spawn(nested(runtime, log, 1), {});
      runtime.advance(Instant(1ms), kAll);
      QCOMPARE(runtime.pendingCount(), 1u);
    }
    QCOMPARE(log, (Log{"~inner 0", "~outer 0", "~inner 1", "~outer 1"}));
    QCOMPARE(runtime.pendingCount(), 0u);
  }

  void aMillionAwaitsInARowDoNotGrowTheStack() {
    VirtualRuntime runtime(1);
    std::int64_t sum = 0;
    runtime.spawn(sumMany(1'000'000, sum), {});
    runAll(runtime);
    QCOMPARE(sum, 1'000'000);
    QCOMPARE(runtime.events(), 1u);
  }

  void aHundredThousandNestedAwaitsDoNotGrowTheStack() {
    VirtualRuntime runtime(1);
    int result = 0;
    runtime.spawn(keep(downTo(100'000), result), {});
    runAll(runtime);
    QCOMPARE(result, 100'000);
  }

  void awaitedTasksInheritTheActor() {
    VirtualRuntime runtime(1);
    Log log;
    const ActorId bank = runtime.actor("bank");
    runtime.spawn(callsWithActor(runtime, log), bank);
    runtime.advance(Instant{}, kAll);
    const auto next = runtime.next();
    QVERIFY(next.has_value());
    QCOMPARE(next->actor.index, bank.index);
    runAll(runtime);
    QCOMPARE(log, Log{"inner"});
  }

  void movingATaskMovesItsFrame() {
    Task<int> one = nothingToWaitFor(1);
    Task<int> other = std::move(one);
    QVERIFY(!one.valid());
    QVERIFY(other.valid());
    other = nothingToWaitFor(2);
    QVERIFY(!other.done());
    other.cancel();
    QVERIFY(!other.valid());
  }
};

QTEST_GUILESS_MAIN(TestTask)
#include "tst_task.moc"
