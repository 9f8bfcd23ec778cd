// arrivalsHash: tells whether recorded arrivals are those a run was saved with.
#pragma once

#include <cstdint>

#include "engine/lab/parts/arrival_trace.h"

namespace ringside::exports {

// Of times, keys and sizes, whatever the file is called. O(rows).
std::uint64_t arrivalsHash(const lab::ArrivalTrace& trace);

}  // namespace ringside::exports
