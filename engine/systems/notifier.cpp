#include "engine/systems/notifier.h"

#include "engine/base/hash.h"

namespace ringside::systems {
namespace {

constexpr std::size_t kRetained = 16'384;  // Records a partition keeps for its readers.

}  // namespace

Notifier::Notifier(Runtime& runtime, const GatewayConfig& config, ShardCluster& shards)
    : runtime_(runtime),
      config_(config),
      shards_(shards),
      actor_(runtime.actor("notification log")),
      log_({.partitions = config.notifyPartitions, .retention = kRetained}),
      producer_({.batchSize = 1000,
                 .linger = config.notifyLinger,
                 .bufferCapacity = config.notifyBuffer,
                 .maxInFlight = config.notifyPartitions},
                log_),
      capacity_(config.notifyBuffer),
      consumed_(config.notifyPartitions, 0) {}

void Notifier::start() { runtime_.spawn(pump(), actor_); }

bool Notifier::publish(std::uint64_t merchant, std::uint64_t payment) {
  const auto accepted = producer_.append(runtime_.now(), mix64(merchant), payment);
  if (accepted != Producer::Accepted::Refused) return true;
  ++refused_;
  return false;
}

void Notifier::writeWithCommit(ShardCluster::Node& node, std::uint64_t payment) {
  node.outbox.write(++node.outboxSequence, payment);
}

std::size_t Notifier::inOutboxes() const {
  std::size_t events = 0;
  for (std::size_t i = 0; i < shards_.size(); ++i) events += shards_.node(i).outbox.size();
  return events;
}

void Notifier::setLogDown(bool down) {
  for (std::uint32_t i = 0; i < log_.partitionCount(); ++i) log_.setUp(i, !down);
}

Task<> Notifier::pump() {
  for (;;) {
    co_await sleepFor(runtime_, std::max(config_.notifyLinger, Duration(1000)), {},
                      EventKind::Transfer);
    relay();
    producer_.flushDue(runtime_.now(), Producer::Flush::Everything);
    acknowledge();
    read();
  }
}

void Notifier::relay() {
  for (std::size_t i = 0; i < shards_.size(); ++i) {
    ShardCluster::Node& node = shards_.node(i);
    if (!node.up) continue;  // Its outbox is part of it, and waits for it.
    // What the buffer has no room for stays in the outbox for the next time.
    while (producer_.buffered() < capacity_) {
      const auto* entry = node.outbox.next();
      if (entry == nullptr) break;
      node.relayed = entry->id;
      publish(entry->record, entry->record);
    }
  }
}

// Deletes what has arrived: until then the outbox could send it again.
void Notifier::acknowledge() {
  if (producer_.buffered() > 0) return;
  for (std::size_t i = 0; i < shards_.size(); ++i) {
    ShardCluster::Node& node = shards_.node(i);
    if (node.relayed > 0) node.outbox.ack(std::exchange(node.relayed, 0));
  }
}

void Notifier::read() {
  for (std::uint32_t i = 0; i < log_.partitionCount(); ++i) {
    consumedTotal_ += log_.highWater(i) - consumed_[i];
    consumed_[i] = log_.highWater(i);
  }
}

}  // namespace ringside::systems
