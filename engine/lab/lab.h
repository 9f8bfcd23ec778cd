// Lab: one experiment: its knobs, faults, presets, start, and what must hold of it.
//
// Model     A run makes a fresh lab, sets its knobs, and calls start() once, which declares
//           instruments, charts and scenes on the world and spawns processes. Faults and knobs
//           arrive later at their virtual times. check() states the invariants.
// Threads   A lab and its world belong to one thread.
// Compare   world.h is what a lab may touch; labs/catalog.h is the list of labs.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/time.h"
#include "engine/lab/fault.h"
#include "engine/lab/frame.h"
#include "engine/lab/parameter.h"

namespace ringside::lab {

class World;

// A named set of knob values, as text that parse() reads; knobs not named keep their initial value.
struct Preset {
  std::string id;     // "common", "corrected".
  std::string label;  // "Commonly written".
  std::string help;   // One sentence.
  std::vector<std::pair<std::string, std::string>> values;
};

struct LabInfo {
  std::string id;       // "payment-gateway".
  std::string title;    // "Payment gateway".
  std::string summary;  // One or two sentences.
  std::vector<ParameterSpec> knobs;
  std::vector<Preset> presets;  // The first is the one a window opens with.
  std::vector<FaultSpec> faults;
  Duration usualLength = std::chrono::seconds(1);  // Of virtual time.
  double usualPace = 0.01;       // Virtual seconds per wall second that a person can follow.
  bool acceptsArrivals = false;  // Can be driven from a recorded trace.
};

class Lab {
 public:
  virtual ~Lab() = default;

  [[nodiscard]] virtual LabInfo describe() const = 0;

  // Sets a knob; before start() or, for live knobs, at any event boundary.
  // REQUIRES: `key` is declared and allows(spec, value).
  virtual void setKnob(std::string_view key, double value) = 0;
  [[nodiscard]] virtual double knob(std::string_view key) const = 0;

  virtual void start(World& world) = 0;

  // Breaks something. The order is complete, in range and of a part that is there (fitted());
  // `id` names it for lift().
  virtual void inject(World& world, std::uint64_t id, const FaultOrder& order) = 0;
  virtual void lift(World& world, std::uint64_t id, const FaultOrder& order) = 0;

  // Statements about the run so far, in a fixed order.
  [[nodiscard]] virtual std::vector<CheckResult> check(const World& world) const = 0;
};

}  // namespace ringside::lab
