#include <QTest>

#include <map>
#include <random>
#include <vector>

#include "engine/storage/log_consumer.h"
#include "engine/storage/partitioned_log.h"

using ringside::Bug;

namespace {

using Log = ringside::storage::PartitionedLog<int>;
using Consumer = ringside::storage::LogConsumer<int>;

class TestPartitionedLog : public QObject {
  Q_OBJECT

 private slots:
  void offsetsCountFromZeroInEachPartition() {
    Log log({.partitions = 2});
    QCOMPARE(log.append(0, 10), std::optional<Log::Offset>(0));
    QCOMPARE(log.append(0, 11), std::optional<Log::Offset>(1));
    QCOMPARE(log.append(1, 20), std::optional<Log::Offset>(0));
    QCOMPARE(*log.read(0, 1), 11);
    QVERIFY(log.read(0, 2) == nullptr);
    QCOMPARE(log.end(0), Log::Offset{2});
  }

  void aKeyHasOnePartition() {
    const Log log({.partitions = 12});
    QCOMPARE(log.partitionOf(25), 1U);
    QCOMPARE(log.partitionOf(25), log.partitionOf(37));
  }

  void withoutALeaderNothingIsAppendedAndEverythingRead() {
    Log log({.partitions = 1});
    log.append(0, 1);
    log.setUp(0, false);
    QVERIFY(!log.append(0, 2).has_value());
    QCOMPARE(*log.read(0, 0), 1);
    log.setUp(0, true);
    QCOMPARE(log.append(0, 2), std::optional<Log::Offset>(1));
  }

  void recordsAboveTheHighWaterMarkAreNotRead() {
    Log log({.partitions = 1, .visible = Log::Visible::WhenReplicated});
    for (int i = 0; i < 3; ++i) log.append(0, i);
    QVERIFY(log.read(0, 0) == nullptr);
    log.replicated(0, 2);
    QCOMPARE(*log.read(0, 1), 1);
    QVERIFY(log.read(0, 2) == nullptr);
    log.replicated(0, 1);  // An older report changes nothing.
    QCOMPARE(log.highWater(0), Log::Offset{2});
    log.replicated(0, 99);
    QCOMPARE(log.highWater(0), Log::Offset{3});
  }

  void aFailOverLosesExactlyWhatWasNotReplicated() {
    Log log({.partitions = 1, .visible = Log::Visible::WhenReplicated});
    for (int i = 0; i < 5; ++i) log.append(0, i);
    log.replicated(0, 3);
    log.setUp(0, false);
    QCOMPARE(log.failOver(0), std::size_t{2});
    QVERIFY(log.isUp(0));
    QCOMPARE(log.append(0, 100), std::optional<Log::Offset>(3));  // The offset is given again.
    Log safe({.partitions = 1});
    safe.append(0, 1);
    QCOMPARE(safe.failOver(0), std::size_t{0});
  }

  void keepsTheNewestAndMovesTheEarliestOffset() {
    Log log({.partitions = 1, .retention = 4});
    for (int i = 0; i < 10; ++i) log.append(0, i);
    QCOMPARE(log.earliest(0), Log::Offset{6});
    QVERIFY(log.read(0, 5) == nullptr);
    QCOMPARE(*log.read(0, 6), 6);
    QCOMPARE(log.counts().trimmed, std::uint64_t{6});
    log.trim(0, 8);
    QCOMPARE(log.earliest(0), Log::Offset{8});
    log.trim(0, 3);
    QCOMPARE(log.earliest(0), Log::Offset{8});
  }

  void retentionCutsEvenWhatWasNeverReplicated() {
    Log log({.partitions = 1, .retention = 2, .visible = Log::Visible::WhenReplicated});
    for (int i = 0; i < 5; ++i) log.append(0, i);
    QCOMPARE(log.earliest(0), Log::Offset{3});
    QCOMPARE(log.highWater(0), Log::Offset{3});  // Never below the earliest.
    QCOMPARE(log.failOver(0), std::size_t{2});
  }

  void memoryStaysBounded() {
    Log log({.partitions = 3, .retention = 100});
    for (int i = 0; i < 1000; ++i) log.append(static_cast<std::uint32_t>(i % 3), i);
    const std::size_t bytes = log.bytes();
    for (int i = 0; i < 100'000; ++i) log.append(static_cast<std::uint32_t>(i % 3), i);
    QCOMPARE(log.bytes(), bytes);
  }

  void aConsumerReadsOnAndReadsAgainAfterACrash() {
    Log log({.partitions = 1});
    for (int i = 0; i < 5; ++i) log.append(0, i);
    Consumer consumer(log);
    QCOMPARE(consumer.lag(0), std::uint64_t{5});
    QCOMPARE(*consumer.next(0), 0);
    QCOMPARE(*consumer.next(0), 1);
    consumer.commit(0);
    QCOMPARE(*consumer.next(0), 2);
    QCOMPARE(consumer.lag(0), std::uint64_t{3});  // Read is not yet done with.
    QCOMPARE(consumer.crash(), std::uint64_t{1});
    QCOMPARE(*consumer.next(0), 2);
    QCOMPARE(*consumer.next(0), 3);
    QCOMPARE(*consumer.next(0), 4);
    QVERIFY(consumer.next(0) == nullptr);
    consumer.commit(0);
    QCOMPARE(consumer.totalLag(), std::uint64_t{0});
  }

  void aConsumerThatFellBehindSkipsAndCounts() {
    Log log({.partitions = 1, .retention = 4});
    Consumer consumer(log);
    for (int i = 0; i < 10; ++i) log.append(0, i);
    QCOMPARE(*consumer.next(0), 6);
    QCOMPARE(consumer.skipped(), std::uint64_t{6});
    QCOMPARE(consumer.lag(0), std::uint64_t{10});
    consumer.commit(0);
    QCOMPARE(consumer.lag(0), std::uint64_t{3});
  }

  void impossibleConfigurationsAreBugs() {
    QVERIFY_EXCEPTION_THROWN(Log({.partitions = 0}), Bug);
    QVERIFY_EXCEPTION_THROWN(Log({.retention = 0}), Bug);
  }

  void everyRecordIsReadOnceAndInOrder() {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
      std::mt19937_64 rng(seed);
      Log log({.partitions = 4, .visible = Log::Visible::WhenReplicated});
      Consumer consumer(log);
      std::map<std::uint32_t, std::vector<int>> written;
      std::map<std::uint32_t, std::vector<int>> read;
      for (int step = 0; step < 3000; ++step) {
        const auto partition = static_cast<std::uint32_t>(rng() % 4);
        const std::uint64_t what = rng() % 8;
        if (what < 4) {
          if (log.append(partition, step)) written[partition].push_back(step);
        } else if (what == 4) {
          log.replicated(partition, log.highWater(partition) + rng() % 3);
        } else if (what == 5) {
          const std::size_t lost = log.failOver(partition);
          written[partition].resize(written[partition].size() - lost);
        } else if (what == 6) {
          log.setUp(partition, rng() % 2 == 0);
        } else if (const int* record = consumer.next(partition)) {
          read[partition].push_back(*record);
        }
      }
      for (std::uint32_t partition = 0; partition < 4; ++partition) {
        log.replicated(partition, log.end(partition));
        while (const int* record = consumer.next(partition)) read[partition].push_back(*record);
        QCOMPARE(read[partition], written[partition]);
      }
    }
  }
};

}  // namespace

QTEST_GUILESS_MAIN(TestPartitionedLog)
#include "tst_partitioned_log.moc"
