#include "engine/systems/gateway_tier.h"

#include <algorithm>

namespace ringside::systems {

GatewayTier::GatewayTier(Runtime& runtime, const GatewayConfig& config)
    : runtime_(runtime),
      config_(config),
      believed_(config.gateways),
      picks_(runtime.random("balancer")) {
  nodes_.reserve(config.gateways);
  for (std::uint32_t i = 0; i < config.gateways; ++i) {
    nodes_.push_back({.station = gateway::Station({.limit = config.gatewayQueue}),
                      .actor = runtime.actor("gateway " + std::to_string(i + 1))});
  }
}

GatewayTier::Offer GatewayTier::offer() {
  const std::uint64_t draw = picks_.next();
  const auto picked = config_.balancing == Balancing::RoundRobin
                          ? turns_.pick(believed_)
                          : gateway::LeastRequest::pick(believed_, draw);
  Offer offer;
  if (!picked) {
    offer.passage.fate = Fate::Dead;
    return offer;
  }
  Node& node = nodes_[*picked];
  offer.passage.gateway = *picked;
  offer.epoch = node.epoch;
  ++node.offered;
  if (!node.up) {
    ++node.lost;
    offer.passage.fate = Fate::Dead;
    return offer;
  }
  const Instant now = runtime_.now();
  const Duration service = fromSeconds(1 / config_.gatewayCapacity);
  node.station.setLimit(config_.gatewayQueue);
  const std::optional<Instant> finish = node.station.offer(now, service);
  if (!finish) {
    ++node.refused;
    offer.passage.fate = Fate::Overloaded;
    return offer;
  }
  believed_.begin(*picked);
  offer.finish = *finish;
  offer.passage.service = service;
  offer.passage.wait = *finish - now - service;
  return offer;
}

GatewayTier::Fate GatewayTier::arrive(const Offer& offer) {
  Node& node = nodes_[offer.passage.gateway];
  believed_.end(offer.passage.gateway);
  if (node.epoch == offer.epoch) return Fate::Passed;
  ++node.lost;
  return Fate::Dead;
}

void GatewayTier::kill(std::uint32_t gateway) {
  Node& node = nodes_[gateway];
  if (!node.up) return;
  node.up = false;
  ++node.epoch;
  runtime_.spawn(notice(gateway, node.epoch, false), node.actor);
}

void GatewayTier::restore(std::uint32_t gateway) {
  Node& node = nodes_[gateway];
  if (node.up) return;
  node.up = true;
  ++node.epoch;
  node.station = gateway::Station({.limit = config_.gatewayQueue}, runtime_.now());
  runtime_.spawn(notice(gateway, node.epoch, true), node.actor);
}

Task<> GatewayTier::notice(std::uint32_t gateway, std::uint32_t epoch, bool up) {
  co_await sleepFor(runtime_, config_.healthCheck, {}, EventKind::Fault);
  if (nodes_[gateway].epoch != epoch) co_return;  // It changed again meanwhile.
  if (up) {
    believed_.markUp(gateway);
  } else {
    believed_.markDown(gateway);
  }
}

std::size_t GatewayTier::totalBacklog() {
  std::size_t total = 0;
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    if (nodes_[i].up) total += backlog(i);
  }
  return total;
}

std::size_t GatewayTier::upCount() const {
  return static_cast<std::size_t>(std::ranges::count_if(nodes_, &Node::up));
}

}  // namespace ringside::systems
