// What a call through a circuit breaker costs. Targets and peers per operation:
//   begin + end    <= 8 ns    sony/gobreaker v1 121 ns, v2 141 ns (locked); a prototype without
// lock 2.1
//   rolling        gobreaker v2, ten buckets, 158 ns
//   open, refused  gobreaker v2 62 ns
#include <benchmark/benchmark.h>

#include "engine/gateway/circuit_breaker.h"
#include "engine/gateway/load_balancer.h"
#include "engine/gateway/retry_budget.h"
#include "engine/gateway/station.h"

namespace ringside::gateway {
namespace {

void target(benchmark::State& state, double nanos) {
  state.SetLabel("target " + std::to_string(static_cast<int>(nanos)) + " ns");
  state.counters["share"] =
      benchmark::Counter(static_cast<double>(state.iterations()) * nanos * 1e-9,
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void beginAndEnd(benchmark::State& state, Duration interval, Duration bucket) {
  CircuitBreaker breaker({.interval = interval, .bucket = bucket});
  Instant now{};
  for (auto _ : state) {
    now += Duration(10);
    auto admission = breaker.admit(now);
    breaker.report(*admission.permit, Outcome::Success, now);
  }
  benchmark::DoNotOptimize(breaker.counts());
  target(state, 8);
}
BENCHMARK_CAPTURE(beginAndEnd, fixed_window, std::chrono::seconds(1), Duration(0));
BENCHMARK_CAPTURE(beginAndEnd, rolling_10_buckets, std::chrono::seconds(1),
                  std::chrono::milliseconds(100));

void refusedWhileOpen(benchmark::State& state) {
  CircuitBreaker breaker(
      {.openFor = std::chrono::hours(1'000'000), .trip = TripPolicy::totalAtLeast(1)});
  auto first = breaker.admit(Instant{});
  breaker.report(*first.permit, Outcome::Failure, Instant{});
  Instant now{};
  for (auto _ : state) {
    now += Duration(10);
    benchmark::DoNotOptimize(breaker.admit(now));
  }
}
BENCHMARK(refusedWhileOpen);

void depositAndWithdraw(benchmark::State& state) {
  RetryBudget budget({});
  Instant now{};
  for (auto _ : state) {
    now += Duration(1000);
    budget.deposit(now);
    benchmark::DoNotOptimize(budget.withdraw(now));
  }
}
BENCHMARK(depositAndWithdraw);

void leastRequestPick(benchmark::State& state) {
  EndpointSet endpoints(100);
  std::uint64_t draw = 88172645463325252u;
  for (auto _ : state) {
    draw ^= draw << 13;
    draw ^= draw >> 7;
    draw ^= draw << 17;
    const Endpoint endpoint = *LeastRequest::pick(endpoints, draw);
    endpoints.begin(endpoint);
    endpoints.end(endpoint);
  }
}
BENCHMARK(leastRequestPick);

void stationOffer(benchmark::State& state) {
  Station station({.limit = 1000});
  Instant now{};
  for (auto _ : state) {
    now += Duration(100);
    benchmark::DoNotOptimize(station.offer(now, Duration(95)));
  }
}
BENCHMARK(stationOffer);

}  // namespace
}  // namespace ringside::gateway
