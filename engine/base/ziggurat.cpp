#include "engine/base/ziggurat.h"

#include "engine/base/double_double.h"
#include "engine/base/math.h"

namespace ringside {
namespace {

// Where the tail begins, and the area of each layer: the pair for which 256 layers just close.
constexpr double kExponentialTail = 7.697117470131049714;
constexpr double kExponentialArea = 0.003949659822581557220;
constexpr double kNormalTail = 3.654152885361008772;
constexpr double kNormalArea = 0.004928673233974655347;

// Right edge of each layer, from the widest (which carries the tail) to the top, and the density.
struct Edges {
  std::array<double, 257> x{};
  std::array<double, 257> density{};
};

struct ExponentialLaw {
  static constexpr DoubleDouble density(DoubleDouble x) { return preciseExp(-x); }
  static constexpr DoubleDouble inverse(DoubleDouble y) { return -preciseLog(y); }
};

struct NormalLaw {
  static constexpr DoubleDouble density(DoubleDouble x) {
    return preciseExp(x * x * DoubleDouble{-0.5});
  }
  static constexpr DoubleDouble inverse(DoubleDouble y) {
    return preciseSqrt(preciseLog(y) * DoubleDouble{-2});
  }
};

template <class Law>
constexpr Edges makeEdges(double tail, double area) {
  Edges edges;
  DoubleDouble x{tail};
  DoubleDouble y = Law::density(x);
  edges.x[0] = (DoubleDouble{area} / y).hi;  // As wide as a box of the same area, tail included.
  edges.x[1] = tail;
  edges.density[1] = y.hi;
  for (std::size_t i = 2; i < 256; ++i) {
    y = y + DoubleDouble{area} / x;
    x = Law::inverse(y);
    edges.x[i] = x.hi;
    edges.density[i] = y.hi;
  }
  edges.x[256] = 0;
  edges.density[256] = 1;
  return edges;
}

constexpr Edges kExponentialEdges = makeEdges<ExponentialLaw>(kExponentialTail, kExponentialArea);
constexpr Edges kNormalEdges = makeEdges<NormalLaw>(kNormalTail, kNormalArea);

constexpr ZigguratLayers makeLayers(const Edges& edges) {
  ZigguratLayers layers{};
  for (std::size_t i = 0; i < layers.size(); ++i) {
    layers[i].scale = edges.x[i] * 0x1p-53;
    layers[i].accept = static_cast<std::int64_t>(edges.x[i + 1] / edges.x[i] * 0x1p53);
  }
  return layers;
}

// Whether a point `x` in the outer part of layer `i`, at a height chosen by `more`, is under
// `density`.
bool underDensity(const Edges& edges, std::size_t i, double density, SplitMix64& more) {
  const double low = edges.density[i];
  const double high = edges.density[i + 1];
  return low + more.uniform01() * (high - low) < density;
}

// Beyond the tail's start, by Marsaglia's method.
double normalTail(SplitMix64& more) {
  for (;;) {
    const double x = -fixedLog(1 - more.uniform01()) / kNormalTail;
    const double y = -fixedLog(1 - more.uniform01());
    if (y + y > x * x) return kNormalTail + x;
  }
}

}  // namespace

constexpr ZigguratLayers kExponentialLayers = makeLayers(kExponentialEdges);
constexpr ZigguratLayers kNormalLayers = makeLayers(kNormalEdges);

double exponentialUnitSlow(std::uint64_t draw) {
  SplitMix64 more(draw);
  double passed = 0;
  for (;; draw = more.next()) {
    const std::size_t i = draw & 255;
    const auto point = static_cast<std::int64_t>(draw >> 11);
    const double x = static_cast<double>(point) * kExponentialLayers[i].scale;
    if (point < kExponentialLayers[i].accept) return passed + x;
    if (i == 0) {
      passed += kExponentialTail;  // No memory: beyond the tail's start the law begins anew.
    } else if (underDensity(kExponentialEdges, i, fixedExp(-x), more)) {
      return passed + x;
    }
  }
}

double normalUnitSlow(std::uint64_t draw) {
  SplitMix64 more(draw);
  for (;; draw = more.next()) {
    const std::size_t i = draw & 255;
    const double sign = (draw & 256) != 0 ? -1 : 1;
    const auto point = static_cast<std::int64_t>(draw >> 11);
    const double x = static_cast<double>(point) * kNormalLayers[i].scale;
    if (point < kNormalLayers[i].accept) return sign * x;
    if (i == 0) return sign * normalTail(more);
    if (underDensity(kNormalEdges, i, fixedExp(-0.5 * x * x), more)) return sign * x;
  }
}

}  // namespace ringside
