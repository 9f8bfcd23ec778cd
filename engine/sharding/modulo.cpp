#include "engine/sharding/modulo.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "engine/base/check.h"

namespace ringside::sharding {

Result<NodeId> ModuloPlacement::addNode(std::string name) {
  if (name.empty()) return Error{"modulo placement: a node needs a name"};
  const auto known = std::find_if(nodes_.begin(), nodes_.end(),
                                  [&](const Node& node) { return node.name == name; });
  if (known != nodes_.end() && known->member) {
    return Error{fmt::format("modulo placement: node '{}' is a member already", name)};
  }
  const auto id = static_cast<NodeId>(known - nodes_.begin());
  if (known == nodes_.end()) nodes_.push_back(Node{std::move(name)});
  nodes_[id].member = true;
  nodes_[id].up = true;
  members_.push_back(id);
  refresh();
  return id;
}

void ModuloPlacement::removeNode(NodeId node) {
  RINGSIDE_CHECK(node < nodes_.size());
  RINGSIDE_CHECK(nodes_[node].member);
  nodes_[node].member = false;
  std::erase(members_, node);
  refresh();
}

void ModuloPlacement::setUp(NodeId node, bool up) {
  RINGSIDE_CHECK(node < nodes_.size());
  nodes_[node].up = up;
  refresh();
}

double ModuloPlacement::share(NodeId node) const {
  return isUp(node) ? 1.0 / static_cast<double>(serving_.size()) : 0.0;
}

void ModuloPlacement::refresh() {
  serving_.clear();
  for (const NodeId node : members_) {
    if (nodes_[node].up) serving_.push_back(node);
  }
}

}  // namespace ringside::sharding
