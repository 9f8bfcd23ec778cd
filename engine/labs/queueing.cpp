#include <algorithm>
#include <cmath>

#include "engine/labs/catalog_labs.h"
#include "engine/labs/queueing_lab.h"
#include "engine/runtime/sleep.h"

namespace ringside::labs {
namespace {

using metrics::Unit;
using Line = metrics::IntervalPercentiles::Line;

Duration rounded(double nanos) {
  constexpr double kMost = 9e18;
  return Duration(static_cast<std::int64_t>(std::min(nanos, kMost) + 0.5));
}

double sinceStart(Instant now) { return static_cast<double>(now.time_since_epoch().count()); }

}  // namespace

void QueueingLab::setKnob(std::string_view key, double value) {
  knobs_.at(key).set(value);
  disturbed_ = disturbed_ || !stations_.empty();
}

void QueueingLab::start(lab::World& world) {
  Runtime& runtime = world.runtime();
  for (std::int64_t i = 1; i <= knobs_.stations; ++i) {
    auto station = std::make_unique<Station>(runtime, knobs_.servers);
    station->name = "station-" + std::to_string(i);
    station->actor = runtime.actor(station->name);
    station->draws = runtime.random("service " + std::to_string(i));
    stations_.push_back(std::move(station));
  }
  declare(world);
  declareCharts(world);
  declareTheory(world);
  world.topology([this] { return topology(); });
  runtime.spawn(arrivals(world), runtime.actor("source"));
}

Task<> QueueingLab::arrivals(lab::World& world) {
  Runtime& runtime = world.runtime();
  Rng draws = runtime.random("gaps");
  for (;;) {
    co_await sleepFor(runtime, drawGap(draws), {}, EventKind::Arrival);
    ++audit_.arrived;
    arrivedCount_->add();
    runtime.spawn(serve(world), runtime.actor("customer"));
  }
}

// One customer's way through.
Task<> QueueingLab::serve(lab::World& world) {
  const Instant came = world.now();
  move(came, +1);
  audit_.arrivals += sinceStart(came);
  bool through = true;
  for (const auto& station : stations_) {
    through = co_await pass(world, *station);
    if (!through) break;
  }
  const Instant now = world.now();
  move(now, -1);
  audit_.arrivals -= sinceStart(came);
  audit_.spent += static_cast<double>((now - came).count());
  ++(through ? audit_.served : audit_.lost);
  (through ? served_ : lost_)->add();
  if (through) sojourn_->record(now - came);
}

Task<bool> QueueingLab::pass(lab::World& world, Station& station) {
  const Instant came = world.now();
  // Drawn on arrival: the n-th customer needs the same however many servers there are.
  const Duration needs = drawService(station.draws);
  ++station.arrived;
  const bool mustWait = station.free.available() <= 0;
  if (mustWait && station.free.waiting() >= knobs_.room.as<std::size_t>()) {
    ++station.lost;
    co_return false;
  }
  station.delayed += mustWait ? 1 : 0;
  if (mustWait) station.waiting->set(came, static_cast<double>(station.free.waiting() + 1));
  const Semaphore::Permit permit = co_await station.free.acquire();
  station.wait->record(world.now() - came);
  station.waiting->set(world.now(), static_cast<double>(station.free.waiting()));
  inService(world.now(), station, +1);
  co_await sleepFor(world.runtime(), rounded(static_cast<double>(needs.count()) * slowdown_),
                    station.actor, EventKind::Service);
  inService(world.now(), station, -1);
  co_return true;
}

void QueueingLab::move(Instant now, std::int64_t by) {
  audit_.area +=
      static_cast<double>(audit_.present) * static_cast<double>((now - audit_.since).count());
  audit_.since = now;
  audit_.present += by;
  present_->set(now, static_cast<double>(audit_.present));
}

void QueueingLab::inService(Instant now, Station& station, std::int64_t by) {
  station.busy += by;
  station.utilisation->set(
      now, static_cast<double>(station.busy) / static_cast<double>(std::int64_t{knobs_.servers}));
}

Duration QueueingLab::drawGap(Rng& rng) {
  const double mean = 1e9 / (arrivalRate() * rush_);
  switch (knobs_.gaps) {
    case GapLaw::Poisson:
      return rounded(exponential(rng, mean));
    case GapLaw::Even:
      rng.next();  // As all laws take one draw.
      return rounded(mean);
    case GapLaw::Lognormal:
      return rounded(Lognormal(mean, knobs_.gapCv).sample(rng));
  }
  return {};
}

Duration QueueingLab::drawService(Rng& rng) {
  const auto mean = static_cast<double>(Duration(knobs_.mean).count());
  switch (knobs_.service) {
    case ServiceLaw::Exponential:
      return rounded(exponential(rng, mean));
    case ServiceLaw::Fixed:
      rng.next();
      return rounded(mean);
    case ServiceLaw::Lognormal:
      return rounded(Lognormal(mean, knobs_.serviceCv).sample(rng));
    case ServiceLaw::Pareto:
      return rounded(Pareto(mean * (knobs_.alpha - 1) / knobs_.alpha, knobs_.alpha).sample(rng));
  }
  return {};
}

void QueueingLab::declare(lab::World& world) {
  metrics::Recorder& recorder = world.recorder();
  arrivedCount_ = &recorder.counter({"arrived", Unit::Count, "Customers that came.", {}});
  served_ = &recorder.counter({"served", Unit::Count, "Customers that were served.", {}});
  lost_ = &recorder.counter({"lost", Unit::Count, "Customers that found no room.", {}});
  present_ = &recorder.gauge({"present", Unit::Count, "Customers at all stations.", {}});
  present_->set(world.now(), 0);
  sojourn_ = &recorder.distribution(
      {"sojourn", Unit::Nanoseconds, "Time from coming to leaving, of those served.", {}});
  for (const auto& each : stations_) {
    Station& station = *each;
    const auto named = [&](const char* what, Unit unit, const char* help) {
      return metrics::InstrumentSpec{station.name + "." + what, unit, help, {}};
    };
    station.wait = &recorder.distribution(
        named("wait", Unit::Nanoseconds, "Time before service, none included."));
    station.waiting = &recorder.gauge(named("waiting", Unit::Count, "Customers before service."));
    station.waiting->set(world.now(), 0);
    station.utilisation =
        &recorder.gauge(named("utilisation", Unit::Ratio, "Part of the servers at work."));
    station.utilisation->set(world.now(), 0);
    const auto part = [&station](std::uint64_t Station::*of) {
      return [&station, of] {
        return station.arrived > 0
                   ? static_cast<double>(station.*of) / static_cast<double>(station.arrived)
                   : 0;
      };
    };
    recorder.poll(named("delayed", Unit::Ratio, "Part of the customers so far that had to wait."),
                  part(&Station::delayed));
    recorder.poll(named("loss", Unit::Ratio, "Part of the customers so far that found no room."),
                  part(&Station::lost));
  }
}

void QueueingLab::declareCharts(lab::World& world) const {
  lab::ChartSpec waiting{.id = "waiting",
                         .title = "Waiting",
                         .kind = lab::ChartKind::Lines,
                         .unit = Unit::Count,
                         .lines = {}};
  lab::ChartSpec wait{.id = "wait",
                      .title = "Mean wait",
                      .kind = lab::ChartKind::Lines,
                      .unit = Unit::Nanoseconds,
                      .lines = {}};
  for (const auto& station : stations_) {
    waiting.lines.push_back({station->name, station->name + ".waiting"});
    wait.lines.push_back({station->name, station->name + ".wait", Line::Mean});
  }
  world.chart(std::move(waiting));
  world.chart(std::move(wait));
  world.chart({.id = "percentiles",
               .title = "Percentiles",
               .kind = lab::ChartKind::Percentiles,
               .unit = Unit::Nanoseconds,
               .lines = {{"sojourn", "sojourn"}}});
  world.chart({.id = "throughput",
               .title = "Throughput",
               .kind = lab::ChartKind::Stacked,
               .unit = Unit::PerSecond,
               .lines = {{"served", "served"}, {"lost", "lost"}}});
}

lab::TopologyScene QueueingLab::topology() const {
  lab::TopologyScene scene;
  scene.nodes.push_back({.id = "source", .label = "Customers", .kind = "client"});
  scene.nodes.back().ratePerSec = arrivalRate() * rush_;
  int column = 0;
  for (const auto& station : stations_) {
    lab::TopologyNode node{.id = station->name,
                           .label = "Station " + std::to_string(++column),
                           .kind = "service",
                           .column = column};
    const bool full = station->free.available() <= 0;
    node.health = slowdown_ > 1 ? lab::Health::Degraded
                  : full        ? lab::Health::Busy
                                : lab::Health::Ok;
    node.note = slowdown_ > 1 ? "slow" : full ? "busy" : "";
    node.utilisation =
        static_cast<double>(station->busy) / static_cast<double>(std::int64_t{knobs_.servers});
    node.depth = static_cast<double>(station->free.waiting());
    node.depthName = "queue";
    scene.nodes.push_back(std::move(node));
    scene.edges.push_back({column - 1, column, 0, 0, 0});
  }
  return scene;
}

void QueueingLab::inject(lab::World&, std::uint64_t, const lab::FaultOrder& order) {
  disturbed_ = true;
  (order.name == "rush" ? rush_ : slowdown_) = order.arguments.front().value;
}

void QueueingLab::lift(lab::World&, std::uint64_t, const lab::FaultOrder& order) {
  (order.name == "rush" ? rush_ : slowdown_) = 1;
}

std::vector<lab::CheckResult> QueueingLab::check(const lab::World& world) const {
  const Audit& a = audit_;
  const auto here = static_cast<std::uint64_t>(a.present);
  // A customer who came at this very instant has been counted and not yet begun.
  const std::uint64_t begun = a.served + a.lost + here;
  const bool conserved = a.arrived >= begun && a.arrived - begun <= 1;
  const double area = a.area + static_cast<double>(a.present) *
                                   static_cast<double>((world.now() - a.since).count());
  const double spent =
      a.spent + static_cast<double>(a.present) * sinceStart(world.now()) - a.arrivals;
  const bool little = std::abs(area - spent) <= 1e-9 * std::max(area, 1e9);
  const auto verdict = [](bool holds) { return holds ? lab::Verdict::Holds : lab::Verdict::Fails; };
  return {{"conserved", "Every customer is served, turned away, or still here.", verdict(conserved),
           std::to_string(a.arrived) + " came, " + std::to_string(a.served) + " served, " +
               std::to_string(a.lost) + " turned away, " + std::to_string(a.present) + " here"},
          {"little", "The area under the number present is the time that customers spent.",
           verdict(little),
           "area " + std::to_string(area * 1e-9) + " s, time spent " +
               std::to_string(spent * 1e-9) + " s"}};
}

std::unique_ptr<lab::Lab> makeQueueing() { return std::make_unique<QueueingLab>(); }

}  // namespace ringside::labs
