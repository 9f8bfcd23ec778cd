// ParameterSpec: one value that a person may choose: a knob of a lab or an argument of a fault.
//
// Model     Every value is held as a double (whole numbers are exact to 2^53; a duration is its
//           nanoseconds, a choice its index, a toggle 0 or 1), so that knobs, faults, journals and
//           command lines share one form; typed access is in knob.h.
// Promise   parse() accepts what format() writes, and nothing outside the range.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/metrics/unit.h"

namespace ringside::lab {

enum class ParameterKind { Integer, Real, Duration, Choice, Toggle };

// How a slider should move over the range.
enum class ParameterScale { Linear, Logarithmic };

// Whether a new value takes effect in a run under way or only at the next start.
enum class ParameterEffect { Live, NextRun };

struct ParameterSpec {
  std::string key;    // "bank.latency": stable, used in content, journals and command lines.
  std::string label;  // "Bank latency".
  std::string group;  // Heading in the panel: "Bank".
  std::string help;   // One sentence.
  ParameterKind kind = ParameterKind::Real;
  metrics::Unit unit = metrics::Unit::None;
  double initial = 0;
  double minimum = 0;
  double maximum = 1;
  ParameterScale scale = ParameterScale::Linear;
  ParameterEffect effect = ParameterEffect::Live;
  std::vector<std::string> choices;  // Names for Choice, in index order.
};

struct ParameterValue {
  std::string key;
  double value = 0;
  bool operator==(const ParameterValue&) const = default;
};

// Reads "250us", "1.5s", "1M", "250k", "1e6", "0.3", "30%", a choice's name, "on"/"off".
// The error names the parameter, what stood there and what is allowed.
Result<double> parse(const ParameterSpec& spec, std::string_view text);

// The shortest exact text that parse() reads back: "50ms", "1M", "lognormal", "on".
std::string format(const ParameterSpec& spec, double value);

// True where `value` is within range, whole where it must be, and a known choice.
bool allows(const ParameterSpec& spec, double value);

// "1 to 200", "10us to 5s", "one of fixed, lognormal, exponential", "on or off".
std::string allowedText(const ParameterSpec& spec);

}  // namespace ringside::lab
