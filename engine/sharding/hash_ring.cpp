#include "engine/sharding/hash_ring.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <utility>

#include "engine/base/check.h"
#include "engine/base/hash.h"

namespace ringside::sharding {
namespace {

constexpr double kCircle = 18446744073709551616.0;  // 2^64 positions.
constexpr std::uint64_t kTop = std::numeric_limits<std::uint64_t>::max();
// Four cells for a point: three keys in four then need no step of the scan at all.
constexpr std::size_t kCellsPerPoint = 4;

Error tooManyPoints(std::string_view name, std::uint64_t points) {
  return Error{fmt::format("hash ring: node '{}' would bring it to {} points; at most {} fit", name,
                           points, HashRing::kMaxPoints)};
}

}  // namespace

std::uint64_t HashRing::defaultPointHash(std::string_view text) { return hash64(text); }

HashRing::HashRing(Config config) : config_(config) {
  RINGSIDE_CHECK(config.pointsPerWeight >= 1);
  RINGSIDE_CHECK(config.minSize <= config.maxSize);
  RINGSIDE_CHECK(config.maxSize <= kMaxPoints);
  refreshLookup();
}

Result<HashRing> HashRing::build(Config config, std::span<const NodeSpec> nodes) {
  HashRing ring(config);
  for (const NodeSpec& spec : nodes) {
    Result<NodeId> node = ring.enroll(spec.name, spec.weight);
    if (!node) return node.error();
  }
  ring.refreshPoints();
  return ring;
}

Result<NodeId> HashRing::addNode(std::string name, std::uint32_t weight) {
  Result<NodeId> node = enroll(std::move(name), weight);
  if (node) refreshPoints();
  return node;
}

Result<NodeId> HashRing::enroll(std::string name, std::uint32_t weight) {
  if (name.empty()) return Error{"hash ring: a node needs a name of at least one character"};
  if (find(name) != kNoNode) {
    return Error{fmt::format("hash ring: node '{}' is on the ring already", name)};
  }
  if (config_.sizing == Sizing::FixedPerWeight) {
    std::uint64_t points = std::uint64_t{weight} * config_.pointsPerWeight;
    for (const Node& node : nodes_) {
      if (node.member) points += std::uint64_t{node.weight} * config_.pointsPerWeight;
    }
    if (points > kMaxPoints) return tooManyPoints(name, points);
  }
  const auto known = std::find_if(nodes_.begin(), nodes_.end(),
                                  [&](const Node& node) { return node.name == name; });
  const auto id = static_cast<NodeId>(known - nodes_.begin());
  if (known == nodes_.end()) nodes_.push_back(Node{std::move(name)});
  nodes_[id].weight = weight;
  nodes_[id].member = true;
  nodes_[id].up = true;
  return id;
}

void HashRing::removeNode(NodeId node) {
  RINGSIDE_CHECK(node < nodes_.size());
  RINGSIDE_CHECK(nodes_[node].member);
  nodes_[node].member = false;
  refreshPoints();
}

void HashRing::setUp(NodeId node, bool up) {
  RINGSIDE_CHECK(node < nodes_.size());
  if (nodes_[node].up == up) return;
  nodes_[node].up = up;
  refreshLookup();
}

std::size_t HashRing::owners(std::uint64_t keyHash, std::span<NodeId> out, Include include) const {
  const auto start =
      std::lower_bound(points_.begin(), points_.end(), keyHash,
                       [](const Point& point, std::uint64_t hash) { return point.hash < hash; });
  const std::size_t wanted =
      std::min(out.size(), include == Include::OnlyUp ? upWithPoints_ : withPoints_);
  std::size_t found = 0;
  auto at = static_cast<std::size_t>(start - points_.begin());
  for (; found < wanted; ++at) {
    const NodeId node = points_[at < points_.size() ? at : at - points_.size()].node;
    if (!nodes_[node].up && include == Include::OnlyUp) continue;
    const auto known = out.first(found);
    if (std::find(known.begin(), known.end(), node) == known.end()) out[found++] = node;
  }
  return found;
}

std::span<const std::uint64_t> HashRing::boundaries() const {
  return std::span(servingHashes_).first(servingHashes_.size() - 1);
}

std::size_t HashRing::nodeCount() const {
  return static_cast<std::size_t>(
      std::count_if(nodes_.begin(), nodes_.end(), [](const Node& node) { return node.member; }));
}

NodeId HashRing::find(std::string_view name) const {
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    if (nodes_[i].member && nodes_[i].name == name) return static_cast<NodeId>(i);
  }
  return kNoNode;
}

std::size_t HashRing::bytes() const {
  return points_.capacity() * sizeof(Point) + servingHashes_.capacity() * sizeof(std::uint64_t) +
         servingNodes_.capacity() * sizeof(NodeId) + firstAt_.capacity() * sizeof(std::uint32_t);
}

