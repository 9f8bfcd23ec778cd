// sampleFrame: a frame as the payment gateway would give it, for tests and pictures of views.
//
// Model     Clients, load balancer, five gateways, payment service, L1 and L2 cache, eight shards,
//           three banks and the notification log, with every kind of scene and four charts. The
//           numbers are drawn from the seed, so the same arguments give an equal frame.
// Compare   manyNodes() and bigRing() are for layouts and benchmarks at their limits.
#pragma once

#include <cstdint>

#include "engine/lab/frame.h"

namespace ringside::test {

enum class SampleState {
  Idle,         // Built, at t = 0: no samples, nothing served.
  Running,      // Half way through one virtual second.
  ShardKilled,  // Shard 2 is down since 300 ms, shard 5 is slow, the card breaker is open.
  Failed,       // As Running, ended by an error.
};

// `tick` moves the frame on: another second hand, other numbers, the same shape.
lab::FramePtr sampleFrame(SampleState state, std::uint64_t seed = 7, int tick = 0);

// `nodes` in `columns` layers, each joined to some of the next layer; `dots` in flight in all.
lab::TopologyScene manyNodes(int nodes, int columns, int dots, std::uint64_t seed = 7);

// `members` with `virtualNodes` points each and `keys` sampled keys.
lab::RingScene bigRing(int members, int virtualNodes, int keys, std::uint64_t seed = 7);

}  // namespace ringside::test
