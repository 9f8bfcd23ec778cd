#include "tests/support/sample_frame.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "tests/support/sample_parts.h"

namespace ringside::test {
namespace {

using namespace std::chrono_literals;

void addNode(lab::TopologyScene& scene, lab::TopologyNode node) {
  scene.nodes.push_back(std::move(node));
}

struct Traffic {
  double perSec = 0;
  double error = 0;
};

void join(lab::TopologyScene& scene, int from, int to, Traffic traffic, Duration stay) {
  scene.edges.push_back({.from = from,
                         .to = to,
                         .ratePerSec = traffic.perSec,
                         .errorRatio = traffic.error,
                         .inFlight = traffic.perSec * toSeconds(stay)});
}

// Indices of the sample's nodes.
constexpr int kClients = 0, kBalancer = 1, kGateway = 2, kService = 7, kL1 = 8, kL2 = 9;
constexpr int kShard = 10, kBank = 18, kLog = 21;

void addFront(lab::TopologyScene& scene, Dice& dice, double load) {
  addNode(scene, {.id = "clients", .label = "Clients", .kind = "client", .ratePerSec = load * 1e6});
  addNode(scene, {.id = "balancer",
                  .label = "Load balancer",
                  .kind = "balancer",
                  .column = 1,
                  .ratePerSec = load * 1e6,
                  .latencyNanos = load * dice.near(42e3),
                  .depth = load * dice.near(41),
                  .depthLimit = 1000,
                  .depthName = "queue"});
  for (int i = 0; i < 5; ++i) {
    addNode(scene, {.id = "gateway-" + std::to_string(i + 1),
                    .label = "Gateway " + std::to_string(i + 1),
                    .kind = "gateway",
                    .column = 2,
                    .row = i,
                    .ratePerSec = load * dice.near(200e3),
                    .latencyNanos = load * dice.near(1.2e6),
                    .utilisation = load * dice.near(0.61),
                    .depth = load * dice.near(230),
                    .depthLimit = 512,
                    .depthName = "in flight"});
  }
  addNode(scene, {.id = "payment-service",
                  .label = "Payment service",
                  .kind = "service",
                  .column = 3,
                  .ratePerSec = load * 940e3,
                  .latencyNanos = load * dice.near(74e6),
                  .utilisation = load * 0.7,
                  .depth = load * dice.near(69'560),
                  .depthLimit = 100'000,
                  .depthName = "in flight"});
}

void addStores(lab::TopologyScene& scene, Dice& dice, double load, bool killed) {
  addNode(scene, {.id = "l1",
                  .label = "L1 cache",
                  .kind = "cache",
                  .column = 4,
                  .ratePerSec = load * 940e3,
                  .latencyNanos = load * 900});
  addNode(scene, {.id = "l2",
                  .label = "L2 cache",
                  .kind = "cache",
                  .column = 4,
                  .row = 1,
                  .ratePerSec = load * dice.near(320e3),
                  .latencyNanos = load * dice.near(480e3),
                  .depth = load * dice.near(150),
                  .depthLimit = 1024,
                  .depthName = "connections"});
  for (int i = 0; i < 8; ++i) {
    lab::TopologyNode shard{.id = "shard-" + std::to_string(i),
                            .label = "Shard " + std::to_string(i),
                            .kind = "shard",
                            .column = 5,
                            .row = i,
                            .ratePerSec = load * dice.near(16e3),
                            .latencyNanos = load * dice.near(4.8e6),
                            .utilisation = load * dice.near(0.5),
                            .depth = load * dice.near(34),
                            .depthLimit = 100,
                            .depthName = "connections"};
    if (killed && i == 2) {
      shard.health = lab::Health::Down, shard.note = "down";
      shard.ratePerSec = shard.latencyNanos = shard.utilisation = 0, shard.depth = 7;
    } else if (killed && i == 5) {
      shard.health = lab::Health::Degraded, shard.note = "slow x4";
      shard.latencyNanos *= 4, shard.depth = 96;
    } else if (killed && i == 3) {
      shard.health = lab::Health::Busy, shard.note = "busy", shard.depth = 88;
    }
    addNode(scene, shard);
  }
}

void addBanks(lab::TopologyScene& scene, Dice& dice, double load, bool killed) {
  const char* const names[] = {"Bank card", "Bank UPI", "Bank wallet"};
  for (int i = 0; i < 3; ++i) {
    lab::TopologyNode bank{.id = "bank-" + std::to_string(i),
                           .label = names[i],
                           .kind = "bank",
                           .column = 6,
                           .row = i,
                           .ratePerSec = load * dice.near(310e3),
                           .latencyNanos = load * dice.near(50e6),
                           .depth = load * dice.near(15'500),
                           .depthLimit = 20'000,
                           .depthName = "in flight"};
    if (killed && i == 0) bank.health = lab::Health::Degraded, bank.note = "open";
    addNode(scene, bank);
  }
  addNode(scene, {.id = "notifications",
                  .label = "Notification log",
                  .kind = "log",
                  .column = 6,
                  .row = 3,
                  .ratePerSec = load * dice.near(935e3),
                  .latencyNanos = load * dice.near(2.1e6),
                  .depth = load * dice.near(2'100),
                  .depthLimit = 8192,
                  .depthName = "buffered"});
}

lab::TopologyScene topology(Dice& dice, double load, bool killed) {
  lab::TopologyScene scene;
  addFront(scene, dice, load);
  addStores(scene, dice, load, killed);
  addBanks(scene, dice, load, killed);
  join(scene, kClients, kBalancer, {load * 1e6, 0}, 42us);
  for (int i = 0; i < 5; ++i) {
    join(scene, kBalancer, kGateway + i, {load * 200e3, 0}, 100us);
    join(scene, kGateway + i, kService, {load * 188e3, killed ? 0.03 : 0}, 1ms);
  }
  join(scene, kService, kL1, {load * 940e3, 0}, 1us);
  join(scene, kL1, kL2, {load * 320e3, 0}, 480us);
  for (int i = 0; i < 8; ++i) {
    const bool down = killed && i == 2;
    join(scene, kL2, kShard + i, {load * 16e3, down ? 1.0 : 0.0}, 5ms);
  }
  for (int i = 0; i < 3; ++i) {
    join(scene, kService, kBank + i, {load * 310e3, killed && i == 0 ? 0.4 : 0.001}, 50ms);
  }
  join(scene, kService, kLog, {load * 935e3, 0}, 2ms);
  return scene;
}

void addProgress(lab::Frame& frame, SampleState state, int tick) {
  const bool idle = state == SampleState::Idle;
  frame.end = Instant{1s};
  frame.seed = 7, frame.labId = "payment-gateway", frame.preset = "common";
  frame.state = idle                           ? lab::RunState::Idle
                : state == SampleState::Failed ? lab::RunState::Failed
                                               : lab::RunState::Running;
  if (state == SampleState::Failed) {
    frame.note = "shard 2 answered for a generation that was never started (lab/world.cpp)";
  }
  frame.next = lab::NextEvent{.at = Instant{}, .actor = "clients", .kind = "arrival", .number = 1};
  if (idle) return;
  frame.now = Instant{520ms + tick * 160us};
  frame.events = 4'812'331 + static_cast<std::uint64_t>(tick) * 1600;
  frame.fingerprint = 0x8c2f'91ab'03de'77c4 ^ static_cast<std::uint64_t>(tick);
  frame.next = {
      .at = frame.now + 310ns, .actor = "bank card", .kind = "sleep", .number = frame.events + 1};
  frame.eventsPerWallSecond = 4.3e6, frame.virtualPerWallSecond = 0.01;
  frame.pending = 71'204, frame.samplesKept = 812'004, frame.samplesDropped = 3'120;
}

}  // namespace

lab::FramePtr sampleFrame(SampleState state, std::uint64_t seed, int tick) {
  auto frame = std::make_shared<lab::Frame>();
  Dice dice(seed + static_cast<std::uint64_t>(tick) * 1000);
  const bool idle = state == SampleState::Idle;
  const bool killed = state == SampleState::ShardKilled;
  addProgress(*frame, state, tick);
  frame->topology = topology(dice, idle ? 0 : 1, killed);
  frame->scenes = sampleScenes(
      dice, {.load = idle ? 0.0 : 1.0, .killed = killed, .seed = seed, .now = frame->now});
  frame->charts = sampleCharts(seed, frame->now, killed);
  if (killed) {
    frame->faults = {{.id = 1,
                      .name = "kill_shard",
                      .text = "Kill shard 2",
                      .from = Instant{300ms},
                      .to = Instant{600ms}},
                     {.id = 2,
                      .name = "slow_bank",
                      .text = "Slow bank card x2",
                      .from = Instant{100ms},
                      .to = Instant{180ms}}};
  }
  addLists(*frame, killed);
  return frame;
}

lab::TopologyScene manyNodes(int nodes, int columns, int dots, std::uint64_t seed) {
  Dice dice(seed);
  lab::TopologyScene scene;
  for (int i = 0; i < nodes; ++i) {
    const int column = i * columns / nodes;
    addNode(scene, {.id = "node-" + std::to_string(i),
                    .label = "Node " + std::to_string(i),
                    .kind = i % 3 == 0 ? "service" : "shard",
                    .column = column,
                    .row = i,
                    .health = dice.below(12) == 0 ? lab::Health::Degraded : lab::Health::Ok,
                    .ratePerSec = dice.near(12e3),
                    .latencyNanos = dice.near(3e6),
                    .depth = dice.near(40),
                    .depthLimit = 100,
                    .depthName = "queue"});
  }
  for (int i = 0; i < nodes; ++i) {
    const int next = scene.nodes[static_cast<std::size_t>(i)].column + 1;
    std::vector<int> reach;
    for (int j = i + 1; j < nodes; ++j) {
      if (scene.nodes[static_cast<std::size_t>(j)].column == next) reach.push_back(j);
    }
    for (int k = 0; k < 2 && !reach.empty(); ++k) {
      join(scene, i, reach[static_cast<std::size_t>(dice.below(static_cast<int>(reach.size())))],
           {dice.near(6e3), k == 0 ? 0.0 : 0.1}, 3ms);
    }
  }
  for (lab::TopologyEdge& edge : scene.edges) {
    edge.inFlight = std::ceil(static_cast<double>(dots) / static_cast<double>(scene.edges.size()));
  }
  return scene;
}

}  // namespace ringside::test
