#include <QTest>

#include <map>
#include <random>
#include <utility>
#include <vector>

#include "engine/storage/batching_producer.h"
#include "engine/storage/log_consumer.h"

using namespace std::chrono_literals;
using ringside::Bug;
using ringside::Duration;
using ringside::Instant;

namespace {

struct Event {
  std::uint64_t key = 0;
  int number = 0;
};
using Log = ringside::storage::PartitionedLog<Event>;
using Producer = ringside::storage::BatchingProducer<Event>;
using Accepted = Producer::Accepted;

constexpr Instant at(Duration since) { return Instant{} + since; }

class TestBatchingProducer : public QObject {
  Q_OBJECT

 private slots:
  void aBatchIsDueWhenItsFirstRecordHasLingered() {
    Log log({.partitions = 1});
    Producer producer({.batchSize = 10, .linger = 5ms}, log);
    QCOMPARE(producer.nextDue(), ringside::kNever);
    producer.append(at(1ms), 0, {0, 1});
    producer.append(at(4ms), 0, {0, 2});
    QCOMPARE(producer.nextDue(), at(6ms));
    QCOMPARE(producer.flushDue(at(6ms - 1ns)), std::size_t{0});
    QCOMPARE(producer.flushDue(at(6ms)), std::size_t{2});
    QCOMPARE(log.read(0, 1)->number, 2);
    QCOMPARE(producer.buffered(), std::size_t{0});
  }

  void aFullBatchIsDueAtOnce() {
    Log log({.partitions = 1});
    Producer producer({.batchSize = 3, .linger = 5ms}, log);
    QCOMPARE(producer.append(at(1ms), 0, {}), Accepted::Buffered);
    QCOMPARE(producer.append(at(1ms), 0, {}), Accepted::Buffered);
    QCOMPARE(producer.append(at(1ms), 0, {}), Accepted::BatchReady);
    producer.append(at(1ms), 0, {});
    QVERIFY(producer.nextDue() <= at(1ms));
    QCOMPARE(producer.flushDue(at(1ms)), std::size_t{3});
    QCOMPARE(producer.buffered(), std::size_t{1});  // The rest lingers on its own.
    QCOMPARE(producer.nextDue(), at(6ms));
  }

  void aFullBufferRefuses() {
    Log log({.partitions = 2});
    Producer producer({.batchSize = 100, .bufferCapacity = 3}, log);
    for (std::uint64_t key = 0; key < 3; ++key) {
      QCOMPARE(producer.append(at(0ms), key, {}), Accepted::Buffered);
    }
    QCOMPARE(producer.append(at(0ms), 3, {}), Accepted::Refused);
    // What is in flight still takes room: it may have to be sent again.
    const auto batch = producer.take(at(1s));
    QVERIFY(batch.has_value());
    QCOMPARE(producer.append(at(1s), 3, {}), Accepted::Refused);
    QVERIFY(producer.deliver(at(1s), *batch));
    QCOMPARE(producer.append(at(1s), 3, {}), Accepted::Buffered);
    QCOMPARE(producer.counts().refused, std::uint64_t{2});
  }

  void withoutALeaderABatchWaitsAndIsDrainedInOrder() {
    Log log({.partitions = 1});
    Producer producer({.batchSize = 2, .linger = 5ms, .retryBackoff = 100ms}, log);
    log.setUp(0, false);
    for (int i = 0; i < 5; ++i) producer.append(at(0ms), 0, {0, i});
    QCOMPARE(producer.flushDue(at(0ms)), std::size_t{0});
    QCOMPARE(producer.nextDue(), at(100ms));
    log.setUp(0, true);
    QCOMPARE(producer.flushDue(at(100ms - 1ns)), std::size_t{0});
    QCOMPARE(producer.flushDue(at(100ms)), std::size_t{5});
    for (int i = 0; i < 5; ++i) QCOMPARE(log.read(0, static_cast<Log::Offset>(i))->number, i);
    QCOMPARE(producer.counts().failures, std::uint64_t{1});
  }

  void aPartitionThatIsDownHoldsUpNoOther() {
    Log log({.partitions = 2});
    Producer producer({.batchSize = 1, .maxInFlight = 1}, log);
    log.setUp(0, false);
    producer.append(at(0ms), 0, {0, 1});
    producer.append(at(0ms), 1, {1, 2});
    QCOMPARE(producer.flushDue(at(0ms)), std::size_t{1});
    QCOMPARE(log.end(1), Log::Offset{1});
  }

  void aLaneHasOneBatchInFlightAndTheWholeHasItsBound() {
    Log log({.partitions = 3});
    Producer producer({.batchSize = 1, .maxInFlight = 2}, log);
    for (std::uint64_t key = 0; key < 6; ++key) producer.append(at(0ms), key, {});
    const auto first = producer.take(at(0ms));
    const auto second = producer.take(at(0ms));
    QVERIFY(first->partition != second->partition);
    QVERIFY(!producer.take(at(0ms)).has_value());
    QCOMPARE(producer.nextDue(), ringside::kNever);
    producer.deliver(at(0ms), *first);
    const auto third = producer.take(at(0ms));
    QVERIFY(third->partition != second->partition);
    QCOMPARE(producer.inFlight(), 2U);
  }

  void aLostAcknowledgementSendsTheSameBatchTwice() {
    Log log({.partitions = 1});
    Producer producer({.batchSize = 3, .linger = 5ms, .retryBackoff = 10ms}, log);
    producer.append(at(0ms), 0, {0, 1});
    producer.append(at(0ms), 0, {0, 2});
    const auto batch = producer.take(at(5ms));
    QVERIFY(!producer.deliver(at(5ms), *batch, Producer::Ack::Lost));
    producer.append(at(6ms), 0, {0, 3});
    const auto again = producer.take(at(15ms));
    QCOMPARE(again->count, 2U);  // As it was, although a third has come and would fit.
    QCOMPARE(again->attempt, 2U);
    QVERIFY(producer.deliver(at(15ms), *again));
    QCOMPARE(log.end(0), Log::Offset{4});
    QCOMPARE(producer.counts().delivered, std::uint64_t{2});
  }

