// What a limiter's decision costs. Targets and peers per operation, on this class of machine:
//   one key        <= 10 ns   golang x/time/rate 36.8 ns, throttled with its map 80.7 ns
//   10 k keys      <= 25 ns   Go map of limiters under a mutex 114 ns
//   1 M keys       <= 60 ns
// Each row's label repeats its target; the counter "share" is measured / target (below 1: met).
#include <benchmark/benchmark.h>

#include "engine/gateway/gcra.h"
#include "engine/gateway/idempotency.h"
#include "engine/gateway/keyed_limiter.h"
#include "engine/gateway/rate_limiter_compat.h"
#include "engine/gateway/token_bucket.h"

namespace ringside::gateway {
namespace {

// Half of the requests are admitted: a step of half an interval on average.
constexpr std::int64_t kStep = 5;
constexpr Quota kQuota{.tokens = 100'000'000, .period = Duration(1'000'000'000), .burst = 10};
constexpr Quota kOddQuota{.tokens = 99'999'989, .period = Duration(1'000'000'000), .burst = 10};

void target(benchmark::State& state, double nanos) {
  state.SetLabel("target " + std::to_string(static_cast<int>(nanos)) + " ns");
  // items per second / (1e9 / target) is target / measured; inverted, measured / target.
  state.counters["share"] =
      benchmark::Counter(static_cast<double>(state.iterations()) * nanos * 1e-9,
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

struct Xorshift {
  std::uint64_t state = 88172645463325252u;
  std::uint64_t next() {
    state ^= state << 13;
    state ^= state >> 7;
    return state ^= state << 17;
  }
  // In [0, n), by multiplication: a division would cost as much as what is measured.
  std::uint64_t below(std::uint64_t n) { return ((next() >> 32) * n) >> 32; }
};

template <class Limiter>
void oneKey(benchmark::State& state, const Quota& quota) {
  Limiter limiter(quota);
  Instant now{};
  for (auto _ : state) {
    now += Duration(kStep);
    benchmark::DoNotOptimize(limiter.take(now));
  }
  target(state, 10);
}

void gcra(benchmark::State& state, const Quota& quota) { oneKey<Gcra>(state, quota); }
BENCHMARK_CAPTURE(gcra, whole_interval, kQuota);
BENCHMARK_CAPTURE(gcra, fractional_interval, kOddQuota);

void tokenBucket(benchmark::State& state, const Quota& quota) { oneKey<TokenBucket>(state, quota); }
BENCHMARK_CAPTURE(tokenBucket, whole_interval, kQuota);

void floatTokenBucket(benchmark::State& state) {
  RateLimiterCompat limiter(1e8, 10);
  Instant now{};
  for (auto _ : state) {
    now += Duration(kStep);
    benchmark::DoNotOptimize(limiter.allow(now, 1));
  }
}
BENCHMARK(floatTokenBucket);

// Keys in random order; a key earns a token every `periodTenths` tenths of the mean gap between its
// requests. Refusals cannot be predicted, so a mixture costs more than either answer alone.
void manyKeys(benchmark::State& state, std::int64_t periodTenths) {
  const auto keys = static_cast<std::uint64_t>(state.range(0));
  const Duration period(state.range(0) * kStep * periodTenths / 10);
  KeyedLimiter limiter(
      {.quota = {.tokens = 1, .period = period, .burst = 10}, .maxKeys = keys * 2});
  Xorshift random;
  Instant now{};
  std::int64_t refused = 0;
  for (auto _ : state) {
    now += Duration(kStep);
    if (!limiter.take(random.below(keys), now)) ++refused;
  }
  target(state, keys > 10'000 ? 60 : 25);
  state.counters["refused"] =
      static_cast<double>(refused) / static_cast<double>(state.iterations());
}
BENCHMARK_CAPTURE(manyKeys, within_quota, 5)->Arg(100)->Arg(10'000)->Arg(1'000'000);
BENCHMARK_CAPTURE(manyKeys, twice_the_quota, 20)->Arg(100)->Arg(10'000)->Arg(1'000'000);

// A payment's begin and complete; records expire as fast as they come once the store is warm.
void idempotency(benchmark::State& state) {
  IdempotencyStore store({.capacity = 1u << 20,
                          .retention = Duration(state.range(0) * kStep),
                          .lease = Duration(1000)});
  Xorshift random;
  Instant now{};
  for (auto _ : state) {
    now += Duration(kStep);
    const auto begun = store.begin({random.below(1000), random.next()}, 1, now);
    benchmark::DoNotOptimize(store.complete(begun.token, 200, now));
  }
  state.counters["bytes/record"] =
      static_cast<double>(store.bytes()) / static_cast<double>(store.size());
}
BENCHMARK(idempotency)->Arg(10'000)->Arg(500'000);

}  // namespace
}  // namespace ringside::gateway
