// BucketPool: the event queue's buckets: lists of entries, in chunks that all buckets share.
//
// Model     A bucket is the number of its newest chunk; a chunk holds five entries and the number
//           of the one before it. Emptied chunks are used again last in, first out, while they are
//           still in the cache.
// Promise   A bucket gives its entries back in the order in which they came.
// Cost      O(1) a push, 4 bytes a bucket, 128 bytes (two cache lines) a chunk.
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
  using Bucket = std::uint32_t;
  static constexpr Bucket kEmpty = 0xFFFF'FFFF;

  void push(Bucket& bucket, const QueueEntry& entry) {
    if (bucket == kEmpty || chunks_[bucket].size == kEntries) bucket = newChunk(bucket);
    Chunk& chunk = chunks_[bucket];
    chunk.entries[chunk.size++] = entry;
  }

  [[nodiscard]] std::size_t size(Bucket bucket) const {
    std::size_t size = 0;
    for (; bucket != kEmpty; bucket = chunks_[bucket].older) size += chunks_[bucket].size;
    return size;
  }

  // Moves the bucket's entries, oldest first, to `to`, and leaves it empty.
  // REQUIRES: to.size() == size(bucket).
  void take(Bucket& bucket, std::span<QueueEntry> to) {
    std::size_t end = to.size();
    while (bucket != kEmpty) {
      Chunk& chunk = chunks_[bucket];
      for (std::uint32_t i = chunk.size; i-- > 0;) to[--end] = chunk.entries[i];
      const Bucket older = chunk.older;
      chunk.older = free_;
      free_ = bucket;
      bucket = older;
    }
  }

  void prefetch(Bucket bucket) const {
    if (bucket == kEmpty) return;
    const auto* const chunk = reinterpret_cast<const char*>(&chunks_[bucket]);
    __builtin_prefetch(chunk);
    __builtin_prefetch(chunk + sizeof(Chunk) / 2);
  }

  template <class Visitor>
  void forEach(Bucket bucket, Visitor visit) const {
    for (; bucket != kEmpty; bucket = chunks_[bucket].older) {
      for (std::uint32_t i = 0; i != chunks_[bucket].size; ++i) visit(chunks_[bucket].entries[i]);
    }
  }

  [[nodiscard]] std::size_t bytes() const { return chunks_.capacity() * sizeof(Chunk); }

 private:
  static constexpr std::uint32_t kEntries = 5;

  struct alignas(64) Chunk {
    Bucket older = kEmpty;
    std::uint32_t size = 0;
    QueueEntry entries[kEntries];
  };
  static_assert(sizeof(Chunk) == 128);

  Bucket newChunk(Bucket older) {
    Bucket made = free_;
    if (made == kEmpty) [[unlikely]] {
      made = static_cast<Bucket>(chunks_.size());
      chunks_.emplace_back();
    } else {
      free_ = chunks_[made].older;
    }
    chunks_[made].older = older;
    chunks_[made].size = 0;
    return made;
  }

  Table<Chunk> chunks_;
  Bucket free_ = kEmpty;
};

}  // namespace ringside
