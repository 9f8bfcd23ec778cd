// EventTrace: the last events that a run had, with their actors and causes.
//
// Model     A ring of a power of two; event numbers are consecutive, so an entry needs none.
// Cost      24 bytes an event kept, and one store an event run.
// Threads   None: it belongs to the run.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/base/check.h"
#include "engine/runtime/virtual_runtime.h"

namespace ringside::run {

class EventTrace {
 public:
  // REQUIRES: capacity is a power of two. `before`: events that the run has had already.
  EventTrace(std::size_t capacity, std::uint64_t before)
      : entries_(capacity), first_(before + 1), next_(before + 1) {
    RINGSIDE_CHECK(capacity > 0 && (capacity & (capacity - 1)) == 0);
  }

  void record(const PendingEvent& event) {
    entries_[next_ & (entries_.size() - 1)] = event;
    if (++next_ - first_ > entries_.size()) ++first_;
  }

  // Numbers of the events kept: first() to last(); empty when last() < first().
  [[nodiscard]] std::uint64_t first() const { return first_; }
  [[nodiscard]] std::uint64_t last() const { return next_ - 1; }

  // REQUIRES: first() <= number <= last().
  [[nodiscard]] const PendingEvent& at(std::uint64_t number) const {
    RINGSIDE_CHECK(number >= first_ && number < next_);
    return entries_[number & (entries_.size() - 1)];
  }

 private:
  std::vector<PendingEvent> entries_;
  std::uint64_t first_;
  std::uint64_t next_;
};

}  // namespace ringside::run
