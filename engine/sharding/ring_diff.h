// Ring diff: which arcs of the circle change hands between two rings.
//
// Model     The points of both rings cut the circle into arcs on which each ring has one owner; an
//           arc whose two owners bear different names has moved. Neighbours that moved between the
//           same two nodes are joined, so that a picture draws one arc and not fifty.
// Cost      O(points of both), allocates the answer.
// Compare   countMoves in placement.h counts given keys; this measures all of them at once.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/sharding/hash_ring.h"

namespace ringside::sharding {

// The keys with hash in (after, upTo], wrapping past the top; the whole circle if both are equal.
struct MovedArc {
  std::uint64_t after;
  std::uint64_t upTo;
  NodeId from;  // Owner in the ring before, numbered there; kNoNode if there was none.
  NodeId to;    // Owner in the ring after, numbered there; kNoNode if there is none.
  friend bool operator==(const MovedArc&, const MovedArc&) = default;
};

// In order of position; an arc that crosses the top comes first.
[[nodiscard]] std::vector<MovedArc> movedArcs(const HashRing& before, const HashRing& after);

// The part of the circle these arcs cover. REQUIRES: they do not overlap.
[[nodiscard]] double coveredShare(std::span<const MovedArc> arcs);

}  // namespace ringside::sharding
