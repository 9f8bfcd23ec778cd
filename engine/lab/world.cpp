#include "engine/lab/world.h"

#include <algorithm>

namespace ringside::lab {
namespace {

constexpr std::size_t kPointsPerLine = 512;
constexpr std::size_t kEventTail = 200;

metrics::Recorder::Config recorderConfig(std::uint64_t seed, Duration length) {
  // Fine enough that a short run has a few hundred points, coarse enough to cost nothing.
  const Duration grid = std::clamp(length / 1000, Duration(10'000), Duration(1'000'000'000'000));
  metrics::Recorder::Config config;
  config.grid = grid;
  config.spans.seed = seed;
  return config;
}

Series toSeries(std::string name, metrics::Unit unit, const metrics::BoundedSeries* source,
                Instant now) {
  Series series{.name = std::move(name), .unit = unit, .points = {}};
  if (source == nullptr || source->empty()) return series;
  const auto points = source->window(Instant{}, now + Duration(1), kPointsPerLine);
  series.points.reserve(points.size());
  for (const auto& point : points) {
    series.points.push_back(
        {toSeconds(point.start + point.width / 2), point.summary.low, point.summary.high});
  }
  if (!points.empty()) series.last = points.back().summary.last;
  return series;
}

}  // namespace

World::World(std::uint64_t seed, Duration length, std::shared_ptr<const ArrivalTrace> arrivals)
    : length_(length),
      arrivals_(std::move(arrivals)),
      recorder_(recorderConfig(seed, length)),
      runtime_(seed) {}

void World::note(std::string component, std::string text, Severity severity) {
  recorder_.events().record({.at = now(),
                             .number = runtime_.events(),
                             .component = std::move(component),
                             .text = std::move(text),
                             .severity = severity});
}

std::uint64_t World::advance(Instant until, std::uint64_t maxEvents) {
  std::uint64_t done = 0;
  for (;;) {
    const Instant stop = std::min(until, recorder_.nextTick());
    done += runtime_.advance(stop, maxEvents - done);
    // An instrument is read when nothing is left at its instant, wherever the slices end.
    if (runtime_.now() < stop) return done;
    const auto next = runtime_.next();
    if (next && next->at <= stop) return done;
    if (stop == recorder_.nextTick()) recorder_.tick(stop);
    if (stop == until) return done;
  }
}

void World::finish() { recorder_.finish(now()); }

void World::show(Frame& frame) {
  frame.now = now();
  frame.events = runtime_.events();
  frame.fingerprint = runtime_.fingerprint();
  frame.seed = runtime_.seed();
  frame.pending = runtime_.pendingCount();
  frame.samplesKept = recorder_.kept();
  frame.samplesDropped = recorder_.dropped();
  frame.metrics = recorder_.snapshot(now());
  for (const ChartSpec& spec : charts_) frame.charts.push_back(draw(spec));
  if (topology_) frame.topology = topology_();
  for (const SceneMaker& scene : scenes_) frame.scenes.push_back({scene.name, scene.make()});
  for (const auto& event : recorder_.events().tail(kEventTail)) {
    frame.eventTail.push_back(
        {event.at, event.number, event.component, event.text, event.severity});
  }
  frame.eventLinesDropped = recorder_.events().dropped();
  for (const TheorySpec& spec : theory_) {
    const auto metric = recorder_.find(spec.metric, now());
    frame.theory.push_back(evaluated(spec, metric ? &*metric : nullptr));
  }
  if (frame.state == RunState::Finished) frame.steady = steadyMetrics(recorder_, now());
  if (!tell_) return;
  for (const auto& trace : recorder_.spans().slowest()) frame.slowest.push_back(tell_(trace));
  for (const auto& trace : recorder_.spans().sample()) frame.sampled.push_back(tell_(trace));
}

Chart World::draw(const ChartSpec& spec) const {
  Chart chart{.id = spec.id,
              .title = spec.title,
              .kind = spec.kind,
              .unit = spec.unit,
              .series = {},
              .distribution = {}};
  if (spec.kind != ChartKind::Percentiles) {
    for (const ChartLine& line : spec.lines) chart.series.push_back(drawLine(line, spec.unit));
    return chart;
  }
  const auto* distribution = recorder_.findDistribution(spec.lines.front().metric);
  if (distribution == nullptr) return chart;
  for (const auto& row : distribution->histogram().percentileRows()) {
    chart.distribution.push_back(
        {row.percentile / 100, static_cast<double>(row.value), row.cumulative});
  }
  return chart;
}

Series World::drawLine(const ChartLine& line, metrics::Unit unit) const {
  const metrics::BoundedSeries* source = recorder_.series(line.metric);
  if (const auto* distribution = recorder_.findDistribution(line.metric)) {
    const auto* intervals = distribution->intervals();
    source = intervals == nullptr ? nullptr : &intervals->line(line.line);
  }
  return toSeries(line.name, unit, source, now());
}

}  // namespace ringside::lab
