// Outbox: events written in the transaction they tell of, and sent on afterwards.
//
// Model     A commit writes its event under the commit's number. A relay sends the events in order
//           and deletes them once they are acknowledged; after a crash of the relay, it starts
//           again at the oldest that was not.
// Promise   An event is here exactly if its transaction committed, until it is acknowledged: so
//           each is sent at least once, in order, whatever crashes. It may be sent twice.
// Time      None.
// Threads   None. One owner, the shard's.
// Cost      O(1) a call; memory is that of the events not yet acknowledged.
//
// Rejected  Commit, then send: a crash in between loses the event. Send, then commit: a crash tells
//           of a payment that never was.
// Compare   dedupe_window.h is the reader's half. batching_producer.h alone is the first rejected
//           design with a buffer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#include "engine/base/check.h"
#include "engine/base/sequence_ring.h"

namespace ringside::storage {

template <class Record>
class Outbox {
 public:
  struct Entry {
    std::uint64_t id = 0;  // The number (LSN) of the commit.
    Record record{};
  };
  struct Truncated {
    std::size_t removed;  // Events whose commits were lost.
    std::size_t ghosts;   // Of these, sent already: they tell of what never was.
  };

  // In the same step as the commit. REQUIRES: `id` is above every earlier one that is still here.
  void write(std::uint64_t id, Record record) {
    RINGSIDE_CHECK(entries_.empty() || id > entries_.at(entries_.end() - 1).id);
    entries_.pushBack({id, std::move(record)});
    ++written_;
  }

  // The next event to send, or null. It counts as sent from now on. Good until the next change.
  const Entry* next() {
    if (!entries_.holds(cursor_)) return nullptr;
    ++sent_;
    return &entries_.at(cursor_++);
  }

  // Everything up to `id` has arrived and is deleted; how many that was. REQUIRES: it was sent.
  std::size_t ack(std::uint64_t id) {
    std::size_t deleted = 0;
    for (; entries_.begin() < cursor_ && entries_.at(entries_.begin()).id <= id; ++deleted) {
      entries_.popFront();
    }
    acked_ += deleted;
    return deleted;
  }

  // The relay crashed, or an acknowledgement is overdue: how many will be sent again.
  std::size_t rewind() { return std::exchange(cursor_, entries_.begin()) - entries_.begin(); }

  // The shard was replaced by a replica that knows commits only up to `id`.
  Truncated truncateAfter(std::uint64_t id) {
    Truncated truncated{0, 0};
    while (!entries_.empty() && entries_.at(entries_.end() - 1).id > id) {
      entries_.popBack();
      ++truncated.removed;
      if (cursor_ > entries_.end()) ++truncated.ghosts, --cursor_;
    }
    return truncated;
  }

  [[nodiscard]] std::size_t size() const { return entries_.size(); }  // Not yet acknowledged.
  [[nodiscard]] std::size_t unsent() const { return entries_.end() - cursor_; }
  [[nodiscard]] std::uint64_t written() const { return written_; }
  [[nodiscard]] std::uint64_t sent() const { return sent_; }
  [[nodiscard]] std::uint64_t acked() const { return acked_; }

 private:
  SequenceRing<Entry> entries_;
  std::uint64_t cursor_ = 0;  // The first entry not sent.
  std::uint64_t written_ = 0;
  std::uint64_t sent_ = 0;
  std::uint64_t acked_ = 0;
};

}  // namespace ringside::storage
