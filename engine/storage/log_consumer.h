// LogConsumer: reads every partition of a log in order, and remembers how far it has got.
//
// Model     A position per partition moves with each read; commit() makes it durable. After a crash
//           reading starts again at the last commit, so records in between are read twice.
// Promise   At least once: every record that was not trimmed first is read, in order of offset.
//           What trimming took is counted as skipped.
// Threads   None. One owner. REQUIRES: the log outlives the consumer.
// Cost      O(1) a record.
// Compare   dedupe_window.h turns at least once into once, within its memory.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/storage/partitioned_log.h"

namespace ringside::storage {

template <class Record>
class LogConsumer {
 public:
  using Offset = typename PartitionedLog<Record>::Offset;

  explicit LogConsumer(const PartitionedLog<Record>& log) : log_(&log), at_(log.partitionCount()) {}

  // The next record of the partition, or null if there is none yet. Good until the log changes.
  const Record* next(std::uint32_t partition) {
    Place& place = at_[partition];
    if (place.position < log_->earliest(partition)) {
      skipped_ += log_->earliest(partition) - place.position;
      place.position = log_->earliest(partition);
    }
    const Record* record = log_->read(partition, place.position);
    if (record != nullptr) ++place.position;
    return record;
  }

  // What has been read of the partition is done with.
  void commit(std::uint32_t partition) { at_[partition].committed = at_[partition].position; }

  // Back to the last commits; how many records will be read again.
  std::uint64_t crash() {
    std::uint64_t again = 0;
    for (Place& place : at_) {
      again += place.position - place.committed;
      place.position = place.committed;
    }
    return again;
  }

  [[nodiscard]] Offset position(std::uint32_t partition) const { return at_[partition].position; }
  [[nodiscard]] Offset committed(std::uint32_t partition) const { return at_[partition].committed; }

  // Readable records of the partition that are not committed.
  [[nodiscard]] std::uint64_t lag(std::uint32_t partition) const {
    return log_->highWater(partition) - at_[partition].committed;
  }
  [[nodiscard]] std::uint64_t totalLag() const {
    std::uint64_t total = 0;
    for (std::uint32_t i = 0; i < log_->partitionCount(); ++i) total += lag(i);
    return total;
  }
  [[nodiscard]] std::uint64_t skipped() const { return skipped_; }

 private:
  struct Place {
    Offset position = 0;
    Offset committed = 0;
  };

  const PartitionedLog<Record>* log_;
  std::vector<Place> at_;
  std::uint64_t skipped_ = 0;
};

}  // namespace ringside::storage
