// ShardCluster: payment rows on database nodes, placed by a hash ring and copied to the next nodes.
//
// Model     A row belongs to the node that owns its merchant on the ring, and is copied to the next
//           distinct nodes round the ring. When a node dies it is taken off the ring after the
//           failover delay, and the next node, which has copies of its rows, serves them. When it
//           comes back it first catches up with what was written meanwhile.
// Promise   Strict: a write is acknowledged when every copy has it, and a node that is none of a
//           row's own does not serve it: so nothing is lost, and what cannot be served is refused.
//           Eventual: whoever is next serves; copies follow after the replication lag, and what
//           had not been copied when a node died is lost, and counted.
// Time      Statements take effect at once; the time they cost is the caller's (see
//           payment_service).
// Threads   None. One owner.
// Source    DeCandia et al., Dynamo (SOSP 2007): preference lists, hinted hand-off.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/ring_buffer.h"
#include "engine/runtime/sleep.h"
#include "engine/sharding/hash_ring.h"
#include "engine/storage/memory_shard.h"
#include "engine/storage/outbox.h"
#include "engine/systems/auditor.h"
#include "engine/systems/gateway_config.h"
#include "engine/systems/leased_pool.h"

namespace ringside::systems {

class ShardCluster {
 public:
  struct Node {
    Node(Runtime& runtime, std::uint32_t number, std::uint32_t connections, std::uint32_t waiters)
        : index(number),
          pool(runtime, connections, waiters),
          table({.changeLog = storage::MemoryShard::ChangeLog::Discard}),
          actor(runtime.actor("shard " + std::to_string(number))) {}

    std::uint32_t index;
    LeasedPool pool;
    storage::MemoryShard table;
    storage::Outbox<std::uint64_t> outbox;  // Payment numbers to be told of.
    std::uint64_t outboxSequence = 0;
    std::uint64_t relayed = 0;  // Last entry handed to the producer and not yet deleted.
    ActorId actor;
    bool up = true;
    bool returning = false;  // Restored, and catching up.
    double slowdown = 1;
    std::uint32_t epoch = 0;  // Counts deaths: a transaction from before one is void.
    std::uint64_t writes = 0;
    std::uint64_t statements = 0;
    std::uint64_t failures = 0;
    struct Copy {
      storage::PaymentRow row;
      Instant due;
    };
    RingBuffer<Copy> uncopied;                   // Eventual: not yet at the other nodes.
    std::vector<storage::PaymentRow> divergent;  // Written here, lost to the others at its death.
  };

  ShardCluster(Runtime& runtime, const GatewayConfig& config, Auditor& auditor);
  ShardCluster(const ShardCluster&) = delete;
  ShardCluster& operator=(const ShardCluster&) = delete;

  // The nodes that have a copy of the merchant's rows now.
  static constexpr std::size_t kMostCopies = 3;
  struct Copies {
    std::array<std::uint16_t, kMostCopies> nodes{};  // The one that serves it first.
    std::uint16_t count = 0;
    std::uint64_t version = 0;  // Of the placement that they were looked up in.
  };
  [[nodiscard]] Copies copiesOf(std::uint64_t merchant) const;
  // Looks again if the placement has changed since.
  void refresh(Copies& copies, std::uint64_t merchant) const {
    if (copies.version != placementVersion() || down_ != 0) copies = copiesOf(merchant);
  }

  // The node that serves the merchant now; null if there is none. It may be dead and not yet
  // replaced.
  [[nodiscard]] Node* home(std::uint64_t merchant) { return home(copiesOf(merchant), merchant); }
  // Likewise, by its copies as of now.
  [[nodiscard]] Node* home(const Copies& copies, std::uint64_t merchant);
  // Whether `node` is up since `epoch` and still serves the merchant.
  [[nodiscard]] bool serves(const Node& node, std::uint32_t epoch, std::uint64_t merchant) const;
  [[nodiscard]] static std::uint64_t hashOf(std::uint64_t merchant);

