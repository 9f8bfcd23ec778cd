// select and trySelect: who is chosen, that only one takes effect, and what is withdrawn.
#include <QtTest>

#include <algorithm>
#include <array>
#include <deque>

#include "engine/runtime/select.h"
#include "engine/runtime/task_group.h"
#include "tests/runtime/sync_probe.h"

using namespace ringside;
using namespace ringside::probe;

namespace {

using Ints = Channel<int>;

struct Choice {
  std::size_t index = 99;
  std::optional<int> value;
};

Task<void> receiveEither(Rng& rng, Ints& a, Ints& b, Choice& choice) {
  const auto first = co_await select(rng, a.receive(), b.receive());
  choice.index = first.index();
  choice.value = first.index() == 0 ? std::get<0>(first) : std::get<1>(first);
}

Task<void> sendOrReceive(Rng& rng, Ints& to, Ints& from, Choice& choice) {
  const auto first = co_await select(rng, to.send(7), from.receive());
  choice.index = first.index();
  if (first.index() == 1) choice.value = std::get<1>(first);
}

Task<void> exchange(Runtime& runtime, Rng rng, std::array<Ints, 3>& all, int first, int count,
                    std::vector<int>& sent, std::vector<int>& got) {
  for (int i = first; i < first + count; ++i) {
    co_await sleepFor(runtime, Duration(static_cast<int>(rng.below(3))));
    const std::size_t to = rng.below(3);
    auto done = co_await select(rng, all[to].send(i), all[(to + 1) % 3].receive(),
                                all[(to + 2) % 3].receive());
    if (done.index() == 0) sent.push_back(i);
    if (done.index() == 1) got.push_back(*std::get<1>(done));
    if (done.index() == 2) got.push_back(*std::get<2>(done));
  }
}

}  // namespace

class TestSelect : public QObject {
  Q_OBJECT

 private slots:
  void takesTheOneThatIsReadyWithoutADraw() {
    VirtualRuntime runtime(1);
    Rng rng(1), untouched(1);
    Ints a(runtime, 1), b(runtime, 1);
    Choice choice;
    QVERIFY(b.trySend(4));
    runtime.spawn(receiveEither(rng, a, b, choice), {});
    runtime.advance(Instant{}, kAll);
    QCOMPARE(choice.index, 1u);
    QCOMPARE(choice.value, std::optional<int>(4));
    QCOMPARE(rng.next(), untouched.next());
  }

