// World: what a lab runs in: virtual time, instruments, charts, scenes and the log of events.
//
// Model     A lab's start() declares what can be seen, as functions that are called when a frame is
//           built, and spawns its processes on the runtime. Nothing that is declared here can
//           change what happens: reading is free of effects.
// Threads   One owner, the run's.
// Cost      Charts and scenes cost only when a frame is built; instruments as metrics/ says.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "engine/lab/frame.h"
#include "engine/lab/parts/arrival_trace.h"
#include "engine/metrics/recorder.h"
#include "engine/runtime/virtual_runtime.h"

namespace ringside::lab {

// A line of a chart: an instrument's series, under the name it is to bear there.
struct ChartLine {
  std::string name;    // "p99".
  std::string metric;  // "payment.latency": a counter shows its rate, a gauge its level.
  // For a distribution: which percentile line.
  metrics::IntervalPercentiles::Line line = metrics::IntervalPercentiles::Line::P50;
};

struct ChartSpec {
  std::string id;
  std::string title;
  ChartKind kind = ChartKind::Lines;
  metrics::Unit unit = metrics::Unit::None;
  std::vector<ChartLine> lines;  // For ChartKind::Percentiles: one, the distribution.
};

class World {
 public:
  World(std::uint64_t seed, Duration length, std::shared_ptr<const ArrivalTrace> arrivals);
  World(const World&) = delete;
  World& operator=(const World&) = delete;
  ~World() { runtime_.shutDown(); }

  [[nodiscard]] VirtualRuntime& runtime() { return runtime_; }
  [[nodiscard]] metrics::Recorder& recorder() { return recorder_; }
  [[nodiscard]] const metrics::Recorder& recorder() const { return recorder_; }
  [[nodiscard]] Instant now() const { return runtime_.now(); }
  [[nodiscard]] Duration length() const { return length_; }
  // Null: the lab makes its own arrivals.
  [[nodiscard]] const ArrivalTrace* arrivals() const { return arrivals_.get(); }

  // To be called from start().
  void chart(ChartSpec spec) { charts_.push_back(std::move(spec)); }
  void topology(std::function<TopologyScene()> make) { topology_ = std::move(make); }
  void scene(std::string name, std::function<Scene()> make) {
    scenes_.push_back({std::move(name), std::move(make)});
  }
  // How a sampled request is to be told; see metrics/spans.h.
  void traces(std::function<Trace(const metrics::RequestTrace&)> tell) { tell_ = std::move(tell); }

  // A law to be laid over a metric; evaluated when a frame is built.
  void theory(TheorySpec spec) { theory_.push_back(std::move(spec)); }

  // A change of state, in words.
  void note(std::string component, std::string text, Severity severity = Severity::Info);

  // Advances as VirtualRuntime does, and extends the instruments' series at each grid instant.
  std::uint64_t advance(Instant until, std::uint64_t maxEvents);
  void finish();  // Closes the intervals under way.

  // Parts of what can be seen now, each built at the call; scenes count in order of declaration.
  [[nodiscard]] TopologyScene topologyNow() const {
    return topology_ ? topology_() : TopologyScene{};
  }
  [[nodiscard]] std::size_t sceneCount() const { return scenes_.size(); }
  [[nodiscard]] const std::string& sceneName(std::size_t index) const {
    return scenes_[index].name;
  }
  [[nodiscard]] Scene sceneNow(std::size_t index) const { return scenes_[index].make(); }

  // Fills in what can be seen now; of a finished run (frame.state) also what it settled to.
  void show(Frame& frame);

 private:
  struct SceneMaker {
    std::string name;
    std::function<Scene()> make;
  };

  [[nodiscard]] Chart draw(const ChartSpec& spec) const;
  [[nodiscard]] Series drawLine(const ChartLine& line, metrics::Unit unit) const;

  Duration length_;
  std::shared_ptr<const ArrivalTrace> arrivals_;
  metrics::Recorder recorder_;
  VirtualRuntime runtime_;
  std::vector<ChartSpec> charts_;
  std::function<TopologyScene()> topology_;
  std::vector<SceneMaker> scenes_;
  std::function<Trace(const metrics::RequestTrace&)> tell_;
  std::vector<TheorySpec> theory_;
};

}  // namespace ringside::lab
