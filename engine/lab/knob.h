// Knob: a lab's parameter as a typed field, declared once with everything that is known of it.
//
//     struct Knobs : lab::KnobSet {
//       lab::RealKnob tps{*this, {.key = "tps", .label = "Offered payments", ...}};
//       lab::DurationKnob bank{*this, {...}};
//     };
//
// Model     A knob adds itself to its set as it is constructed; the panel, the command line and the
//           journal work on the set, the lab's code on the fields.
// Promise   A knob's value is always one that its spec allows.
#pragma once

#include <cmath>
#include <string_view>
#include <vector>

#include "engine/base/check.h"
#include "engine/base/time.h"
#include "engine/lab/parameter.h"

namespace ringside::lab {

class Knob;

class KnobSet {
 public:
  KnobSet() = default;
  KnobSet(const KnobSet&) = delete;  // The knobs refer to it, and it to them.
  KnobSet& operator=(const KnobSet&) = delete;

  [[nodiscard]] std::vector<ParameterSpec> specs() const;
  // REQUIRES: declared.
  [[nodiscard]] Knob& at(std::string_view key) const;

 private:
  friend class Knob;
  std::vector<Knob*> knobs_;
};

class Knob {
 public:
  Knob(const Knob&) = delete;
  Knob& operator=(const Knob&) = delete;

  [[nodiscard]] const ParameterSpec& spec() const { return spec_; }
  [[nodiscard]] double value() const { return value_; }
  // REQUIRES: allows(spec(), value).
  void set(double value) {
    RINGSIDE_CHECK(allows(spec_, value));
    value_ = value;
  }

 protected:
  Knob(KnobSet& set, ParameterSpec spec, ParameterKind kind)
      : spec_(std::move(spec)), value_(spec_.initial) {
    spec_.kind = kind;
    if (kind == ParameterKind::Toggle) spec_.maximum = 1;
    if (kind == ParameterKind::Choice) {
      spec_.maximum = static_cast<double>(spec_.choices.size()) - 1;
    }
    if (kind == ParameterKind::Duration) spec_.unit = metrics::Unit::Nanoseconds;
    RINGSIDE_CHECK(allows(spec_, value_));
    set.knobs_.push_back(this);
  }
  ~Knob() = default;

 private:
  ParameterSpec spec_;
  double value_;
};

inline std::vector<ParameterSpec> KnobSet::specs() const {
  std::vector<ParameterSpec> specs;
  for (const Knob* knob : knobs_) specs.push_back(knob->spec());
  return specs;
}

inline Knob& KnobSet::at(std::string_view key) const {
  for (Knob* knob : knobs_) {
    if (knob->spec().key == key) return *knob;
  }
  RINGSIDE_CHECK(!"a declared knob");
  return *knobs_.front();
}

struct RealKnob : Knob {
  RealKnob(KnobSet& set, ParameterSpec spec) : Knob(set, std::move(spec), ParameterKind::Real) {}
  operator double() const { return value(); }
};

struct IntegerKnob : Knob {
  IntegerKnob(KnobSet& set, ParameterSpec spec)
      : Knob(set, std::move(spec), ParameterKind::Integer) {}
  template <class Integer = std::int64_t>
  [[nodiscard]] Integer as() const {
    return static_cast<Integer>(value());
  }
  operator std::int64_t() const { return as<>(); }
};

struct DurationKnob : Knob {
  DurationKnob(KnobSet& set, ParameterSpec spec)
      : Knob(set, std::move(spec), ParameterKind::Duration) {}
  operator Duration() const { return Duration(static_cast<std::int64_t>(std::llround(value()))); }
};

struct ToggleKnob : Knob {
  ToggleKnob(KnobSet& set, ParameterSpec spec)
      : Knob(set, std::move(spec), ParameterKind::Toggle) {}
  operator bool() const { return value() != 0; }
};

// The enumerators of `Enum` count from 0 in the order of the spec's choices.
template <class Enum>
struct ChoiceKnob : Knob {
  ChoiceKnob(KnobSet& set, ParameterSpec spec)
      : Knob(set, std::move(spec), ParameterKind::Choice) {}
  operator Enum() const { return static_cast<Enum>(static_cast<int>(value())); }
};

}  // namespace ringside::lab
