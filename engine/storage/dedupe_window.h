// DedupeWindow: tells a reader whether it has seen an id before.
//
// Model     The newest `capacity` distinct ids are remembered; a further one forgets the oldest.
// Promise   An id seen again is recognised if fewer than `capacity` other new ids came in between.
//           Beyond that it passes as new: a memory without bound is the only cure.
// Threads   None. One owner.
// Cost      O(1) a call, no allocation after construction.
// Compare   outbox.h and batching_producer.h are why an id comes twice.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/base/check.h"
#include "engine/base/flat_index.h"
#include "engine/base/hash.h"

namespace ringside::storage {

class DedupeWindow {
 public:
  // REQUIRES: 1 <= capacity < 2^31.
  explicit DedupeWindow(std::size_t capacity) : ids_(capacity), index_(capacity) {
    RINGSIDE_CHECK(capacity >= 1);
    RINGSIDE_CHECK(capacity < (std::size_t{1} << 31));
  }

  // True the first time an id comes; then it is remembered.
  bool firstTime(std::uint64_t id) {
    const auto same = [&](std::uint32_t at) { return ids_[at] == id; };
    if (index_.find(mix64(id), same) != FlatIndex::kNone) {
      ++duplicates_;
      return false;
    }
    if (index_.size() == ids_.size()) {
      index_.erase(mix64(ids_[next_]), [&](std::uint32_t at) { return at == next_; });
    }
    ids_[next_] = id;
    index_.insert(mix64(id), static_cast<std::uint32_t>(next_));
    next_ = next_ + 1 == ids_.size() ? 0 : next_ + 1;
    return true;
  }

  [[nodiscard]] std::uint64_t duplicates() const { return duplicates_; }

 private:
  std::vector<std::uint64_t> ids_;
  FlatIndex index_;
  std::size_t next_ = 0;
  std::uint64_t duplicates_ = 0;
};

}  // namespace ringside::storage
