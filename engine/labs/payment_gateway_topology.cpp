// The payment gateway as components with queues, and the traffic between them.
#include <map>

#include "engine/labs/payment_gateway_scenes.h"

namespace ringside::labs {
namespace {

using lab::Health;
using lab::TopologyEdge;
using lab::TopologyNode;
using lab::TopologyScene;
using systems::Method;

// A rate a person can read: a counter's growth since the last picture that was a while ago.
class Rates {
 public:
  explicit Rates(lab::World& world) : world_(&world) {}

  double of(const std::string& id, std::uint64_t total) {
    Entry& entry = entries_[id];
    const Duration passed = world_->now() - entry.at;
    if (passed >= kWindow) {
      entry.rate = static_cast<double>(total - entry.total) / toSeconds(passed);
      entry.at = world_->now();
      entry.total = total;
    }
    return entry.rate;
  }

 private:
  static constexpr Duration kWindow = std::chrono::milliseconds(5);
  struct Entry {
    Instant at{};
    std::uint64_t total = 0;
    double rate = 0;
  };
  lab::World* world_;
  std::map<std::string, Entry> entries_;
};

// Builds one picture; nodes are named as they are added.
class Builder {
 public:
  Builder(lab::World& world, systems::PaymentGateway& system, const PaymentGatewayKnobs& knobs,
          Rates& rates)
      : world_(world), system_(system), knobs_(knobs), rates_(rates) {}

  TopologyScene build() {
    addEntry();
    addGateways();
    addService();
    addCaches();
    addShards();
    addBanks();
    addLog();
    return std::move(scene_);
  }

 private:
  int add(TopologyNode node) {
    scene_.nodes.push_back(std::move(node));
    return static_cast<int>(scene_.nodes.size()) - 1;
  }

  void connect(int from, int to, double inFlight, double errorRatio = 0) {
    const double rate = scene_.nodes[static_cast<std::size_t>(to)].ratePerSec;
    scene_.edges.push_back({from, to, rate, errorRatio, inFlight});
  }

  static Health healthOf(double used, double limit) {
    if (limit <= 0) return Health::Ok;
    return used >= 0.9 * limit ? Health::Degraded : used >= 0.7 * limit ? Health::Busy : Health::Ok;
  }

  double meanLatency(std::string_view metric) const {
    const auto* distribution = world_.recorder().findDistribution(metric);
    return distribution == nullptr ? 0 : distribution->histogram().mean();
  }

  void addEntry() {
    const double offered = rates_.of("clients", system_.meters().offeredCount().total());
    clients_ = add({.id = "clients",
                    .label = "Clients",
                    .kind = "client",
                    .column = 0,
                    .row = 0,
                    .ratePerSec = offered,
                    .latencyNanos = meanLatency("payment.latency"),
                    .depth = static_cast<double>(system_.inFlight()),
                    .depthName = "in flight"});
    balancer_ = add({.id = "lb",
                     .label = "Load balancers x" + std::to_string(std::int64_t{knobs_.lbs}),
                     .kind = "balancer",
                     .column = 1,
                     .row = 0,
                     .ratePerSec = offered});
    connect(clients_, balancer_, 0);
  }

  void addGateways() {
    systems::GatewayTier& tier = system_.gateways();
    for (std::size_t i = 0; i < tier.size(); ++i) {
      const auto& node = tier.node(i);
      const std::string id = "gateway-" + std::to_string(i + 1);
      const auto backlog = static_cast<double>(tier.backlog(i));
      const double limit = system_.config().gatewayQueue;
      const double rate = rates_.of(id, node.offered);
      const double used = rate / system_.config().gatewayCapacity;
      const Health health = !node.up ? Health::Down : healthOf(backlog, limit);
      gateways_.push_back(add({.id = id,
                               .label = "Gateway " + std::to_string(i + 1),
                               .kind = "gateway",
                               .column = 2,
                               .row = static_cast<int>(i),
                               .health = health,
                               .note = node.up ? "" : "down",
                               .ratePerSec = node.up ? rate : 0,
                               .latencyNanos = 1e9 / system_.config().gatewayCapacity,
                               .utilisation = node.up ? std::min(used, 1.0) : 0,
                               .depth = backlog,
                               .depthLimit = limit,
                               .depthName = "queue"}));
      connect(balancer_, gateways_.back(), backlog, node.up ? 0 : 1);
    }
  }

  void addService() {
    const auto& meters = system_.meters();
    const double rate =
        rates_.of("payment-service", meters.outcome(systems::Outcome::Approved).total());
    service_ = add({.id = "payment-service",
                    .label = "Payment service",
                    .kind = "service",
                    .column = 3,
                    .row = 0,
                    .ratePerSec = rate,
                    .latencyNanos = meanLatency("service.latency"),
                    .depth = static_cast<double>(system_.inFlight()),
                    .depthName = "in flight"});
    const double each = static_cast<double>(system_.inFlight()) /
                        std::max(1.0, static_cast<double>(gateways_.size()));
    for (const int gateway : gateways_) connect(gateway, service_, each / 10);
  }

