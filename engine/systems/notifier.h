// Notifier: tells the world of finished payments through a partitioned log.
//
// Model     With the outbox an event is written in the payment's own commit, and a relay hands it
//           to the producer; without it the service hands it over itself after the commit, and a
//           crash in between loses it. The producer sends batches; a consumer reads them.
// Promise   While the log is down, events wait in the producer's buffer. When that is full, those
//           in an outbox stay there, and those handed over directly are refused and gone.
// Threads   None. One owner.
// Cost      One event a linger period, whatever the traffic.
#pragma once

#include <cstdint>

#include "engine/runtime/sleep.h"
#include "engine/storage/batching_producer.h"
#include "engine/storage/partitioned_log.h"
#include "engine/systems/gateway_config.h"
#include "engine/systems/shard_cluster.h"

namespace ringside::systems {

class Notifier {
 public:
  using Log = storage::PartitionedLog<std::uint64_t>;
  using Producer = storage::BatchingProducer<std::uint64_t>;

  Notifier(Runtime& runtime, const GatewayConfig& config, ShardCluster& shards);

  // Starts the process that relays, sends and reads.
  void start();

  // Hands an event over directly. False if the producer's buffer is full.
  bool publish(std::uint64_t merchant, std::uint64_t payment);
  // Writes an event in the commit under way at `node`.
  void writeWithCommit(ShardCluster::Node& node, std::uint64_t payment);

  void setLogDown(bool down);
  [[nodiscard]] bool logDown() const { return !log_.isUp(0); }
  // Written with a commit, and not yet known to have arrived.
  [[nodiscard]] std::size_t inOutboxes() const;
  [[nodiscard]] const Log& log() const { return log_; }
  [[nodiscard]] const Producer& producer() const { return producer_; }
  [[nodiscard]] std::uint64_t consumed(std::uint32_t partition) const {
    return consumed_[partition];
  }
  [[nodiscard]] std::uint64_t consumedTotal() const { return consumedTotal_; }
  [[nodiscard]] std::uint64_t refused() const { return refused_; }

 private:
  Task<> pump();
  void relay();
  void acknowledge();
  void read();

  Runtime& runtime_;
  const GatewayConfig& config_;
  ShardCluster& shards_;
  ActorId actor_;
  Log log_;
  Producer producer_;
  std::size_t capacity_;                 // Of the producer, as built.
  std::vector<std::uint64_t> consumed_;  // Next offset to read, by partition.
  std::uint64_t consumedTotal_ = 0;
  std::uint64_t refused_ = 0;
};

}  // namespace ringside::systems
