// EventQueue: pending events in exact (time, sequence) order, fast from ten of them to millions.
//
// Model     A ladder. `bottom` is a short sorted run that events are taken from. Behind it stand
//           rungs of buckets, each finer than the one above, that are sorted only when their turn
//           comes; beyond the last rung everything lies unsorted in `top`. What is due at this very
//           instant goes through a FIFO and is never sorted at all.
// Promise   pop() returns events by time, and by order of scheduling within one instant. Cancelled
//           events never come out. No entry carries a sequence number: every container keeps the
//           order of arrival among equals, and every sort is stable.
// Threads   None. One owner.
// Cost      push, pop and cancel O(1) amortised, no allocation once warm. 24 bytes an entry, and 5
//           for the slot that makes cancelling a single write. A cancelled entry lingers, unseen,
//           until its bucket's turn comes or such entries outnumber the others.
//           Entries are brought to the bottom kFar events before their turn, so that what they
//           point to is in the cache when it comes: event.h says how an event helps with that.
//
// Rejected  A heap: at 1e5 pending each pop walks 17 cold cache lines. A fixed timing wheel: its
//           bucket width must be known in advance, and small populations pay for empty slots.
//           Buckets as linked events: cancelling then touches two neighbours that are cold.
// Source    Tang, Goh, Thng: Ladder Queue, ACM TOMACS 15(3), 2005. Departs from it in bucket
//           widths, which are powers of two, and in the FIFO for the present instant.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/check.h"
#include "engine/base/huge_pages.h"
#include "engine/base/ring_buffer.h"
#include "engine/runtime/bucket_pool.h"
#include "engine/runtime/event.h"

namespace ringside {

class EventQueue {
 public:
  // Schedules `event` at event.at. REQUIRES: not pending, event.at not before the last one popped.
  void push(Event& event);
  // Schedules `event` at `now`, which is not before the last one popped nor after any that is left.
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
  void forEach(Visitor visit) const;

 private:
  using Entry = QueueEntry;

  struct Rung {
    std::int64_t base = 0;
    std::int64_t limit = 0;   // First instant beyond the last bucket.
    int shift = 0;            // A bucket is 2^shift ns wide.
    std::size_t current = 0;  // Buckets before it are done.
    std::size_t used = 0;     // Buckets in use.
    std::size_t entries = 0;
    Table<BucketPool::Bucket> buckets;
  };

  static constexpr std::size_t kFar = 16;            // Events ahead of which one is asked for.
  static constexpr std::size_t kSoon = 9;            // Likewise what it points to,
  static constexpr std::size_t kNext = 4;            // and what that points to.
  static constexpr std::size_t kKeepSorted = 32;     // So few in all need no buckets.
  static constexpr std::size_t kSortAtMost = 64;     // Larger buckets become a rung.
  static constexpr std::size_t kBottomAtMost = 192;  // A longer bottom is split.
  static constexpr std::size_t kMaxRungs = 10;

  // Where the event that peek() returned lies.
  enum class Source { Bottom, Ready, Never };

  [[nodiscard]] std::size_t atBottom() const { return tail_ - head_; }
  [[nodiscard]] bool isDead(const Entry& entry) const { return alive_[entry.slot] == 0; }
  Entry enter(Event& event, std::int64_t at);
  void discard(const Entry& entry);
  void insertFar(const Entry& entry);
  void insertIntoBottom(const Entry& entry);
  void makeRoomAtBottom(std::size_t count);
  void addToTop(const Entry& entry);
  void splitBottom();
  bool topUpBottom();
  bool takeFromRung(Rung& rung);
  void takeFromTop();
  [[nodiscard]] std::int64_t nearSpan() const;
  Rung& addRung(std::int64_t base, std::int64_t last, std::size_t count);
  void distribute(std::span<const Entry> from, Rung& to);
  bool dropDead(RingBuffer<Entry>& from);
  void purgeTop();
  void prefetchAhead() const;
  Event* peekBeyondBottom();

  Table<Entry> bottom_;  // [head_, tail_) is sorted, earliest first; all before bottomLimit_.
  std::size_t head_ = 0;
  std::size_t tail_ = 0;
  std::int64_t bottomLimit_ = 0;
  std::size_t beyond_ = 0;   // Entries in rungs and top.
  std::vector<Rung> rungs_;  // Storage is kept; the first `depth_` are in use, finest last.
  std::size_t depth_ = 0;
  BucketPool pool_;
  Table<Entry> top_;  // All at or after bottomLimit_ and any rung's limit.
  std::int64_t topMin_ = 0;
  std::int64_t topMax_ = 0;
  RingBuffer<Entry> ready_;  // Due at the present instant, in order.
  RingBuffer<Entry> never_;  // Due at the end of time, in order; no bucket has to reach that far.
  Source next_ = Source::Bottom;
  std::int64_t present_ = 0;  // Of the last event popped or pushed for now.

