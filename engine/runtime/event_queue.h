// EventQueue: pending events in exact (time, sequence) order, fast from ten of them to millions.
//
// Model     A ladder. `bottom` is a short sorted run that events are taken from. Behind it stand
//           rungs of buckets, each finer than the one above, that are sorted only when their turn
//           comes; beyond the last rung everything lies unsorted in `top`. What is due at this very
//           instant goes through a FIFO and is never sorted at all.
// Promise   pop() returns events by time, and by order of scheduling within one instant. Cancelled
//           events never come out.
// Threads   None. One owner.
// Cost      push, pop and cancel O(1) amortised, no allocation once warm. 24 bytes an entry, and 8
//           for the slot that makes cancelling a single write: a cancelled entry lingers, unseen,
//           until its bucket's turn comes.
//
// Rejected  A heap: at 1e5 pending each pop walks 17 cold cache lines. A fixed timing wheel: its
//           bucket width must be known in advance, and small populations pay for empty slots.
// Source    Tang, Goh, Thng: Ladder Queue, ACM TOMACS 15(3), 2005. Departs from it in bucket
//           widths, which are powers of two, and in the FIFO for the present instant.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/ring_buffer.h"
#include "engine/runtime/event.h"

namespace ringside {

class EventQueue {
 public:
  // Schedules `event` at event.at. REQUIRES: not pending, event.at not before the last one popped.
  void push(Event& event);
  // Schedules `event` at `now`, which is the time of the last one popped.
  void pushNow(Event& event, Instant now);
  // REQUIRES: pending.
  void cancel(Event& event);

  // The next event, or null when there is none; it stays.
  [[nodiscard]] Event* peek();
  // Takes out the event that peek() returned. REQUIRES: peek() was called since the last change.
  void pop();

  [[nodiscard]] std::size_t size() const { return live_; }
  [[nodiscard]] std::size_t bytes() const;

  // Visits every pending event, in no order: for teardown and inspection.
  template <class Visitor>
  void forEach(Visitor visit) const {
    for (const Event* event : slots_) {
      if (event != nullptr) visit(*event);
    }
  }

 private:
  struct Entry {
    std::int64_t at = 0;
    std::uint64_t sequence = 0;
    std::uint32_t slot = 0;
  };

  struct Rung {
    std::int64_t base = 0;
    std::int64_t limit = 0;   // First instant beyond the last bucket.
    int shift = 0;            // A bucket is 2^shift ns wide.
    std::size_t current = 0;  // Buckets before it are done.
    std::size_t used = 0;     // Buckets in use.
    std::size_t entries = 0;
    std::vector<std::vector<Entry>> buckets;
  };

  static constexpr std::size_t kKeepSorted = 32;     // So few in all need no buckets.
  static constexpr std::size_t kSortAtMost = 48;     // Larger buckets become a rung.
  static constexpr std::size_t kBottomAtMost = 128;  // A longer bottom is split.
  static constexpr std::size_t kMaxRungs = 10;

  static bool before(const Entry& a, const Entry& b) {
    return a.at != b.at ? a.at < b.at : a.sequence < b.sequence;
  }

  // Where the event that peek() returned lies.
  enum class Source { Bottom, Ready, Never };

  Event* peekBeyondBottom();
  std::uint32_t takeSlot(Event& event);
  void releaseSlot(std::uint32_t slot);
  void insert(const Entry& entry);
  void insertIntoBottom(const Entry& entry);
  void addToTop(const Entry& entry);
  void splitBottom();
  bool refill();
  bool refillFromRung(Rung& rung);
  void refillFromTop();
  void sortIntoBottom(std::vector<Entry>& bucket);
  Rung& addRung(std::int64_t base, std::int64_t last, std::size_t count);
  static void distribute(std::vector<Entry>& from, Rung& to);
  void dropCancelled();
  void dropCancelled(RingBuffer<Entry>& from);
  void prefetchAhead() const;

  std::vector<Entry> bottom_;  // Sorted, earliest last; all before bottomLimit_.
  std::int64_t bottomLimit_ = 0;
  std::vector<Rung> rungs_;  // Storage is kept; the first `depth_` are in use, finest last.
  std::size_t depth_ = 0;
  std::vector<Entry> top_;  // All at or after topStart().
  std::int64_t topMin_ = 0;
  std::int64_t topMax_ = 0;
  RingBuffer<Entry> ready_;  // Due at the present instant, in order.
  RingBuffer<Entry> never_;  // Due at the end of time, in order; no bucket has to reach that far.
  Source next_ = Source::Bottom;

  std::vector<Event*> slots_;  // Null: cancelled or free.
  std::vector<std::uint32_t> freeSlots_;
  std::uint64_t sequence_ = 0;
  std::size_t live_ = 0;
};

}  // namespace ringside
