#include <QTest>

#include <algorithm>
#include <list>
#include <random>
#include <string>
#include <vector>

#include "engine/cache/ttl_lru.h"

using namespace std::chrono_literals;
using ringside::Duration;
using ringside::Instant;
using ringside::cache::CacheStats;
using ringside::cache::TtlLru;

namespace {

constexpr Instant at(Duration since) { return Instant{} + since; }

// The textbook cache: a list from the most to the least recently used, searched from the front.
class ListLru {
 public:
  struct Entry {
    int key;
    int value;
    Instant expiry;
  };

  ListLru(std::size_t capacity, Duration ttl) : capacity_(capacity), ttl_(ttl) {}

  const int* get(int key, Instant now) {
    const auto found = find(key);
    if (found == entries_.end()) return ++stats.misses, nullptr;
    if (now >= found->expiry) {
      entries_.erase(found);
      ++stats.expired;
      return ++stats.misses, nullptr;
    }
    ++stats.hits;
    entries_.splice(entries_.begin(), entries_, found);
    return &entries_.front().value;
  }
  void put(int key, int value, Instant now) {
    const auto found = find(key);
    if (found != entries_.end()) entries_.erase(found);
    if (entries_.size() == capacity_) {
      entries_.pop_back();
      ++stats.evicted;
    }
    entries_.push_front({key, value, now + ttl_});
  }
  bool erase(int key) {
    const auto found = find(key);
    if (found == entries_.end()) return false;
    entries_.erase(found);
    return true;
  }
  const std::list<Entry>& entries() const { return entries_; }

  CacheStats stats;

 private:
  std::list<Entry>::iterator find(int key) {
    return std::find_if(entries_.begin(), entries_.end(),
                        [key](const Entry& entry) { return entry.key == key; });
  }

  std::size_t capacity_;
  Duration ttl_;
  std::list<Entry> entries_;
};

class TestTtlLru : public QObject {
  Q_OBJECT

 private slots:
  void anEntryIsAliveUntilOneTickBeforeItsExpiry() {
    TtlLru<int, int> cache({.capacity = 4, .ttl = 10ms});
    cache.put(1, 100, at(5ms));
    QCOMPARE(*cache.get(1, at(15ms - 1ns)), 100);
    QCOMPARE(cache.expiry(1), at(15ms));  // A read does not prolong it.
    QVERIFY(cache.get(1, at(15ms)) == nullptr);
    QCOMPARE(cache.stats().expired, std::uint64_t{1});
    QCOMPARE(cache.size(), std::size_t{0});
    QCOMPARE(cache.expiry(1), Instant::min());
  }

  void aPutAgainRenewsTheTime() {
    TtlLru<int, int> cache({.capacity = 4, .ttl = 10ms});
    cache.put(1, 100, at(0ms));
    cache.put(1, 200, at(9ms));
    QCOMPARE(*cache.get(1, at(18ms)), 200);
    QCOMPARE(cache.size(), std::size_t{1});
  }

  void dropsTheLeastRecentlyUsed() {
    TtlLru<std::string, int> cache({.capacity = 2});
    cache.put("a", 1, at(0ms));
    cache.put("b", 2, at(0ms));
    QVERIFY(cache.get("a", at(1ms)) != nullptr);
    cache.put("c", 3, at(2ms));
    QVERIFY(cache.peek("b", at(2ms)) == nullptr);
    QVERIFY(cache.peek("a", at(2ms)) != nullptr);
    QCOMPARE(cache.stats().evicted, std::uint64_t{1});
  }

  void peekNeitherMovesNorCounts() {
    TtlLru<int, int> cache({.capacity = 2});
    cache.put(1, 1, at(0ms));
    cache.put(2, 2, at(0ms));
    QCOMPARE(*cache.peek(1, at(0ms)), 1);
    cache.put(3, 3, at(0ms));
    QVERIFY(cache.peek(1, at(0ms)) == nullptr);
    QCOMPARE(cache.stats().hits + cache.stats().misses, std::uint64_t{0});
  }

