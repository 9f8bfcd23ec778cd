// BucketPool: the event queue's buckets: lists of entries, in chunks that all buckets share.
//
// Model     A bucket knows its newest chunk; a chunk holds five entries and the number of the one
//           before it. Emptied chunks are used again last in, first out, while they are
//           still in the cache.
// Promise   A bucket gives its entries back in the order in which they came.
// Cost      O(1) a push, 8 bytes a bucket, 128 bytes (two cache lines) a chunk.
// Rejected  A vector a bucket: each keeps what it grew to, and by the time that its turn comes
//           again that memory is cold.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/huge_pages.h"
#include "engine/runtime/event.h"

namespace ringside {

struct QueueEntry {
  std::int64_t at = 0;
  Event* event = nullptr;  // Not to be followed once the slot is dead.
  std::uint32_t slot = 0;
};

class BucketPool {
 public:
  // The size stands here and not in the chunk: so a push only writes to the chunk, which is cold,
  // and waits for nothing.
  struct Bucket {
    std::uint32_t newest = kNone;
    std::uint32_t size = 0;
  };

  void push(Bucket& bucket, const QueueEntry& entry) {
    const std::uint32_t place = bucket.size++ % kEntries;
    if (place == 0) bucket.newest = newChunk(bucket.newest);
    chunks_[bucket.newest].entries[place] = entry;
  }

  // Moves the bucket's entries, oldest first, to `to`, and leaves it empty.
  // REQUIRES: to.size() == bucket.size.
  void take(Bucket& bucket, std::span<QueueEntry> to) {
    std::uint32_t left = bucket.size;
    while (left > 0) {
      Chunk& chunk = chunks_[bucket.newest];
      const std::uint32_t first = (left - 1) / kEntries * kEntries;
      for (std::uint32_t i = first; i != left; ++i) to[i] = chunk.entries[i - first];
      left = first;
      const std::uint32_t older = chunk.older;
      chunk.older = free_;
      free_ = bucket.newest;
      bucket.newest = older;
    }
    bucket = {};
  }

  void prefetch(const Bucket& bucket) const {
    if (bucket.size > 0) prefetchBytes(&chunks_[bucket.newest], sizeof(Chunk));
  }

  template <class Visitor>
  void forEach(Bucket bucket, Visitor visit) const {
    while (bucket.size > 0) {
      visit(chunks_[bucket.newest].entries[--bucket.size % kEntries]);
      if (bucket.size % kEntries == 0) bucket.newest = chunks_[bucket.newest].older;
    }
  }

  [[nodiscard]] std::size_t bytes() const { return chunks_.capacity() * sizeof(Chunk); }

 private:
  static constexpr std::uint32_t kNone = 0xFFFF'FFFF;
  static constexpr std::uint32_t kEntries = 5;

  struct alignas(64) Chunk {
    QueueEntry entries[kEntries];
    std::uint32_t older = kNone;
  };
  static_assert(sizeof(Chunk) == 128);

  std::uint32_t newChunk(std::uint32_t older) {
    std::uint32_t made = free_;
    if (made == kNone) [[unlikely]] {
      made = static_cast<std::uint32_t>(chunks_.size());
      chunks_.emplace_back();
    } else {
      free_ = chunks_[made].older;
    }
    chunks_[made].older = older;
    return made;
  }

  Table<Chunk> chunks_;
  std::uint32_t free_ = kNone;
};

}  // namespace ringside
