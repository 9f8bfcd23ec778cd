#include "engine/runtime/event_queue.h"

#include <algorithm>
#include <bit>
#include <span>

namespace ringside {
namespace {

constexpr std::int64_t kEndOfTime = Instant::max().time_since_epoch().count();
constexpr std::size_t kInsertionSortAtMost = 96;

bool earlier(const QueueEntry& a, const QueueEntry& b) { return a.at < b.at; }

// The smallest shift at which `count` buckets span `span` nanoseconds.
int shiftFor(std::uint64_t span, std::size_t count) {
  const std::uint64_t width = (span - 1) / count + 1;
  return static_cast<int>(std::bit_width(width - 1));
}

void sortStably(std::span<QueueEntry> entries) {
  if (entries.size() > kInsertionSortAtMost) {
    std::stable_sort(entries.begin(), entries.end(), earlier);
    return;
  }
  for (std::size_t i = 1; i < entries.size(); ++i) {
    const QueueEntry entry = entries[i];
    std::size_t place = i;
    for (; place > 0 && entry.at < entries[place - 1].at; --place) {
      entries[place] = entries[place - 1];
    }
    entries[place] = entry;
  }
}

}  // namespace

Event* EventQueue::peekBeyondBottom() {
  const bool ready = dropDead(ready_);
  const bool never = dropDead(never_);
  if (!ready && !never) return nullptr;
  const bool neverFirst = !ready || (never && never_.front().at < ready_.front().at);
  next_ = neverFirst ? Source::Never : Source::Ready;
  return neverFirst ? never_.front().event : ready_.front().event;
}

std::size_t EventQueue::bytes() const {
  const std::size_t entries =
      bottom_.capacity() + top_.capacity() + ready_.capacity() + never_.capacity();
  std::size_t buckets = 0;
  for (const Rung& rung : rungs_) buckets += rung.buckets.capacity();
  return entries * sizeof(Entry) + buckets * sizeof(BucketPool::Bucket) + pool_.bytes() +
         alive_.capacity() + freeSlots_.capacity() * sizeof(std::uint32_t);
}

void EventQueue::insertFar(const Entry& entry) {
  if (entry.at == kEndOfTime) return never_.push_back(entry);
  if (entry.at < bottomLimit_) return insertIntoBottom(entry);
  for (std::size_t i = depth_; i-- > 0;) {
    Rung& rung = rungs_[i];
    if (entry.at >= rung.limit) continue;
    pool_.push(rung.buckets[static_cast<std::size_t>((entry.at - rung.base) >> rung.shift)], entry);
    ++rung.entries;
    ++beyond_;
    return;
  }
  addToTop(entry);
}

void EventQueue::addToTop(const Entry& entry) {
  if (top_.empty()) topMin_ = topMax_ = entry.at;
  topMin_ = std::min(topMin_, entry.at);
  topMax_ = std::max(topMax_, entry.at);
  top_.push_back(entry);
  ++beyond_;
}

// Lets `count` more entries be written at tail_.
void EventQueue::makeRoomAtBottom(std::size_t count) {
  if (tail_ + count <= bottom_.size()) return;
  const auto first = bottom_.begin();
  std::copy(first + static_cast<std::ptrdiff_t>(head_), first + static_cast<std::ptrdiff_t>(tail_),
            first);
  tail_ -= head_;
  head_ = 0;
  if (tail_ + count > bottom_.size() / 2)
    bottom_.resize(std::max<std::size_t>(1024, 2 * (tail_ + count)));
}

void EventQueue::insertIntoBottom(const Entry& entry) {
  makeRoomAtBottom(1);
  const auto begin = bottom_.begin() + static_cast<std::ptrdiff_t>(head_);
  const auto end = bottom_.begin() + static_cast<std::ptrdiff_t>(tail_);
  const auto place = std::upper_bound(begin, end, entry, earlier);
  if (head_ > 0 && place - begin < end - place) {
    std::copy(begin, place, begin - 1);
    *(place - 1) = entry;
    --head_;
  } else {
    std::copy_backward(place, end, end + 1);
    *place = entry;
    ++tail_;
  }
  if (atBottom() > kBottomAtMost) splitBottom();
}

// Keeps the earliest part sorted and hands the rest to buckets, so that inserting stays O(1).
void EventQueue::splitBottom() {
  const auto begin = bottom_.begin() + static_cast<std::ptrdiff_t>(head_);
  const auto end = bottom_.begin() + static_cast<std::ptrdiff_t>(tail_);
  const std::int64_t earliest = begin->at;
  std::int64_t pivot = (begin + kSortAtMost)->at;
  if (pivot == earliest) {
    // Many at one instant: they stay, since they need no sorting any more.
    const auto later = std::upper_bound(begin, end, *begin, earlier);
    if (later == end) return;
    pivot = later->at;
  }
  if (depth_ == kMaxRungs) return;
  const auto split = std::lower_bound(begin, end, Entry{.at = pivot}, earlier);
  const std::span<const Entry> rest(split, end);
  const std::int64_t limit = bottomLimit_;
  bottomLimit_ = pivot;
  if (depth_ > 0) {
    distribute(rest, addRung(pivot, limit - 1, rest.size()));
  } else {
    for (const Entry& entry : rest) addToTop(entry);
  }
  tail_ -= rest.size();
}

// Brings the next bucket into the bottom. False when there is none.
bool EventQueue::topUpBottom() {
  const std::size_t before = tail_ - head_;
  while (atBottom() == before) {
    if (depth_ > 0) {
      Rung& rung = rungs_[depth_ - 1];
      if (rung.entries == 0) {
        bottomLimit_ = rung.limit;
        --depth_;
        continue;
      }
      if (!takeFromRung(rung)) continue;
    } else if (!top_.empty()) {
      takeFromTop();
    } else {
      return false;
    }
  }
  return true;
}

// Sorts the rung's next bucket into the bottom, or makes a finer rung of it and returns false.
bool EventQueue::takeFromRung(Rung& rung) {
  while (rung.buckets[rung.current].size == 0) ++rung.current;
  BucketPool::Bucket& bucket = rung.buckets[rung.current];
  const std::int64_t start = rung.base + (static_cast<std::int64_t>(rung.current) << rung.shift);
  const std::int64_t limit =
      rung.current + 1 == rung.used ? rung.limit : start + (std::int64_t{1} << rung.shift);
  const std::size_t count = bucket.size;
  ++rung.current;
  rung.entries -= count;
  beyond_ -= count;
  if (count <= kSortAtMost || rung.shift == 0 || depth_ == kMaxRungs) {
    bottomLimit_ = limit;
    makeRoomAtBottom(count);
    pool_.take(bucket, std::span(bottom_).subspan(tail_, count));
    tail_ += count;
    for (std::size_t i = rung.current; i < std::min(rung.current + 8, rung.used); ++i) {
      pool_.prefetch(rung.buckets[i]);
    }
    sortStably(std::span(bottom_).subspan(tail_ - count, count));
    return true;
  }
  bottomLimit_ = start;
  std::vector<Entry> entries(count);
  pool_.take(bucket, entries);
  distribute(entries, addRung(start, limit - 1, count));  // May move the rungs.
  return false;
}

void EventQueue::takeFromTop() {
  if (top_.size() <= kSortAtMost || topMin_ == topMax_) {
    const std::size_t count = top_.size();
    bottomLimit_ = topMax_ + 1;
    makeRoomAtBottom(count);
    std::copy(top_.begin(), top_.end(), bottom_.begin() + static_cast<std::ptrdiff_t>(tail_));
    top_.clear();
    tail_ += count;
    beyond_ -= count;
    sortStably(std::span(bottom_).subspan(tail_ - count, count));
    return;
  }
  bottomLimit_ = topMin_;
  const std::int64_t last = topMin_ + nearSpan();
  Rung& rung = addRung(topMin_, last, top_.size());
  beyond_ -= top_.size();
  std::size_t kept = 0;
  topMin_ = topMax_;
  for (const Entry& entry : top_) {
    if (isDead(entry)) {
      discard(entry);
    } else if (entry.at > last) {
      topMin_ = std::min(topMin_, entry.at);
      top_[kept++] = entry;
    } else {
      distribute(std::span(&entry, 1), rung);
    }
  }
  top_.resize(kept);
  beyond_ += kept;
}

// How far the next rung is to reach beyond topMin_: timeouts that lie far off and are hardly ever
// due must not make its buckets wide. Four times the lower quartile, of a sample.
std::int64_t EventQueue::nearSpan() const {
  constexpr std::size_t kSample = 128;
  const std::size_t stride = top_.size() / kSample + 1;
  std::vector<std::int64_t> offsets;
  for (std::size_t i = 0; i < top_.size(); i += stride) {
    if (!isDead(top_[i])) offsets.push_back(top_[i].at - topMin_);
  }
  if (offsets.size() < 16) return topMax_ - topMin_;
  const auto quartile = offsets.begin() + static_cast<std::ptrdiff_t>(offsets.size() / 4);
  std::nth_element(offsets.begin(), quartile, offsets.end());
  const std::int64_t whole = topMax_ - topMin_;
  return *quartile == 0 || *quartile > whole / 4 ? whole : *quartile * 4;
}

// A rung over [base, last] for about `count` entries, finer than any in use.
EventQueue::Rung& EventQueue::addRung(std::int64_t base, std::int64_t last, std::size_t count) {
  if (rungs_.size() == depth_) rungs_.emplace_back();
  Rung& rung = rungs_[depth_++];
  const auto span = static_cast<std::uint64_t>(last - base) + 1;
  const std::size_t wanted =
      std::clamp(std::bit_ceil(count / 4), std::size_t{16}, std::size_t{16384});
  rung.shift = shiftFor(span, wanted);
  rung.used = static_cast<std::size_t>((span - 1) >> rung.shift) + 1;
  rung.base = base;
  rung.limit = last + 1;
  rung.current = 0;
  rung.entries = 0;
  if (rung.buckets.size() < rung.used) rung.buckets.resize(rung.used);
  return rung;
}

void EventQueue::distribute(std::span<const Entry> from, Rung& to) {
  for (const Entry& entry : from) {
    pool_.push(to.buckets[static_cast<std::size_t>((entry.at - to.base) >> to.shift)], entry);
  }
  to.entries += from.size();
  beyond_ += from.size();
}

// Long timeouts that are always cancelled would otherwise fill the top until their time comes.
void EventQueue::purgeTop() {
  const std::size_t before = top_.size();
  std::erase_if(top_, [this](const Entry& entry) {
    if (!isDead(entry)) return false;
    discard(entry);
    return true;
  });
  beyond_ -= before - top_.size();
  purgeAt_ = dead_ + std::max<std::size_t>(live_, 100'000);
}

}  // namespace ringside
