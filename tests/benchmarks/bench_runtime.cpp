// The bare runtime: a million requests a second through ten stages (94,000 in flight), beside the
// same work on ns-3's simulator where that is installed; a queue with one server; single switches.
// Read items_per_second: it counts CPU time. The draws are the same on both sides.
#include <benchmark/benchmark.h>
#include <cstdint>
#include <ctime>

#include "engine/base/distributions.h"
#include "engine/runtime/semaphore.h"
#include "engine/runtime/sleep.h"
#include "engine/runtime/virtual_runtime.h"
#ifdef RINGSIDE_HAS_NS3
#include "tests/benchmarks/ns3_stages.h"
#endif

namespace {

using namespace ringside;

constexpr int kStages = 10;
constexpr double kStageSeconds = 9.4e-3;
constexpr double kBetweenArrivals = 1e-6;
constexpr double kWarmSeconds = 0.2;  // Then 94,000 are in flight.
constexpr double kMeasuredSeconds = 0.3;

double secondsAnEvent = 0;  // CPU time in tenStages, for the ratio.

Duration draw(Rng& rng, double mean) { return fromSeconds(exponential(rng, mean)); }

Task<void> request(Runtime& runtime, Rng& rng) {
  for (int stage = 0; stage < kStages; ++stage) {
    co_await sleepFor(runtime, draw(rng, kStageSeconds));
  }
}

Task<void> arrivals(Runtime& runtime, Rng& rng) {
  for (;;) {
    co_await sleepFor(runtime, draw(rng, kBetweenArrivals));
    runtime.spawn(request(runtime, rng), {});
  }
}

void tenStages(benchmark::State& state) {
  std::uint64_t events = 0;
  double seconds = 0;
  for (auto _ : state) {
    state.PauseTiming();
    VirtualRuntime runtime(1);
    Rng rng = runtime.random("all");
    runtime.spawn(arrivals(runtime, rng), {});
    const Instant warm = Instant(fromSeconds(kWarmSeconds));
    runtime.advance(warm, UINT64_MAX);
    state.ResumeTiming();
    const std::clock_t start = std::clock();
    events += runtime.advance(warm + fromSeconds(kMeasuredSeconds), UINT64_MAX);
    seconds += static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    state.PauseTiming();
    state.counters["in_flight"] = static_cast<double>(runtime.pendingCount());
    runtime.shutDown();
    state.ResumeTiming();
  }
  secondsAnEvent = seconds / static_cast<double>(events);
  state.SetItemsProcessed(static_cast<std::int64_t>(events));
}
BENCHMARK(tenStages)->Iterations(2)->Unit(benchmark::kMillisecond);

#ifdef RINGSIDE_HAS_NS3
template <const double& mean>
std::int64_t drawNanos(void* rng) {
  return draw(*static_cast<Rng*>(rng), mean).count();
}

void tenStagesOnNs3(benchmark::State& state, const char* scheduler) {
  std::uint64_t events = 0;
  for (auto _ : state) {
    state.PauseTiming();
    Rng rng = Rng::forStream(1, "all");
    ns3_stages::Draws draws{&rng, &drawNanos<kStageSeconds>, &drawNanos<kBetweenArrivals>};
    ns3_stages::start(scheduler, kStages, draws);
    ns3_stages::run(kWarmSeconds);
    state.ResumeTiming();
    events += ns3_stages::run(kMeasuredSeconds);
    state.PauseTiming();
    ns3_stages::end();
    state.ResumeTiming();
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(events));
  // How many times as many events a second tenStages ran just before.
  state.counters["ratio"] =
      benchmark::Counter(static_cast<double>(events) * secondsAnEvent,
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK_CAPTURE(tenStagesOnNs3, priorityQueue, "ns3::PriorityQueueScheduler")
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(tenStagesOnNs3, map, "ns3::MapScheduler")
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);
#endif

Task<void> sleeper(Runtime& runtime, Rng& rng, double mean) {
  for (;;) co_await sleepFor(runtime, draw(rng, mean));
}

// The hold model: as many tasks as the argument says, each asleep for 1 ms times their number on
// average, so that an event is due every millisecond whatever their number. An item is an event.
void pending(benchmark::State& state) {
  const auto count = static_cast<double>(state.range(0));
  VirtualRuntime runtime(1);
  Rng rng = runtime.random("all");
  for (std::int64_t i = 0; i < state.range(0); ++i) {
    runtime.spawn(sleeper(runtime, rng, count * 1e-3), {});
  }
  runtime.advance(Instant(fromSeconds(count * 1e-3)), UINT64_MAX);
  std::uint64_t events = 0;
  for (auto _ : state) events += runtime.advance(kNever, 100'000);
  runtime.shutDown();
  state.SetItemsProcessed(static_cast<std::int64_t>(events));
}
BENCHMARK(pending)->RangeMultiplier(10)->Range(10, 10'000'000)->Unit(benchmark::kMillisecond);

Task<void> customer(Runtime& runtime, Semaphore& server, Rng& rng, std::int64_t& served) {
  const Semaphore::Permit permit = co_await server.acquire();
  co_await sleepFor(runtime, draw(rng, 0.9e-3));
  ++served;
}

Task<void> customers(Runtime& runtime, Semaphore& server, Rng& rng, std::int64_t& served) {
  for (;;) {
    co_await sleepFor(runtime, draw(rng, 1e-3));
    runtime.spawn(customer(runtime, server, rng, served), {});
  }
}

// M/M/1 at a load of 0.9; an item is a customer.
void oneServer(benchmark::State& state) {
  VirtualRuntime runtime(1);
  Rng rng = runtime.random("all");
  Semaphore server(runtime, 1);
  std::int64_t served = 0;
  runtime.spawn(customers(runtime, server, rng, served), {});
  for (auto _ : state) runtime.advance(runtime.now() + std::chrono::seconds(10), UINT64_MAX);
  runtime.shutDown();
  state.SetItemsProcessed(served);
}
BENCHMARK(oneServer);

Task<int> one() { co_return 1; }

Task<void> awaitMany(std::int64_t count, std::int64_t& sum) {
  for (std::int64_t i = 0; i < count; ++i) sum += co_await one();
}

// An item is a task created, run to its end, its result taken, and its frame released.
void createRunDestroy(benchmark::State& state) {
  VirtualRuntime runtime(1);
  std::int64_t sum = 0;
  for (auto _ : state) {
    runtime.spawn(awaitMany(10'000, sum), {});
    runtime.advance(runtime.now(), UINT64_MAX);
  }
  state.SetItemsProcessed(sum);
}
BENCHMARK(createRunDestroy);

Task<void> resumeForEver(std::int64_t& resumed) {
  for (;;) {
    ++resumed;
    co_await std::suspend_always{};
  }
}

void hotResume(benchmark::State& state) {
  VirtualRuntime runtime(1);
  std::int64_t resumed = 0;
  const Task<void> task = resumeForEver(resumed);
  for (auto _ : state) runtime.resume(task.handle());
  state.SetItemsProcessed(resumed);
}
BENCHMARK(hotResume);

}  // namespace