  void aCleanShutdownWaitsForNothing() {
    Log log({.partitions = 1});
    Producer producer({.batchSize = 100, .linger = 1h}, log);
    producer.append(at(0ms), 0, {});
    QCOMPARE(producer.flushDue(at(1ms)), std::size_t{0});
    QCOMPARE(producer.flushDue(at(1ms), Producer::Flush::Everything), std::size_t{1});
    log.setUp(0, false);
    producer.append(at(2ms), 0, {});
    QCOMPARE(producer.flushDue(at(2ms), Producer::Flush::Everything), std::size_t{0});
    QCOMPARE(producer.nextDue(), at(102ms));  // A retry does not linger.
  }

  void aCrashLosesWhatWasNotAcknowledged() {
    Log log({.partitions = 1});
    Producer producer({.batchSize = 2}, log);
    for (int i = 0; i < 5; ++i) producer.append(at(0ms), 0, {0, i});
    const auto batch = producer.take(at(0ms));
    producer.deliver(at(0ms), *batch);
    const auto inFlight = producer.take(at(0ms));
    QCOMPARE(producer.crash(), std::size_t{3});
    QCOMPARE(producer.buffered(), std::size_t{0});
    QVERIFY_EXCEPTION_THROWN(producer.deliver(at(0ms), *inFlight), Bug);
    producer.append(at(1ms), 0, {});
    const auto fresh = producer.take(at(1s));  // In flight in the same lane: not to be confused.
    QVERIFY_EXCEPTION_THROWN(producer.deliver(at(1s), *batch), Bug);
    QVERIFY(producer.deliver(at(1s), *fresh));
    QCOMPARE(log.end(0), Log::Offset{3});
  }

  void impossibleConfigurationsAreBugs() {
    Log log({});
    QVERIFY_EXCEPTION_THROWN(Producer({.batchSize = 0}, log), Bug);
    QVERIFY_EXCEPTION_THROWN(Producer({.bufferCapacity = 0}, log), Bug);
    QVERIFY_EXCEPTION_THROWN(Producer({.retryBackoff = 0ms}, log), Bug);
    QVERIFY_EXCEPTION_THROWN(Producer({.maxInFlight = 0}, log), Bug);
  }

  void nothingIsLostOrReorderedPerKey_data() {
    QTest::addColumn<quint64>("seed");
    for (quint64 seed = 1; seed <= 20; ++seed) {
      QTest::newRow(("seed " + std::to_string(seed)).c_str()) << seed;
    }
  }

  void nothingIsLostOrReorderedPerKey() {
    QFETCH(quint64, seed);
    std::mt19937_64 rng(seed);
    Log log({.partitions = 3});
    Producer producer({.batchSize = 1 + rng() % 8,
                       .linger = 2ms,
                       .bufferCapacity = 40,
                       .retryBackoff = 3ms,
                       .maxInFlight = 2},
                      log);
    std::map<std::uint64_t, std::vector<int>> accepted;
    std::vector<Producer::Batch> inFlight;
    Instant now{};
    for (int step = 0; step < 5000; ++step) {
      now += static_cast<int>(rng() % 2) * 1ms;
      const std::uint64_t what = rng() % 10;
      if (what < 5) {
        const std::uint64_t key = rng() % 7;
        const auto outcome = producer.append(now, key, {key, step});
        if (outcome != Accepted::Refused) accepted[key].push_back(step);
      } else if (what < 7) {
        if (const auto batch = producer.take(now)) inFlight.push_back(*batch);
      } else if (what == 7) {
        log.setUp(static_cast<std::uint32_t>(rng() % 3), rng() % 3 != 0);
      } else if (!inFlight.empty()) {
        const std::size_t which = rng() % inFlight.size();
        const auto ack = rng() % 4 == 0 ? Producer::Ack::Lost : Producer::Ack::Arrives;
        if (rng() % 5 == 0) {
          producer.fail(now, inFlight[which]);
        } else {
          producer.deliver(now, inFlight[which], ack);
        }
        inFlight.erase(inFlight.begin() + static_cast<std::ptrdiff_t>(which));
      }
      QVERIFY(producer.buffered() <= 40);
    }
    for (const Producer::Batch& batch : inFlight) producer.fail(now, batch);
    for (std::uint32_t i = 0; i < 3; ++i) log.setUp(i, true);
    producer.flushDue(now + 1s);
    QCOMPARE(producer.buffered(), std::size_t{0});
    QCOMPARE(firstArrivals(log), accepted);
  }

 private:
  // For each key the numbers in order of their first arrival.
  static std::map<std::uint64_t, std::vector<int>> firstArrivals(const Log& log) {
    std::map<std::uint64_t, std::vector<int>> arrived;
    ringside::storage::LogConsumer<Event> consumer(log);
    for (std::uint32_t partition = 0; partition < log.partitionCount(); ++partition) {
      while (const Event* event = consumer.next(partition)) {
        std::vector<int>& numbers = arrived[event->key];
        if (std::find(numbers.begin(), numbers.end(), event->number) == numbers.end()) {
          numbers.push_back(event->number);
        }
      }
    }
    return arrived;
  }
};

}  // namespace

QTEST_GUILESS_MAIN(TestBatchingProducer)
#include "tst_batching_producer.moc"
