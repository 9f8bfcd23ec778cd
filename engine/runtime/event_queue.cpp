#include "engine/runtime/event_queue.h"

#include <algorithm>
#include <bit>

#include "engine/base/check.h"

namespace ringside {
namespace {

constexpr std::int64_t kEndOfTime = Instant::max().time_since_epoch().count();

// The smallest shift at which `count` buckets span `span` nanoseconds.
int shiftFor(std::uint64_t span, std::size_t count) {
  const std::uint64_t width = (span - 1) / count + 1;
  return static_cast<int>(std::bit_width(width - 1));
}

}  // namespace

void EventQueue::push(Event& event) {
  const std::uint32_t slot = takeSlot(event);
  insert({event.at.time_since_epoch().count(), sequence_++, slot});
}

void EventQueue::pushNow(Event& event, Instant now) {
  event.at = now;
  const std::uint32_t slot = takeSlot(event);
  ready_.push_back({now.time_since_epoch().count(), sequence_++, slot});
}

void EventQueue::cancel(Event& event) {
  RINGSIDE_CHECK(event.pending());
  slots_[event.slot] = nullptr;
  event.slot = Event::kNotPending;
  --live_;
}

Event* EventQueue::peek() {
  for (;;) {
    dropCancelled(ready_);
    dropCancelled();
    if (bottom_.empty()) {
      // What is ready is due now; nothing still in a bucket can be due before it.
      const bool mayHideEarlier = ready_.empty() || bottomLimit_ <= ready_.front().at;
      if (mayHideEarlier && refill()) continue;
    }
    break;
  }
  if (bottom_.empty()) return peekBeyondBottom();
  const bool readyFirst = !ready_.empty() && before(ready_.front(), bottom_.back());
  next_ = readyFirst ? Source::Ready : Source::Bottom;
  return slots_[readyFirst ? ready_.front().slot : bottom_.back().slot];
}

Event* EventQueue::peekBeyondBottom() {
  dropCancelled(never_);
  if (ready_.empty() && never_.empty()) return nullptr;
  const bool neverFirst =
      ready_.empty() || (!never_.empty() && before(never_.front(), ready_.front()));
  next_ = neverFirst ? Source::Never : Source::Ready;
  return slots_[neverFirst ? never_.front().slot : ready_.front().slot];
}

void EventQueue::pop() {
  std::uint32_t slot = 0;
  if (next_ == Source::Bottom) {
    slot = bottom_.back().slot;
    bottom_.pop_back();
    prefetchAhead();
  } else {
    RingBuffer<Entry>& from = next_ == Source::Ready ? ready_ : never_;
    slot = from.front().slot;
    from.pop_front();
  }
  slots_[slot]->slot = Event::kNotPending;
  releaseSlot(slot);
  --live_;
}

std::size_t EventQueue::bytes() const {
  std::size_t entries =
      bottom_.capacity() + top_.capacity() + ready_.capacity() + never_.capacity();
  for (const Rung& rung : rungs_) {
    for (const auto& bucket : rung.buckets) entries += bucket.capacity();
  }
  return entries * sizeof(Entry) + slots_.capacity() * sizeof(Event*) +
         freeSlots_.capacity() * sizeof(std::uint32_t);
}

std::uint32_t EventQueue::takeSlot(Event& event) {
  RINGSIDE_CHECK(!event.pending());
  if (freeSlots_.empty()) {
    RINGSIDE_CHECK(slots_.size() < Event::kNotPending);
    freeSlots_.push_back(static_cast<std::uint32_t>(slots_.size()));
    slots_.push_back(nullptr);
  }
  const std::uint32_t slot = freeSlots_.back();
  freeSlots_.pop_back();
  slots_[slot] = &event;
  event.slot = slot;
  ++live_;
  return slot;
}

void EventQueue::releaseSlot(std::uint32_t slot) {
  slots_[slot] = nullptr;
  freeSlots_.push_back(slot);
}

void EventQueue::insert(const Entry& entry) {
  if (entry.at == kEndOfTime) return never_.push_back(entry);
  if (entry.at < bottomLimit_) return insertIntoBottom(entry);
  for (std::size_t i = depth_; i-- > 0;) {
    Rung& rung = rungs_[i];
    if (entry.at >= rung.limit) continue;
    rung.buckets[static_cast<std::size_t>((entry.at - rung.base) >> rung.shift)].push_back(entry);
    ++rung.entries;
    return;
  }
  if (depth_ == 0 && top_.empty() && bottom_.size() < kKeepSorted) {
    bottomLimit_ = entry.at + 1;
    return insertIntoBottom(entry);
  }
  addToTop(entry);
}

void EventQueue::addToTop(const Entry& entry) {
  if (top_.empty()) topMin_ = topMax_ = entry.at;
  topMin_ = std::min(topMin_, entry.at);
  topMax_ = std::max(topMax_, entry.at);
  top_.push_back(entry);
}

void EventQueue::insertIntoBottom(const Entry& entry) {
  // Searched from the early end: most of what comes so late is due soon.
  auto place = bottom_.end();
  while (place != bottom_.begin() && before(*(place - 1), entry)) --place;
  bottom_.insert(place, entry);
  if (bottom_.size() > kBottomAtMost) splitBottom();
}

// Keeps the earliest part sorted and hands the rest to buckets, so that inserting stays O(1).
void EventQueue::splitBottom() {
  const std::int64_t earliest = bottom_.back().at;
  std::int64_t pivot = bottom_[bottom_.size() - kSortAtMost].at;
  if (pivot == earliest) {
    // Many at one instant: keep just that instant, or, if there is nothing else, let them wait
    // unsorted; they are in order of sequence already.
    const auto later = std::find_if(bottom_.rbegin(), bottom_.rend(),
                                    [&](const Entry& e) { return e.at > earliest; });
    if (later != bottom_.rend()) pivot = later->at;
  }
  const auto split =
      std::find_if(bottom_.begin(), bottom_.end(), [&](const Entry& e) { return e.at < pivot; });
  std::vector<Entry> rest(bottom_.begin(), split);
  bottom_.erase(bottom_.begin(), split);
  const std::int64_t limit = bottomLimit_;
  bottomLimit_ = pivot;
  std::reverse(rest.begin(), rest.end());
  if (depth_ > 0 && depth_ < kMaxRungs) {
    distribute(rest, addRung(pivot, limit - 1, rest.size()));
  } else if (depth_ == 0) {
    for (const Entry& entry : rest) addToTop(entry);
  } else {
    bottomLimit_ = limit;
    bottom_.insert(bottom_.begin(), rest.rbegin(), rest.rend());
  }
}

// Brings the next events into the bottom. False when there is none.
bool EventQueue::refill() {
  while (bottom_.empty()) {
    if (depth_ > 0) {
      Rung& rung = rungs_[depth_ - 1];
      if (rung.entries == 0) {
        bottomLimit_ = rung.limit;
        --depth_;
        continue;
      }
      if (!refillFromRung(rung)) continue;
    } else if (!top_.empty()) {
      refillFromTop();
    } else {
      return false;
    }
  }
  return true;
}

// Sorts the rung's next bucket into the bottom, or makes a finer rung of it and returns false.
bool EventQueue::refillFromRung(Rung& rung) {
  while (rung.buckets[rung.current].empty()) ++rung.current;
  std::vector<Entry>& bucket = rung.buckets[rung.current];
  const std::int64_t start = rung.base + (static_cast<std::int64_t>(rung.current) << rung.shift);
  const std::int64_t limit =
      rung.current + 1 == rung.used ? rung.limit : start + (std::int64_t{1} << rung.shift);
  ++rung.current;
  rung.entries -= bucket.size();
  if (bucket.size() <= kSortAtMost || rung.shift == 0 || depth_ == kMaxRungs) {
    bottomLimit_ = limit;
    sortIntoBottom(bucket);
    return true;
  }
  bottomLimit_ = start;
  // addRung may move the rungs; the bucket's storage stays where it is.
  std::vector<Entry> entries;
  entries.swap(bucket);
  const std::size_t index = depth_ - 1;
  const std::size_t done = rung.current - 1;
  distribute(entries, addRung(start, limit - 1, entries.size()));
  entries.clear();
  rungs_[index].buckets[done].swap(entries);  // Keeps the capacity for the next time round.
  return false;
}

void EventQueue::refillFromTop() {
  if (top_.size() <= kSortAtMost || topMin_ == topMax_) {
    bottomLimit_ = topMax_ + 1;
    sortIntoBottom(top_);
    return;
  }
  bottomLimit_ = topMin_;
  distribute(top_, addRung(topMin_, topMax_, top_.size()));
  top_.clear();
}

void EventQueue::sortIntoBottom(std::vector<Entry>& bucket) {
  for (const Entry& entry : bucket) {
    if (slots_[entry.slot] == nullptr) {
      releaseSlot(entry.slot);
    } else {
      bottom_.push_back(entry);
    }
  }
  bucket.clear();
  std::sort(bottom_.begin(), bottom_.end(),
            [](const Entry& a, const Entry& b) { return before(b, a); });
}

// A rung over [base, last] for about `count` entries, finer than any in use.
EventQueue::Rung& EventQueue::addRung(std::int64_t base, std::int64_t last, std::size_t count) {
  if (rungs_.size() == depth_) rungs_.emplace_back();
  Rung& rung = rungs_[depth_++];
  const auto span = static_cast<std::uint64_t>(last - base) + 1;
  const std::size_t wanted =
      std::clamp(std::bit_ceil(count / 8), std::size_t{16}, std::size_t{1024});
  rung.shift = shiftFor(span, wanted);
  rung.used = static_cast<std::size_t>((span - 1) >> rung.shift) + 1;
  rung.base = base;
  rung.limit = last + 1;
  rung.current = 0;
  rung.entries = 0;
  if (rung.buckets.size() < rung.used) rung.buckets.resize(rung.used);
  return rung;
}

void EventQueue::distribute(std::vector<Entry>& from, Rung& to) {
  for (const Entry& entry : from) {
    to.buckets[static_cast<std::size_t>((entry.at - to.base) >> to.shift)].push_back(entry);
  }
  to.entries += from.size();
}

void EventQueue::dropCancelled(RingBuffer<Entry>& from) {
  while (!from.empty() && slots_[from.front().slot] == nullptr) {
    releaseSlot(from.front().slot);
    from.pop_front();
  }
}

void EventQueue::dropCancelled() {
  while (!bottom_.empty() && slots_[bottom_.back().slot] == nullptr) {
    releaseSlot(bottom_.back().slot);
    bottom_.pop_back();
  }
}

// The frames of the next few events are cold when many are pending: ask for them early.
void EventQueue::prefetchAhead() const {
  constexpr std::size_t kFar = 8;
  constexpr std::size_t kNear = 4;
  if (bottom_.size() <= kFar) return;
  __builtin_prefetch(slots_.data() + bottom_[bottom_.size() - 1 - kFar].slot);
  const Event* soon = slots_[bottom_[bottom_.size() - 1 - kNear].slot];
  if (soon == nullptr) return;
  __builtin_prefetch(soon);
  if (soon->waiter) __builtin_prefetch(soon->waiter.address());
}

}  // namespace ringside
