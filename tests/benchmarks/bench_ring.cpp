// Ring look-up: HashRing::owner() beside the ring as it is usually written, a std::map, and a
// binary
// search over a flat array, on the same rings and keys. All three are checked to agree first.
#include <algorithm>
#include <benchmark/benchmark.h>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/base/hash.h"
#include "engine/sharding/hash_ring.h"

namespace {

using ringside::mix64;
using ringside::sharding::HashRing;
using ringside::sharding::NodeId;

HashRing ringOf(std::int64_t nodes) {
  std::vector<HashRing::NodeSpec> specs;
  for (std::int64_t i = 0; i < nodes; ++i) specs.push_back({"shard-" + std::to_string(i)});
  return HashRing::build({}, specs).value();
}

std::map<std::uint64_t, NodeId> mapOf(const HashRing& ring) {
  std::map<std::uint64_t, NodeId> points;
  for (const HashRing::Point& point : ring.points()) points.emplace(point.hash, point.node);
  return points;
}

NodeId ownerIn(const std::map<std::uint64_t, NodeId>& points, std::uint64_t keyHash) {
  const auto found = points.lower_bound(keyHash);
  return found == points.end() ? points.begin()->second : found->second;
}

NodeId ownerIn(std::span<const HashRing::Point> points, std::uint64_t keyHash) {
  const auto found = std::lower_bound(
      points.begin(), points.end(), keyHash,
      [](const HashRing::Point& point, std::uint64_t hash) { return point.hash < hash; });
  return found == points.end() ? points.front().node : found->node;
}

// Runs `owner(keyHash)` on a stream of well-spread keys that costs about a nanosecond a key.
template <class Owner>
void lookUp(benchmark::State& state, Owner owner) {
  std::uint64_t key = 88172645463325252U;
  for (auto _ : state) {
    key ^= key << 13;
    key ^= key >> 7;
    key ^= key << 17;
    benchmark::DoNotOptimize(owner(key));
  }
}

void hashRing(benchmark::State& state) {
  const HashRing ring = ringOf(state.range(0));
  const auto points = mapOf(ring);
  for (std::uint64_t i = 0; i < 100'000; ++i) {
    const NodeId owner = ring.owner(mix64(i));
    if (owner != ownerIn(points, mix64(i)) || owner != ownerIn(ring.points(), mix64(i))) {
      state.SkipWithError("the three rings disagree");
      return;
    }
  }
  lookUp(state, [&](std::uint64_t key) { return ring.owner(key); });
  state.counters["bytes"] = static_cast<double>(ring.bytes());
}

void flatBinarySearch(benchmark::State& state) {
  const HashRing ring = ringOf(state.range(0));
  lookUp(state, [&](std::uint64_t key) { return ownerIn(ring.points(), key); });
}

void orderedMap(benchmark::State& state) {
  const auto points = mapOf(ringOf(state.range(0)));
  lookUp(state, [&](std::uint64_t key) { return ownerIn(points, key); });
}

void preferenceListOfThree(benchmark::State& state) {
  const HashRing ring = ringOf(state.range(0));
  lookUp(state, [&](std::uint64_t key) {
    NodeId out[3];
    return ring.owners(key, out) + out[2];
  });
}

void addAndRemoveANode(benchmark::State& state) {
  HashRing ring = ringOf(state.range(0));
  for (auto _ : state) ring.removeNode(ring.addNode("newcomer").value());
}

}  // namespace

BENCHMARK(hashRing)->Arg(10)->Arg(100)->Arg(1000);
BENCHMARK(flatBinarySearch)->Arg(10)->Arg(100)->Arg(1000);
BENCHMARK(orderedMap)->Arg(10)->Arg(100)->Arg(1000);
BENCHMARK(preferenceListOfThree)->Arg(10)->Arg(1000);
BENCHMARK(addAndRemoveANode)->Arg(10)->Arg(1000)->Unit(benchmark::kMicrosecond);