  Table<std::uint8_t> alive_;  // By slot. Apart from the entries, so that it stays cached.
  Table<std::uint32_t> freeSlots_;
  std::size_t live_ = 0;
  std::size_t dead_ = 0;           // Cancelled, and not yet discarded.
  std::size_t purgeAt_ = 100'000;  // So many dead are worth a look through the top.
};

inline EventQueue::Entry EventQueue::enter(Event& event, std::int64_t at) {
  RINGSIDE_CHECK(!event.pending());
  if (freeSlots_.empty()) [[unlikely]] {
    RINGSIDE_CHECK(alive_.size() < Event::kNotPending);
    freeSlots_.push_back(static_cast<std::uint32_t>(alive_.size()));
    alive_.push_back(0);
  }
  const std::uint32_t slot = freeSlots_.back();
  freeSlots_.pop_back();
  alive_[slot] = 1;
  event.slot = slot;
  ++live_;
  return {at, &event, slot};
}

inline void EventQueue::push(Event& event) {
  const std::int64_t at = event.at.time_since_epoch().count();
  const Entry entry = enter(event, at);
  if (at <= present_) return ready_.push_back(entry);
  if (depth_ != 0 || !top_.empty() || atBottom() >= kKeepSorted || tail_ == bottom_.size() ||
      at == Instant::max().time_since_epoch().count()) [[likely]] {
    return insertFar(entry);
  }
  // So few in all that they are simply kept sorted.
  std::size_t place = tail_++;
  for (; place > head_ && at < bottom_[place - 1].at; --place) bottom_[place] = bottom_[place - 1];
  bottom_[place] = entry;
  bottomLimit_ = std::max(bottomLimit_, at + 1);
}

inline void EventQueue::pushNow(Event& event, Instant now) {
  event.at = now;
  present_ = now.time_since_epoch().count();
  ready_.push_back(enter(event, present_));
}

inline void EventQueue::cancel(Event& event) {
  RINGSIDE_CHECK(event.pending());
  alive_[event.slot] = 0;
  event.slot = Event::kNotPending;
  --live_;
  if (++dead_ >= purgeAt_) [[unlikely]]
    purgeTop();
}

inline void EventQueue::discard(const Entry& entry) {
  freeSlots_.push_back(entry.slot);
  --dead_;
}

inline bool EventQueue::dropDead(RingBuffer<Entry>& from) {
  while (!from.empty() && isDead(from.front())) {
    discard(from.front());
    from.pop_front();
  }
  return !from.empty();
}

inline Event* EventQueue::peek() {
  do {
    while (head_ != tail_ && isDead(bottom_[head_])) discard(bottom_[head_++]);
    // More is brought down while there still is some, so that it can be asked for in time.
  } while (atBottom() <= kFar + 1 && beyond_ > 0 && topUpBottom());
  const bool ready = dropDead(ready_);
  if (head_ == tail_) return peekBeyondBottom();
  // At one instant what waited for it comes before what was posted at it.
  const Entry& first = bottom_[head_];
  const bool readyFirst = ready && ready_.front().at < first.at;
  next_ = readyFirst ? Source::Ready : Source::Bottom;
  return readyFirst ? ready_.front().event : first.event;
}

inline void EventQueue::pop() {
  Entry taken;
  if (next_ == Source::Bottom) {
    taken = bottom_[head_++];
    prefetchAhead();
  } else {
    RingBuffer<Entry>& from = next_ == Source::Ready ? ready_ : never_;
    taken = from.front();
    from.pop_front();
  }
  present_ = taken.at;
  taken.event->slot = Event::kNotPending;
  alive_[taken.slot] = 0;
  freeSlots_.push_back(taken.slot);
  --live_;
}

inline void EventQueue::prefetchAhead() const {
  if (atBottom() <= kFar) return;  // Few in all: they are in the cache.
  const Entry& far = bottom_[head_ + kFar];
  __builtin_prefetch(&alive_[far.slot]);
  prefetchBytes(far.event, 192);  // And what stands beside it.
  const Entry& soon = bottom_[head_ + kSoon];
  if (!isDead(soon)) soon.event->prefetch(Event::Ahead::Soon);
  const Entry& next = bottom_[head_ + kNext];
  if (!isDead(next)) next.event->prefetch(Event::Ahead::Next);
}

template <class Visitor>
void EventQueue::forEach(Visitor visit) const {
  const auto show = [&](const Entry& entry) {
    if (!isDead(entry)) visit(*entry.event);
  };
  for (std::size_t i = head_; i != tail_; ++i) show(bottom_[i]);
  for (std::size_t i = 0; i != depth_; ++i) {
    for (std::size_t b = rungs_[i].current; b < rungs_[i].used; ++b) {
      pool_.forEach(rungs_[i].buckets[b], show);
    }
  }
  for (const Entry& entry : top_) show(entry);
  for (std::size_t i = 0; i != ready_.size(); ++i) show(ready_[i]);
  for (std::size_t i = 0; i != never_.size(); ++i) show(never_[i]);
}

}  // namespace ringside
