// exponentialUnit, normalUnit: draws from the two laws that most others are made of.
//
// Model     The area under the density is cut into 256 layers of equal area; a draw picks a layer
//           and a point across it, and is accepted at once if the layer's inner part holds it
//           (about 98 times in 100). Else the layer's edge or the tail is sampled exactly.
// Promise   Exactly one draw of the stream a sample. What a rejection needs further is made by
//           SplitMix64 from the draw itself, so a stream's position never depends on the values.
// Cost      About 2 ns.
// Rejected  Inversion: a logarithm or worse a sample.
// Source    Marsaglia and Tsang 2000; one draw a sample is ours.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

#include "engine/base/rng.h"

namespace ringside {

struct ZigguratLayer {
  double scale;         // Width of the layer * 2^-53.
  std::int64_t accept;  // A 53-bit point below this is under the density, whatever its height.
};
using ZigguratLayers = std::array<ZigguratLayer, 256>;

extern const ZigguratLayers kExponentialLayers;
extern const ZigguratLayers kNormalLayers;

// The rest of a sample whose first draw was not accepted at once.
double exponentialUnitSlow(std::uint64_t draw);
double normalUnitSlow(std::uint64_t draw);

// Mean 1, >= 0.
inline double exponentialUnit(Rng& rng) {
  const std::uint64_t draw = rng.next();
  const ZigguratLayer& layer = kExponentialLayers[draw & 255];
  const auto point = static_cast<std::int64_t>(draw >> 11);
  if (point < layer.accept) [[likely]]
    return static_cast<double>(point) * layer.scale;
  return exponentialUnitSlow(draw);
}

// Mean 0, standard deviation 1.
inline double normalUnit(Rng& rng) {
  const std::uint64_t draw = rng.next();
  const ZigguratLayer& layer = kNormalLayers[draw & 255];
  const auto point = static_cast<std::int64_t>(draw >> 11);
  if (point < layer.accept) [[likely]] {
    // Bit 8 of the draw becomes the sign bit: a branch on it would be mispredicted half the time.
    const double magnitude = static_cast<double>(point) * layer.scale;
    return std::bit_cast<double>(std::bit_cast<std::uint64_t>(magnitude) | (draw & 256) << 55);
  }
  return normalUnitSlow(draw);
}

}  // namespace ringside
