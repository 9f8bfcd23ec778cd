// whenAll and whenAny: order, winners, exceptions, and who is cancelled when.
#include <QtTest>

#include <stdexcept>

#include "engine/runtime/task_group.h"
#include "engine/runtime/when_all.h"
#include "engine/runtime/when_any.h"
#include "tests/runtime/sync_probe.h"

using namespace ringside;
using namespace ringside::probe;

namespace {

Task<int> logged(Runtime& runtime, Log& log, Duration pause, std::string name, int value) {
  const Local local(log, name);
  log.push_back(name);
  if (pause > Duration::zero()) co_await sleepFor(runtime, pause);
  co_return value;
}

Task<int> throwing(Runtime& runtime, Duration pause, const char* text) {
  if (pause > Duration::zero()) co_await sleepFor(runtime, pause);
  throw std::runtime_error(text);
}

std::vector<Task<int>> tasksOf(Runtime& runtime, Log& log, std::vector<int> millis) {
  std::vector<Task<int>> tasks;
  for (const int pause : millis) {
    tasks.push_back(logged(runtime, log, pause * 1ms, std::to_string(pause), pause));
  }
  return tasks;
}

Task<void> bothOf(Runtime& runtime, Log& log, Duration first, Duration second) {
  auto [a, nothing, b] =
      co_await whenAll(logged(runtime, log, first, "a", 1), note(runtime, log, {}, "void"),
                       logged(runtime, log, second, "b", 2));
  static_assert(std::is_same_v<decltype(nothing), std::monostate>);
  log.push_back("got " + std::to_string(a) + std::to_string(b));
}

Task<void> allOf(Runtime& runtime, Log& log, std::vector<int> millis, std::vector<int>& results) {
  results = co_await whenAll(tasksOf(runtime, log, std::move(millis)));
}

Task<void> allThrowing(Runtime& runtime, Log& log) {
  try {
    co_await whenAll(throwing(runtime, 2ms, "first"), throwing(runtime, 1ms, "second"),
                     logged(runtime, log, 3ms, "slow", 0));
  } catch (const std::runtime_error& error) {
    log.push_back(error.what());
  }
}

Task<void> anyOf(Runtime& runtime, Log& log, Duration first, Duration second) {
  auto winner =
      co_await whenAny(logged(runtime, log, first, "a", 1), logged(runtime, log, second, "b", 2));
  log.push_back("won " + std::to_string(winner.index()));
}

Task<void> anyOfMany(Runtime& runtime, Log& log, std::vector<int> millis) {
  const auto [index, value] = co_await whenAny(tasksOf(runtime, log, std::move(millis)));
  log.push_back("won " + std::to_string(index) + " with " + std::to_string(value));
}

Task<void> anyThrowing(Runtime& runtime, Log& log, Duration pause) {
  try {
    co_await whenAny(throwing(runtime, pause, "winner"), logged(runtime, log, 9ms, "loser", 0));
  } catch (const std::runtime_error& error) {
    log.push_back(error.what());
  }
}

Log runOf(Task<void> (*make)(Runtime&, Log&, Duration, Duration), Duration first, Duration second) {
  VirtualRuntime runtime(1);
  Log log;
  runtime.spawn(make(runtime, log, first, second), {});
  runAll(runtime);
  return log;
}

}  // namespace

class TestWhen : public QObject {
  Q_OBJECT

 private slots:
  void allGivesResultsInTheOrderOfTheArguments() {
    QCOMPARE(runOf(bothOf, 2ms, 1ms), (Log{"a", "void", "~void", "b", "~b", "~a", "got 12"}));
  }

  void allOfWhatNeverWaitsDoesNotWait() {
    VirtualRuntime runtime(1);
    Log log;
    runtime.spawn(bothOf(runtime, log, {}, {}), {});
    QCOMPARE(runtime.advance(Instant{}, kAll), 1u);
    QCOMPARE(log.back(), std::string("got 12"));
  }

