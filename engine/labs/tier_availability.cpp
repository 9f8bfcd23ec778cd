// Lab: tiers in series, failing and being repaired over decades.
//
// Setup    Each tier has replicas that fail and are mended independently; a tier is up while one of
//          its replicas is, and the system while all its tiers and its bank are.
// Watch    "downtime" climbs in steps; the more tiers, the more of them.
// Predict  Five tiers, each up 99.99 % of the time: is the system up 99.99 %?
// Claim    Measured availability is the product of the tiers' within the sampling error.
#include "engine/base/distributions.h"
#include "engine/lab/knob.h"
#include "engine/lab/lab.h"
#include "engine/lab/world.h"
#include "engine/labs/catalog_labs.h"
#include "engine/runtime/sleep.h"

namespace ringside::labs {
namespace {

using lab::ParameterKind;
using lab::ParameterScale;
using metrics::Unit;

constexpr double kMinutesPerYear = 525'600;

struct Knobs : lab::KnobSet {
  using Effect = lab::ParameterEffect;
  lab::IntegerKnob tiers{*this,
                         {"tiers",
                          "Tiers",
                          "Tiers",
                          "Tiers in series.",
                          ParameterKind::Integer,
                          Unit::Count,
                          5,
                          1,
                          12,
                          ParameterScale::Linear,
                          Effect::NextRun,
                          {}}};
  lab::RealKnob availability{*this,
                             {"tier.availability",
                              "Availability of a unit",
                              "Tiers",
                              "Part of the time that one unit is up.",
                              ParameterKind::Real,
                              Unit::Ratio,
                              0.9999,
                              0.9,
                              0.999999,
                              ParameterScale::Linear,
                              Effect::NextRun,
                              {}}};
  lab::IntegerKnob replicas{*this,
                            {"replicas",
                             "Replicas per tier",
                             "Tiers",
                             "Independent units, one of which is enough.",
                             ParameterKind::Integer,
                             Unit::Count,
                             1,
                             1,
                             3,
                             ParameterScale::Linear,
                             Effect::NextRun,
                             {}}};
  lab::DurationKnob mttr{*this,
                         {"mttr",
                          "Time to repair",
                          "Tiers",
                          "Mean time until a unit is mended.",
                          ParameterKind::Duration,
                          Unit::Nanoseconds,
                          30e9,
                          1e9,
                          3600e9,
                          ParameterScale::Logarithmic,
                          Effect::NextRun,
                          {}}};
  lab::RealKnob bank{*this,
                     {"bank.availability",
                      "Availability of the bank",
                      "Bank",
                      "Part of the time that the bank behind it all is up.",
                      ParameterKind::Real,
                      Unit::Ratio,
                      1,
                      0.9,
                      1,
                      ParameterScale::Linear,
                      Effect::NextRun,
                      {}}};
  lab::IntegerKnob optional{*this,
                            {"degrade_optional",
                             "Optional tiers",
                             "Tiers",
                             "Tiers that the system can do without for a while.",
                             ParameterKind::Integer,
                             Unit::Count,
                             0,
                             0,
                             12,
                             ParameterScale::Linear,
                             Effect::NextRun,
                             {}}};
};

class TierAvailability final : public lab::Lab {
 public:
  [[nodiscard]] lab::LabInfo describe() const override {
    lab::LabInfo info;
    info.id = "tier-availability";
    info.title = "Availability of tiers in series";
    info.summary = "Tiers that fail and are repaired over fifty years, in series, with replicas.";
    info.knobs = knobs_.specs();
    info.presets = {
        {"series", "In series", "Five tiers of one unit each.", {}},
        {"redundant", "Redundant", "Two independent units a tier.", {{"replicas", "2"}}}};
    info.usualLength = std::chrono::hours(438'000);
    info.usualPace = 1e6;
    return info;
  }
  void setKnob(std::string_view key, double value) override { knobs_.at(key).set(value); }
  [[nodiscard]] double knob(std::string_view key) const override { return knobs_.at(key).value(); }

  void start(lab::World& world) override {
    const auto tiers = knobs_.tiers.as<std::size_t>();
    unitsUp_.assign(tiers, static_cast<int>(std::int64_t{knobs_.replicas}));
    declare(world);
    for (std::size_t tier = 0; tier < tiers; ++tier) {
      for (std::int64_t unit = 0; unit < knobs_.replicas; ++unit) {
        const std::string name =
            "tier " + std::to_string(tier + 1) + " unit " + std::to_string(unit + 1);
        world.runtime().spawn(live(world, unitsUp_[tier], knobs_.availability, name),
                              world.runtime().actor(name));
      }
    }
    if (knobs_.bank < 1) {
      world.runtime().spawn(live(world, bankUp_, knobs_.bank, "bank"),
                            world.runtime().actor("bank"));
    }
  }

  void inject(lab::World&, std::uint64_t, const lab::FaultOrder&) override {}
  void lift(lab::World&, std::uint64_t, const lab::FaultOrder&) override {}

  [[nodiscard]] std::vector<lab::CheckResult> check(const lab::World& world) const override {
    // Downtime is a sum of some n outages of exponential length: its error is sqrt(2 / n).
    const double down = 1 - measured(world.now());
    const double expected = 1 - theory();
    const double error = 4 * expected * std::sqrt(2 / std::max(1.0, expectedOutages(world.now())));
    const bool holds = std::abs(down - expected) <= error;
    const bool reached = expectedOutages(world.now()) >= 30;
    return {{"product_law", "Availability is the product over the tiers.",
             !reached ? lab::Verdict::NotReached
             : holds  ? lab::Verdict::Holds
                      : lab::Verdict::Fails,
             "unavailability measured " + std::to_string(down) + ", theory " +
                 std::to_string(expected) + ", four standard errors " + std::to_string(error)}};
  }

 private:
  [[nodiscard]] bool up() const {
    std::int64_t down = 0;
    for (const int units : unitsUp_) down += units == 0 ? 1 : 0;
    return down <= knobs_.optional && bankUp_ > 0;
  }

  [[nodiscard]] double tierTheory() const {
    double allDown = 1;
    for (std::int64_t i = 0; i < knobs_.replicas; ++i) allDown *= 1 - knobs_.availability;
    return 1 - allDown;
  }

  // At most `optional` of the tiers down: a binomial sum, and the bank on top.
  [[nodiscard]] double theory() const {
    const double p = tierTheory();
    const std::int64_t n = knobs_.tiers;
    double sum = 0;
    double ways = 1;
    for (std::int64_t down = 0; down <= std::min<std::int64_t>(knobs_.optional, n); ++down) {
      double term = ways;
      for (std::int64_t i = 0; i < n; ++i) term *= i < down ? 1 - p : p;
      sum += term;
      ways = ways * static_cast<double>(n - down) / static_cast<double>(down + 1);
    }
    return sum * knobs_.bank;
  }

  [[nodiscard]] double expectedOutages(Instant now) const {
    return toSeconds(now) * (1 - theory()) * static_cast<double>(std::int64_t{knobs_.replicas}) /
           toSeconds(Duration(knobs_.mttr));
  }

  [[nodiscard]] double measured(Instant now) const {
    const Duration sinceChange = up() ? Duration(0) : now - changedAt_;
    const double seconds = toSeconds(now);
    return seconds > 0 ? 1 - toSeconds(down_ + sinceChange) / seconds : 1;
  }

  // One unit's life: up for a while, down for a while.
  Task<> live(lab::World& world, int& unitsUp, double availability, std::string name) {
    Rng draws = world.runtime().random(name);
    const double repair = static_cast<double>(Duration(knobs_.mttr).count());
    const double between = repair * availability / (1 - availability);
    for (;;) {
      co_await sleepFor(world.runtime(), drawn(draws, between), {}, EventKind::Fault);
      change(world.now(), unitsUp, -1);
      co_await sleepFor(world.runtime(), drawn(draws, repair), {}, EventKind::Fault);
      change(world.now(), unitsUp, +1);
    }
  }

  static Duration drawn(Rng& draws, double mean) {
    return Duration(static_cast<std::int64_t>(exponential(draws, mean)) + 1);
  }

  void change(Instant now, int& unitsUp, int by) {
    const bool wasUp = up();
    unitsUp += by;
    if (wasUp == up()) return;
    if (up()) down_ += now - changedAt_;
    if (wasUp) ++outages_;
    changedAt_ = now;
  }

  void declare(lab::World& world) {
    metrics::Recorder& recorder = world.recorder();
    recorder.poll({"availability", Unit::Ratio, "Part of the time the system was up.", {}},
                  [this, &world] { return measured(world.now()); });
    recorder.poll({"availability.theory", Unit::Ratio, "The product over the tiers.", {}},
                  [this] { return theory(); });
    recorder.poll(
        {"downtime_minutes_per_year", Unit::None, "Minutes down in a year of 365 days.", {}},
        [this, &world] { return (1 - measured(world.now())) * kMinutesPerYear; });
    recorder.poll({"outages", Unit::Count, "Times the system went down.", {}},
                  [this] { return static_cast<double>(outages_); });
    recorder.poll({"tiers_down", Unit::Count, "Tiers down now.", {}}, [this] {
      double down = 0;
      for (const int units : unitsUp_) down += units == 0 ? 1 : 0;
      return down;
    });
    world.chart({.id = "downtime",
                 .title = "Downtime",
                 .kind = lab::ChartKind::Lines,
                 .lines = {{"minutes a year", "downtime_minutes_per_year"}}});
    world.chart({.id = "outages",
                 .title = "Outages",
                 .kind = lab::ChartKind::Lines,
                 .unit = Unit::Count,
                 .lines = {{"outages", "outages"}}});
    world.topology([this] { return topology(); });
  }

  [[nodiscard]] lab::TopologyScene topology() const {
    lab::TopologyScene scene;
    for (std::size_t i = 0; i < unitsUp_.size(); ++i) {
      const int units = unitsUp_[i];
      const int all = static_cast<int>(std::int64_t{knobs_.replicas});
      scene.nodes.push_back({.id = "tier-" + std::to_string(i + 1),
                             .label = "Tier " + std::to_string(i + 1),
                             .kind = "service",
                             .column = static_cast<int>(i),
                             .health = units == 0    ? lab::Health::Down
                                       : units < all ? lab::Health::Degraded
                                                     : lab::Health::Ok,
                             .note = units == 0 ? "down" : "",
                             .depth = static_cast<double>(units),
                             .depthLimit = static_cast<double>(all),
                             .depthName = "units up"});
      if (i > 0) scene.edges.push_back({static_cast<int>(i) - 1, static_cast<int>(i), 0, 0, 0});
    }
    return scene;
  }

  Knobs knobs_;
  std::vector<int> unitsUp_;  // By tier.
  int bankUp_ = 1;
  Duration down_{};  // Summed over past outages.
  Instant changedAt_{};
  std::uint64_t outages_ = 0;
};

}  // namespace

std::unique_ptr<lab::Lab> makeTierAvailability() { return std::make_unique<TierAvailability>(); }

}  // namespace ringside::labs