// Envoy's rule: the least weight gets a whole number of points, and running sums of the wanted and
// the given points decide who gets the odd ones.
std::vector<std::uint64_t> HashRing::wantedPoints() const {
  std::vector<std::uint64_t> wanted(nodes_.size(), 0);
  double total = 0;
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    if (!nodes_[i].member || nodes_[i].weight == 0) continue;
    wanted[i] = std::uint64_t{nodes_[i].weight} * config_.pointsPerWeight;
    total += nodes_[i].weight;
    least = std::min(least, static_cast<double>(nodes_[i].weight));
  }
  if (config_.sizing == Sizing::FixedPerWeight || total == 0) return wanted;
  const double leastShare = least / total;
  const double scale =
      std::min(std::ceil(leastShare * static_cast<double>(config_.minSize)) / leastShare,
               static_cast<double>(config_.maxSize));
  double target = 0;
  std::uint64_t given = 0;
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    if (wanted[i] == 0) continue;
    target += scale * (nodes_[i].weight / total);
    const std::uint64_t before = given;
    while (static_cast<double>(given) < target) ++given;
    wanted[i] = given - before;
  }
  return wanted;
}

bool HashRing::comesBefore(const Point& left, const Point& right) const {
  if (left.hash != right.hash) return left.hash < right.hash;
  return left.node != right.node && nodes_[left.node].name < nodes_[right.node].name;
}

void HashRing::appendPoints(NodeId node, std::uint32_t count) {
  std::string text = nodes_[node].name + config_.separator;
  const std::size_t stem = text.size();
  for (std::uint32_t i = 0; i < count; ++i) {
    text.resize(stem);
    fmt::format_to(std::back_inserter(text), "{}", i);
    points_.push_back({config_.pointHash(text), node});
  }
}

void HashRing::refreshPoints() {
  const std::vector<std::uint64_t> wanted = wantedPoints();
  std::erase_if(
      points_, [&](const Point& point) { return wanted[point.node] != nodes_[point.node].points; });
  const auto kept = static_cast<std::ptrdiff_t>(points_.size());
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    if (nodes_[i].points == wanted[i]) continue;
    nodes_[i].points = static_cast<std::uint32_t>(wanted[i]);
    appendPoints(static_cast<NodeId>(i), nodes_[i].points);
  }
  const auto order = [this](const Point& left, const Point& right) {
    return comesBefore(left, right);
  };
  std::sort(points_.begin() + kept, points_.end(), order);
  std::inplace_merge(points_.begin(), points_.begin() + kept, points_.end(), order);
  refreshLookup();
}

void HashRing::refreshLookup() {
  servingHashes_.clear();
  servingNodes_.clear();
  for (const Point& point : points_) {
    if (!nodes_[point.node].up) continue;
    if (!servingHashes_.empty() && servingHashes_.back() == point.hash) continue;
    servingHashes_.push_back(point.hash);
    servingNodes_.push_back(point.node);
  }
  servingHashes_.push_back(kTop);
  servingNodes_.push_back(servingNodes_.empty() ? kNoNode : servingNodes_.front());
  const std::size_t cells = std::bit_ceil(servingHashes_.size() * kCellsPerPoint);
  shift_ = 64 - std::countr_zero(cells);
  firstAt_.resize(cells);
  std::uint32_t at = 0;
  for (std::size_t cell = 0; cell < cells; ++cell) {
    while (servingHashes_[at] < std::uint64_t{cell} << shift_) ++at;
    firstAt_[cell] = at;
  }
  withPoints_ = upWithPoints_ = 0;
  for (const Node& node : nodes_) {
    withPoints_ += node.points > 0 ? 1 : 0;
    upWithPoints_ += node.points > 0 && node.up ? 1 : 0;
  }
  refreshShares();
}

void HashRing::refreshShares() {
  std::vector<std::uint64_t> positions(nodes_.size(), 0);
  const std::span<const std::uint64_t> hashes = boundaries();
  for (std::size_t i = 0; i < hashes.size(); ++i) {
    // The lowest point also owns what lies above the highest: the difference wraps, as it should.
    positions[servingNodes_[i]] += hashes[i] - hashes[i == 0 ? hashes.size() - 1 : i - 1];
  }
  shares_.resize(nodes_.size());
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    shares_[i] = static_cast<double>(positions[i]) / kCircle;
  }
  // A sole server owns 2^64 positions, which a 64-bit count shows as none.
  const NodeId any = owner(0);
  if (any != kNoNode && positions[any] == 0) shares_[any] = 1.0;
}

}  // namespace ringside::sharding
