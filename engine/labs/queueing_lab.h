// QueueingLab: stations of parallel servers in series, for which theory has closed forms.
//
// Setup    Customers arrive by a law, pass the stations in order, wait for one of the servers of
//          each, first come first served, and leave. A station without room turns them away.
// Watch    The measured wait settles on the line that theory draws, where its assumptions hold; the
//          lines that do not hold say which assumption fails.
// Predict  At the same utilisation: four servers instead of one, or service that never varies. How
//          much shorter is the wait?
// Claim    Customers are conserved, and the area under the number present is the sum of the times
//          that they spent: Little's law, without any average.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/distributions.h"
#include "engine/lab/knob.h"
#include "engine/lab/lab.h"
#include "engine/lab/world.h"
#include "engine/runtime/semaphore.h"

namespace ringside::labs {

enum class GapLaw : std::uint8_t { Poisson, Even, Lognormal };
enum class ServiceLaw : std::uint8_t { Exponential, Fixed, Lognormal, Pareto };

struct QueueingKnobs : lab::KnobSet {
  QueueingKnobs();

  lab::RealKnob rho;
  lab::ChoiceKnob<GapLaw> gaps;
  lab::RealKnob gapCv;
  lab::ChoiceKnob<ServiceLaw> service;
  lab::DurationKnob mean;
  lab::RealKnob serviceCv;
  lab::RealKnob alpha;
  lab::IntegerKnob servers;
  lab::IntegerKnob stations;
  lab::IntegerKnob room;
};

class QueueingLab final : public lab::Lab {
 public:
  [[nodiscard]] lab::LabInfo describe() const override;
  void setKnob(std::string_view key, double value) override;
  [[nodiscard]] double knob(std::string_view key) const override { return knobs_.at(key).value(); }
  void start(lab::World& world) override;
  void inject(lab::World& world, std::uint64_t id, const lab::FaultOrder& order) override;
  void lift(lab::World& world, std::uint64_t id, const lab::FaultOrder& order) override;
  [[nodiscard]] std::vector<lab::CheckResult> check(const lab::World& world) const override;

 private:
  struct Station {
    Station(Runtime& runtime, std::int64_t servers) : free(runtime, servers) {}
    std::string name;
    Semaphore free;
    ActorId actor;
    Rng draws{1};
    std::int64_t busy = 0;
    std::uint64_t arrived = 0;
    std::uint64_t delayed = 0;
    std::uint64_t lost = 0;
    metrics::Distribution* wait = nullptr;
    metrics::Gauge* waiting = nullptr;
    metrics::Gauge* utilisation = nullptr;
  };

  // Everybody's time, exactly: nanoseconds times customers.
  struct Audit {
    std::uint64_t arrived = 0;
    std::uint64_t served = 0;
    std::uint64_t lost = 0;
    std::int64_t present = 0;
    Instant since{};
    double area = 0;      // Under the number present, up to `since`.
    double spent = 0;     // By those who have left.
    double arrivals = 0;  // Sum of the arrival instants of those present.
  };

  Task<> arrivals(lab::World& world);
  Task<> serve(lab::World& world);
  // False where there was no room.
  Task<bool> pass(lab::World& world, Station& station);
  void move(Instant now, std::int64_t by);
  void inService(Instant now, Station& station, std::int64_t by);
  [[nodiscard]] Duration drawGap(Rng& rng);
  [[nodiscard]] Duration drawService(Rng& rng);
  void declare(lab::World& world);
  void declareCharts(lab::World& world) const;
  [[nodiscard]] lab::TopologyScene topology() const;

  // queueing_theory.cpp
  void declareTheory(lab::World& world);
  [[nodiscard]] double arrivalRate() const;
  [[nodiscard]] double serviceCv() const;  // Infinite for a Pareto law without variance.
  [[nodiscard]] double gapCv() const;
  [[nodiscard]] theory::Assumptions common(std::size_t station) const;
  [[nodiscard]] theory::Assumption poisson(std::size_t station) const;
  [[nodiscard]] lab::TheoryReading erlang(std::size_t station) const;
  [[nodiscard]] lab::TheoryReading pollaczek(std::size_t station) const;
  [[nodiscard]] lab::TheoryReading approximation(std::size_t station) const;
  [[nodiscard]] lab::TheoryReading loss() const;

  QueueingKnobs knobs_;
  std::vector<std::unique_ptr<Station>> stations_;
  Audit audit_;
  double slowdown_ = 1;
  double rush_ = 1;
  bool disturbed_ = false;  // A knob was turned or a fault struck since the start.
  metrics::Counter* arrivedCount_ = nullptr;
  metrics::Counter* served_ = nullptr;
  metrics::Counter* lost_ = nullptr;
  metrics::Gauge* present_ = nullptr;
  metrics::Distribution* sojourn_ = nullptr;
};

}  // namespace ringside::labs
