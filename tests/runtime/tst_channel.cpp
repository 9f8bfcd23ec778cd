// Channel against a slow model of Go's, one event at a time, and its edge cases by name.
#include <QtTest>

#include <algorithm>
#include <deque>
#include <memory>

#include "engine/base/rng.h"
#include "engine/runtime/channel.h"
#include "engine/runtime/task_group.h"
#include "tests/runtime/sync_probe.h"

using namespace ringside;
using namespace ringside::probe;

namespace {

struct Outcome {
  bool done = false;
  bool sent = false;
  std::optional<int> got;
  bool operator==(const Outcome&) const = default;
};

Task<void> send(Channel<int>& channel, int value, Outcome& outcome) {
  outcome.sent = co_await channel.send(value);
  outcome.done = true;
}

Task<void> receive(Channel<int>& channel, Outcome& outcome) {
  outcome.got = co_await channel.receive();
  outcome.done = true;
}

enum class Wake { Start, Value, Closed };

// What a channel does, written with plain lists of task numbers and no thought for speed.
struct Model {
  struct Due {
    std::size_t task;
    Wake why;
  };
  struct Op {
    bool sends;
    int value;
    Outcome outcome;
  };

  std::size_t capacity = 0;
  bool closed = false;
  std::deque<int> line;  // Sent and not yet taken; the first `claims` belong to woken receivers.
  std::size_t claims = 0;
  std::deque<std::size_t> senders, receivers;
  std::deque<Due> due;
  std::deque<Op> ops;

  std::size_t free() const { return line.size() - claims; }
  bool canSend() const { return closed || !receivers.empty() || free() < capacity; }
  bool canReceive() const { return closed || free() > 0 || !senders.empty(); }

  bool put(int value) {
    if (closed) return false;
    line.push_back(value);
    offer();
    return true;
  }
  void offer() {
    for (; free() > 0 && !receivers.empty(); ++claims) wakeFirst(receivers, Wake::Value);
  }
  std::optional<int> get() {
    // As if every waiting sender had put its value behind the buffer.
    if (free() == 0 && senders.empty()) return std::nullopt;
    if (free() == 0) admit();
    const auto place = line.begin() + static_cast<std::ptrdiff_t>(claims);
    const int value = *place;
    line.erase(place);
    while (free() < capacity && !senders.empty()) admit();
    return value;
  }
  void admit() {
    line.push_back(ops[senders.front()].value);
    wakeFirst(senders, Wake::Value);
  }
  void wakeFirst(std::deque<std::size_t>& list, Wake why) {
    due.push_back({list.front(), why});
    list.pop_front();
  }
  void close() {
    closed = true;
    while (!receivers.empty()) wakeFirst(receivers, Wake::Closed);
    while (!senders.empty()) wakeFirst(senders, Wake::Closed);
  }
  void runOne() {
    if (due.empty()) return;
    const Due next = due.front();
    due.pop_front();
    Op& op = ops[next.task];
    if (next.why == Wake::Start && !(op.sends ? canSend() : canReceive())) {
      return (op.sends ? senders : receivers).push_back(next.task);
    }
    op.outcome.done = true;
    if (op.sends) {
      op.outcome.sent = next.why == Wake::Start ? put(op.value) : next.why == Wake::Value;
    } else if (next.why == Wake::Start) {
      op.outcome.got = get();
    } else if (next.why == Wake::Value) {
      op.outcome.got = line.front();
      line.pop_front();
      --claims;
    }
  }
  void cancel(std::size_t task) {
    std::erase(senders, task);
    std::erase(receivers, task);
    const auto found =
        std::find_if(due.begin(), due.end(), [task](const Due& d) { return d.task == task; });
    if (found == due.end()) return;
    const bool claimed = found->why == Wake::Value && !ops[task].sends;
    due.erase(found);
    if (claimed) --claims;
    offer();
  }
};

// The channel beside its model.
class Pair {
 public:
  explicit Pair(std::size_t capacity) : channel_(runtime_, capacity) { model_.capacity = capacity; }

  bool step(Rng& rng) {
    const std::uint64_t dice = rng.below(100);
    if (dice < 22) {
      spawn(true);
    } else if (dice < 44) {
      spawn(false);
    } else if (dice < 84) {
      runtime_.advance(Instant{}, 1);
      model_.runOne();
    } else if (dice < 89) {
      const int value = nextValue_++;
      if (channel_.trySend(value) != (model_.canSend() && model_.put(value))) return false;
    } else if (dice < 94) {
      const auto expected = model_.canReceive() ? model_.get() : std::nullopt;
      if (channel_.tryReceive() != expected) return false;
    } else if (!groups_.empty()) {
      cancel(rng.below(groups_.size()));
    }
    return agrees();
  }

  bool finish() {
    channel_.close();
    model_.close();
    while (!model_.due.empty()) {
      model_.runOne();
      runtime_.advance(Instant{}, 1);
      if (!agrees()) return false;
    }
    return runtime_.pendingCount() == 0 && channel_.waitingReceivers() == 0;
  }

