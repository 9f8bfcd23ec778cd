// Recorder: everything that is measured in a run, by name, in memory that was set aside beforehand.
//
// Model     Instruments are declared once and then used through the reference that the declaration
//           returned. At the instants of a grid in virtual time the recorder looks at them all and
//           extends their series: a counter's rate, a gauge's level, a distribution's percentiles.
// Promise   References stay valid for the recorder's life. Memory stays within the budget for any
//           length of run: every declaration counts with the most its instrument can come to hold,
//           and when the sum nears the budget all series become shorter. What that merges is
//           counted.
// Time      Passive: tick(now) is called at nextTick(). The grid doubles as the run outgrows it.
// Threads   None: it belongs to the run.
// Rejected  Strings at the point of use: a look-up for each of fifteen million records a second.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "engine/base/time.h"
#include "engine/metrics/bounded_series.h"
#include "engine/metrics/counter.h"
#include "engine/metrics/distribution.h"
#include "engine/metrics/event_log.h"
#include "engine/metrics/gauge.h"
#include "engine/metrics/metric_value.h"
#include "engine/metrics/spans.h"

namespace ringside::metrics {

struct InstrumentSpec {
  std::string name;  // component.metric: "gateway.admitted".
  Unit unit = Unit::Count;
  std::string help;                                         // One sentence.
  std::vector<std::pair<std::string, std::string>> labels;  // {{"method", "card"}}
};

// "breaker.state{method=card}"; the name alone without labels.
[[nodiscard]] std::string fullName(const InstrumentSpec& spec);

class Recorder {
 public:
  struct Config {
    Duration grid = std::chrono::milliseconds(1);
    std::size_t budgetBytes = std::size_t{64} << 20;
    std::size_t seriesCapacity = BoundedSeries::kDefaultCapacity;
    std::size_t eventCapacity = 4096;
    SpanSampler::Config spans{};
  };

  explicit Recorder(Config config);
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  // REQUIRES: no instrument of this full name yet, and room for it in the budget.
  Counter& counter(InstrumentSpec spec);
  Gauge& gauge(InstrumentSpec spec);
  Distribution& distribution(InstrumentSpec spec, Intervals intervals = Intervals::Yes);
  // A gauge that is asked for its level at each tick; not-a-number says that it has none now.
  void poll(InstrumentSpec spec, std::function<double()> read);

  [[nodiscard]] EventLog& events() { return events_; }
  [[nodiscard]] const EventLog& events() const { return events_; }
  [[nodiscard]] SpanSampler& spans() { return spans_; }
  [[nodiscard]] const SpanSampler& spans() const { return spans_; }

  // Extends all series up to `now`; of no effect unless `now` is after the last tick.
  void tick(Instant now);
  // A tick that also ends the intervals in progress: at the end of a run.
  void finish(Instant now);
  [[nodiscard]] Instant nextTick() const;  // kNever when time itself runs out.

  // All instruments read out at `now`, in order of declaration.
  [[nodiscard]] std::vector<MetricValue> snapshot(Instant now) const;
  [[nodiscard]] std::optional<MetricValue> find(std::string_view fullName, Instant now) const;

  // Reads a counter's total or a gauge's level as it is at the moment of the call, a polled one
  // included; empty for other names. Valid as long as the recorder.
  [[nodiscard]] std::function<double()> reader(std::string_view fullName) const;

  // A counter's rate per second or a gauge's level over time; null for other names.
  [[nodiscard]] const BoundedSeries* series(std::string_view fullName) const;
  // Null unless a distribution has this name.
  [[nodiscard]] const Distribution* findDistribution(std::string_view fullName) const;

  [[nodiscard]] std::size_t bytes() const;
  [[nodiscard]] std::uint64_t kept() const;     // Cells with a value, over all series.
  [[nodiscard]] std::uint64_t dropped() const;  // Cells merged into a neighbour for want of room.

 private:
  struct CountedSeries {
    Counter counter;
    std::uint64_t totalBefore = 0;  // At the last tick.
    BoundedSeries rate;
  };
  struct GaugedSeries {
    Gauge gauge;
    std::function<double()> read;  // Empty unless polled.
    BoundedSeries level;
  };
  struct Instrument {
    InstrumentSpec spec;
    std::string name;
    std::variant<CountedSeries, GaugedSeries, Distribution> data;
  };

  template <class Data>
  Data& declare(InstrumentSpec spec, Data data);
  [[nodiscard]] const Instrument* lookUp(std::string_view name) const;
  [[nodiscard]] MetricValue read(const Instrument& instrument, Instant now) const;
  [[nodiscard]] BoundedSeries::Config seriesConfig() const { return {firstGrid_, capacity_}; }
  void fitBudget();
  [[nodiscard]] std::size_t fixedBytes() const;
  [[nodiscard]] std::size_t mostBytes() const;

  Duration firstGrid_;
  Duration grid_;
  std::size_t budget_;
  std::size_t capacity_;
  Instant lastTick_{};
  std::deque<Instrument> instruments_;  // A deque: references survive its growth.
  std::map<std::string, const Instrument*, std::less<>> byName_;
  EventLog events_;
  SpanSampler spans_;
};

}  // namespace ringside::metrics