  void capacityZeroIsTakenAsOne() {
    TtlLru<int, int> cache({.capacity = 0});
    QCOMPARE(cache.capacity(), std::size_t{1});
    cache.put(1, 1, at(0ms));
    QCOMPARE(*cache.get(1, at(0ms)), 1);
    cache.put(2, 2, at(0ms));
    QCOMPARE(cache.size(), std::size_t{1});
  }

  void aTimeToLiveThatIsNotPositiveStoresNothing() {
    TtlLru<int, int> cache({.capacity = 4});
    cache.put(1, 1, at(5ms));
    cache.putFor(1, 2, at(5ms), Duration::zero());
    QVERIFY(cache.get(1, at(5ms)) == nullptr);
    cache.putFor(2, 2, at(5ms), 1ns);
    QCOMPARE(*cache.get(2, at(5ms)), 2);
    QVERIFY(cache.get(2, at(5ms + 1ns)) == nullptr);
  }

  void withoutATimeToLiveEntriesStayForEver() {
    TtlLru<int, int> cache({.capacity = 4});
    cache.put(1, 1, at(5ms));
    QVERIFY(cache.get(1, ringside::kNever - 1ns) != nullptr);
  }

  void clearForgetsEntriesAndKeepsCounts() {
    TtlLru<int, std::string> cache({.capacity = 4});
    for (int i = 0; i < 4; ++i) cache.put(i, "value", at(0ms));
    cache.clear();
    QCOMPARE(cache.size(), std::size_t{0});
    QCOMPARE(cache.stats().puts, std::uint64_t{4});
    QVERIFY(cache.get(2, at(0ms)) == nullptr);
  }

  void doesNotGrowOnceItHasBeenFull() {
    TtlLru<int, int> cache({.capacity = 1000, .ttl = 1s});
    for (int i = 0; i < 1000; ++i) cache.put(i, i, at(0ms));
    const std::size_t bytes = cache.bytes();
    std::mt19937_64 rng(1);
    for (int i = 0; i < 100'000; ++i) {
      const int key = static_cast<int>(rng() % 3000);
      if (cache.get(key, at(i * 1us)) == nullptr) cache.put(key, i, at(i * 1us));
      if (rng() % 10 == 0) cache.erase(static_cast<int>(rng() % 3000));
    }
    QCOMPARE(cache.bytes(), bytes);
  }

  void agreesWithTheTextbookCache() {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
      std::mt19937_64 rng(seed);
      const std::size_t capacity = 1 + rng() % 20;
      const Duration ttl = (1 + static_cast<int>(rng() % 100)) * 1ms;
      TtlLru<int, int> cache({.capacity = capacity, .ttl = ttl});
      ListLru oracle(capacity, ttl);
      Instant now{};
      for (int step = 0; step < 2000; ++step) {
        now += static_cast<int>(rng() % 3) * 1ms;
        const int key = static_cast<int>(rng() % 30);
        const std::uint64_t what = rng() % 10;
        if (what == 0) {
          QCOMPARE(cache.erase(key), oracle.erase(key));
        } else if (what < 5) {
          cache.put(key, step, now);
          oracle.put(key, step, now);
        } else {
          const int* mine = cache.get(key, now);
          const int* theirs = oracle.get(key, now);
          QCOMPARE(mine == nullptr, theirs == nullptr);
          if (mine != nullptr) QCOMPARE(*mine, *theirs);
        }
        compareOrder(cache, oracle);
      }
      QCOMPARE(cache.stats().hits, oracle.stats.hits);
      QCOMPARE(cache.stats().misses, oracle.stats.misses);
      QCOMPARE(cache.stats().expired, oracle.stats.expired);
      QCOMPARE(cache.stats().evicted, oracle.stats.evicted);
    }
  }

 private:
  static void compareOrder(const TtlLru<int, int>& cache, const ListLru& oracle) {
    QCOMPARE(cache.size(), oracle.entries().size());
    auto expected = oracle.entries().begin();
    cache.forEach([&](int key, int value, Instant expiry) {
      QCOMPARE(key, expected->key);
      QCOMPARE(value, expected->value);
      QCOMPARE(expiry, expected->expiry);
      ++expected;
    });
  }
};

}  // namespace

QTEST_GUILESS_MAIN(TestTtlLru)
#include "tst_ttl_lru.moc"
