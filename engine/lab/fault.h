// FaultSpec and FaultOrder: what can be broken in a lab, and one act of breaking it.
//
// Model     A lab declares its faults with typed arguments. An order names one of them, with the
//           virtual time at which it strikes and how long it lasts (kForever: until lifted).
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

// Reads 'TIME NAME [ARG=VALUE]... [for DURATION]', e.g. "200ms kill_shard shard=2 for 300ms".
// Arguments left out take their initial values. Errors name the word and what is allowed.
Result<ScheduledFault> parseFault(const std::vector<FaultSpec>& known, std::string_view text);
std::string formatFault(const std::vector<FaultSpec>& known, const ScheduledFault& fault);

// Reads "250us", "10ms", "1.5s", "2m", "1h"; a bare number is refused.
Result<Duration> parseDuration(std::string_view text);
// The shortest exact form: "1.5s", "250us", "0s".
std::string formatDuration(Duration duration);

}  // namespace ringside::lab
