#include "engine/sharding/ring_diff.h"

#include <algorithm>
#include <map>
#include <string_view>

namespace ringside::sharding {
namespace {

std::vector<std::uint64_t> cuts(const HashRing& before, const HashRing& after) {
  const auto left = before.boundaries();
  const auto right = after.boundaries();
  std::vector<std::uint64_t> all(left.size() + right.size());
  std::merge(left.begin(), left.end(), right.begin(), right.end(), all.begin());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

// For each node of `before`, the number its name has in `after`.
std::vector<NodeId> translate(const HashRing& before, const HashRing& after) {
  std::map<std::string_view, NodeId> numbers;
  for (std::size_t i = 0; i < after.idCount(); ++i) {
    numbers.emplace(after.name(static_cast<NodeId>(i)), static_cast<NodeId>(i));
  }
  std::vector<NodeId> translated(before.idCount(), kNoNode);
  for (std::size_t i = 0; i < translated.size(); ++i) {
    const auto known = numbers.find(before.name(static_cast<NodeId>(i)));
    if (known != numbers.end()) translated[i] = known->second;
  }
  return translated;
}

}  // namespace

std::vector<MovedArc> movedArcs(const HashRing& before, const HashRing& after) {
  const std::vector<std::uint64_t> ends = cuts(before, after);
  const std::vector<NodeId> numberAfter = translate(before, after);
  std::vector<MovedArc> arcs;
  for (std::size_t i = 0; i < ends.size(); ++i) {
    const MovedArc arc{ends[i == 0 ? ends.size() - 1 : i - 1], ends[i], before.owner(ends[i]),
                       after.owner(ends[i])};
    const bool same = arc.from == kNoNode ? arc.to == kNoNode
                                          : arc.to != kNoNode && numberAfter[arc.from] == arc.to;
    if (same) continue;
    const bool joins = !arcs.empty() && arcs.back().upTo == arc.after &&
                       arcs.back().from == arc.from && arcs.back().to == arc.to;
    if (joins) {
      arcs.back().upTo = arc.upTo;
    } else {
      arcs.push_back(arc);
    }
  }
  return arcs;
}

double coveredShare(std::span<const MovedArc> arcs) {
  constexpr double kCircle = 18446744073709551616.0;
  std::uint64_t positions = 0;
  for (const MovedArc& arc : arcs) positions += arc.upTo - arc.after;
  // Whole positions are summed exactly; 2^64 of them read as none.
  if (positions == 0) return arcs.empty() ? 0.0 : 1.0;
  return static_cast<double>(positions) / kCircle;
}

}  // namespace ringside::sharding
