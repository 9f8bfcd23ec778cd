// What closed forms say of the payment gateway, and where they may say it.
#include <cmath>
#include <memory>

#include "engine/labs/payment_gateway_lab.h"
#include "engine/theory/chance.h"
#include "engine/theory/queues.h"

namespace ringside::labs {
namespace {

using lab::Statistic;
using lab::TheoryReading;
using theory::assume;
using theory::Assumption;

double shareSpread(const sharding::HashRing& ring) {
  double sum = 0;
  double squares = 0;
  double nodes = 0;
  for (sharding::NodeId node = 0; node < ring.idCount(); ++node) {
    const double share = ring.share(node);
    if (!(share > 0)) continue;
    sum += share;
    squares += share * share;
    nodes += 1;
  }
  if (!(nodes > 0)) return 0;
  const double mean = sum / nodes;
  return std::sqrt(std::max(0.0, squares / nodes - mean * mean)) / mean;
}

}  // namespace

// Requests a second, repeats included.
double PaymentGatewayLab::offeredRate() const {
  return knobs_.tps * (1 + knobs_.duplicates + knobs_.reuse);
}

Assumption PaymentGatewayLab::steadyTraffic() const {
  const lab::ArrivalLaw law = knobs_.arrivals;
  return assume("Traffic as steady as its mean",
                law == lab::ArrivalLaw::Poisson || law == lab::ArrivalLaw::Steady,
                "the rate of arrivals moves");
}

Assumption PaymentGatewayLab::undisturbed() const {
  return assume("The same knobs all along, and no fault", !disturbed_,
                "a knob was turned or a fault struck during the run");
}

Assumption PaymentGatewayLab::roomAtGateways() const {
  return assume("Fewer requests than the gateways can take",
                offeredRate() < config_.gateways * config_.gatewayCapacity,
                "the gateways are offered more than they can take");
}

void PaymentGatewayLab::declareTheory(lab::World& world) {
  declareLittle(world);
  declareGatewayTheory(world);
  world.recorder().poll({"ring.load_cv",
                         metrics::Unit::None,
                         "Deviation of the shards' ring shares over their mean.",
                         {}},
                        [this] { return shareSpread(system_->shards().ring()); });
  world.theory({"ring", "Spread of ring shares", "cv = sqrt((N - 1) / (N V + 1))", "ring.load_cv",
                Statistic::Value, "", [this] {
                  return TheoryReading{
                      theory::ringLoadCv(config_.shards, config_.virtualNodes),
                      {assume("All shards on the ring", !disturbed_,
                              "a shard may have left the ring, or come back to it"),
                       assume("More than one shard", config_.shards > 1, "there is one shard")}};
                }});
  // The characteristic time takes some milliseconds to find, and its knobs keep still in a run.
  const auto popularity = theory::zipfPopularity(knobs_.merchants.as<std::size_t>(), knobs_.zipf);
  const double entries = static_cast<double>(config_.l1Capacity);
  const double hits = theory::cheHitRatio(popularity, entries);
  const double requests = theory::cheTime(popularity, entries);
  world.theory({"che", "Che's approximation", "h = sum p (1 - exp(-p T))", "cache.l1.hit_ratio",
                Statistic::Value, "", [this, hits, requests] {
                  const double seconds = requests * config_.gateways / offeredRate();
                  const bool ttl = seconds < toSeconds(config_.l1Ttl);
                  return TheoryReading{
                      hits,
                      {steadyTraffic(), undisturbed(),
                       assume("Entries are pushed out before they expire", ttl,
                              "entries expire before they are pushed out, or all fit")}};
                }});
}

void PaymentGatewayLab::declareLittle(lab::World& world) {
  const auto filled = [&world](double seconds) {
    return assume("The run is longer than its requests take", toSeconds(world.now()) > 3 * seconds,
                  "the first requests have hardly left");
  };
  world.theory({"little", "Little's law", "L = rate * latency", "inflight", Statistic::Value, "",
                [this, &world, filled] {
                  const auto* latency = world.recorder().findDistribution("request.latency");
                  const double mean = latency->histogram().mean() * 1e-9;
                  return TheoryReading{theory::little(offeredRate(), mean),
                                       {steadyTraffic(), undisturbed(), filled(mean)}};
                }});
  world.theory({"little.tx", "Little's law", "L = rate * time held", "open_tx", Statistic::Value,
                "queues", [this, filled] {
                  using systems::Step;
                  Duration held{};
                  for (const Step step : {Step::Begin, Step::Bank, Step::Update, Step::Commit}) {
                    const bool inside = step != Step::Bank ||
                                        config_.scope == systems::TransactionScope::AcrossBank;
                    if (inside) held += config_.steps[static_cast<std::size_t>(step)];
                  }
                  const double seconds = toSeconds(held) * config_.stepScale;
                  const double open = theory::little(knobs_.tps, seconds);
                  const bool onTime =
                      config_.scope == systems::TransactionScope::Split ||
                      config_.bankTimeout == Duration::zero() ||
                      toSeconds(config_.bankTimeout) >
                          5 * toSeconds(config_.steps[static_cast<std::size_t>(Step::Bank)]);
                  return TheoryReading{
                      open,
                      {steadyTraffic(), undisturbed(), roomAtGateways(), filled(4 * seconds),
                       assume("A connection for each transaction", open < 0.95 * config_.pool,
                              "there are too few connections"),
                       assume("The bank answers before its timer", onTime,
                              "the bank's timer cuts transactions short")}};
                }});
}

void PaymentGatewayLab::declareGatewayTheory(lab::World& world) {
  world.theory(
      {"utilisation", "Utilisation law", "U = rate * service / servers", "gateway.utilisation",
       Statistic::Value, "", [this] {
         return TheoryReading{
             theory::utilisation(offeredRate(), 1 / config_.gatewayCapacity, config_.gateways),
             {steadyTraffic(), undisturbed(), roomAtGateways()}};
       }});
  const auto wait = [](const std::optional<theory::QueueMeans>& means) {
    return means ? std::optional<double>(means->wait * 1e9) : std::nullopt;
  };
  world.theory({"gateway.md1", "M/D/1", "W = rho * s / (2 (1 - rho))", "gateway.wait",
                Statistic::Mean, "", [this, wait] {
                  const double rate = offeredRate() / config_.gateways;
                  return TheoryReading{
                      wait(theory::md1(rate, 1 / config_.gatewayCapacity)),
                      {undisturbed(), roomAtGateways(),
                       assume("Poisson arrivals", knobs_.arrivals == lab::ArrivalLaw::Poisson,
                              "arrivals are not Poisson"),
                       assume("Gateways picked by chance, not by turns", config_.gateways == 1,
                              "turns make the gaps at each gateway more even than Poisson's")}};
                }});
  world.theory(
      {"gateway.gd1", "G/D/1 (Kingman, approximate)",
       "W = ca^2 / 2 * rho / (1 - rho) * s, ca^2 = 1 / gateways", "gateway.wait", Statistic::Mean,
       "", [this, wait] {
         const double rate = offeredRate() / config_.gateways;
         const double spread = 1 / std::sqrt(static_cast<double>(config_.gateways));
         return TheoryReading{
             wait(theory::ggc(rate, 1 / config_.gatewayCapacity, 1, spread, 0)),
             {undisturbed(), roomAtGateways(),
              assume("Poisson arrivals", knobs_.arrivals == lab::ArrivalLaw::Poisson,
                     "arrivals are not Poisson"),
              assume("Gateways by turns", config_.balancing == systems::Balancing::RoundRobin,
                     "gateways are picked by their queues"),
              assume("Heavy traffic: utilisation of 0.7 or more",
                     rate >= 0.7 * config_.gatewayCapacity,
                     "traffic is too light for the approximation")}};
       }});
}

}  // namespace ringside::labs
