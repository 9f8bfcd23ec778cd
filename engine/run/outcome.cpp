#include "engine/run/outcome.h"

#include "engine/run/run.h"

namespace ringside::run {
namespace {

using metrics::MetricKind;
using metrics::MetricValue;
using metrics::Unit;

constexpr std::uint64_t kEventsPerLook = 16'384;

void add(std::vector<Statistic>& to, const char* function, const MetricValue& metric, Unit unit,
         std::optional<double> value) {
  const std::string call =
      *function == '\0' ? metric.name : std::string(function) + "(" + metric.name + ")";
  to.push_back({call, unit, value});
}

std::int64_t partsOf(const Run& run) {
  const double whole = toSeconds(run.end());
  const double part = whole > 0 ? toSeconds(run.now()) / whole : 1;
  return static_cast<std::int64_t>(part * static_cast<double>(Progress::kPartsPerRun));
}

}  // namespace

std::vector<Statistic> statisticsOf(const std::vector<MetricValue>& metrics) {
  std::vector<Statistic> all;
  for (const MetricValue& metric : metrics) {
    switch (metric.kind) {
      case MetricKind::Counter:
        add(all, "", metric, metric.unit, metric.value);
        add(all, "rate", metric, Unit::PerSecond, metric.rate);
        break;
      case MetricKind::Gauge:
        add(all, "", metric, metric.unit, metric.value);
        add(all, "mean", metric, metric.unit, metric.mean);
        break;
      case MetricKind::Distribution:
        add(all, "count", metric, Unit::Count, static_cast<double>(metric.count));
        add(all, "mean", metric, metric.unit, metric.mean);
        add(all, "p50", metric, metric.unit, metric.p50);
        add(all, "p90", metric, metric.unit, metric.p90);
        add(all, "p99", metric, metric.unit, metric.p99);
        add(all, "p999", metric, metric.unit, metric.p999);
        add(all, "max", metric, metric.unit, metric.max);
        break;
    }
  }
  return all;
}

Outcome outcomeOf(const Run& run) {
  Outcome outcome;
  outcome.statistics = statisticsOf(run.metrics());
  outcome.state = run.state();
  outcome.error = run.error();
  outcome.fingerprint = run.fingerprint();
  outcome.events = run.events();
  outcome.now = run.now();
  return outcome;
}

void finishRun(Run& run, Progress& progress) {
  std::int64_t told = partsOf(run);
  while (!lab::isOver(run.state()) && !progress.stop) {
    run.advance(run.end(), kEventsPerLook);
    const std::int64_t parts = partsOf(run);
    progress.done += parts - told;
    told = parts;
  }
  if (!progress.stop) progress.done += Progress::kPartsPerRun - told;
}

Result<Outcome> runToEnd(const RunPlan& plan, Progress& progress) {
  auto made = Run::make(plan);
  if (!made) return made.error();
  finishRun(**made, progress);
  return outcomeOf(**made);
}

}  // namespace ringside::run
