// Cost per operation of the mechanisms a simulated payment goes through: the cache, the connection
// pool and the shard, at the sizes of the default lab.
#include <benchmark/benchmark.h>
#include <chrono>
#include <cstdint>
#include <optional>

#include "engine/base/rng.h"
#include "engine/cache/ttl_lru.h"
#include "engine/storage/connection_pool.h"
#include "engine/storage/memory_shard.h"

namespace {

using namespace ringside::storage;
using ringside::Instant;
using ringside::Rng;
using ringside::cache::TtlLru;

// Read-through with ten keys for each place.
void ttlLruReadThrough(benchmark::State& state) {
  const auto capacity = static_cast<std::size_t>(state.range(0));
  TtlLru<std::uint64_t, std::uint64_t> cache({.capacity = capacity, .ttl = std::chrono::hours(1)});
  Rng rng(1);
  const auto read = [&] {
    const std::uint64_t key = rng.below(capacity * 10);
    if (cache.get(key, Instant{}) == nullptr) cache.put(key, key, Instant{});
  };
  for (std::size_t i = 0; i < capacity * 2; ++i) read();
  for (auto _ : state) read();
}

void ttlLruHit(benchmark::State& state) {
  const auto capacity = static_cast<std::size_t>(state.range(0));
  TtlLru<std::uint64_t, std::uint64_t> cache({.capacity = capacity});
  Rng rng(1);
  for (std::uint64_t key = 0; key < capacity; ++key) cache.put(key, key, Instant{});
  for (auto _ : state) benchmark::DoNotOptimize(cache.get(rng.below(capacity), Instant{}));
}

void poolAcquireAndRelease(benchmark::State& state) {
  ConnectionPool<void*> pool({.capacity = 60});
  for (int i = 0; i < 100; ++i) pool.acquire(&pool);
  for (auto _ : state) {
    benchmark::DoNotOptimize(pool.acquire(&pool));
    benchmark::DoNotOptimize(pool.release());
  }
}

// The life of a payment on a shard that holds `rows` of them: insert, settle with a posting, and
// the pruning of an old one. `keep` tells whether changes are logged for replicas.
void shardPayment(benchmark::State& state, MemoryShard::ChangeLog keep) {
  const auto rows = static_cast<std::uint64_t>(state.range(0));
  MemoryShard shard({.changeLog = keep, .expectedRows = rows + 1});
  Rng rng(1);
  std::uint64_t next = 0;
  const auto pay = [&] {
    PaymentRow row;
    row.key = {rng.below(10'000), next};
    row.amount = 100;
    row.created = Instant(ringside::Duration(static_cast<std::int64_t>(next)));
    shard.insert(row);
    const auto account = static_cast<AccountId>(row.key.merchant);
    shard.update(row.key, PaymentState::Pending, PaymentState::Succeeded,
                 Posting{10'001, account, 100});
    if (++next > rows) {
      shard.prune(Instant(ringside::Duration(static_cast<std::int64_t>(next - rows))));
    }
    if (keep == MemoryShard::ChangeLog::Keep && shard.lsn() > 1000) {
      shard.trimChanges(shard.lsn() - 1000);
    }
  };
  for (std::uint64_t i = 0; i < rows * 2; ++i) pay();
  for (auto _ : state) pay();
}

void shardFind(benchmark::State& state) {
  const auto rows = static_cast<std::uint64_t>(state.range(0));
  MemoryShard shard({.expectedRows = rows});
  for (std::uint64_t key = 0; key < rows; ++key) {
    PaymentRow row;
    row.key = {1, key};
    shard.insert(row);
  }
  Rng rng(1);
  for (auto _ : state) benchmark::DoNotOptimize(shard.find({1, rng.below(rows)}));
}

}  // namespace

BENCHMARK(ttlLruHit)->Arg(10'000)->Arg(1'000'000);
BENCHMARK(ttlLruReadThrough)->Arg(10'000);
BENCHMARK(poolAcquireAndRelease);
BENCHMARK_CAPTURE(shardPayment, noLog, MemoryShard::ChangeLog::Discard)
    ->Arg(60'000)
    ->Arg(1'000'000);
BENCHMARK_CAPTURE(shardPayment, withLog, MemoryShard::ChangeLog::Keep)->Arg(60'000);
BENCHMARK(shardFind)->Arg(60'000)->Arg(1'000'000);
