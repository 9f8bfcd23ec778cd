// Placement: the small interface that every way of placing keys on nodes has in common.
//
// Model     A node is known by its name and numbered in order of first addition; a node that leaves
//           and returns keeps its number. Keys arrive as 64-bit hashes.
// Compare   hash_ring.h moves few keys when membership changes, modulo.h nearly all of them.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "engine/base/result.h"

namespace ringside::sharding {

using NodeId = std::uint32_t;
inline constexpr NodeId kNoNode = 0xFFFF'FFFF;

template <class P>
concept Placement = requires(P placement, const P& fixed, std::string name, NodeId node,
                             std::uint64_t keyHash) {
  { placement.addNode(name) } -> std::same_as<Result<NodeId>>;
  {placement.removeNode(node)};
  {placement.setUp(node, true)};
  { fixed.owner(keyHash) } -> std::same_as<NodeId>;
  { fixed.share(node) } -> std::same_as<double>;
};

struct KeyMoves {
  std::size_t moved = 0;     // Keys whose owner differs.
  std::size_t needless = 0;  // Of these, between two nodes that serve before and after.
};

// Counts the keys that two placements with the same node numbers put on different nodes.
template <Placement P>
[[nodiscard]] KeyMoves countMoves(const P& before, const P& after,
                                  std::span<const std::uint64_t> keyHashes) {
  KeyMoves moves;
  for (const std::uint64_t keyHash : keyHashes) {
    const NodeId from = before.owner(keyHash);
    const NodeId to = after.owner(keyHash);
    if (from == to) continue;
    ++moves.moved;
    if (from != kNoNode && to != kNoNode && after.share(from) > 0 && before.share(to) > 0) {
      ++moves.needless;
    }
  }
  return moves;
}

}  // namespace ringside::sharding
