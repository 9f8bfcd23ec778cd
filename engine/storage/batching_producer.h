// BatchingProducer: collects records and sends them in batches, so that callers need not wait.
//
// Model     Each partition has a lane. A lane's batch is due when `batchSize` records are there, or
//           `linger` after the first of them came. A batch that fails is due again after
//           `retryBackoff`, and the lane behind it waits.
// Promise   Records of one key arrive in the order of append(): a lane has one batch in flight at
//           most. A record is in the buffer until its batch succeeded, so nothing is lost but by
//           crash(); it may arrive twice if an acknowledgement was lost. The buffer never holds
//           more than `bufferCapacity`: append() refuses, which is the backpressure.
// Time      Passive: nextDue() says when take() will have something.
// Threads   None. One owner.
// Cost      append() O(1); take() and nextDue() look at each lane.
//
// Rejected  Several batches in flight per lane: faster, but a retry then overtakes nothing only if
//           the broker numbers and checks them.
// Compare   outbox.h survives a crash of the producer; this does not, and crash() says what it
//           cost.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "engine/base/check.h"
#include "engine/base/time.h"
#include "engine/storage/partitioned_log.h"
#include "engine/storage/producer_lane.h"

namespace ringside::storage {

template <class Record>
class BatchingProducer {
 public:
  using Log = PartitionedLog<Record>;

  enum class Accepted : std::uint8_t { Buffered, BatchReady, Refused };
  enum class Ack : std::uint8_t { Arrives, Lost };
  enum class Flush : std::uint8_t { Due, Everything };  // Everything: on a clean shutdown.

  struct Config {
    std::size_t batchSize = 100;  // At least 1.
    Duration linger = std::chrono::milliseconds(5);
    std::size_t bufferCapacity = 10'000;  // Records, those in flight included; at least 1.
    Duration retryBackoff = std::chrono::milliseconds(100);
    std::uint32_t maxInFlight = 5;  // Batches, over all lanes; at least 1.
  };
  struct Batch {
    std::uint32_t partition;
    std::uint32_t count;
    std::uint64_t first;    // The lane's number of its first record.
    std::uint32_t attempt;  // 1 for the first.
  };
  struct Counts {
    std::uint64_t accepted = 0, refused = 0, delivered = 0, batches = 0, failures = 0, crashed = 0;
  };

  // REQUIRES: each of the numbers and the backoff above 0, and the log outlives this.
  BatchingProducer(Config config, Log& log)
      : config_(config), log_(&log), lanes_(log.partitionCount()) {
    RINGSIDE_CHECK(config.batchSize >= 1);
    RINGSIDE_CHECK(config.bufferCapacity >= 1);
    RINGSIDE_CHECK(config.maxInFlight >= 1);
    RINGSIDE_CHECK(config.retryBackoff >
                   Duration::zero());  // Or a retry never waits for time to pass.
  }

  // BatchReady: this record filled a batch, so take() has something now.
  Accepted append(Instant now, std::uint64_t keyHash, Record record) {
    if (buffered_ >= config_.bufferCapacity) return ++counts_.refused, Accepted::Refused;
    auto& lane = lanes_[log_->partitionOf(keyHash)];
    const std::size_t waiting = lane.push(std::move(record), now);
    ++buffered_;
    ++counts_.accepted;
    const bool ready = waiting == config_.batchSize && inFlight_ < config_.maxInFlight &&
                       lane.dueAt(config_.batchSize, config_.linger) <= now;
    return ready ? Accepted::BatchReady : Accepted::Buffered;
  }

  // The next due batch, now in flight until deliver() or fail(). Lanes take turns.
  std::optional<Batch> take(Instant now, Flush flush = Flush::Due) {
    if (inFlight_ >= config_.maxInFlight) return std::nullopt;
    for (std::size_t step = 0; step < lanes_.size(); ++step) {
      const std::size_t at = (turn_ + step) % lanes_.size();
      if (lanes_[at].dueAt(flush == Flush::Due ? config_.batchSize : 1, config_.linger) > now) {
        continue;
      }
      turn_ = (at + 1) % lanes_.size();
      return send(static_cast<std::uint32_t>(at));
    }
    return std::nullopt;
  }

  // When take() will have something if nothing else happens; kNever if it will not.
  [[nodiscard]] Instant nextDue() const {
    Instant due = kNever;
    if (inFlight_ >= config_.maxInFlight) return due;
    for (const auto& lane : lanes_) {
      due = std::min(due, lane.dueAt(config_.batchSize, config_.linger));
    }
    return due;
  }

  // The batch reaches the log at `now`. False if the partition had no leader, or if the log took it
  // but the acknowledgement was lost: it will be sent again either way. REQUIRES: in flight.
  bool deliver(Instant now, const Batch& batch, Ack ack = Ack::Arrives) {
    lanes_[batch.partition].check(batch.first);
    const bool up = log_->isUp(batch.partition);
    for (std::uint64_t n = 0; up && n < batch.count; ++n) {
      log_->append(batch.partition, record(batch, n));
    }
    if (!up || ack == Ack::Lost) return fail(now, batch), false;
    succeed(batch);
    return true;
  }

  // The batch did not reach the log, or nobody knows. REQUIRES: in flight.
  void fail(Instant now, const Batch& batch) {
    lanes_[batch.partition].check(batch.first);
    lanes_[batch.partition].fail(now + config_.retryBackoff);
    --inFlight_;
    ++counts_.failures;
  }

  // Sends what is due over a network that takes no time; how many records the log took.
  std::size_t flushDue(Instant now, Flush flush = Flush::Due) {
    std::size_t delivered = 0;
    while (const std::optional<Batch> batch = take(now, flush)) {
      if (deliver(now, *batch)) delivered += batch->count;
    }
    return delivered;
  }

  // The process dies: everything not known to be delivered is gone. How many records that was.
  // Batches in flight die with it: they must not be passed to deliver() or fail() any more.
  std::size_t crash() {
    for (auto& lane : lanes_) lane.crash();
    inFlight_ = 0;
    counts_.crashed += buffered_;
    return std::exchange(buffered_, 0);
  }

  [[nodiscard]] const Record& record(const Batch& batch, std::size_t i) const {
    return lanes_[batch.partition].record(batch.first + i);
  }
  [[nodiscard]] std::size_t buffered() const { return buffered_; }
  [[nodiscard]] std::uint32_t inFlight() const { return inFlight_; }
  [[nodiscard]] const Counts& counts() const { return counts_; }

 private:
  Batch send(std::uint32_t partition) {
    auto& lane = lanes_[partition];
    const std::uint32_t count = lane.send(config_.batchSize);
    ++inFlight_;
    return {partition, count, lane.first(), lane.attempts()};
  }

  void succeed(const Batch& batch) {
    lanes_[batch.partition].succeed();
    --inFlight_;
    buffered_ -= batch.count;
    counts_.delivered += batch.count;
    ++counts_.batches;
  }

  Config config_;
  Log* log_;
  std::vector<ProducerLane<Record>> lanes_;
  std::size_t turn_ = 0;
  std::size_t buffered_ = 0;
  std::uint32_t inFlight_ = 0;
  Counts counts_;
};

}  // namespace ringside::storage
