// SpanSampler: the slowest against a full sort, the sample against uniformity.
#include <QtTest>

#include <algorithm>
#include <set>

#include "engine/base/distributions.h"
#include "engine/metrics/spans.h"
#include "tests/base/goodness_of_fit.h"

using namespace ringside;
using namespace ringside::metrics;
using namespace std::chrono_literals;

namespace {

RequestTrace traceOf(std::uint64_t id, std::int64_t latency) {
  RequestTrace trace;
  trace.id = id;
  trace.start = Instant(Duration(static_cast<std::int64_t>(id) * 10));
  trace.end = trace.start + Duration(latency);
  trace.steps.push_back({1, trace.start, Duration(0), Duration(latency)});
  return trace;
}

void feed(SpanSampler& spans, const std::vector<std::int64_t>& latencies) {
  for (std::size_t i = 0; i < latencies.size(); ++i) {
    if (spans.wouldKeep(Duration(latencies[i]))) {
      spans.offer(traceOf(i, latencies[i]));
    } else {
      spans.pass();
    }
  }
}

std::vector<std::int64_t> latenciesOf(std::uint64_t seed, int count, std::uint64_t range) {
  Rng rng(seed);
  std::vector<std::int64_t> latencies;
  for (int i = 0; i < count; ++i) {
    latencies.push_back(static_cast<std::int64_t>(rng.below(range)));
  }
  return latencies;
}

std::vector<std::uint64_t> idsOf(const std::vector<RequestTrace>& traces) {
  std::vector<std::uint64_t> ids;
  for (const RequestTrace& trace : traces) ids.push_back(trace.id);
  return ids;
}

}  // namespace

class TestSpans : public QObject {
  Q_OBJECT

 private slots:
  void theSlowestAreThoseOfAFullSort() {
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
      // A small range makes many ties.
      const auto latencies = latenciesOf(seed, 500, seed % 2 == 0 ? 50 : 1'000'000);
      SpanSampler spans({16, 8, seed});
      feed(spans, latencies);
      std::vector<std::uint64_t> order(latencies.size());
      for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
      std::stable_sort(order.begin(), order.end(), [&](std::uint64_t a, std::uint64_t b) {
        return latencies[a] > latencies[b];
      });
      order.resize(16);
      // The trace ends at start + latency: among equals the earlier id ends earlier.
      QCOMPARE(idsOf(spans.slowest()), order);
    }
  }

  void skippingTracesChangesNothing() {
    const auto latencies = latenciesOf(9, 3000, 1000);
    SpanSampler lazy({10, 10, 5});
    SpanSampler eager({10, 10, 5});
    feed(lazy, latencies);
    for (std::size_t i = 0; i < latencies.size(); ++i) eager.offer(traceOf(i, latencies[i]));
    QCOMPARE(idsOf(lazy.slowest()), idsOf(eager.slowest()));
    QCOMPARE(idsOf(lazy.sample()), idsOf(eager.sample()));
    QCOMPARE(lazy.seen(), std::uint64_t{3000});
    QCOMPARE(eager.seen(), std::uint64_t{3000});
  }

  void noRequestIsKeptTwice() {
    SpanSampler spans({20, 20, 1});
    feed(spans, latenciesOf(2, 10'000, 1'000'000));
    std::set<std::uint64_t> ids;
    for (const auto& traces : {spans.slowest(), spans.sample()}) {
      QCOMPARE(traces.size(), std::size_t{20});
      for (const RequestTrace& trace : traces) QVERIFY(ids.insert(trace.id).second);
    }
  }

  void everyOtherRequestIsEquallyLikelyInTheSample() {
    // 200 requests of rising and falling latency, 20 in the sample; over many seeds each of those
    // that are not among the slowest must come up alike, wherever it stood.
    const int requests = 200;
    const int runs = 5000;
    std::vector<std::int64_t> latencies;
    for (int i = 0; i < requests; ++i) latencies.push_back(i < 100 ? i : 200 - i);
    std::vector<double> seen(requests);
    std::set<std::uint64_t> slow;
    for (int run = 0; run < runs; ++run) {
      SpanSampler spans({10, 20, static_cast<std::uint64_t>(run)});
      feed(spans, latencies);
      for (const std::uint64_t id : idsOf(spans.sample())) ++seen.at(id);
      for (const std::uint64_t id : idsOf(spans.slowest())) slow.insert(id);
    }
    QCOMPARE(slow.size(), std::size_t{10});
    std::vector<double> counted;
    for (std::size_t id = 0; id < seen.size(); ++id) {
      if (!slow.contains(id)) counted.push_back(seen[id]);
    }
    const std::vector<double> expected(counted.size(), 20.0 * runs / 190);
    QVERIFY(ringside::testing::chiSquareDeviate(counted, expected) <
            ringside::testing::kDeviateLimit);
  }

  void theSameSeedKeepsTheSameTraces() {
    const auto latencies = latenciesOf(3, 5000, 1'000'000);
    SpanSampler a({8, 8, 42});
    SpanSampler b({8, 8, 42});
    SpanSampler other({8, 8, 43});
    feed(a, latencies);
    feed(b, latencies);
    feed(other, latencies);
    QCOMPARE(idsOf(a.sample()), idsOf(b.sample()));
    QVERIFY(idsOf(a.sample()) != idsOf(other.sample()));
  }

  void fewRequestsAreAllKept() {
    SpanSampler spans({4, 4, 1});
    feed(spans, {5, 1, 3});
    QCOMPARE(idsOf(spans.slowest()), (std::vector<std::uint64_t>{0, 2, 1}));
    QVERIFY(spans.sample().empty());
    QVERIFY(spans.wouldKeep(0ns));
  }

  void eitherPartMayBeLeftOut() {
    SpanSampler onlySlow({3, 0, 1});
    SpanSampler onlySample({0, 3, 1});
    const auto latencies = latenciesOf(4, 1000, 1000);
    feed(onlySlow, latencies);
    feed(onlySample, latencies);
    QCOMPARE(onlySlow.slowest().size(), std::size_t{3});
    QVERIFY(onlySlow.sample().empty());
    QCOMPARE(onlySample.sample().size(), std::size_t{3});
    QVERIFY(onlySample.slowest().empty());
    QCOMPARE(onlySample.seen(), std::uint64_t{1000});
  }

  void memoryIsBoundedHoweverLongATrace() {
    SpanSampler spans({8, 8, 1});
    for (std::uint64_t i = 0; i < 2000; ++i) {
      RequestTrace trace = traceOf(i, static_cast<std::int64_t>(i));
      trace.steps.resize(1000);
      spans.offer(std::move(trace));
    }
    QCOMPARE(spans.slowest().front().steps.size(), SpanSampler::kMostSteps);
    QVERIFY2(spans.bytes() <= spans.maxBytes(), qPrintable(QString::number(spans.bytes())));
  }
};

QTEST_GUILESS_MAIN(TestSpans)
#include "tst_spans.moc"
