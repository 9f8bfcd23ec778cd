// HashRing: places keys on nodes so that a change of membership moves only the keys it must.
//
// Model     Each node puts points on a circle of 2^64 positions, at the hashes of "<name>_<i>". A
//           key belongs to the first point at or after its own hash, past the top to the lowest.
// Promise   FixedPerWeight: adding a node moves keys only to it, removing one only from it. Nodes
//           added in any order give the same ring; points at one position go to the lesser name.
//           The spread of the shares is sqrt((N-1)/(N*V+1)) for N nodes of V points.
// Threads   None. One owner; copy it to compare before with after.
// Cost      owner() is one index cell and a short scan, flat in the number of points. A change of
//           membership sorts the points of the changed node and merges: linear in the points.
//
// Rejected  A binary search or std::map: ten to seventeen dependent loads for the same answer.
//           FNV-1a over "<name>:<i>": the last digits hardly reach the upper bits, so a node's
//           points sit together and the shares are far from even (Config::pointHash shows it).
// Compare   modulo.h is what is commonly written; Sizing::EnvoyTotal is what Envoy does: there the
//           total is fixed, so a new node changes the others' point counts and moves their keys.
// Source    Karger et al. 1997; DeCandia et al. 2007 (preference list); Envoy ring_hash_lb.cc.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/sharding/placement.h"

namespace ringside::sharding {

class HashRing {
 public:
  using PointHash = std::uint64_t (*)(std::string_view);

  enum class Sizing : std::uint8_t {
    FixedPerWeight,  // weight * pointsPerWeight points, whoever else is there.
    EnvoyTotal,      // As many as the weights' proportions need between minSize and maxSize.
  };
  enum class Include : std::uint8_t { OnlyUp, DownToo };

  // xxHash64 with seed 0.
  static std::uint64_t defaultPointHash(std::string_view text);

  struct Config {
    std::uint32_t pointsPerWeight = 100;  // FixedPerWeight only; at least 1.
    Sizing sizing = Sizing::FixedPerWeight;
    std::uint64_t minSize = 1024;       // EnvoyTotal only.
    std::uint64_t maxSize = 8'388'608;  // EnvoyTotal only; at most kMaxPoints.
    PointHash pointHash = &defaultPointHash;
    char separator = '_';  // Between a node's name and the number of its point.
  };
  struct NodeSpec {
    std::string name;
    std::uint32_t weight = 1;
  };
  struct Point {
    std::uint64_t hash;
    NodeId node;
    friend bool operator==(const Point&, const Point&) = default;
  };

  static constexpr std::uint64_t kMaxPoints = 16'777'216;

  // REQUIRES: pointsPerWeight >= 1 and minSize <= maxSize <= kMaxPoints.
  explicit HashRing(Config config);
  HashRing() : HashRing(Config{}) {}

  // A ring of many nodes at the price of one change.
  static Result<HashRing> build(Config config, std::span<const NodeSpec> nodes);

  // Fails on an empty name, a name already on the ring, or a ring grown past kMaxPoints. A node of
  // weight 0 is a member without points. A name that left before gets its number back.
  Result<NodeId> addNode(std::string name, std::uint32_t weight);
  Result<NodeId> addNode(std::string name) { return addNode(std::move(name), 1); }
  // REQUIRES: the node is on the ring.
  void removeNode(NodeId node);
  // A node that is down keeps its points and serves none: its keys go on to the next node up.
  void setUp(NodeId node, bool up);

  // The node that serves the key, or kNoNode if none is up.
  [[nodiscard]] NodeId owner(std::uint64_t keyHash) const {
    std::size_t at = firstAt_[keyHash >> shift_];
    while (servingHashes_[at] < keyHash) ++at;  // Ends: the last entry is the highest hash.
    return servingNodes_[at];
  }

  // Fills `out` with the preference list of the key, distinct nodes in order around the circle, and
  // returns how many there were. With DownToo the first is the key's home, whoever serves it now.
  std::size_t owners(std::uint64_t keyHash, std::span<NodeId> out,
                     Include include = Include::OnlyUp) const;

  // Every point in order of position, those of nodes that are down included.
  [[nodiscard]] std::span<const Point> points() const { return points_; }
  // The positions at which the owner may change, ascending; for walking the arcs.
  [[nodiscard]] std::span<const std::uint64_t> boundaries() const;

  // The part of the circle the node serves: an exact count of positions, rounded once. 0 for a node
  // this ring does not know.
  [[nodiscard]] double share(NodeId node) const {
    return node < shares_.size() ? shares_[node] : 0.0;
  }

  [[nodiscard]] std::size_t nodeCount() const;                         // On the ring, up or down.
  [[nodiscard]] std::size_t idCount() const { return nodes_.size(); }  // Ever: ids are below it.
  [[nodiscard]] const std::string& name(NodeId node) const { return nodes_[node].name; }
  [[nodiscard]] std::uint32_t weight(NodeId node) const { return nodes_[node].weight; }
  [[nodiscard]] std::uint32_t pointCount(NodeId node) const { return nodes_[node].points; }
  [[nodiscard]] bool contains(NodeId node) const {
    return node < nodes_.size() && nodes_[node].member;
  }
  [[nodiscard]] bool isUp(NodeId node) const { return contains(node) && nodes_[node].up; }
  [[nodiscard]] NodeId find(std::string_view name) const;  // kNoNode if not on the ring.
  [[nodiscard]] std::size_t bytes() const;

 private:
  struct Node {
    std::string name;
    std::uint32_t weight = 0;
    std::uint32_t points = 0;
    bool member = false;
    bool up = true;
  };

  Result<NodeId> enroll(std::string name, std::uint32_t weight);
  [[nodiscard]] std::vector<std::uint64_t> wantedPoints() const;
  void refreshPoints();
  void refreshLookup();
  void refreshShares();
  [[nodiscard]] bool comesBefore(const Point& left, const Point& right) const;
  void appendPoints(NodeId node, std::uint32_t count);

  Config config_;
  std::vector<Node> nodes_;
  std::vector<Point> points_;
  // What owner() reads: the serving points without repeats, closed by a sentinel at the top that
  // belongs to the lowest point; and for each bucket of top bits the first entry not below it.
  std::vector<std::uint64_t> servingHashes_;
  std::vector<NodeId> servingNodes_;
  std::vector<std::uint32_t> firstAt_;
  int shift_ = 63;
  std::vector<double> shares_;
  std::size_t withPoints_ = 0;    // Nodes with points, up or down.
  std::size_t upWithPoints_ = 0;  // Of these, those that are up.
};

}  // namespace ringside::sharding
