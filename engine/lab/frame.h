// Frame: everything that a view may know of a run at one moment, as an immutable value.
//
// Model     The engine builds a frame on demand and hands it over as shared_ptr<const Frame>; the
//           newest wins and none needs to be seen. The last frame of a run carries its end.
// Threads   Immutable once published; any thread may read it.
// Cost      Bounded: series at most 512 points each, 200 events, 64 traces.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/time.h"
#include "engine/lab/fault.h"
#include "engine/lab/parameter.h"
#include "engine/lab/scene.h"
#include "engine/lab/steady_metrics.h"
#include "engine/lab/theory.h"
#include "engine/metrics/event_log.h"
#include "engine/metrics/metric_value.h"

namespace ringside::lab {

enum class RunState {
  Idle,     // Built, at t = 0, nothing run yet.
  Running,  // The worker is advancing it.
  Paused,
  Finished,  // Reached its length or stop condition; checks were evaluated.
  Failed,    // An error ended it: see note.
};

constexpr bool isOver(RunState state) {
  return state == RunState::Finished || state == RunState::Failed;
}

struct NextEvent {
  Instant at;
  std::string actor{};  // "payment-service", "bank card".
  std::string kind{};   // "sleep", "arrival", "timeout".
  std::uint64_t number = 0;
};

// One chart line; points are in time order, min and max both kept for each column of time.
struct SeriesPoint {
  double seconds = 0;
  double low = 0;
  double high = 0;
};

struct Series {
  std::string name{};  // "shard-2", "p99".
  metrics::Unit unit = metrics::Unit::None;
  std::vector<SeriesPoint> points{};  // At most 512.
  double last = 0;
};

enum class ChartKind {
  Lines,        // Values over time.
  LogLines,     // Values over time, logarithmic axis (latencies).
  Stacked,      // Rates by outcome over time.
  Percentiles,  // A distribution: value by log10(1 / (1 - percentile)).
};

struct PercentilePoint {
  double percentile = 0;  // 0 to 1.
  double value = 0;
  std::uint64_t count = 0;  // Values at or below.
};

struct Chart {
  std::string id{};     // "queues": stable.
  std::string title{};  // "Queue depth".
  ChartKind kind = ChartKind::Lines;
  metrics::Unit unit = metrics::Unit::None;
  std::vector<Series> series{};                 // For the kinds over time.
  std::vector<PercentilePoint> distribution{};  // For Percentiles.
};

using Severity = metrics::Severity;

struct EventLine {
  Instant at;
  std::uint64_t number = 0;  // Event number of the run at that moment.
  std::string component{};   // Topology node id.
  std::string text{};        // "breaker card: closed -> open".
  Severity severity = Severity::Info;
};

// An event that has run, for lists and for going from effect to cause.
struct EventStep {
  std::uint64_t number = 0;
  Instant at;
  std::string actor{};  // As in NextEvent.
  std::string kind{};
  std::uint64_t cause = 0;  // Number of the event that scheduled it; 0: before the run.
};

struct TraceStep {
  std::string name{};  // "bank call".
  std::string component{};
  Instant start;
  Duration wait{};     // In queues, before service.
  Duration service{};  // Being served.
};

// One sampled request.
struct Trace {
  std::uint64_t id = 0;
  std::string label{};    // "payment 81231, card, merchant 17".
  std::string outcome{};  // "approved", "timed out".
  Severity severity = Severity::Info;
  Instant start;
  Instant end;
  std::vector<TraceStep> steps{};
};

enum class Verdict { NotReached, Holds, Fails };

// A statement of the run's check(), or an invariant watched as it goes.
struct CheckResult {
  std::string id{};    // "money_conserved".
  std::string text{};  // "Money is conserved: what payers lost, payees and fees gained."
  Verdict verdict = Verdict::NotReached;
  std::string evidence{};  // "sum of balances 0; 1,000,231 postings".
};

struct Frame {
  RunState state = RunState::Idle;
  std::string note{};  // Why it stopped; the error of a failed run.
  Instant now{};
  Instant end{};  // Planned length of the run.
  std::uint64_t events = 0;
  std::uint64_t fingerprint = 0;
  std::uint64_t seed = 0;
  std::string labId{};
  std::string preset{};  // Empty once a knob differs from it.
  std::optional<NextEvent> next;
  double eventsPerWallSecond = 0;
  double virtualPerWallSecond = 0;
  std::uint64_t pending = 0;      // Events in the queue.
  std::uint64_t samplesKept = 0;  // Over all instruments.
  std::uint64_t samplesDropped = 0;

  std::vector<ParameterValue> knobs{};  // In declaration order.
  std::vector<metrics::MetricValue> metrics{};
  std::vector<Chart> charts{};
  TopologyScene topology;
  std::vector<NamedScene> scenes{};
  std::vector<FaultWindow> faults{};
  std::vector<EventLine> eventTail{};  // Oldest first, at most 200.
  std::uint64_t eventLinesDropped = 0;
  std::vector<EventStep> recent{};  // The last events run, oldest first, at most 256; at rest only.
  std::vector<Trace> slowest{};     // Slowest first, at most 32.
  std::vector<Trace> sampled{};     // Reservoir, at most 32.
  std::vector<CheckResult> checks{};
  std::vector<TheoryLine> theory{};    // In order of declaration.
  std::vector<SteadyMetric> steady{};  // Of a finished run; empty before.
};

using FramePtr = std::shared_ptr<const Frame>;

}  // namespace ringside::lab
