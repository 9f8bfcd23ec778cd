#include "engine/export/chrome_trace.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <fmt/format.h>
#include <string_view>
#include <tuple>
#include <vector>

#include "engine/export/json.h"
#include "engine/export/lanes.h"

namespace ringside::exports {
namespace {

// Process ids, in the order in which a viewer lists them.
enum Process { kRequests = 1, kComponents = 2, kCharts = 3, kFaults = 4 };

// Whole nanoseconds as microseconds with three decimals: never rounded, never with an exponent.
std::string micros(std::int64_t nanos) {
  const std::string_view sign = nanos < 0 ? "-" : "";
  const auto size = static_cast<std::uint64_t>(nanos < 0 ? -nanos : nanos);
  return fmt::format("{}{}.{:03}", sign, size / 1000, size % 1000);
}

std::string micros(Instant at) { return micros(at.time_since_epoch().count()); }

// One step of a sampled request, with what it needs to be drawn on its component's track.
struct Slice {
  const lab::Trace* trace = nullptr;
  const lab::TraceStep* step = nullptr;

  [[nodiscard]] Instant start() const { return step->start; }
  [[nodiscard]] Duration length() const {
    return std::max(step->wait + step->service, Duration::zero());
  }
};

struct Component {
  std::string id;
  std::vector<Slice> slices;
  std::int64_t firstTrack = 0;
};

class TraceText {
 public:
  explicit TraceText(const RunRecord& record) : record_(record), frame_(record.frame) {}

  std::string build() {
    findComponents();
    text_ = "{\"traceEvents\":[\n";
    nameProcesses();
    requests();
    for (Component& component : components_) slices(component);
    instants();
    counters();
    faults();
    text_ += fmt::format(
        "\n],\"displayTimeUnit\":\"ns\",\"metadata\":{{\"lab\":{},\"preset\":{},\"seed\":\"{}\","
        "\"fingerprint\":\"{}\",\"engine_version\":\"{}\",\"run_id\":{}}}}}\n",
        jsonString(record_.info.id), jsonString(record_.plan.preset), record_.plan.seed,
        fingerprintText(frame_.fingerprint), engineVersion(), jsonString(runId(record_)));
    return std::move(text_);
  }

 private:
  // `fields` are the members of one event object, without braces.
  void event(std::string_view fields) {
    if (!first_) text_ += ",\n";
    first_ = false;
    text_.append("{").append(fields).append("}");
  }

  void nameProcess(int pid, std::string_view name) {
    event(fmt::format(R"("ph":"M","pid":{},"name":"process_name","args":{{"name":"{}"}})", pid,
                      name));
    event(fmt::format(R"("ph":"M","pid":{},"name":"process_sort_index","args":{{"sort_index":{}}})",
                      pid, pid));
  }

  void nameTrack(int pid, std::int64_t tid, std::string_view name) {
    event(fmt::format(R"("ph":"M","pid":{},"tid":{},"name":"thread_name","args":{{"name":{}}})",
                      pid, tid, jsonString(name)));
    event(fmt::format(
        R"("ph":"M","pid":{},"tid":{},"name":"thread_sort_index","args":{{"sort_index":{}}})", pid,
        tid, tid));
  }

  void nameProcesses() {
    nameProcess(kRequests, "Requests");
    nameTrack(kRequests, 1, "sampled requests");
    nameProcess(kComponents, "Components");
    nameProcess(kCharts, "Charts");
    nameProcess(kFaults, "Faults");
    nameTrack(kFaults, 1, "faults");
  }

  Component& component(const std::string& id) {
    const auto found = std::ranges::find(components_, id, &Component::id);
    if (found != components_.end()) return *found;
    components_.push_back({id, {}, 0});
    return components_.back();
  }

  // In the order of the topology, then of their first appearance.
  void findComponents() {
    for (const lab::TopologyNode& node : frame_.topology.nodes) component(node.id);
    for (const PickedTrace& picked : pickedTraces(frame_)) {
      for (const lab::TraceStep& step : picked.trace->steps) {
        component(step.component).slices.push_back({picked.trace, &step});
      }
    }
    for (const lab::EventLine& line : frame_.eventTail) component(line.component);
    for (Component& each : components_) {
      std::ranges::sort(each.slices, {}, [](const Slice& slice) {
        return std::tuple(slice.start(), -slice.length(), slice.trace->id);
      });
    }
  }

