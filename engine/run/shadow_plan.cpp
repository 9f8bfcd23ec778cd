#include "engine/run/shadow_plan.h"

#include <algorithm>
#include <bit>

namespace ringside::run {
namespace {

constexpr double kStrideSeconds = 0.08;
constexpr double kMarkSeconds = 1.0;
constexpr std::uint64_t kLeastStride = 1024;
constexpr std::size_t kMostMarks = 8;
constexpr std::size_t kMostMeasured = 64;
constexpr std::size_t kLeastBytes = std::size_t{1} << 20;  // Of any run.

std::uint64_t eventsIn(double seconds, double eventsPerSecond) {
  const double events = std::clamp(seconds * eventsPerSecond, 1.0, 1e15);
  return std::bit_floor(static_cast<std::uint64_t>(events));
}

std::uint64_t floorTo(std::uint64_t step, std::uint64_t value) { return value / step * step; }

// Takes places while there is memory for them.
class Taker {
 public:
  explicit Taker(const ShadowNeeds& needs) : needs_(needs), left_(needs.budgetBytes) {}

  void take(std::uint64_t place) {
    const std::size_t bytes = estimatedBytes(needs_, place);
    if (place == 0 || place >= needs_.present || bytes > left_ || places.size() >= kMostShadows ||
        std::ranges::find(places, place) != places.end()) {
      return;
    }
    places.push_back(place);
    left_ -= bytes;
  }

  // Whether all of `spacing`, 2 * `spacing` ... below `limit` can be had.
  [[nodiscard]] bool fits(std::uint64_t spacing, std::uint64_t limit) const {
    if (limit / spacing > kMostMarks) return false;
    std::size_t bytes = 0;
    for (std::uint64_t at = spacing; at < limit; at += spacing) bytes += estimatedBytes(needs_, at);
    return bytes <= left_;
  }

  std::vector<std::uint64_t> places;

 private:
  const ShadowNeeds& needs_;
  std::size_t left_;
};

}  // namespace

std::uint64_t strideOf(double eventsPerSecond) {
  return std::max(kLeastStride, eventsIn(kStrideSeconds, eventsPerSecond));
}

void learn(ShadowNeeds& needs, MeasuredRun run) {
  auto& all = needs.measured;
  const auto place = std::ranges::lower_bound(all, run.events, {}, &MeasuredRun::events);
  if (place != all.end() && place->events == run.events) {
    place->bytes = run.bytes;
  } else {
    all.insert(place, run);
  }
  if (all.size() <= kMostMeasured) return;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < all.size(); i += 2) all[kept++] = all[i];
  all.resize(kept);
}

std::size_t measuredBytes(const ShadowNeeds& needs, std::uint64_t events) {
  std::size_t most = 0;
  for (const MeasuredRun& run : needs.measured) {
    if (run.events <= events) most = std::max(most, run.bytes);
  }
  return most;
}

std::size_t estimatedBytes(const ShadowNeeds& needs, std::uint64_t events) {
  if (needs.present == 0) return kLeastBytes;
  const double part =
      std::min(1.0, static_cast<double>(events) / static_cast<double>(needs.present));
  const auto scaled = static_cast<std::size_t>(part * static_cast<double>(needs.presentBytes));
  return std::max(kLeastBytes + scaled, measuredBytes(needs, events));
}

std::vector<std::uint64_t> shadowPlan(const ShadowNeeds& needs) {
  const std::uint64_t stride = strideOf(needs.eventsPerSecond);
  if (needs.present <= stride) return {};
  Taker taker(needs);
  const std::uint64_t near = floorTo(stride / 2, needs.present - 1);
  taker.take(near);
  if (near > stride / 2) taker.take(near - stride / 2);
  std::uint64_t spacing = std::max(stride, eventsIn(kMarkSeconds, needs.eventsPerSecond));
  while (!taker.fits(spacing, near)) spacing *= 2;
  for (std::uint64_t at = floorTo(spacing, near); at > 0; at -= spacing) taker.take(at);
  for (std::uint64_t step = stride; step < spacing; step *= 2) {
    taker.take(floorTo(step, needs.present - 1));
    if (needs.present > 2 * step) taker.take(floorTo(step, needs.present - 1 - step));
  }
  return std::move(taker.places);
}

}  // namespace ringside::run