  void isFairAmongThoseThatAreReady() {
    VirtualRuntime runtime(1);
    Rng rng = runtime.random("select");
    Ints a(runtime, 1), b(runtime, 1), c(runtime, 1);
    std::array<int, 3> chosen{};
    for (int i = 0; i < 30'000; ++i) {
      (void)a.trySend(1);
      (void)b.trySend(1);
      auto first = trySelect(rng, a.receive(), b.receive(), c.send(1));
      QVERIFY(first.has_value());
      ++chosen[first->index()];
      (void)c.tryReceive();
    }
    // Six standard deviations around 10,000.
    for (const int count : chosen) QVERIFY(std::abs(count - 10'000) < 490);
  }

  void theSameSeedChoosesTheSame() {
    std::array<std::vector<std::size_t>, 2> runs;
    for (auto& run : runs) {
      VirtualRuntime runtime(5);
      Rng rng = runtime.random("select");
      Ints a(runtime, 100), b(runtime, 100);
      for (int i = 0; i < 100; ++i) run.push_back(trySelect(rng, a.send(i), b.send(i))->index());
    }
    QCOMPARE(runs[0], runs[1]);
  }

  void waitsForTheFirstAndLeavesTheOthers() {
    VirtualRuntime runtime(1);
    Rng rng(1);
    Ints a(runtime), b(runtime);
    Choice choice;
    runtime.spawn(receiveEither(rng, a, b, choice), {});
    runtime.advance(Instant{}, kAll);
    QCOMPARE(a.waitingReceivers() + b.waitingReceivers(), 2u);
    QVERIFY(b.trySend(8));
    QCOMPARE(a.waitingReceivers(), 0u);  // At once, before the task goes on.
    QVERIFY(!a.trySend(9));
    runtime.advance(Instant{}, kAll);
    QCOMPARE(choice.index, 1u);
    QCOMPARE(choice.value, std::optional<int>(8));
  }

  void aSendThatLosesHasNotHappened() {
    VirtualRuntime runtime(1);
    Rng rng(1);
    Ints to(runtime), from(runtime);
    Choice choice;
    runtime.spawn(sendOrReceive(rng, to, from, choice), {});
    runtime.advance(Instant{}, kAll);
    QVERIFY(from.trySend(3));
    QCOMPARE(to.tryReceive(), std::nullopt);
    runtime.advance(Instant{}, kAll);
    QCOMPARE(choice.index, 1u);
  }

  void doesNotTalkToItself() {
    VirtualRuntime runtime(1);
    Rng rng(1);
    Ints channel(runtime);
    Choice choice;
    runtime.spawn(sendOrReceive(rng, channel, channel, choice), {});
    runtime.advance(Instant(1s), kAll);
    QCOMPARE(choice.index, 99u);
    QCOMPARE(channel.tryReceive(), std::optional<int>(7));
    QCOMPARE(channel.waitingReceivers(), 0u);
    runtime.advance(Instant(1s), kAll);
    QCOMPARE(choice.index, 0u);
  }

  void nilSwitchesACaseOff() {
    VirtualRuntime runtime(1);
    Rng rng(1);
    Ints nil, open(runtime, 1);
    QCOMPARE(trySelect(rng, nil.receive(), open.receive()), std::nullopt);
    QVERIFY(open.trySend(2));
    for (int i = 0; i < 20; ++i) {
      const auto first = trySelect(rng, nil.receive(), open.receive());
      QCOMPARE(first->index(), 1u);
      QVERIFY(open.trySend(2));
    }
  }

  void aClosedChannelIsAlwaysReady() {
    VirtualRuntime runtime(1);
    Rng rng(1);
    Ints a(runtime), b(runtime);
    Choice choice;
    runtime.spawn(receiveEither(rng, a, b, choice), {});
    runtime.advance(Instant{}, kAll);
    a.close();
    runtime.advance(Instant{}, kAll);
    QCOMPARE(choice.index, 0u);
    QCOMPARE(choice.value, std::nullopt);
    QCOMPARE(trySelect(rng, a.receive(), b.receive())->index(), 0u);
  }

  void cancellingWithdrawsAllAndHandsOnWhatWasGiven() {
    VirtualRuntime runtime(1);
    Rng rng(1);
    Ints a(runtime), b(runtime);
    Choice cancelled, next;
    TaskGroup group(runtime);
    group.spawn(receiveEither(rng, a, b, cancelled), {});
    runtime.advance(Instant{}, kAll);
    runtime.spawn(receiveEither(rng, b, a, next), {});
    runtime.advance(Instant{}, kAll);
    QVERIFY(a.trySend(6));  // Given to the first, which does not get to run.
    group.cancelAll();
    runtime.advance(Instant{}, kAll);
    QCOMPARE(cancelled.index, 99u);
    QCOMPARE(next.value, std::optional<int>(6));
    QCOMPARE(a.waitingReceivers() + b.waitingReceivers(), 0u);
  }

  void everyValueSentIsReceivedOnceOverManySeeds() {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
      VirtualRuntime runtime(seed);
      std::array<Ints, 3> all{Ints(runtime), Ints(runtime, 1), Ints(runtime, 3)};
      std::vector<int> sent, got;
      TaskGroup cancelled(runtime);
      Rng rng = runtime.random("tasks");
      for (int task = 0; task < 12; ++task) {
        auto work = exchange(runtime, rng.split(), all, task * 1000, 200, sent, got);
        task % 3 == 0 ? cancelled.spawn(std::move(work), {}) : runtime.spawn(std::move(work), {});
      }
      runtime.advance(Instant(Duration(20)), 1000 + rng.below(200));
      cancelled.cancelAll();
      // Tasks that all send to one channel wait for each other: taking from it lets them go on.
      for (bool stuck = true; stuck;) {
        runtime.advance(runtime.now() + 1s, kAll);
        stuck = false;
        for (Ints& channel : all) {
          const auto value = channel.tryReceive();
          if (value) got.push_back(*value);
          stuck |= value.has_value();
        }
      }
      runtime.shutDown();
      for (Ints& channel : all) {
        QCOMPARE(channel.waitingReceivers() + channel.waitingSenders(), 0u);
        QCOMPARE(channel.size(), 0u);
      }
      std::sort(got.begin(), got.end());
      std::sort(sent.begin(), sent.end());
      QVERIFY(std::adjacent_find(got.begin(), got.end()) == got.end());
      // A sender cancelled between the taking and its going on does not know: got may have more.
      QVERIFY(std::includes(got.begin(), got.end(), sent.begin(), sent.end()));
      QVERIFY(got.size() > 200);
    }
  }
};

QTEST_GUILESS_MAIN(TestSelect)
#include "tst_select.moc"
