// ProducerLane: the records a producer holds for one partition, and the batch of them in flight.
//
// Model     Records queue; a batch is the front of the queue and stays there until it succeeded. A
//           batch that failed is sent again as it was, not before retryAt.
// Promise   One batch in flight at most, so that a retry overtakes nothing. Records keep their
//           numbers for ever, so that a batch from before a crash is recognised.
// Threads   None. A part of batching_producer.h, which is what to use.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "engine/base/check.h"
#include "engine/base/sequence_ring.h"
#include "engine/base/time.h"

namespace ringside::storage {

template <class Record>
class ProducerLane {
 public:
  // Returns how many records wait.
  std::size_t push(Record record, Instant now) {
    records_.pushBack({std::move(record), now});
    return records_.size();
  }

  // When a batch may be sent: once `batchSize` records wait, or the first has waited for `linger`.
  [[nodiscard]] Instant dueAt(std::size_t batchSize, Duration linger) const {
    if (inFlight_ || records_.empty()) return kNever;
    const Instant since = records_.at(records_.begin()).since;
    const bool ready = unsure_ > 0 || records_.size() >= batchSize;
    return std::max(retryAt_, ready ? since : since + linger);
  }

  // How many records go into the batch that is in flight from now on. REQUIRES: one is due.
  std::uint32_t send(std::size_t batchSize) {
    if (unsure_ == 0) unsure_ = static_cast<std::uint32_t>(std::min(batchSize, records_.size()));
    inFlight_ = true;
    ++attempts_;
    return unsure_;
  }

  // REQUIRES: the batch that begins at `first` is in flight.
  void check(std::uint64_t first) const {
    RINGSIDE_CHECK(inFlight_);
    RINGSIDE_CHECK(records_.begin() == first);
  }
  void fail(Instant retryAt) {
    inFlight_ = false;
    retryAt_ = retryAt;
  }
  void succeed() {
    for (; unsure_ > 0; --unsure_) records_.popFront();
    inFlight_ = false;
    attempts_ = 0;
  }
  void crash() {
    while (!records_.empty()) records_.popFront();
    inFlight_ = false;
    retryAt_ = Instant::min();
    attempts_ = unsure_ = 0;
  }

  [[nodiscard]] const Record& record(std::uint64_t number) const {
    return records_.at(number).record;
  }
  [[nodiscard]] std::uint64_t first() const { return records_.begin(); }
  [[nodiscard]] std::uint32_t attempts() const { return attempts_; }

 private:
  struct Buffered {
    Record record{};
    Instant since{};
  };

  SequenceRing<Buffered> records_;
  bool inFlight_ = false;
  Instant retryAt_ = Instant::min();
  std::uint32_t attempts_ = 0;
  std::uint32_t unsure_ = 0;  // Records of the batch in flight or failed; 0 if there is none.
};

}  // namespace ringside::storage
