// ModuloPlacement: owner = hash mod number of nodes, the placement that is commonly written.
//
// Model     The nodes that are up stand in a list in order of addition; a key belongs to the one at
//           its hash modulo the length of the list.
// Promise   Shares are equal to one part in 2^64. Going from N nodes to N+1 moves N/(N+1) of all
//           keys, and a node that goes down moves nearly as many: every cache behind it goes cold.
// Threads   None. One owner.
// Cost      One division; no memory beyond the names.
// Compare   hash_ring.h moves 1/(N+1), at the price of uneven shares and a table of points.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/sharding/placement.h"

namespace ringside::sharding {

class ModuloPlacement {
 public:
  // Fails on an empty name or one that is a member already. A name that left before gets its number
  // back, and stands at the end of the list.
  Result<NodeId> addNode(std::string name);
  // REQUIRES: the node is a member.
  void removeNode(NodeId node);
  // A node that is down leaves the list until it is up again, when it takes its old place.
  void setUp(NodeId node, bool up);

  // kNoNode if no node is up.
  [[nodiscard]] NodeId owner(std::uint64_t keyHash) const {
    return serving_.empty() ? kNoNode : serving_[keyHash % serving_.size()];
  }
  [[nodiscard]] double share(NodeId node) const;  // 0 for a node it does not know.

  [[nodiscard]] std::size_t nodeCount() const { return members_.size(); }
  [[nodiscard]] const std::string& name(NodeId node) const { return nodes_[node].name; }
  [[nodiscard]] bool isUp(NodeId node) const {
    return node < nodes_.size() && nodes_[node].member && nodes_[node].up;
  }

 private:
  struct Node {
    std::string name;
    bool member = false;
    bool up = true;
  };

  void refresh();

  std::vector<Node> nodes_;
  std::vector<NodeId> members_;
  std::vector<NodeId> serving_;
};

}  // namespace ringside::sharding