 private:
  void spawn(bool sends) {
    const int value = nextValue_++;
    Outcome& outcome = outcomes_.emplace_back();
    groups_.push_back(std::make_unique<TaskGroup>(runtime_));
    groups_.back()->spawn(sends ? send(channel_, value, outcome) : receive(channel_, outcome), {});
    model_.due.push_back({model_.ops.size(), Wake::Start});
    model_.ops.push_back({sends, value, {}});
  }

  void cancel(std::size_t task) {
    groups_[task]->cancelAll();
    model_.cancel(task);
  }

  bool agrees() const {
    for (std::size_t i = 0; i < outcomes_.size(); ++i) {
      if (!(outcomes_[i] == model_.ops[i].outcome)) return false;
    }
    return channel_.size() == model_.free() && channel_.waitingSenders() == model_.senders.size() &&
           channel_.waitingReceivers() == model_.receivers.size() &&
           runtime_.pendingCount() == model_.due.size();
  }

  VirtualRuntime runtime_{1};
  Channel<int> channel_;
  Model model_;
  std::deque<Outcome> outcomes_;
  std::vector<std::unique_ptr<TaskGroup>> groups_;
  int nextValue_ = 0;
};

Task<void> produce(Channel<int>& channel, int count) {
  for (int i = 0; i < count; ++i) co_await channel.send(i);
  channel.close();
}

Task<void> consume(Channel<int>& channel, std::vector<int>& got) {
  while (const std::optional<int> value = co_await channel.receive()) got.push_back(*value);
}

}  // namespace

class TestChannel : public QObject {
  Q_OBJECT

 private slots:
  void doesWhatTheModelDoes_data() {
    QTest::addColumn<int>("capacity");
    for (const int capacity : {0, 1, 2, 7}) QTest::addRow("capacity %d", capacity) << capacity;
  }

  void doesWhatTheModelDoes() {
    QFETCH(int, capacity);
    for (std::uint64_t seed = 1; seed <= 150; ++seed) {
      Rng rng(seed);
      Pair pair(static_cast<std::size_t>(capacity));
      for (int step = 0; step < 400; ++step) {
        QVERIFY2(pair.step(rng), qPrintable(QString("seed %1 step %2").arg(seed).arg(step)));
      }
      QVERIFY2(pair.finish(), qPrintable(QString("seed %1").arg(seed)));
    }
  }

  void passesEveryValueInOrderAndThenEnds_data() { doesWhatTheModelDoes_data(); }

  void passesEveryValueInOrderAndThenEnds() {
    QFETCH(int, capacity);
    VirtualRuntime runtime(1);
    Channel<int> channel(runtime, static_cast<std::size_t>(capacity));
    std::vector<int> got;
    runtime.spawn(consume(channel, got), {});
    runtime.spawn(produce(channel, 1000), {});
    runAll(runtime);
    QCOMPARE(got.size(), 1000u);
    QVERIFY(std::is_sorted(got.begin(), got.end()));
  }

  void anUnbufferedSendWaitsForAReceiver() {
    VirtualRuntime runtime(1);
    Channel<int> channel(runtime);
    QVERIFY(!channel.trySend(1));
    Outcome sent;
    runtime.spawn(send(channel, 5, sent), {});
    runtime.advance(Instant{}, kAll);
    QVERIFY(!sent.done);
    QCOMPARE(channel.tryReceive(), std::optional<int>(5));
    runtime.advance(Instant{}, kAll);
    QVERIFY(sent.done && sent.sent);
  }

  void closingRefusesSendersAndDrainsForReceivers() {
    VirtualRuntime runtime(1);
    Channel<int> channel(runtime, 1);
    Outcome waiting;
    QVERIFY(channel.trySend(1));
    runtime.spawn(send(channel, 2, waiting), {});
    runtime.advance(Instant{}, kAll);
    channel.close();
    runtime.advance(Instant{}, kAll);
    QVERIFY(waiting.done && !waiting.sent);
    QVERIFY(!channel.trySend(3));
    QCOMPARE(channel.tryReceive(), std::optional<int>(1));
    QCOMPARE(channel.tryReceive(), std::nullopt);
    QVERIFY_EXCEPTION_THROWN(channel.close(), Bug);
  }

  void nilNeverLetsAnybodyGoOn() {
    VirtualRuntime runtime(1);
    Channel<int> nil;
    Outcome sent, got;
    runtime.spawn(send(nil, 1, sent), {});
    runtime.spawn(receive(nil, got), {});
    runtime.advance(Instant(1s), kAll);
    QVERIFY(!sent.done && !got.done);
    QVERIFY(!nil.trySend(1));
    QCOMPARE(nil.tryReceive(), std::nullopt);
    QVERIFY_EXCEPTION_THROWN(nil.close(), Bug);
    runtime.shutDown();
    QCOMPARE(nil.waitingSenders() + nil.waitingReceivers(), 0u);
  }

  void carriesWhatCanOnlyBeMoved() {
    VirtualRuntime runtime(1);
    Channel<std::unique_ptr<int>> channel(runtime, 2);
    QVERIFY(channel.trySend(std::make_unique<int>(3)));
    QCOMPARE(**channel.tryReceive(), 3);
  }
};

QTEST_GUILESS_MAIN(TestChannel)
#include "tst_channel.moc"
