#include "engine/lab/steady_metrics.h"

#include "engine/stats/steady_state.h"

namespace ringside::lab {
namespace {

using metrics::BoundedSeries;

const BoundedSeries* seriesOf(const metrics::Recorder& recorder, const std::string& name) {
  if (const auto* distribution = recorder.findDistribution(name)) {
    const auto* intervals = distribution->intervals();
    if (intervals == nullptr) return nullptr;
    return &intervals->line(metrics::IntervalPercentiles::Line::Mean);
  }
  return recorder.series(name);
}

SteadyMetric judged(const metrics::MetricValue& metric, const BoundedSeries& series, Instant now) {
  std::vector<double> values;
  std::vector<double> weights;
  std::vector<Instant> starts;
  for (const auto& point : series.window(Instant{}, now, BoundedSeries::kDefaultCapacity)) {
    values.push_back(point.summary.mean);
    weights.push_back(point.summary.weight);
    starts.push_back(point.start);
  }
  stats::SteadyState state = stats::steadyState(values, weights);
  SteadyMetric out{.name = metric.name, .unit = metric.unit};
  if (metric.kind == metrics::MetricKind::Counter) out.unit = metrics::Unit::PerSecond;
  if (state.cut > 0) out.warmUp = starts[state.cut].time_since_epoch();
  out.interval = state.interval;
  out.enough = state.enough;
  out.why = std::move(state.why);
  return out;
}

}  // namespace

std::vector<SteadyMetric> steadyMetrics(const metrics::Recorder& recorder, Instant now) {
  std::vector<SteadyMetric> all;
  for (const metrics::MetricValue& metric : recorder.snapshot(now)) {
    const BoundedSeries* series = seriesOf(recorder, metric.name);
    if (series != nullptr) all.push_back(judged(metric, *series, now));
  }
  return all;
}

}  // namespace ringside::lab
