// withTimeout and withDeadline, at the limit and one nanosecond to either side.
#include <QtTest>

#include <stdexcept>

#include "engine/runtime/task_group.h"
#include "engine/runtime/timeout.h"
#include "tests/runtime/sync_probe.h"

using namespace ringside;
using namespace ringside::probe;

namespace {

struct Outcome {
  std::optional<int> value;
  std::int64_t at = -1;
};

Task<int> charge(Runtime& runtime, Log& log, Duration takes) {
  const Local local(log, "charge");
  if (takes > Duration::zero()) co_await sleepFor(runtime, takes);
  co_return 9;
}

Task<void> limited(Runtime& runtime, Log& log, Duration takes, Duration limit, Outcome& outcome) {
  outcome.value = co_await withTimeout(runtime, charge(runtime, log, takes), limit);
  log.push_back("on");
  outcome.at = nanos(runtime);
}

Task<int> nestedLimit(Runtime& runtime, Log& log) {
  const auto inner = co_await withTimeout(runtime, charge(runtime, log, 10ms), 2ms);
  co_return inner.value_or(-1);
}

Task<void> outerLimit(Runtime& runtime, Log& log, Outcome& outcome) {
  outcome.value = co_await withTimeout(runtime, nestedLimit(runtime, log), 5ms);
  outcome.at = nanos(runtime);
}

Task<int> refusing(Runtime& runtime) {
  co_await sleepFor(runtime, 1ms);
  throw std::runtime_error("refused");
}

Task<void> keepText(Runtime& runtime, std::string& text) {
  try {
    co_await withTimeout(runtime, refusing(runtime), 2ms);
  } catch (const std::runtime_error& error) {
    text = error.what();
  }
}

Task<void> byDeadline(Runtime& runtime, bool& inTime) {
  co_await sleepFor(runtime, 1ms);
  inTime = (co_await withDeadline(runtime, after(runtime, 1ms, 1), Instant(2ms) + 1ns)).has_value();
}

}  // namespace

class TestTimeout : public QObject {
  Q_OBJECT

 private slots:
  void isExactToTheNanosecond_data() {
    QTest::addColumn<qint64>("takes");
    QTest::addColumn<bool>("inTime");
    constexpr qint64 kLimit = 45'000'000;
    QTest::newRow("without waiting") << qint64{0} << true;
    QTest::newRow("one nanosecond before the limit") << kLimit - 1 << true;
    // The timer is set before the task starts, so it comes first at its instant.
    QTest::newRow("at the limit") << kLimit << false;
    QTest::newRow("one nanosecond after the limit") << kLimit + 1 << false;
  }

  void isExactToTheNanosecond() {
    QFETCH(qint64, takes);
    QFETCH(bool, inTime);
    VirtualRuntime runtime(1);
    Log log;
    Outcome outcome;
    runtime.spawn(limited(runtime, log, Duration(takes), 45ms, outcome), {});
    runtime.advance(Instant(1s), kAll);
    QCOMPARE(outcome.value.has_value(), inTime);
    QCOMPARE(outcome.at, inTime ? takes : 45'000'000);
    QCOMPARE(runtime.pendingCount(), 0u);
    QCOMPARE(log, (Log{"~charge", "on"}));  // Cancelled before its awaiter goes on.
  }

  void aLimitOfNothingStillLetsASynchronousResultThrough() {
    VirtualRuntime runtime(1);
    Log log;
    Outcome quick, slow;
    runtime.spawn(limited(runtime, log, 0ns, 0ns, quick), {});
    runtime.spawn(limited(runtime, log, 1ns, 0ns, slow), {});
    runtime.advance(Instant(1s), kAll);
    QCOMPARE(quick.value, std::optional<int>(9));
    QCOMPARE(slow.value, std::nullopt);
    QCOMPARE(slow.at, 0);
  }

  void nests() {
    VirtualRuntime runtime(1);
    Log log;
    Outcome outcome;
    runtime.spawn(outerLimit(runtime, log, outcome), {});
    runtime.advance(Instant(1s), kAll);
    QCOMPARE(outcome.value, std::optional<int>(-1));
    QCOMPARE(outcome.at, 2'000'000);
    QCOMPARE(runtime.pendingCount(), 0u);
  }

  void rethrowsWhatTheTaskThrew() {
    VirtualRuntime runtime(1);
    std::string text;
    runtime.spawn(keepText(runtime, text), {});
    runtime.advance(Instant(1s), kAll);
    QCOMPARE(text, std::string("refused"));
    QCOMPARE(runtime.pendingCount(), 0u);
  }

  void aDeadlineIsAnInstant() {
    VirtualRuntime runtime(1);
    bool inTime = false;
    runtime.spawn(byDeadline(runtime, inTime), {});
    runtime.advance(Instant(1s), kAll);
    QVERIFY(inTime);
  }

  void cancellingTheAwaiterTakesTimerAndTaskAway() {
    VirtualRuntime runtime(1);
    Log log;
    Outcome outcome;
    {
      TaskGroup group(runtime);
      group.spawn(limited(runtime, log, 10ms, 45ms, outcome), {});
      runtime.advance(Instant(1ms), kAll);
      QCOMPARE(runtime.pendingCount(), 2u);
    }
    QCOMPARE(runtime.pendingCount(), 0u);
    QCOMPARE(log, Log{"~charge"});
  }
};

QTEST_GUILESS_MAIN(TestTimeout)
#include "tst_timeout.moc"
