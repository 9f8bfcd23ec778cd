// Unit: what a number counts, so that views and exports can write it without knowing the metric.
#pragma once

#include <string_view>

namespace ringside::metrics {

enum class Unit {
  None,         // A pure number: an index, a state, a factor.
  Count,        // Things: requests, connections, events.
  PerSecond,    // Things per second of virtual time.
  Nanoseconds,  // Durations; shown as us, ms or s.
  Bytes,
  BytesPerSecond,
  BitsPerSecond,
  Ratio,   // 0 to 1; shown as per cent.
  Amount,  // Money in minor units.
};

// The symbol that exports print: "ns", "1/s", "B", "ratio", ...; empty for None and Count.
constexpr std::string_view symbol(Unit unit) {
  switch (unit) {
    case Unit::None: return "";
    case Unit::Count: return "";
    case Unit::PerSecond: return "1/s";
    case Unit::Nanoseconds: return "ns";
    case Unit::Bytes: return "B";
    case Unit::BytesPerSecond: return "B/s";
    case Unit::BitsPerSecond: return "bit/s";
    case Unit::Ratio: return "ratio";
    case Unit::Amount: return "minor";
  }
  return "";
}

}  // namespace ringside::metrics
