// EventQueue against a std::set ordered by (time, sequence), over random scripts.
#include <QtTest>

#include <algorithm>
#include <deque>
#include <set>

#include "engine/base/rng.h"
#include "engine/runtime/event_queue.h"

using namespace ringside;

namespace {

Instant at(std::int64_t nanos) { return Instant(Duration(nanos)); }

struct Tagged : Event {
  std::uint64_t sequence = 0;
};

// The queue beside its model; the same calls go to both.
class Pair {
 public:
  void push(Instant when) { schedule(when, false); }
  void pushNow() { schedule(now_, true); }

  void cancelAny(Rng& rng) {
    if (model_.empty()) return;
    // Chosen by time, not by rank: a walk through a large set would cost too much.
    const auto [last, sequence, event] = *std::prev(model_.end());
    const auto span = static_cast<std::uint64_t>((last - now_).count()) | 1;
    const Instant near = now_ + Duration(static_cast<std::int64_t>(rng.below(span)));
    auto victim = model_.lower_bound({near, 0, nullptr});
    if (victim == model_.end()) --victim;
    Tagged* const gone = std::get<2>(*victim);
    model_.erase(victim);
    queue_.cancel(*gone);
    free_.push_back(gone);
  }

  bool popAgrees() {
    Event* const next = queue_.peek();
    if (model_.empty()) return next == nullptr;
    const auto [when, sequence, event] = *model_.begin();
    if (next != event || next->at != when) return false;
    queue_.pop();
    now_ = when;
    model_.erase(model_.begin());
    free_.push_back(event);
    return !event->pending() && queue_.size() == model_.size();
  }

  bool drains() {
    while (!model_.empty()) {
      if (!popAgrees()) return false;
    }
    return queue_.peek() == nullptr && queue_.size() == 0;
  }

  [[nodiscard]] Instant now() const { return now_; }
  [[nodiscard]] std::size_t size() const { return model_.size(); }
  [[nodiscard]] const EventQueue& queue() const { return queue_; }

 private:
  void schedule(Instant when, bool immediately) {
    if (free_.empty()) free_.push_back(&events_.emplace_back());
    Tagged* const event = free_.back();
    free_.pop_back();
    event->at = when;
    event->sequence = sequence_++;
    immediately ? queue_.pushNow(*event, when) : queue_.push(*event);
    model_.insert({when, event->sequence, event});
  }

  EventQueue queue_;
  std::set<std::tuple<Instant, std::uint64_t, Tagged*>> model_;
  std::deque<Tagged> events_;
  std::vector<Tagged*> free_;
  std::uint64_t sequence_ = 0;
  Instant now_{};
};

enum class Delays { Short, Long, Mixed, Herds, Outliers };

Instant later(Rng& rng, Instant now, Delays delays) {
  const auto upTo = [&rng](std::uint64_t n) { return static_cast<std::int64_t>(rng.below(n)); };
  std::int64_t delay = 0;
  switch (delays) {
    case Delays::Short:
      delay = upTo(100);
      break;
    case Delays::Long:
      delay = upTo(10'000'000'000);
      break;
    case Delays::Mixed:
      delay = upTo(std::uint64_t{1} << rng.below(50));
      break;
    case Delays::Herds:
      delay = upTo(4) * 1'000'000;
      break;
    case Delays::Outliers:
      if (rng.below(50) == 0) return kNever;
      delay = rng.below(20) == 0 ? std::int64_t{1} << 60 : upTo(1'000'000);
      break;
  }
  return delay > (kNever - now).count() ? kNever : now + Duration(delay);
}

}  // namespace

class TestEventQueue : public QObject {
  Q_OBJECT

 private slots:
  void popsInExactOrder_data() {
    QTest::addColumn<int>("delays");
    QTest::addColumn<int>("pending");
    for (const int pending : {3, 40, 140, 3000}) {
      const auto row = [pending](const char* name, Delays delays) {
        QTest::addRow("%s, %d pending", name, pending) << static_cast<int>(delays) << pending;
      };
      row("short delays", Delays::Short);
      row("long delays", Delays::Long);
      row("delays of every magnitude", Delays::Mixed);
      row("herds at one instant", Delays::Herds);
      row("far outliers and never", Delays::Outliers);
    }
  }

  void popsInExactOrder() {
    QFETCH(int, delays);
    QFETCH(int, pending);
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      Rng rng(seed);
      Pair pair;
      for (int step = 0; step < 4 * pending + 1000; ++step) {
        const bool growing = pair.size() < static_cast<std::size_t>(pending);
        const std::uint64_t dice = rng.below(100);
        if (dice < (growing ? 60u : 35u)) {
          pair.push(later(rng, pair.now(), static_cast<Delays>(delays)));
        } else if (dice < (growing ? 65u : 40u)) {
          pair.pushNow();
        } else if (dice < 75) {
          pair.cancelAny(rng);
        } else {
          QVERIFY2(pair.popAgrees(), qPrintable(QString("seed %1 step %2").arg(seed).arg(step)));
        }
      }
      QVERIFY2(pair.drains(), qPrintable(QString("seed %1").arg(seed)));
    }
  }