  void addCaches() {
    systems::GatewayCaches& caches = system_.caches();
    std::uint64_t looks = 0;
    double entries = 0;
    for (std::size_t i = 0; i < caches.gateways(); ++i) {
      const auto& l1 = caches.local(i).l1();
      looks += l1.stats().hits + l1.stats().misses;
      entries += static_cast<double>(l1.size());
    }
    const int l1 = add({.id = "l1",
                        .label = "L1 profiles",
                        .kind = "cache",
                        .column = 4,
                        .row = 0,
                        .ratePerSec = rates_.of("l1", looks),
                        .depth = entries,  // No limit to draw: a full cache is a healthy one.
                        .depthName = "entries"});
    const auto& results = caches.results().cache();
    const bool up = caches.sharedUp();
    const int l2 =
        add({.id = "l2",
             .label = "L2 shared",
             .kind = "cache",
             .column = 4,
             .row = 1,
             .health = up ? Health::Ok : Health::Down,
             .note = up ? "" : "down",
             .ratePerSec = rates_.of("l2", results.stats().hits + results.stats().misses),
             .latencyNanos = meanLatency("step.cache.latency"),
             .depth = static_cast<double>(results.size()),
             .depthName = "entries"});
    connect(service_, l1, 0);
    connect(service_, l2, scene_.nodes[static_cast<std::size_t>(l2)].ratePerSec * 0.005,
            up ? 0 : 1);
  }

  void addShards() {
    systems::ShardCluster& shards = system_.shards();
    for (std::size_t i = 0; i < shards.size(); ++i) {
      const auto& node = shards.node(i);
      const std::string id = "shard-" + std::to_string(i);
      const double used = node.pool.pool().inUse();
      const double limit = node.pool.pool().capacity();
      const bool slow = node.slowdown != 1;
      const Health health = !node.up ? Health::Down
                            : slow   ? Health::Degraded
                                     : healthOf(used, limit);
      const std::string note = !node.up ? "down" : slow ? "slow" : "";
      const int at = add({.id = id,
                          .label = "Shard " + std::to_string(i),
                          .kind = "shard",
                          .column = 5,
                          .row = static_cast<int>(i),
                          .health = health,
                          .note = note,
                          .ratePerSec = rates_.of(id, node.statements),
                          .latencyNanos = meanLatency("step.begin.latency") * node.slowdown,
                          .utilisation = limit > 0 ? std::min(used / limit, 1.0) : 0,
                          .depth = used,
                          .depthLimit = limit,
                          .depthName = "connections"});
      connect(service_, at, used, node.up ? 0 : 1);
    }
  }

  void addBanks() {
    for (std::size_t i = 0; i < systems::kMethods; ++i) {
      const systems::Bank& bank = system_.bank(static_cast<Method>(i));
      const std::string name(systems::kMethodNames[i]);
      const bool slow = bank.slowdown() != 1;
      const auto state = system_.service().breaker(static_cast<Method>(i)).lastState();
      const bool open = state != gateway::CircuitBreaker::State::Closed;
      const Health health = bank.isDown()  ? Health::Down
                            : slow || open ? Health::Degraded
                                           : Health::Ok;
      const std::string note = bank.isDown() ? "down" : open ? "breaker open" : slow ? "slow" : "";
      const int at = add({.id = "bank-" + name,
                          .label = "Bank " + name,
                          .kind = "bank",
                          .column = 6,
                          .row = static_cast<int>(i),
                          .health = health,
                          .note = note,
                          .ratePerSec = rates_.of("bank-" + name, bank.counts().calls),
                          .latencyNanos = meanLatency("step.bank.latency"),
                          .depth = static_cast<double>(bank.working()),
                          .depthName = "in flight"});
      connect(service_, at, static_cast<double>(bank.working()), bank.isDown() ? 1 : 0);
    }
  }

  void addLog() {
    const systems::Notifier& notifier = system_.notifier();
    const int log = add({.id = "log",
                         .label = "Notification log",
                         .kind = "log",
                         .column = 6,
                         .row = static_cast<int>(systems::kMethods),
                         .health = notifier.logDown() ? Health::Down : Health::Ok,
                         .note = notifier.logDown() ? "down" : "",
                         .ratePerSec = rates_.of("log", notifier.log().counts().appended),
                         .depth = static_cast<double>(notifier.producer().buffered()),
                         .depthName = "buffered"});
    connect(service_, log, 0, notifier.logDown() ? 1 : 0);
  }

  lab::World& world_;
  systems::PaymentGateway& system_;
  const PaymentGatewayKnobs& knobs_;
  Rates& rates_;
  TopologyScene scene_;
  int clients_ = 0;
  int balancer_ = 0;
  int service_ = 0;
  std::vector<int> gateways_;
};

}  // namespace

std::function<TopologyScene()> topologyMaker(lab::World& world, systems::PaymentGateway& system,
                                             const PaymentGatewayKnobs& knobs) {
  return [&world, &system, &knobs, rates = Rates(world)]() mutable {
    return Builder(world, system, knobs, rates).build();
  };
}

}  // namespace ringside::labs
