// VirtualRuntime: the fingerprint, slicing, the step hook, errors and teardown.
#include <QtTest>

#include <stdexcept>

#include "engine/base/distributions.h"
#include "engine/runtime/channel.h"
#include "engine/runtime/semaphore.h"
#include "engine/runtime/task_group.h"
#include "engine/runtime/timeout.h"
#include "tests/runtime/sync_probe.h"

using namespace ringside;
using namespace ringside::probe;

namespace {

Task<int> serve(Runtime& runtime, Semaphore& servers, Rng rng) {
  const Semaphore::Permit permit = co_await servers.acquire();
  co_await sleepFor(runtime, fromSeconds(exponential(rng, 2e-3)), {}, EventKind::Service);
  co_return 1;
}

Task<void> request(Runtime& runtime, Semaphore& servers, Rng rng, int& inTime) {
  const auto reply = co_await withTimeout(runtime, serve(runtime, servers, rng), 5ms);
  inTime += reply.value_or(0);
}

Task<void> arrivals(Runtime& runtime, Semaphore& servers, int count, int& inTime) {
  Rng rng = runtime.random("arrivals");
  for (int i = 0; i < count; ++i) {
    co_await sleepFor(runtime, fromSeconds(exponential(rng, 1e-3)), {}, EventKind::Arrival);
    runtime.spawn(request(runtime, servers, rng.split(), inTime), runtime.actor("client"));
  }
}

struct Totals {
  std::uint64_t fingerprint;
  std::uint64_t events;
  int inTime;
  bool operator==(const Totals&) const = default;
};

// A small system of arrivals, a queue, service and timeouts, run in slices.
Totals runOf(std::uint64_t seed, std::uint64_t eventsASlice, Duration timeASlice = 10s) {
  VirtualRuntime runtime(seed);
  Semaphore servers(runtime, 2);
  int inTime = 0;
  runtime.spawn(arrivals(runtime, servers, 2000, inTime), runtime.actor("source"));
  while (runtime.pendingCount() > 0) {
    const Instant until = runtime.now() + timeASlice;
    while (runtime.advance(until, eventsASlice) == eventsASlice) continue;
  }
  return {runtime.fingerprint(), runtime.events(), inTime};
}

Task<void> fail(Runtime& runtime) {
  co_await sleepFor(runtime, 1ms);
  throw std::runtime_error("out of memory");
}

Task<void> holdAndWait(Runtime& runtime, Semaphore& one, Channel<int>& channel, Log& log) {
  const Local local(log, "task");
  const Semaphore::Permit permit = co_await one.acquire();
  co_await channel.receive();
  co_await sleepFor(runtime, 1ms);
}

}  // namespace

class TestVirtualRuntime : public QObject {
  Q_OBJECT

 private slots:
  void theFingerprintIsTheSameForEverySlicing() {
    const Totals whole = runOf(7, 1'000'000);
    QVERIFY(whole.inTime > 0 && whole.inTime < 2000);
    QCOMPARE(runOf(7, 1'000'000), whole);
    QCOMPARE(runOf(7, 1), whole);
    QCOMPARE(runOf(7, 17), whole);
    QCOMPARE(runOf(7, 1'000'000, 1us), whole);
  }

  void anotherSeedGivesAnotherFingerprint() {
    const Totals first = runOf(7, 1000);
    for (std::uint64_t seed = 8; seed < 28; ++seed) {
      QVERIFY(runOf(seed, 1000).fingerprint != first.fingerprint);
    }
  }

  void theFingerprintSeesTimeActorAndKind() {
    const auto print = [](Duration pause, const char* actor, EventKind kind) {
      VirtualRuntime runtime(1);
      Event event;
      event.at = Instant(pause);
      event.fire = [](Event&) {};
      event.kind = kind;
      runtime.actor("a");
      event.actor = runtime.actor(actor);
      runtime.schedule(event);
      runAll(runtime);
      return runtime.fingerprint();
    };
    const std::uint64_t base = print(1ms, "a", EventKind::Sleep);
    QCOMPARE(print(1ms, "a", EventKind::Sleep), base);
    QVERIFY(print(1ms + 1ns, "a", EventKind::Sleep) != base);
    QVERIFY(print(1ms, "b", EventKind::Sleep) != base);
    QVERIFY(print(1ms, "a", EventKind::Fault) != base);
  }