  void keepsOrderWithAHundredThousandPending() {
    for (const Delays delays : {Delays::Mixed, Delays::Herds, Delays::Outliers}) {
      Rng rng(7);
      Pair pair;
      for (int i = 0; i < 100'000; ++i) pair.push(later(rng, pair.now(), delays));
      for (int i = 0; i < 100'000; ++i) {
        QVERIFY(pair.popAgrees());
        pair.push(later(rng, pair.now(), delays));
        if (i % 10 == 0) pair.cancelAny(rng);
        if (i % 10 == 0) pair.push(later(rng, pair.now(), delays));
      }
      QVERIFY(pair.drains());
    }
  }

  void whatIsPushedNowComesAfterWhatWasDueAtThisInstantAlready() {
    EventQueue queue;
    Event first, second, third, fourth;
    for (Event* event : {&first, &second, &fourth}) event->at = at(10);
    fourth.at = at(11);
    queue.push(fourth);
    queue.push(first);
    queue.push(second);
    QCOMPARE(queue.peek(), &first);
    queue.pop();
    queue.pushNow(third, at(10));
    for (Event* expected : {&second, &third, &fourth}) {
      QCOMPARE(queue.peek(), expected);
      queue.pop();
    }
    QCOMPARE(queue.peek(), nullptr);
  }

  void aNewEarliestEventIsNotHiddenByOnePeekedAt() {
    EventQueue queue;
    Event late, early;
    late.at = at(1'000'000);
    queue.push(late);
    QCOMPARE(queue.peek(), &late);
    early.at = at(5);
    queue.push(early);
    QCOMPARE(queue.peek(), &early);
    queue.cancel(early);
    QCOMPARE(queue.peek(), &late);
    queue.cancel(late);
    QCOMPARE(queue.peek(), nullptr);
    QCOMPARE(queue.size(), 0u);
  }

  void eventsAtTheEndOfTimeStayInOrderOfScheduling() {
    EventQueue queue;
    std::deque<Event> events(1000);
    for (Event& event : events) {
      event.at = kNever;
      queue.push(event);
    }
    for (Event& event : events) {
      QCOMPARE(queue.peek(), &event);
      queue.pop();
    }
  }

  void visitsEachPendingEventOnce() {
    Pair pair;
    Rng rng(3);
    for (int i = 0; i < 500; ++i) pair.push(later(rng, pair.now(), Delays::Mixed));
    for (int i = 0; i < 100; ++i) pair.cancelAny(rng);
    std::set<const Event*> seen;
    pair.queue().forEach([&](const Event& event) { QVERIFY(seen.insert(&event).second); });
    QCOMPARE(seen.size(), pair.size());
    QVERIFY(pair.drains());
  }

  // As with a bank's patience: each timeout lies far off, and is cancelled long before its time.
  void forgetsFarTimeoutsThatAreAlwaysCancelled() {
    EventQueue queue;
    std::deque<Event> timeouts(1000);
    Event next;
    std::size_t most = 0;
    for (std::int64_t round = 0; round < 1000; ++round) {
      for (Event& timeout : timeouts) {
        if (timeout.pending()) queue.cancel(timeout);
        timeout.at = at(round * 1000 + 2'000'000'000);
        queue.push(timeout);
      }
      next.at = at(round * 1000 + 1);
      queue.push(next);
      QCOMPARE(queue.peek(), &next);
      queue.pop();
      if (round == 300) most = queue.bytes();
    }
    QCOMPARE(queue.size(), timeouts.size());
    QCOMPARE(queue.bytes(), most);
    for (Event& timeout : timeouts) {
      QCOMPARE(queue.peek(), &timeout);
      queue.pop();
    }
  }

  void reusesItsMemoryOnceWarm() {
    Pair pair;
    Rng rng(5);
    for (int i = 0; i < 1000; ++i) pair.push(later(rng, pair.now(), Delays::Short));
    const auto churn = [&](int rounds) {
      for (int i = 0; i < rounds; ++i) {
        if (!pair.popAgrees()) QFAIL("out of order");
        pair.push(later(rng, pair.now(), Delays::Short));
      }
    };
    churn(100'000);
    const std::size_t warm = pair.queue().bytes();
    churn(300'000);
    QVERIFY(pair.queue().bytes() <= 2 * warm);
  }
};

QTEST_GUILESS_MAIN(TestEventQueue)
#include "tst_event_queue.moc"
