// SampleLab: a small lab whose every act shows in its metrics, for tests of runs and their workers.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>

#include "engine/lab/knob.h"
#include "engine/lab/lab.h"
#include "engine/lab/world.h"
#include "engine/runtime/sleep.h"

namespace ringside::test {

class SampleLab final : public lab::Lab {
 public:
  enum class Fails { Never, AtStart, While, InCheck, InPoll };

  explicit SampleLab(Fails fails = Fails::Never) : fails_(fails) {}

  [[nodiscard]] lab::LabInfo describe() const override {
    lab::LabInfo info;
    info.id = "sample";
    info.knobs = knobs_.specs();
    info.presets = {{"plain", "Plain", "", {}}, {"fast", "Fast", "", {{"gap", "100us"}}}};
    lab::ParameterSpec by;
    by.key = "by";
    by.initial = 1;
    by.minimum = 1;
    by.maximum = 100;
    info.faults = {{"jolt", "Jolt", "", {by}, std::chrono::milliseconds(10), ""}};
    return info;
  }
  void setKnob(std::string_view key, double value) override { knobs_.at(key).set(value); }
  [[nodiscard]] double knob(std::string_view key) const override { return knobs_.at(key).value(); }

  void start(lab::World& world) override {
    if (fails_ == Fails::AtStart) throw std::runtime_error("no ground to stand on");
    beats_ = &world.recorder().counter({"beats", metrics::Unit::Count, "", {}});
    world.recorder().poll({"level", metrics::Unit::None, "", {}}, [this] {
      if (fails_ == Fails::InPoll) throw std::runtime_error("the gauge fell off");
      return level_;
    });
    world.chart({.id = "level", .title = "Level", .lines = {{"level", "level"}}});
    for (int i = 0; i < 3; ++i) {
      const std::string name = "beater " + std::to_string(i);
      world.runtime().spawn(beat(world, world.runtime().random(name)), world.runtime().actor(name));
    }
  }
  void inject(lab::World&, std::uint64_t, const lab::FaultOrder& order) override {
    level_ += order.arguments[0].value;
  }
  void lift(lab::World&, std::uint64_t, const lab::FaultOrder& order) override {
    level_ -= order.arguments[0].value;
  }
  [[nodiscard]] std::vector<lab::CheckResult> check(const lab::World&) const override {
    if (fails_ == Fails::InCheck) throw std::runtime_error("nothing to hold against");
    return {{"level", "The level is known.", lab::Verdict::Holds, std::to_string(level_)}};
  }

 private:
  struct Knobs : lab::KnobSet {
    lab::DurationKnob gap{*this, spec("gap", 1e6, 1e5, 1e9, lab::ParameterEffect::Live)};
    lab::RealKnob weight{*this, spec("weight", 1, 0, 10, lab::ParameterEffect::NextRun)};
    static lab::ParameterSpec spec(std::string key, double initial, double least, double most,
                                   lab::ParameterEffect effect) {
      lab::ParameterSpec made;
      made.key = std::move(key);
      made.initial = initial;
      made.minimum = least;
      made.maximum = most;
      made.effect = effect;
      return made;
    }
  };

  // Even gaps make events that fall on the recorder's grid; the draws make others that do not.
  Task<> beat(lab::World& world, Rng draws) {
    for (;;) {
      const Duration gap = knobs_.gap;
      co_await sleepFor(world.runtime(), draws.chance(0.5) ? gap : gap / 3);
      beats_->add();
      level_ += draws.uniform01() - 0.5 + level_ * 1e-3;
      if (fails_ == Fails::While && world.now() > Instant(std::chrono::milliseconds(100))) {
        throw std::runtime_error("the floor gave way");
      }
    }
  }

  Fails fails_;
  Knobs knobs_;
  metrics::Counter* beats_ = nullptr;
  double level_ = 0;
};

}  // namespace ringside::test
