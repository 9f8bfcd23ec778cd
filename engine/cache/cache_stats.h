// CacheStats: what every cache counts, so that levels and policies can be compared.
#pragma once

#include <cstdint>

namespace ringside::cache {

struct CacheStats {
  std::uint64_t hits = 0;
  std::uint64_t misses = 0;   // Includes the expired.
  std::uint64_t expired = 0;  // Misses that found an entry whose time was up.
  std::uint64_t puts = 0;
  std::uint64_t evicted = 0;      // Dropped to make room.
  std::uint64_t invalidated = 0;  // Dropped by erase().
};

}  // namespace ringside::cache