  // At `node`, which serves the row's merchant. Copies are made as the consistency says, at once to
  // `copies`, which are those of now.
  storage::MemoryShard::Written insert(Node& node, storage::PaymentRow row) {
    return insert(node, row, copiesOf(row.key.merchant));
  }
  storage::MemoryShard::Written insert(Node& node, storage::PaymentRow row, const Copies& copies);
  storage::MemoryShard::Written update(Node& node, const storage::PaymentKey& key,
                                       storage::PaymentState expected, storage::PaymentState next,
                                       std::optional<storage::Posting> posting = std::nullopt) {
    return update(node, key, expected, next, posting, copiesOf(key.merchant));
  }
  storage::MemoryShard::Written update(Node& node, const storage::PaymentKey& key,
                                       storage::PaymentState expected, storage::PaymentState next,
                                       std::optional<storage::Posting> posting,
                                       const Copies& copies);
  void erase(Node& node, const storage::PaymentKey& key);

  // Asks for what insert() and update() of the row will touch at those nodes.
  void prefetch(const storage::PaymentKey& key, const Copies& copies, Event::Ahead ahead) const;

  void kill(std::uint32_t shard);
  void restore(std::uint32_t shard);
  void applyPoolSize();  // After config.pool or config.poolQueue changed.

  [[nodiscard]] const sharding::HashRing& ring() const { return ring_; }
  [[nodiscard]] std::uint64_t ringVersion() const { return ringVersion_; }
  [[nodiscard]] double movedShare() const { return movedShare_; }  // By the last change.
  [[nodiscard]] std::size_t size() const { return nodes_.size(); }
  [[nodiscard]] Node& node(std::size_t i) { return nodes_[i]; }
  [[nodiscard]] const Node& node(std::size_t i) const { return nodes_[i]; }
  [[nodiscard]] std::uint32_t connectionsInUse() const;
  [[nodiscard]] std::int64_t balance(storage::AccountId account) const;
  [[nodiscard]] std::int64_t balanceSum() const;
  [[nodiscard]] std::size_t bytes() const;

 private:
  // Changes whenever copiesOf() may.
  [[nodiscard]] std::uint64_t placementVersion() const {
    return ringVersion_ * (kMostCopies + 1) + wantedCopies();
  }
  [[nodiscard]] std::size_t wantedCopies() const {
    return std::clamp<std::size_t>(config_.replicas, 1, kMostCopies);
  }
  Task<> takeOver(std::uint32_t shard, std::uint32_t epoch);
  Task<> comeBack(std::uint32_t shard, std::uint32_t epoch);
  void setOnRing(std::uint32_t shard, bool up);
  void replicate(Node& node, const storage::PaymentRow& row, const Copies& copies);
  void copyToOthers(const Node& source, const storage::PaymentRow& row, const Copies& copies);
  void copyLate(const Node& source, const storage::PaymentRow& row);
  void keepHint(const storage::PaymentRow& row);
  [[nodiscard]] bool isOwn(const Node& node, std::uint64_t merchant) const;
  [[nodiscard]] bool isHeld(const storage::PaymentRow& row) const;
  [[nodiscard]] std::uint32_t shareOf(std::uint32_t whole, std::uint32_t shard) const;
  void drain(Node& node, Instant upTo);
  void loseUncopied(Node& node);
  void catchUp(std::uint32_t shard);
  void prune(Node& node);
  static void upsert(storage::MemoryShard& table, const storage::PaymentRow& row);

  Runtime& runtime_;
  const GatewayConfig& config_;
  Auditor& auditor_;
  sharding::HashRing ring_;
  std::deque<Node> nodes_;                 // Leases and awaiters point into them.
  std::deque<storage::PaymentRow> hints_;  // Written while a node that should have them is down.
  std::uint32_t down_ = 0;
  std::uint64_t ringVersion_ = 1;
  double movedShare_ = 0;
};

}  // namespace ringside::systems
