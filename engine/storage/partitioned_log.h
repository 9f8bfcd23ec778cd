// PartitionedLog: an append-only log in partitions, as a message broker keeps it.
//
// Model     A record goes to the partition of its key and gets the next offset there. Readers see
//           what lies below the high-water mark. Each partition keeps its newest `retention`
//           records; what is older is trimmed and the earliest offset moves up.
// Promise   Records of one key stay in the order they were appended. An offset names one record for
//           ever. Nothing below the high-water mark is lost when a leader fails.
// Time      None.
// Threads   None. One owner.
// Cost      O(1) a call; memory is bounded by partitions * retention records.
//
// Rejected  Keeping what a slow reader still needs: brokers do not, and a dead reader would fill
//           the disk. A reader that falls behind skips, and the skip is counted.
// Compare   log_consumer.h reads it; batching_producer.h writes to it; outbox.h feeds it safely.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "engine/base/check.h"
#include "engine/base/sequence_ring.h"

namespace ringside::storage {

template <class Record>
class PartitionedLog {
 public:
  using Offset = std::uint64_t;

  // When an appended record may be read: at once, or once replicated() has reached it.
  // Acknowledging a record before that is how an acknowledged record gets lost.
  enum class Visible : std::uint8_t { AtOnce, WhenReplicated };

  struct Config {
    std::uint32_t partitions = 12;   // At least 1.
    std::size_t retention = 65'536;  // Records a partition keeps; at least 1.
    Visible visible = Visible::AtOnce;
  };
  struct Counts {
    std::uint64_t appended = 0;
    std::uint64_t trimmed = 0;
    std::uint64_t lost = 0;  // Above the high-water mark when the leader failed.
  };

  // REQUIRES: partitions >= 1 and retention >= 1.
  explicit PartitionedLog(Config config) : config_(config), partitions_(config.partitions) {
    RINGSIDE_CHECK(config.partitions >= 1);
    RINGSIDE_CHECK(config.retention >= 1);
  }

  [[nodiscard]] std::uint32_t partitionOf(std::uint64_t keyHash) const {
    return static_cast<std::uint32_t>(keyHash % partitions_.size());
  }

  // The record's offset; nothing if the partition has no leader.
  std::optional<Offset> append(std::uint32_t partition, Record record) {
    Partition& target = partitions_[partition];
    if (!target.up) return std::nullopt;
    const Offset offset = target.records.pushBack(std::move(record));
    ++counts_.appended;
    if (config_.visible == Visible::AtOnce) target.highWater = offset + 1;
    if (target.records.size() > config_.retention) trim(partition, target.records.begin() + 1);
    return offset;
  }

  // The record at the offset; null if it is trimmed or not to be read yet.
  [[nodiscard]] const Record* read(std::uint32_t partition, Offset offset) const {
    const Partition& source = partitions_[partition];
    const bool readable = offset >= source.records.begin() && offset < source.highWater;
    return readable ? &source.records.at(offset) : nullptr;
  }

  // The followers have everything below `end`. Never moves the mark back.
  void replicated(std::uint32_t partition, Offset end) {
    Partition& target = partitions_[partition];
    target.highWater = std::max(target.highWater, std::min(end, target.records.end()));
  }

  // Forgets what lies below `offset`.
  void trim(std::uint32_t partition, Offset offset) {
    SequenceRing<Record>& records = partitions_[partition].records;
    while (!records.empty() && records.begin() < offset) {
      records.popFront();
      ++counts_.trimmed;
    }
    replicated(partition, records.begin());
  }

  // Without a leader a partition takes no records; what it holds can still be read.
  void setUp(std::uint32_t partition, bool up) { partitions_[partition].up = up; }
  [[nodiscard]] bool isUp(std::uint32_t partition) const { return partitions_[partition].up; }

  // A follower takes over with what it has: the records above the mark are lost, and how many that
  // was is returned. Their offsets are given out again.
  std::size_t failOver(std::uint32_t partition) {
    Partition& target = partitions_[partition];
    std::size_t lost = 0;
    for (; target.records.end() > target.highWater; ++lost) target.records.popBack();
    counts_.lost += lost;
    target.up = true;
    return lost;
  }

  [[nodiscard]] std::uint32_t partitionCount() const { return config_.partitions; }
  [[nodiscard]] Offset earliest(std::uint32_t partition) const {
    return partitions_[partition].records.begin();
  }
  [[nodiscard]] Offset highWater(std::uint32_t partition) const {
    return partitions_[partition].highWater;
  }
  [[nodiscard]] Offset end(std::uint32_t partition) const {
    return partitions_[partition].records.end();
  }
  [[nodiscard]] const Counts& counts() const { return counts_; }
  [[nodiscard]] std::size_t bytes() const {
    std::size_t bytes = partitions_.capacity() * sizeof(Partition);
    for (const Partition& partition : partitions_) bytes += partition.records.bytes();
    return bytes;
  }

 private:
  struct Partition {
    SequenceRing<Record> records;  // Numbered by offset.
    Offset highWater = 0;
    bool up = true;
  };

  Config config_;
  std::vector<Partition> partitions_;
  Counts counts_;
};

}  // namespace ringside::storage
