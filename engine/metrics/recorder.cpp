#include "engine/metrics/recorder.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/base/check.h"
#include "engine/metrics/percentile_support.h"

namespace ringside::metrics {
namespace {

template <class... Visitors>
struct Overload : Visitors... {
  using Visitors::operator()...;
};
template <class... Visitors>
Overload(Visitors...) -> Overload<Visitors...>;

void fillFrom(const Counter& counter, double seconds, MetricValue& out) {
  out.kind = MetricKind::Counter;
  out.count = counter.total();
  out.value = static_cast<double>(counter.total());
  if (seconds > 0) out.rate = static_cast<double>(counter.total()) / seconds;
}

void fillFrom(const Gauge& gauge, Instant now, MetricValue& out) {
  out.kind = MetricKind::Gauge;
  out.count = gauge.sets();
  if (gauge.sets() == 0) return;
  out.value = gauge.value();
  out.mean = gauge.mean(now);
  out.min = gauge.min();
  out.max = gauge.max();
}

void fillFrom(const Histogram& histogram, double seconds, MetricValue& out) {
  out.kind = MetricKind::Distribution;
  out.count = histogram.count();
  if (seconds > 0) out.rate = static_cast<double>(histogram.count()) / seconds;
  if (histogram.count() == 0) return;
  out.mean = histogram.mean();
  out.stddev = histogram.deviation();
  out.min = static_cast<double>(histogram.min());
  out.max = static_cast<double>(histogram.max());
  constexpr std::array<double, 5> kPercents = {50, 90, 95, 99, 99.9};
  const std::array<std::optional<double>*, 5> fields = {&out.p50, &out.p90, &out.p95, &out.p99,
                                                        &out.p999};
  std::array<std::int64_t, 5> values{};
  histogram.percentiles(kPercents, values);
  for (std::size_t i = 0; i < kPercents.size(); ++i) {
    if (!supportsPercentile(histogram.count(), kPercents[i])) continue;
    // A bucket's upper end may lie beyond the highest value, which is known exactly.
    *fields[i] = static_cast<double>(std::min(values[i], histogram.max()));
  }
}

}  // namespace

std::string fullName(const InstrumentSpec& spec) {
  std::string name = spec.name;
  for (std::size_t i = 0; i < spec.labels.size(); ++i) {
    name += (i == 0 ? "{" : ",") + spec.labels[i].first + "=" + spec.labels[i].second;
  }
  return spec.labels.empty() ? name : name + "}";
}

Recorder::Recorder(Config config)
    : firstGrid_(config.grid),
      grid_(config.grid),
      budget_(config.budgetBytes),
      capacity_(config.seriesCapacity),
      events_(config.eventCapacity),
      spans_(config.spans) {
  RINGSIDE_CHECK(config.grid > Duration::zero());
  fitBudget();
}

template <class Data>
Data& Recorder::declare(InstrumentSpec spec, Data data) {
  std::string name = fullName(spec);
  RINGSIDE_CHECK(!spec.name.empty());
  RINGSIDE_CHECK(!byName_.contains(name));
  instruments_.push_back({std::move(spec), std::move(name), std::move(data)});
  byName_.emplace(instruments_.back().name, &instruments_.back());
  fitBudget();
  return std::get<Data>(instruments_.back().data);
}

Counter& Recorder::counter(InstrumentSpec spec) {
  return declare(std::move(spec), CountedSeries{{}, 0, BoundedSeries(seriesConfig())}).counter;
}

Gauge& Recorder::gauge(InstrumentSpec spec) {
  return declare(std::move(spec), GaugedSeries{{}, {}, BoundedSeries(seriesConfig())}).gauge;
}

void Recorder::poll(InstrumentSpec spec, std::function<double()> read) {
  RINGSIDE_CHECK(read != nullptr);
  declare(std::move(spec), GaugedSeries{{}, std::move(read), BoundedSeries(seriesConfig())});
}

Distribution& Recorder::distribution(InstrumentSpec spec, Intervals intervals) {
  return declare(std::move(spec), Distribution(seriesConfig(), intervals));
}

void Recorder::tick(Instant now) {
  if (now <= lastTick_) return;
  const Instant at = now - Duration(1);  // The cell that ends at `now`, not the one that begins.
  const double seconds = toSeconds(now - lastTick_);
  const Overload extend{
      [&](CountedSeries& counted) {
        const std::uint64_t total = counted.counter.total();
        counted.rate.record(at, static_cast<double>(total - counted.totalBefore) / seconds);
        counted.totalBefore = total;
      },
      [&](GaugedSeries& gauged) {
        if (gauged.read) {
          const double level = gauged.read();
          if (std::isnan(level)) return;
          gauged.gauge.set(now, level);
          gauged.level.record(at, level);
          return;
        }
        const Gauge::Span span = gauged.gauge.takeSpan(now);
        if (span.seen) gauged.level.record(at, {span.low, span.high, span.last, span.mean, 1});
      },
      [&](Distribution& distribution) {
        if (distribution.intervals() != nullptr) distribution.intervals()->advance(now);
      },
  };
  for (Instrument& instrument : instruments_) std::visit(extend, instrument.data);
  lastTick_ = now;
  while (now.time_since_epoch() / grid_ >= static_cast<std::int64_t>(capacity_)) grid_ *= 2;
}

void Recorder::finish(Instant now) {
  tick(now);
  for (Instrument& instrument : instruments_) {
    auto* distribution = std::get_if<Distribution>(&instrument.data);
    if (distribution != nullptr && distribution->intervals() != nullptr) {
      distribution->intervals()->finish(now);
    }
  }
}

Instant Recorder::nextTick() const {
  const std::int64_t cells = lastTick_.time_since_epoch() / grid_;
  if (cells >= Duration::max() / grid_) return kNever;  // No whole cell is left before the end.
  return Instant((cells + 1) * grid_);
}

MetricValue Recorder::read(const Instrument& instrument, Instant now) const {
  MetricValue out;
  out.name = instrument.name;
  out.help = instrument.spec.help;
  out.unit = instrument.spec.unit;
  const double seconds = toSeconds(now);
  const Overload fill{
      [&](const CountedSeries& counted) { fillFrom(counted.counter, seconds, out); },
      [&](const GaugedSeries& gauged) { fillFrom(gauged.gauge, now, out); },
      [&](const Distribution& values) { fillFrom(values.histogram(), seconds, out); },
  };
  std::visit(fill, instrument.data);
  return out;
}

std::vector<MetricValue> Recorder::snapshot(Instant now) const {
  std::vector<MetricValue> values;
  values.reserve(instruments_.size());
  for (const Instrument& instrument : instruments_) values.push_back(read(instrument, now));
  return values;
}

const Recorder::Instrument* Recorder::lookUp(std::string_view name) const {
  const auto found = byName_.find(name);
  return found == byName_.end() ? nullptr : found->second;
}

std::optional<MetricValue> Recorder::find(std::string_view fullName, Instant now) const {
  const Instrument* const instrument = lookUp(fullName);
  if (instrument == nullptr) return std::nullopt;
  return read(*instrument, now);
}

std::function<double()> Recorder::reader(std::string_view fullName) const {
  const Instrument* const instrument = lookUp(fullName);
  if (instrument == nullptr) return {};
  if (const auto* counted = std::get_if<CountedSeries>(&instrument->data)) {
    return [counted] { return static_cast<double>(counted->counter.total()); };
  }
  const auto* gauged = std::get_if<GaugedSeries>(&instrument->data);
  if (gauged == nullptr) return {};
  if (gauged->read) return gauged->read;
  return [gauged] { return gauged->gauge.value(); };
}

const BoundedSeries* Recorder::series(std::string_view fullName) const {
  const Instrument* const instrument = lookUp(fullName);
  if (instrument == nullptr) return nullptr;
  if (const auto* counted = std::get_if<CountedSeries>(&instrument->data)) return &counted->rate;
  if (const auto* gauged = std::get_if<GaugedSeries>(&instrument->data)) return &gauged->level;
  return nullptr;
}

const Distribution* Recorder::findDistribution(std::string_view fullName) const {
  const Instrument* const instrument = lookUp(fullName);
  return instrument == nullptr ? nullptr : std::get_if<Distribution>(&instrument->data);
}

}  // namespace ringside::metrics
