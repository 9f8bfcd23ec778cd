// The payment gateway lab at a million payments a second: events and virtual time per second of
// CPU.
#include <benchmark/benchmark.h>

#include "engine/base/check.h"
#include "engine/metrics/recorder.h"
#include "engine/run/run.h"

using namespace ringside;
using namespace std::chrono_literals;

namespace {

// One virtual second of the default lab, in slices as a worker's, without frames.
void runOneSecond(benchmark::State& state, const char* preset) {
  std::uint64_t events = 0;
  for (auto _ : state) {
    run::RunPlan plan;
    plan.labId = "payment-gateway";
    plan.preset = preset;
    plan.length = 1s;
    const auto run = run::Run::make(plan);
    RINGSIDE_CHECK(run.has_value());
    while (!lab::isOver((*run)->state())) (*run)->advance((*run)->end(), 2048);
    events += (*run)->events();
    const lab::Frame frame = (*run)->frame();
    state.counters["pending events"] = static_cast<double>(frame.pending);
  }
  state.counters["events/s"] =
      benchmark::Counter(static_cast<double>(events), benchmark::Counter::kIsRate);
  state.counters["virtual s/s"] =
      benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

}  // namespace

BENCHMARK_CAPTURE(runOneSecond, corrected, "corrected")
    ->Unit(benchmark::kMillisecond)
    ->Iterations(3);
BENCHMARK_CAPTURE(runOneSecond, common, "common")->Unit(benchmark::kMillisecond)->Iterations(3);