  void runsWhatIsDueAtTheLimitAndNothingLater() {
    VirtualRuntime runtime(1);
    Log log;
    runtime.spawn(note(runtime, log, 5ms, "at"), {});
    runtime.spawn(note(runtime, log, 5ms + 1ns, "after"), {});
    runtime.advance(Instant(5ms), kAll);
    QCOMPARE(log, (Log{"at", "~at"}));
    QCOMPARE(nanos(runtime), 5'000'000);
    runtime.advance(Instant(4ms), kAll);
    QCOMPARE(nanos(runtime), 5'000'000);  // Time does not go back.
    runtime.shutDown();
  }

  void theStepHookStopsBeforeAnEvent() {
    VirtualRuntime runtime(1);
    Log log;
    const ActorId bank = runtime.actor("bank");
    runtime.spawn(note(runtime, log, 1ms, "a"), {});
    runtime.spawn(note(runtime, log, 2ms, "b"), bank);
    runtime.setStepHook([](const PendingEvent& next) {
      return !(next.kind == EventKind::Sleep && next.actor.index == 1);
    });
    QCOMPARE(runtime.advance(Instant(1s), kAll), 3u);
    QCOMPARE(log, (Log{"a", "~a"}));
    QCOMPARE(nanos(runtime), 1'000'000);
    const auto next = runtime.next();
    QVERIFY(next.has_value());
    QVERIFY(next->at == Instant(2ms) && next->kind == EventKind::Sleep);
    QCOMPARE(next->actor.index, bank.index);
    QCOMPARE(next->cause, 2u);  // Scheduled while the second event ran.
    runtime.setStepHook({});
    QCOMPARE(runtime.advance(Instant(1s), kAll), 1u);
    QCOMPARE(runtime.next().has_value(), false);
  }

  void listsWhatIsPendingSoonestFirst() {
    VirtualRuntime runtime(1);
    Log log;
    for (const auto pause : {3ms, 1ms, 2ms}) runtime.spawn(note(runtime, log, pause, "x"), {});
    runtime.advance(Instant{}, kAll);
    const std::vector<PendingEvent> all = runtime.pending();
    QCOMPARE(all.size(), 3u);
    QCOMPARE(runtime.pendingCount(), 3u);
    for (int i = 0; i < 3; ++i)
      QVERIFY(all[static_cast<std::size_t>(i)].at == Instant((i + 1) * 1ms));
    runtime.shutDown();
  }

  void anErrorOfASpawnedTaskEndsAdvanceAndTheRunCanGoOn() {
    VirtualRuntime runtime(1);
    Log log;
    runtime.spawn(fail(runtime), {});
    runtime.spawn(note(runtime, log, 2ms, "other"), {});
    QVERIFY_EXCEPTION_THROWN(runAll(runtime), std::runtime_error);
    QCOMPARE(nanos(runtime), 1'000'000);
    runAll(runtime);
    QCOMPARE(log, (Log{"other", "~other"}));
  }

  void streamsDependOnSeedAndNameAlone() {
    VirtualRuntime runtime(1), other(2);
    Rng before = runtime.random("bank");
    Rng cache = runtime.random("cache");
    for (int i = 0; i < 100; ++i) cache.next();
    Rng after = runtime.random("bank");
    int equal = 0;
    Rng otherSeed = other.random("bank");
    Rng otherName = runtime.random("bank2");
    for (int i = 0; i < 1000; ++i) {
      const std::uint64_t draw = before.next();
      QCOMPARE(after.next(), draw);
      equal += (draw == otherSeed.next()) + (draw == otherName.next());
    }
    QCOMPARE(equal, 0);
  }

  void endingARunWithWaitingTasksLeavesNothing() {
    Log log;
    {
      VirtualRuntime runtime(1);
      Semaphore one(runtime, 1);
      Channel<int> channel(runtime);
      for (int i = 0; i < 3; ++i) runtime.spawn(holdAndWait(runtime, one, channel, log), {});
      runtime.advance(Instant(1s), kAll);
      runtime.spawn(holdAndWait(runtime, one, channel, log), {});  // Never starts.
      runtime.shutDown();
      QCOMPARE(runtime.pendingCount(), 0u);
      QCOMPARE(one.available(), 1);
      QCOMPARE(channel.waitingReceivers(), 0u);
    }
    QCOMPARE(log, (Log{"~task", "~task", "~task"}));
  }

  void namesActorsOnce() {
    VirtualRuntime runtime(1);
    const ActorId a = runtime.actor("a");
    QVERIFY(runtime.actor("b") != a);
    QCOMPARE(runtime.actor("a").index, a.index);
    QCOMPARE(runtime.actorName(a), std::string("a"));
    QCOMPARE(runtime.actorName({}), std::string("system"));
  }
};

QTEST_GUILESS_MAIN(TestVirtualRuntime)
#include "tst_virtual_runtime.moc"
