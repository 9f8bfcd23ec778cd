#include "engine/systems/shard_cluster.h"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/base/hash.h"
#include "engine/sharding/ring_diff.h"

namespace ringside::systems {
namespace {

using storage::MemoryShard;
using storage::PaymentRow;

sharding::HashRing makeRing(const GatewayConfig& config) {
  std::vector<sharding::HashRing::NodeSpec> specs;
  for (std::uint32_t i = 0; i < config.shards; ++i) specs.push_back({"shard-" + std::to_string(i)});
  return sharding::HashRing::build({.pointsPerWeight = config.virtualNodes}, specs).value();
}

}  // namespace

ShardCluster::ShardCluster(Runtime& runtime, const GatewayConfig& config, Auditor& auditor)
    : runtime_(runtime), config_(config), auditor_(auditor), ring_(makeRing(config)) {
  for (std::uint32_t i = 0; i < config.shards; ++i) {
    nodes_.emplace_back(runtime, i, std::max(1U, shareOf(config.pool, i)),
                        shareOf(config.poolQueue, i));
  }
}

std::uint64_t ShardCluster::hashOf(std::uint64_t merchant) {
  return mix64(merchant + 0x9E3779B97F4A7C15U);
}

ShardCluster::Node* ShardCluster::home(const Copies& copies, std::uint64_t merchant) {
  if (copies.count == 0 || !isOwn(nodes_[copies.nodes[0]], merchant)) return nullptr;
  return &nodes_[copies.nodes[0]];
}

// Whether the node may serve the merchant's rows: strictly, only one that has copies of them may.
bool ShardCluster::isOwn(const Node& node, std::uint64_t merchant) const {
  if (down_ == 0 || config_.consistency == Consistency::Eventual) return true;
  std::array<sharding::NodeId, kMostCopies> owners{};
  const std::size_t count = ring_.owners(hashOf(merchant), std::span(owners).first(wantedCopies()),
                                         sharding::HashRing::Include::DownToo);
  return std::ranges::count(std::span(owners).first(count), node.index) > 0;
}

// The whole is shared out to the last one: the first nodes take what does not divide.
std::uint32_t ShardCluster::shareOf(std::uint32_t whole, std::uint32_t shard) const {
  return whole / config_.shards + (shard < whole % config_.shards ? 1 : 0);
}

bool ShardCluster::serves(const Node& node, std::uint32_t epoch, std::uint64_t merchant) const {
  return node.up && node.epoch == epoch && ring_.owner(hashOf(merchant)) == node.index &&
         isOwn(node, merchant);
}

MemoryShard::Written ShardCluster::insert(Node& node, PaymentRow row, const Copies& copies) {
  row.created = runtime_.now();
  const auto written = node.table.insert(row);
  if (written.outcome == MemoryShard::Write::Done) replicate(node, row, copies);
  return written;
}

MemoryShard::Written ShardCluster::update(Node& node, const storage::PaymentKey& key,
                                          storage::PaymentState expected,
                                          storage::PaymentState next,
                                          std::optional<storage::Posting> posting,
                                          const Copies& copies) {
  const auto written = node.table.update(key, expected, next, posting);
  if (written.outcome == MemoryShard::Write::Done)
    replicate(node, PaymentRow(*written.row), copies);
  return written;
}

void ShardCluster::erase(Node& node, const storage::PaymentKey& key) {
  // A rolled-back insert: copies of it were not acknowledged to anybody, and go at once; a node
  // that is dead finds it unfinished in its log when it starts again.
  std::array<sharding::NodeId, kMostCopies> owners{};
  node.table.erase(key);
  for (const auto include :
       {sharding::HashRing::Include::OnlyUp, sharding::HashRing::Include::DownToo}) {
    const std::size_t count = ring_.owners(hashOf(key.merchant), owners, include);
    for (std::size_t i = 0; i < count; ++i) nodes_[owners[i]].table.erase(key);
  }
}

ShardCluster::Copies ShardCluster::copiesOf(std::uint64_t merchant) const {
  std::array<sharding::NodeId, kMostCopies> owners{};
  Copies copies{.version = placementVersion()};
  copies.count = static_cast<std::uint16_t>(
      ring_.owners(hashOf(merchant), std::span(owners).first(wantedCopies())));
  for (std::size_t i = 0; i < copies.count; ++i) {
    copies.nodes[i] = static_cast<std::uint16_t>(owners[i]);
  }
  return copies;
}

void ShardCluster::prefetch(const storage::PaymentKey& key, const Copies& copies,
                            Event::Ahead ahead) const {
  const std::uint64_t hash = MemoryShard::hashOf(key);
  for (std::size_t i = 0; i < copies.count; ++i) {
    const MemoryShard& table = nodes_[copies.nodes[i]].table;
    ahead == Event::Ahead::Soon ? table.prefetchIndex(hash) : table.prefetchRow(hash);
  }
}

void ShardCluster::replicate(Node& node, const PaymentRow& row, const Copies& copies) {
  if (++node.writes % 1024 == 0) prune(node);
  if (config_.replicas < 2) return keepHint(row);
  if (config_.consistency == Consistency::Strict) return copyToOthers(node, row, copies);
  const Instant now = runtime_.now();
  node.uncopied.push_back({row, now + config_.replicationLag});
  // Two for one: the queue cannot grow beyond what is still under way.
  for (int i = 0; i < 2 && !node.uncopied.empty() && node.uncopied.front().due <= now; ++i) {
    copyLate(node, node.uncopied.front().row);
    node.uncopied.pop_front();
  }
}

void ShardCluster::copyToOthers(const Node& source, const PaymentRow& row, const Copies& copies) {
  keepHint(row);
  const std::size_t count = std::min<std::size_t>(copies.count, config_.replicas);
  for (std::size_t i = 0; i < count; ++i) {
    Node& copy = nodes_[copies.nodes[i]];
    if (&copy != &source && copy.up) upsert(copy.table, row);
  }
}

void ShardCluster::copyLate(const Node& source, const PaymentRow& row) {
  if (isOpen(row.state) && source.table.find(row.key) == nullptr) return;  // Rolled back.
  copyToOthers(source, row, copiesOf(row.key.merchant));
}

void ShardCluster::upsert(MemoryShard& table, const PaymentRow& row) {
  const auto inserted = table.insert(row);
  if (inserted.outcome != MemoryShard::Write::Duplicate) return;
  // A copy may come late: what is finished stays so.
  const storage::PaymentState now = inserted.row->state;
  if (isOpen(now) && now != row.state) table.update(row.key, now, row.state);
}

void ShardCluster::keepHint(const PaymentRow& row) {
  if (down_ == 0) return;
  std::array<sharding::NodeId, kMostCopies> owners{};
  const std::size_t count =
      ring_.owners(hashOf(row.key.merchant), std::span(owners).first(wantedCopies()),
                   sharding::HashRing::Include::DownToo);
  for (std::size_t i = 0; i < count; ++i) {
    if (!nodes_[owners[i]].up) return hints_.push_back(row);
  }
}

void ShardCluster::drain(Node& node, Instant upTo) {
  while (!node.uncopied.empty() && node.uncopied.front().due <= upTo) {
    copyLate(node, node.uncopied.front().row);
    node.uncopied.pop_front();
  }
}

void ShardCluster::loseUncopied(Node& node) {
  while (!node.uncopied.empty()) {
    const PaymentRow row = node.uncopied.front().row;
    node.uncopied.pop_front();
    node.divergent.push_back(row);
    if (row.state == storage::PaymentState::Succeeded) auditor_.postingLost(row.amount);
  }
}

void ShardCluster::kill(std::uint32_t shard) {
  Node& node = nodes_[shard];
  if (!node.up && !node.returning) return;
  ++node.epoch;
  runtime_.spawn(takeOver(shard, node.epoch), node.actor);
  if (std::exchange(node.returning, false)) return;  // Dead again before it was back.
  node.up = false;
  ++down_;
  for (Node& each : nodes_) drain(each, runtime_.now());
  loseUncopied(node);
  node.pool.dismissAll();
}

Task<> ShardCluster::takeOver(std::uint32_t shard, std::uint32_t epoch) {
  co_await sleepFor(runtime_, config_.failover, {}, EventKind::Fault);
  if (nodes_[shard].epoch == epoch && ring_.isUp(shard)) setOnRing(shard, false);
}

void ShardCluster::restore(std::uint32_t shard) {
  Node& node = nodes_[shard];
  if (node.up || node.returning) return;
  node.returning = true;
  ++node.epoch;
  runtime_.spawn(comeBack(shard, node.epoch), node.actor);
}

Task<> ShardCluster::comeBack(std::uint32_t shard, std::uint32_t epoch) {
  co_await sleepFor(runtime_, config_.failover, {}, EventKind::Fault);
  Node& node = nodes_[shard];
  if (node.epoch != epoch || node.up) co_return;
  catchUp(shard);
  node.returning = false;
  node.up = true;
  --down_;
  if (down_ == 0) hints_.clear();
  if (!ring_.isUp(shard)) setOnRing(shard, true);
}

void ShardCluster::catchUp(std::uint32_t shard) {
  Node& node = nodes_[shard];
  for (Node& each : nodes_) drain(each, kNever);
  for (const PaymentRow& row : node.divergent) node.table.erase(row.key);
  node.divergent.clear();
  for (const PaymentRow& row : hints_) {
    if (isOpen(row.state) && !isHeld(row)) continue;  // Rolled back meanwhile.
    std::array<sharding::NodeId, kMostCopies> owners{};
    const std::size_t count =
        ring_.owners(hashOf(row.key.merchant), std::span(owners).first(wantedCopies()),
                     sharding::HashRing::Include::DownToo);
    const auto end = owners.begin() + static_cast<std::ptrdiff_t>(count);
    if (std::find(owners.begin(), end, shard) != end) upsert(node.table, row);
  }
}

bool ShardCluster::isHeld(const PaymentRow& row) const {
  std::array<sharding::NodeId, kMostCopies> owners{};
  const std::size_t count = ring_.owners(hashOf(row.key.merchant), owners);
  return std::ranges::any_of(std::span(owners).first(count), [&](sharding::NodeId owner) {
    return nodes_[owner].up && nodes_[owner].table.find(row.key) != nullptr;
  });
}

void ShardCluster::setOnRing(std::uint32_t shard, bool up) {
  const sharding::HashRing before = ring_;
  ring_.setUp(shard, up);
  movedShare_ = sharding::coveredShare(sharding::movedArcs(before, ring_));
  ++ringVersion_;
}

void ShardCluster::applyPoolSize() {
  for (Node& node : nodes_) {
    node.pool.resize(std::max(1U, shareOf(config_.pool, node.index)),
                     shareOf(config_.poolQueue, node.index));
  }
}

void ShardCluster::prune(Node& node) {
  const Instant now = runtime_.now();
  if (now.time_since_epoch() <= config_.retention) return;
  const Instant horizon = now - config_.retention;
  node.table.prune(horizon);
  while (!hints_.empty() && hints_.front().created < horizon) hints_.pop_front();
}

std::uint32_t ShardCluster::connectionsInUse() const {
  std::uint32_t used = 0;
  for (const Node& node : nodes_) used += node.pool.pool().inUse();
  return used;
}

std::int64_t ShardCluster::balance(storage::AccountId account) const {
  std::int64_t sum = 0;
  for (const Node& node : nodes_) sum += node.table.balance(account);
  return sum;
}

std::int64_t ShardCluster::balanceSum() const {
  std::int64_t sum = 0;
  for (const Node& node : nodes_) sum += node.table.balanceSum();
  return sum;
}

std::size_t ShardCluster::bytes() const {
  std::size_t bytes = ring_.bytes() + hints_.size() * sizeof(PaymentRow);
  for (const Node& node : nodes_) bytes += node.table.bytes() + node.uncopied.capacity() * 80;
  return bytes;
}

}  // namespace ringside::systems
