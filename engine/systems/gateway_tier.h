// GatewayTier: load balancers in front of API gateways, each a single queue with a fixed capacity.
//
// Model     A balancer picks one of the gateways that it believes to be up; the gateway
//           works requests off in order, one every 1 / capacity seconds, behind a bounded queue. A
//           gateway that dies takes its queue with it, and goes on being picked until the health
//           check has noticed.
// Threads   None. One owner.
// Cost      One event a request.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/base/rng.h"
#include "engine/gateway/load_balancer.h"
#include "engine/gateway/station.h"
#include "engine/runtime/sleep.h"
#include "engine/systems/gateway_config.h"

namespace ringside::systems {

class GatewayTier {
 public:
  enum class Fate : std::uint8_t { Passed, Overloaded, Dead };

  struct Passage {
    Fate fate = Fate::Passed;
    std::uint32_t gateway = 0;
    Duration wait{};     // In the queue.
    Duration service{};  // Being worked on.
  };

  GatewayTier(Runtime& runtime, const GatewayConfig& config);

  // What happens to a request that arrives now: where it goes, and when it is through.
  struct Offer {
    Passage passage;
    Instant finish{};
    std::uint32_t epoch = 0;
  };
  [[nodiscard]] Offer offer();
  // To be called at offer.finish: Dead if the gateway died meanwhile.
  [[nodiscard]] Fate arrive(const Offer& offer);

  void kill(std::uint32_t gateway);     // Noticed after the health check's delay.
  void restore(std::uint32_t gateway);  // Likewise.

  struct Node {
    gateway::Station station;
    bool up = true;
    std::uint32_t epoch = 0;  // Counts deaths.
    std::uint64_t offered = 0;
    std::uint64_t refused = 0;
    std::uint64_t lost = 0;
    ActorId actor;
  };
  [[nodiscard]] std::size_t size() const { return nodes_.size(); }
  [[nodiscard]] const Node& node(std::size_t i) const { return nodes_[i]; }
  [[nodiscard]] std::size_t backlog(std::size_t i) {
    return nodes_[i].station.jobs(runtime_.now());
  }
  [[nodiscard]] std::size_t totalBacklog();
  [[nodiscard]] std::size_t upCount() const;

 private:
  Task<> notice(std::uint32_t gateway, std::uint32_t epoch, bool up);

  Runtime& runtime_;
  const GatewayConfig& config_;
  std::vector<Node> nodes_;
  gateway::EndpointSet believed_;
  gateway::RoundRobin turns_;
  Rng picks_;
};

}  // namespace ringside::systems