  void allOfAVectorKeepsItsOrder() {
    VirtualRuntime runtime(1);
    Log log;
    std::vector<int> results;
    runtime.spawn(allOf(runtime, log, {3, 1, 0, 2}, results), {});
    runtime.advance(Instant(3ms), kAll);
    QCOMPARE(results, (std::vector<int>{3, 1, 0, 2}));
  }

  void allOfNothingIsNothing() {
    VirtualRuntime runtime(1);
    Log log;
    std::vector<int> results{7};
    runtime.spawn(allOf(runtime, log, {}, results), {});
    runAll(runtime);
    QVERIFY(results.empty());
  }

  void allThrowsTheFirstInArgumentOrderWhenEveryOneHasEnded() {
    VirtualRuntime runtime(1);
    Log log;
    runtime.spawn(allThrowing(runtime, log), {});
    runAll(runtime);
    QCOMPARE(log, (Log{"slow", "~slow", "first"}));
  }

  void cancellingTheAwaiterOfAllCancelsThemAll() {
    VirtualRuntime runtime(1);
    Log log;
    {
      TaskGroup group(runtime);
      group.spawn(bothOf(runtime, log, 5ms, 9ms), {});
      runtime.advance(Instant(6ms), kAll);
      log.clear();
    }
    QCOMPARE(log, Log{"~b"});  // The other had ended.
    QCOMPARE(runtime.pendingCount(), 0u);
  }

  void anyDestroysTheLosersBeforeTheAwaiterGoesOn() {
    QCOMPARE(runOf(anyOf, 2ms, 1ms), (Log{"a", "b", "~b", "~a", "won 1"}));
    QCOMPARE(runOf(anyOf, 1ms, 2ms), (Log{"a", "b", "~a", "~b", "won 0"}));
  }

  void anyAtTheSameInstantGoesToWhatWasScheduledFirst() {
    QCOMPARE(runOf(anyOf, 1ms, 1ms).back(), std::string("won 0"));
  }

  void aWinnerThatNeverWaitsKeepsTheRestFromStarting() {
    QCOMPARE(runOf(anyOf, {}, 1ms), (Log{"a", "~a", "won 0"}));
    QCOMPARE(runOf(anyOf, 1ms, {}), (Log{"a", "b", "~b", "~a", "won 1"}));
  }

  void anyOfAVectorTellsWhichWonAndLeavesNothingPending() {
    VirtualRuntime runtime(1);
    Log log;
    runtime.spawn(anyOfMany(runtime, log, {5, 3, 4}), {});
    runtime.advance(Instant(3ms), kAll);
    QCOMPARE(log, (Log{"5", "3", "4", "~3", "~5", "~4", "won 1 with 3"}));
    QCOMPARE(runtime.pendingCount(), 0u);
  }

  void anyOfAVectorStopsStartingAtASynchronousWinner() {
    VirtualRuntime runtime(1);
    Log log;
    runtime.spawn(anyOfMany(runtime, log, {5, 0, 4}), {});
    runAll(runtime);
    QCOMPARE(log, (Log{"5", "0", "~0", "~5", "won 1 with 0"}));
  }

  void anyRethrowsWhatTheWinnerThrew() {
    for (const Duration pause : {Duration(1ms), Duration::zero()}) {
      VirtualRuntime runtime(1);
      Log log;
      runtime.spawn(anyThrowing(runtime, log, pause), {});
      runAll(runtime);
      QCOMPARE(log.back(), std::string("winner"));
    }
  }

  void cancellingTheAwaiterOfAnyCancelsThemAll() {
    VirtualRuntime runtime(1);
    Log log;
    {
      TaskGroup group(runtime);
      group.spawn(anyOf(runtime, log, 5ms, 9ms), {});
      runtime.advance(Instant(1ms), kAll);
      log.clear();
    }
    QCOMPARE(log.size(), 2u);
    QCOMPARE(runtime.pendingCount(), 0u);
  }
};

QTEST_GUILESS_MAIN(TestWhen)
#include "tst_when.moc"
