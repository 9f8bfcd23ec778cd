// FaultSpec and FaultOrder: what can be broken in a lab, and one act of breaking it.
//
// Model     A lab declares its faults with typed arguments. An order names one of them, with the
//           virtual time at which it strikes and how long it lasts (kForever: until lifted).
//           An argument that numbers a part (a shard) is declared for the largest lab; fitted()
//           narrows it to the parts that a run's knobs make.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/base/time.h"
#include "engine/lab/parameter.h"

namespace ringside::lab {

inline constexpr Duration kForever = Duration::max();

struct FaultSpec {
  std::string name;   // "kill_shard".
  std::string label;  // "Kill shard".
  std::string help;   // One sentence: what breaks, and what is worth watching.
  std::vector<ParameterSpec> arguments;
  Duration usualDuration = kForever;  // What the button offers.
  std::string component;  // Topology node it strikes by default, "" for the whole system.
  // Knob that says how many parts there are to number by the first argument; "" if it numbers none.
  std::string countKnob = "";
};

struct FaultOrder {
  std::string name;
  std::vector<ParameterValue> arguments;  // Complete: one for each declared argument.
  Duration duration = kForever;
  bool operator==(const FaultOrder&) const = default;
};

// One order in force or past, for timelines and shaded windows.
struct FaultWindow {
  std::uint64_t id = 0;
  std::string name;
  std::string text;  // "Kill shard 2".
  Instant from;
  Instant to = kNever;  // kNever while it lasts without a set end.
};

struct ScheduledFault {
  Instant at;
  FaultOrder order;
};

// The faults as they are while the lab's knobs have these values: no part is numbered that is not
// there. REQUIRES: `knobs` has every count knob.
std::vector<FaultSpec> fitted(std::vector<FaultSpec> known,
                              const std::vector<ParameterValue>& knobs);

// Whether `order` is complete and in range: "fault kill_shard: shard 20 is not there: 0 to 7".
Result<Done> checkOrder(const std::vector<FaultSpec>& known, const FaultOrder& order);

// Reads 'TIME NAME [ARG=VALUE]... [for DURATION]', e.g. "200ms kill_shard shard=2 for 300ms".
// Arguments left out take their initial values. Errors name the word and what is allowed.
Result<ScheduledFault> parseFault(const std::vector<FaultSpec>& known, std::string_view text);
std::string formatFault(const std::vector<FaultSpec>& known, const ScheduledFault& fault);

// Reads "250us", "10ms", "1.5s", "2m", "1h"; a bare number is refused.
Result<Duration> parseDuration(std::string_view text);
// The shortest exact form: "1.5s", "250us", "0s".
std::string formatDuration(Duration duration);

}  // namespace ringside::lab
