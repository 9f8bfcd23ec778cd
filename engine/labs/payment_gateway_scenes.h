// Payment gateway scenes: what the lab shows of its insides.
//
// Model     Topology, ring, breakers, caches, log and ledger, each made from the system on demand.
#pragma once

#include <array>
#include <functional>
#include <optional>

#include "engine/lab/world.h"
#include "engine/labs/payment_gateway_knobs.h"
#include "engine/systems/payment_gateway.h"

namespace ringside::labs {

// The last change of each method's breaker.
using BreakerHistory =
    std::array<std::optional<gateway::CircuitBreaker::Transition>, systems::kMethods>;

// Declares the scenes on the world. REQUIRES: what is passed lives as long as the world.
void declareScenes(lab::World& world, systems::PaymentGateway& system,
                   const PaymentGatewayKnobs& knobs, const BreakerHistory& breakers);

void noteBreaker(lab::World& world, systems::Method method,
                 const gateway::CircuitBreaker::Transition& transition);

[[nodiscard]] metrics::RequestTrace toRequestTrace(const systems::PaymentInFlight& payment,
                                                   systems::Outcome outcome, Instant end);
[[nodiscard]] lab::Trace tellTrace(const metrics::RequestTrace& trace);

// payment_gateway_topology.cpp
[[nodiscard]] std::function<lab::TopologyScene()> topologyMaker(lab::World& world,
                                                                systems::PaymentGateway& system,
                                                                const PaymentGatewayKnobs& knobs);

}  // namespace ringside::labs
