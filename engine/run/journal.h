// Journal: what a person did to a run, with the virtual time of each act.
//
// Promise   Replaying the entries on the same plan gives the same run, event for event.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/time.h"
#include "engine/lab/fault.h"
#include "engine/run/position.h"

namespace ringside::run {

struct KnobTurned {
  std::string key;
  double value = 0;
  bool operator==(const KnobTurned&) const = default;
};

struct FaultInjected {
  std::uint64_t id = 0;
  lab::FaultOrder order;
  bool operator==(const FaultInjected&) const = default;
};

struct FaultLifted {
  std::uint64_t id = 0;
  bool operator==(const FaultLifted&) const = default;
};

struct JournalEntry {
  Instant at;
  std::uint64_t afterEvent = 0;  // The act came between this event and the next.
  std::variant<KnobTurned, FaultInjected, FaultLifted> act;

  [[nodiscard]] Position position() const { return {afterEvent, at}; }
  bool operator==(const JournalEntry&) const = default;
};

using Journal = std::vector<JournalEntry>;

}  // namespace ringside::run
