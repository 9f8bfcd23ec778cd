// GatewayConfig: every figure of the payment gateway, in plain values that may change mid-run.
//
// Model     The lab writes its knobs here; the parts read their figures when they need them, so a
//           change takes effect at once. What is sized at the start (counts of nodes, capacities of
//           tables) is read once and said so.
#pragma once

#include <array>
#include <cstdint>

#include "engine/base/delay.h"
#include "engine/base/time.h"
#include "engine/systems/payment.h"

namespace ringside::systems {

enum class TransactionScope { AcrossBank, Split };
enum class Idempotency { CacheById, KeyedRow };
enum class Consistency { Strict, Eventual };
enum class Balancing { RoundRobin, LeastRequest };
enum class UnknownPolicy { Enquire, Fail };

struct GatewayConfig {
  // Gateways.
  std::uint32_t gateways = 5;        // At the start.
  double gatewayCapacity = 220'000;  // Requests per second, each.
  std::uint32_t gatewayQueue = 50'000;
  Balancing balancing = Balancing::RoundRobin;
  Duration healthCheck = std::chrono::milliseconds(10);  // Until a dead gateway is noticed.

  // Limiter, per merchant.
  std::int64_t limitRate = 50'000;
  std::int64_t limitBurst = 5'000;

  // Breaker, per method.
  bool breakerReports = true;  // False: outcomes are never reported, so it cannot trip.
  std::uint32_t breakerFailures = 100;
  Duration breakerOpenFor = std::chrono::milliseconds(200);
  std::uint32_t breakerProbes = 10;

  // The steps of the payment service.
  std::array<Duration, kSteps> steps{std::chrono::milliseconds(1),  std::chrono::milliseconds(1),
                                     std::chrono::milliseconds(1),  std::chrono::milliseconds(5),
                                     std::chrono::milliseconds(20), std::chrono::milliseconds(50),
                                     std::chrono::milliseconds(10), std::chrono::milliseconds(5),
                                     std::chrono::milliseconds(2),  std::chrono::milliseconds(1)};
  DelayShape shape = DelayShape::Fixed;
  double stepScale = 1;
  TransactionScope scope = TransactionScope::Split;
  Idempotency idempotency = Idempotency::KeyedRow;

  // Caches.
  std::size_t l1Capacity = 2'000;  // Merchant profiles, per gateway; at the start.
  Duration l1Ttl = std::chrono::milliseconds(500);
  std::size_t l2Capacity = 2'000'000;  // At the start.
  Duration l2Ttl = std::chrono::hours(1);
  bool singleFlight = true;
  Duration profileLoad = std::chrono::milliseconds(20);  // From a shard.

  // Shards.
  std::uint32_t shards = 8;
  std::uint32_t virtualNodes = 100;
  std::uint32_t replicas = 2;  // Copies of a row, the primary's included.
  Consistency consistency = Consistency::Strict;
  Duration replicationLag = std::chrono::milliseconds(5);
  Duration failover = std::chrono::milliseconds(50);
  Duration retention = std::chrono::seconds(5);  // Of rows.
  std::uint32_t pool = 60'000;                   // Connections over all shards.
  std::uint32_t poolQueue = 20'000;              // Waiters over all shards.
  Duration poolTimeout = std::chrono::seconds(1);
  double commitFailure = 0;  // Part of the commits after the bank that fail.
  double crashAfterCommit =
      0;  // Part of the payments whose process dies between commit and notify.

  // Banks.
  Duration bankTimeout = std::chrono::seconds(2);  // 0: none.
  double bankError = 0;                            // Part declined.
  double bankReplyLost = 0;                        // Part charged whose answer is lost.
  double bankAvailability = 1;  // Part of the calls that reach a bank that is up.
  UnknownPolicy unknownPolicy = UnknownPolicy::Enquire;
  std::uint32_t retryAttempts = 3;
  Duration retryBase = std::chrono::milliseconds(10);
  double retryBudget = 0.2;  // Retries per first attempt.
  std::uint32_t enquiries = 5;

  // Notification.
  bool outbox = true;
  Duration notifyLinger = std::chrono::milliseconds(5);
  std::uint32_t notifyPartitions = 12;  // At the start.
  // Events that the producer holds for the log. The default is enough for the default rate through
  // one failed leader's election.
  std::uint32_t notifyBuffer = 1'000'000;

  double packetLoss = 0;  // On the way to a bank; set by a fault.
};

inline Delay stepDelay(const GatewayConfig& config, Step step) {
  const Duration mean = config.steps[static_cast<std::size_t>(step)];
  return Delay(fromSeconds(toSeconds(mean) * config.stepScale), config.shape);
}

}  // namespace ringside::systems
