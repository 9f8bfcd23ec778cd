// FlatIndex: finds the number of a stored thing from its hash; the things themselves live
// elsewhere.
//
// Model     Open addressing at a load of at most one half. A cell is 8 bytes: the upper half of the
//           hash, whose top bits are also the home position, and a 32-bit slot number.
// Promise   Erasing moves later cells back, so there are no tombstones and a search never slows
//           down with age. Growing needs no keys, since a cell carries its own position.
// Threads   None. One owner.
// Cost      O(1); allocates only when it grows past the largest size it has had.
//
// Rejected  std::unordered_map: a node allocation and two dependent loads per entry, and an
//           iteration order that must never reach a result. This class cannot be iterated at all.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/base/check.h"
#include "engine/base/huge_pages.h"

namespace ringside {

class FlatIndex {
 public:
  static constexpr std::uint32_t kNone = 0xFFFF'FFFF;

  explicit FlatIndex(std::size_t expected = 0) { resizeFor(expected); }

  // The slot stored under `hash` for which `same(slot)` is true, or kNone.
  // REQUIRES: `hash` is well mixed in its upper 32 bits (hash64 and mix64 are).
  template <class Same>
  [[nodiscard]] std::uint32_t find(std::uint64_t hash, Same&& same) const {
    const std::size_t at = locate(tagOf(hash), same);
    return cells_[at].slot;
  }

  // REQUIRES: no equal key is stored, and slot != kNone.
  void insert(std::uint64_t hash, std::uint32_t slot) {
    if ((size_ + 1) * 2 > cells_.size()) grow(cells_.size() * 2);
    place({tagOf(hash), slot});
    ++size_;
  }

  // Forgets the key and returns its slot, or kNone if it was not there.
  template <class Same>
  std::uint32_t erase(std::uint64_t hash, Same&& same) {
    const std::size_t at = locate(tagOf(hash), same);
    const std::uint32_t slot = cells_[at].slot;
    if (slot == kNone) return kNone;
    closeGap(at);
    --size_;
    return slot;
  }

  void prefetch(std::uint64_t hash) const { __builtin_prefetch(&cells_[homeOf(tagOf(hash))]); }

  void clear() {
    for (Cell& cell : cells_) cell = Cell{};
    size_ = 0;
  }

  // Makes room for `expected` entries without further growth.
  void reserve(std::size_t expected) {
    if (expected * 2 > cells_.size()) grow(std::bit_ceil(expected * 2));
  }

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::size_t bytes() const { return cells_.capacity() * sizeof(Cell); }

 private:
  struct Cell {
    std::uint32_t tag = 0;
    std::uint32_t slot = kNone;
  };

  static std::uint32_t tagOf(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32); }
  [[nodiscard]] std::size_t homeOf(std::uint32_t tag) const { return tag >> shift_; }

  // Where the key is, or the empty cell that ends its search.
  template <class Same>
  [[nodiscard]] std::size_t locate(std::uint32_t tag, Same& same) const {
    std::size_t at = homeOf(tag);
    while (cells_[at].slot != kNone && !(cells_[at].tag == tag && same(cells_[at].slot))) {
      at = (at + 1) & mask_;
    }
    return at;
  }

  void place(Cell cell) {
    std::size_t at = homeOf(cell.tag);
    while (cells_[at].slot != kNone) at = (at + 1) & mask_;
    cells_[at] = cell;
  }

  // Moves back every later cell of the run that the gap now keeps from its home.
  void closeGap(std::size_t gap) {
    for (std::size_t at = (gap + 1) & mask_; cells_[at].slot != kNone; at = (at + 1) & mask_) {
      const std::size_t wanted = homeOf(cells_[at].tag);
      if (((at - wanted) & mask_) < ((at - gap) & mask_)) continue;
      cells_[gap] = cells_[at];
      gap = at;
    }
    cells_[gap] = Cell{};
  }

  void resizeFor(std::size_t expected) {
    const std::size_t cells = std::bit_ceil(expected * 2 < 16 ? std::size_t{16} : expected * 2);
    RINGSIDE_CHECK(cells <= (std::size_t{1} << 32));
    cells_.assign(cells, Cell{});
    mask_ = cells - 1;
    shift_ = 32 - std::countr_zero(cells);
  }

  void grow(std::size_t cells) {
    Table<Cell> old;
    old.swap(cells_);
    resizeFor(cells / 2);
    for (const Cell& cell : old) {
      if (cell.slot != kNone) place(cell);
    }
  }

  Table<Cell> cells_;
  std::size_t mask_ = 0;
  int shift_ = 0;
  std::size_t size_ = 0;
};

}  // namespace ringside
