#include <QTest>

#include <algorithm>
#include <random>
#include <set>
#include <vector>

#include "engine/base/hash.h"
#include "engine/storage/batching_producer.h"
#include "engine/storage/dedupe_window.h"
#include "engine/storage/log_consumer.h"
#include "engine/storage/memory_shard.h"
#include "engine/storage/outbox.h"

using ringside::Bug;
using ringside::Instant;
using ringside::mix64;
using namespace ringside::storage;

namespace {

struct Event {
  std::uint64_t id = 0;  // Of the commit it tells of.
  std::uint64_t key = 0;
};
using Log = PartitionedLog<Event>;

PaymentRow row(std::uint64_t key) {
  PaymentRow made;
  made.key = {1, key};
  return made;
}

// What a consumer that may itself crash makes of the log, in order and each event once.
std::vector<std::uint64_t> consume(const Log& log, std::mt19937_64& rng) {
  std::vector<std::uint64_t> ids;
  DedupeWindow seen(10'000);
  LogConsumer<Event> consumer(log);
  for (std::uint32_t partition = 0; partition < log.partitionCount(); ++partition) {
    while (const Event* event = consumer.next(partition)) {
      if (seen.firstTime(event->id)) ids.push_back(event->id);
      if (rng() % 4 == 0) consumer.commit(partition);
      if (rng() % 50 == 0) consumer.crash();
    }
  }
  return ids;
}

class TestOutbox : public QObject {
  Q_OBJECT

 private slots:
  void sendsInOrderAndDeletesWhatIsAcknowledged() {
    Outbox<int> outbox;
    for (int i = 1; i <= 3; ++i) outbox.write(static_cast<std::uint64_t>(i), i * 10);
    QCOMPARE(outbox.next()->record, 10);
    QCOMPARE(outbox.next()->id, std::uint64_t{2});
    QCOMPARE(outbox.unsent(), std::size_t{1});
    QCOMPARE(outbox.ack(1), std::size_t{1});
    QCOMPARE(outbox.ack(1), std::size_t{0});
    QCOMPARE(outbox.size(), std::size_t{2});
    QCOMPARE(outbox.ack(99), std::size_t{1});  // Never what has not been sent.
    QCOMPARE(outbox.next()->record, 30);
    QVERIFY(outbox.next() == nullptr);
  }

  void aCrashedRelaySendsAgainFromTheOldestUnacknowledged() {
    Outbox<int> outbox;
    for (int i = 1; i <= 4; ++i) outbox.write(static_cast<std::uint64_t>(i), i);
    for (int i = 0; i < 3; ++i) outbox.next();
    outbox.ack(1);
    QCOMPARE(outbox.rewind(), std::size_t{2});
    QCOMPARE(outbox.next()->record, 2);
    QCOMPARE(outbox.sent(), std::uint64_t{4});
  }

  void commitsLostWithThePrimaryTakeTheirEventsAlong() {
    Outbox<int> outbox;
    for (int i = 1; i <= 5; ++i) outbox.write(static_cast<std::uint64_t>(i), i);
    for (int i = 0; i < 4; ++i) outbox.next();
    const auto truncated = outbox.truncateAfter(2);
    QCOMPARE(truncated.removed, std::size_t{3});
    QCOMPARE(truncated.ghosts, std::size_t{2});  // 3 and 4 had been sent already.
    QVERIFY(outbox.next() == nullptr);
    outbox.write(3, 33);  // The new primary's third commit.
    QCOMPARE(outbox.next()->record, 33);
  }

  void idsMustRise() {
    Outbox<int> outbox;
    outbox.write(5, 1);
    QVERIFY_EXCEPTION_THROWN(outbox.write(5, 2), Bug);
  }

  void aWindowRecognisesAnIdUntilCapacityOthersCame() {
    DedupeWindow window(3);
    for (const std::uint64_t id : {1U, 2U, 3U}) QVERIFY(window.firstTime(id));
    QVERIFY(!window.firstTime(1));
    QVERIFY(window.firstTime(4));  // Forgets 1, the oldest.
    QVERIFY(!window.firstTime(2));
    QVERIFY(window.firstTime(1));
    QCOMPARE(window.duplicates(), std::uint64_t{2});
    QVERIFY_EXCEPTION_THROWN(DedupeWindow(0), Bug);
  }

  // Commit, then hand the event to a producer in memory: a crash in between, or before the buffer
  // was sent, loses it.
  void withoutAnOutboxACrashLosesEvents_data() { seeds(); }
  void withoutAnOutboxACrashLosesEvents() {
    QFETCH(quint64, seed);
    std::mt19937_64 rng(seed);
    MemoryShard shard;
    Log log({.partitions = 4});
    BatchingProducer<Event> producer({.batchSize = 8}, log);
    std::size_t lost = 0;
    for (std::uint64_t key = 0; key < 500; ++key) {
      shard.insert(row(key));
      const bool crashes = rng() % 40 == 0;
      if (crashes) {
        lost += 1 + producer.crash();
        continue;
      }
      producer.append(Instant{}, mix64(key), {shard.lsn(), key});
      if (rng() % 5 == 0) producer.flushDue(Instant{});
    }
    producer.flushDue(Instant{}, BatchingProducer<Event>::Flush::Everything);
    QVERIFY(lost > 0);
    QCOMPARE(consume(log, rng).size(), std::size_t{500} - lost);
  }

  // The same crashes with an outbox: the event is committed with the row.
  void withAnOutboxEveryCommitIsToldOfOnceAndInOrder_data() { seeds(); }
  void withAnOutboxEveryCommitIsToldOfOnceAndInOrder() {
    QFETCH(quint64, seed);
    std::mt19937_64 rng(seed);
    MemoryShard shard;
    Log log({.partitions = 4});
    Outbox<Event> outbox;
    for (std::uint64_t key = 0; key < 500; ++key) {
      shard.insert(row(key));
      outbox.write(shard.lsn(), {shard.lsn(), key});
      if (rng() % 40 == 0) outbox.rewind();  // The process dies and comes back.
      if (rng() % 3 == 0) relay(outbox, log, rng);
    }
    while (outbox.size() > 0) relay(outbox, log, rng);
    const std::vector<std::uint64_t> ids = consume(log, rng);
    QCOMPARE(ids.size(), std::size_t{500});
    QCOMPARE((std::set<std::uint64_t>(ids.begin(), ids.end())).size(), std::size_t{500});
    QVERIFY(outbox.sent() > 500);  // It did take duplicates to get there.
  }

 private:
  static void seeds() {
    QTest::addColumn<quint64>("seed");
    for (quint64 seed = 1; seed <= 15; ++seed) {
      QTest::newRow(("seed " + std::to_string(seed)).c_str()) << seed;
    }
  }

  // Sends some events; dies now and then with events sent that it has not deleted.
  static void relay(Outbox<Event>& outbox, Log& log, std::mt19937_64& rng) {
    for (std::uint64_t i = rng() % 10; i > 0; --i) {
      const auto* entry = outbox.next();
      if (entry == nullptr) {
        outbox.rewind();  // All was sent and not all acknowledged: overdue, so again.
        return;
      }
      const std::uint64_t id = entry->id;
      log.append(log.partitionOf(mix64(entry->record.key)), entry->record);
      if (rng() % 10 == 0) {
        outbox.rewind();
        return;
      }
      if (rng() % 2 == 0) outbox.ack(id);
    }
  }
};

}  // namespace

QTEST_GUILESS_MAIN(TestOutbox)
#include "tst_outbox.moc"