  std::string labelOf(const std::string& id) const {
    const auto& nodes = frame_.topology.nodes;
    const auto found = std::ranges::find(nodes, id, &lab::TopologyNode::id);
    if (found != nodes.end() && !found->label.empty()) return found->label;
    return id.empty() ? "run" : id;
  }

  void requests() {
    for (const PickedTrace& picked : pickedTraces(frame_)) {
      const lab::Trace& trace = *picked.trace;
      const auto common =
          fmt::format(R"("cat":"req","name":"request","id":"{:#x}","pid":{},"tid":1)", trace.id,
                      static_cast<int>(kRequests));
      event(fmt::format(R"("ph":"b",{},"ts":{},"args":{{"label":{},"outcome":{},"picked":"{}"}})",
                        common, micros(trace.start), jsonString(trace.label),
                        jsonString(trace.outcome), picked.slowest ? "slowest" : "sampled"));
      event(
          fmt::format(R"("ph":"e",{},"ts":{})", common, micros(std::max(trace.start, trace.end))));
    }
  }

  void slices(Component& component) {
    component.firstTrack = nextTrack_;
    Lanes lanes;
    for (const Slice& slice : component.slices) {
      const auto lane = lanes.place(slice.start(), slice.start() + slice.length());
      one(slice, component.firstTrack + static_cast<std::int64_t>(lane));
    }
    const auto count = std::max<std::int64_t>(1, static_cast<std::int64_t>(lanes.count()));
    for (std::int64_t lane = 0; lane < count; ++lane) {
      const std::string label = labelOf(component.id);
      nameTrack(kComponents, component.firstTrack + lane,
                lane == 0 ? label : fmt::format("{} ({})", label, lane + 1));
    }
    nextTrack_ += count;
  }

  void one(const Slice& slice, std::int64_t track) {
    const lab::TraceStep& step = *slice.step;
    const auto place = fmt::format(R"("pid":{},"tid":{},"ts":{})", static_cast<int>(kComponents),
                                   track, micros(step.start));
    event(fmt::format(R"("ph":"X","cat":"step","name":{},{},"dur":{},)"
                      R"("args":{{"request":{},"wait_us":{},"service_us":{}}})",
                      jsonString(step.name), place, micros(slice.length().count()),
                      jsonString(slice.trace->label), micros(step.wait.count()),
                      micros(step.service.count())));
    if (step.wait <= Duration::zero()) return;
    event(fmt::format(R"("ph":"X","cat":"wait","name":"wait",{},"dur":{})", place,
                      micros(std::min(step.wait, slice.length()).count())));
  }

  void instants() {
    for (std::size_t i = 0; i < frame_.eventTail.size(); ++i) {
      const lab::EventLine& line = frame_.eventTail[i];
      event(fmt::format(R"("ph":"i","s":"t","cat":"{}","name":{},"pid":{},"tid":{},"ts":{},)"
                        R"("args":{{"event":{},"seq":{}}})",
                        severityText(line.severity), jsonString(line.text),
                        static_cast<int>(kComponents), component(line.component).firstTrack,
                        micros(line.at), line.number, i));
    }
  }

  void counters() {
    for (const lab::Chart& chart : frame_.charts) {
      for (const lab::Series& line : chart.series) {
        const std::string name = jsonString(chart.title + ": " + line.name);
        for (const lab::SeriesPoint& point : line.points) {
          if (!std::isfinite(point.low) || !std::isfinite(point.high)) continue;
          event(fmt::format(R"("ph":"C","name":{},"pid":{},"ts":{},"args":{{"min":{},"max":{}}})",
                            name, static_cast<int>(kCharts),
                            micros(fromSeconds(point.seconds).count()), point.low, point.high));
        }
      }
    }
  }

  void faults() {
    for (const lab::FaultWindow& fault : frame_.faults) {
      const Instant end = std::max(fault.from, std::min(fault.to, frame_.now));
      const auto common = fmt::format(R"("cat":"fault","name":{},"id":"{:#x}","pid":{},"tid":1)",
                                      jsonString(fault.text), fault.id, static_cast<int>(kFaults));
      event(fmt::format(R"("ph":"b",{},"ts":{})", common, micros(fault.from)));
      event(fmt::format(R"("ph":"e",{},"ts":{})", common, micros(end)));
    }
  }

  const RunRecord& record_;
  const lab::Frame& frame_;
  std::vector<Component> components_;
  std::int64_t nextTrack_ = 1;  // A track 0 would be taken for the process itself.
  bool first_ = true;
  std::string text_;
};

}  // namespace

std::string chromeTrace(const RunRecord& record) { return TraceText(record).build(); }

}  // namespace ringside::exports
