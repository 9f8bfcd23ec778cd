#include "engine/export/arrivals_hash.h"

#include <bit>

#include "engine/base/hash.h"

namespace ringside::exports {

std::uint64_t arrivalsHash(const lab::ArrivalTrace& trace) {
  std::uint64_t hash = mix64(trace.arrivals.size());
  for (const lab::Arrival& arrival : trace.arrivals) {
    hash = mix64(hash ^ static_cast<std::uint64_t>(arrival.at.count()));
    hash = mix64(hash ^ arrival.key);
    hash = mix64(hash ^ std::bit_cast<std::uint64_t>(arrival.size));
  }
  return hash;
}

}  // namespace ringside::exports
