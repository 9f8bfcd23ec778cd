#include "engine/stats/steady_state.h"

#include <cmath>

#include "engine/stats/batch_means.h"
#include "engine/stats/warm_up.h"

namespace ringside::stats {

SteadyState steadyState(std::span<const double> values, std::span<const double> weights,
                        double level) {
  SteadyState out;
  if (values.size() < kMserLeast) {
    out.why = "too few values in the series to tell";
    return out;
  }
  const WarmUp warmUp = findWarmUp(values);
  out.cut = warmUp.settled ? warmUp.cut : values.size() / 2;
  const auto kept = weights.empty() ? weights : weights.subspan(out.cut);
  const auto batches = batchMeans(values.subspan(out.cut), kept, kUsualBatches, level);
  if (!batches) {
    out.why = "too few values after the warm-up";
    return out;
  }
  out.interval = batches->interval;
  if (!warmUp.settled) {
    out.why = "still moving in its second half";
  } else if (!batches->independent) {
    out.why = "its stretches depend on one another";
  } else if (out.interval.half > kWidestRelative * std::abs(out.interval.mean)) {
    out.why = "the interval is wider than a tenth of the mean";
  }
  out.enough = out.why.empty();
  return out;
}

}  // namespace ringside::stats
