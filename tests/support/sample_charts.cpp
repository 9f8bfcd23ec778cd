#include <algorithm>
#include <cmath>
#include <string>

#include "tests/support/sample_parts.h"

namespace ringside::test {
namespace {

using namespace std::chrono_literals;

constexpr int kPoints = 512;

struct Shape {
  std::string name;
  metrics::Unit unit = metrics::Unit::Count;
  double level = 1;
  double swing = 0.2;   // Relative, slow.
  double noise = 0.15;  // Relative, fast.
  double fault = 1;     // Factor while the shard is down.
};

lab::Series drawn(const Shape& shape, Dice& dice, Instant now, bool killed) {
  lab::Series series{.name = shape.name, .unit = shape.unit, .points = {}};
  const double end = toSeconds(now);
  if (end <= 0) return series;
  double wander = 0;
  for (int i = 0; i < kPoints; ++i) {
    const double t = end * (i + 1) / kPoints;
    wander = 0.96 * wander + shape.noise * (dice.unit() - 0.5);
    double middle = shape.level * std::max(0.4, 1 + shape.swing * std::sin(t * 23) + wander);
    if (killed && t > 0.3) middle *= shape.fault;
    const double half = std::abs(middle) * shape.noise * 0.4 * dice.unit();
    series.points.push_back({t, std::max(0.0, middle - half), std::max(0.0, middle + half)});
  }
  series.last = series.points.back().high;
  return series;
}

lab::Chart overTime(lab::Chart chart, const std::vector<Shape>& shapes, Dice& dice, Instant now,
                    bool killed) {
  for (const Shape& shape : shapes) chart.series.push_back(drawn(shape, dice, now, killed));
  return chart;
}

lab::Chart distribution(Instant now, bool killed) {
  lab::Chart chart{.id = "distribution",
                   .title = "Percentiles",
                   .kind = lab::ChartKind::Percentiles,
                   .unit = metrics::Unit::Nanoseconds};
  if (now == Instant{}) return chart;
  constexpr std::uint64_t kTotal = 488'802;
  for (int i = 0; i <= 100; ++i) {
    // Five nines over a hundred steps, so that the points are even on the axis they are drawn on.
    const double percentile = 1 - std::pow(10.0, -5.0 * i / 100);
    const double tail = -std::log(1 - percentile + 1e-9);
    double value = 51e6 + 3.1e6 * tail;
    if (killed && percentile > 0.97) value += 46e6;
    chart.distribution.push_back(
        {percentile, value,
         static_cast<std::uint64_t>(std::llround(percentile * static_cast<double>(kTotal)))});
  }
  chart.distribution.push_back({1, chart.distribution.back().value * 1.02, kTotal});
  return chart;
}

}  // namespace

std::vector<lab::Chart> sampleCharts(std::uint64_t seed, Instant now, bool killed) {
  using metrics::Unit;
  Dice dice(seed);
  std::vector<lab::Chart> charts;
  charts.push_back(overTime(
      {.id = "queues", .title = "Queue depth", .kind = lab::ChartKind::Lines, .unit = Unit::Count},
      {{.name = "gateways", .level = 1'150},
       {.name = "L2 cache", .level = 150},
       {.name = "shard-1", .level = 340, .fault = 1.6},
       {.name = "shard-2", .level = 320, .fault = 0.1}},
      dice, now, killed));
  charts.push_back(overTime(
      {.id = "latency",
       .title = "Latency",
       .kind = lab::ChartKind::LogLines,
       .unit = Unit::Nanoseconds},
      {{.name = "p50", .unit = Unit::Nanoseconds, .level = 53e6, .swing = 0.02, .noise = 0.02},
       {.name = "p99",
        .unit = Unit::Nanoseconds,
        .level = 66e6,
        .swing = 0.05,
        .noise = 0.1,
        .fault = 1.7},
       {.name = "p99.9", .unit = Unit::Nanoseconds, .level = 83e6, .noise = 0.3, .fault = 3}},
      dice, now, killed));
  charts.push_back(distribution(now, killed));
  charts.push_back(overTime(
      {.id = "throughput",
       .title = "Throughput",
       .kind = lab::ChartKind::Stacked,
       .unit = Unit::PerSecond},
      {{.name = "approved", .unit = Unit::PerSecond, .level = 900e3, .swing = 0.03, .fault = 0.86},
       {.name = "declined", .unit = Unit::PerSecond, .level = 41e3},
       {.name = "failed", .unit = Unit::PerSecond, .level = 900, .fault = 110}},
      dice, now, killed));
  return charts;
}

namespace {

lab::Trace slowPayment(int rank, Instant now) {
  const Instant start = now - 140ms + rank * 2ms;
  lab::Trace trace{.id = 81'231U + static_cast<std::uint64_t>(rank),
                   .label = "payment " + std::to_string(81'231 + rank) + ", card, merchant 17",
                   .outcome = rank % 3 == 0 ? "timed out" : "approved",
                   .severity = rank % 3 == 0 ? lab::Severity::Bad : lab::Severity::Info,
                   .start = start,
                   .end = start + 112ms - rank * 1ms};
  trace.steps = {{"admission", "gateway-1", start, 300us, 40us},
                 {"idempotency", "l1", start + 340us, 0us, 900ns},
                 {"ledger write", "shard-1", start + 341us, 21ms, 5ms},
                 {"bank call", "bank-0", start + 26'341us, 12ms, 60ms},
                 {"record", "shard-1", start + 98'341us, 9ms, 4ms}};
  return trace;
}

}  // namespace

void addLists(lab::Frame& frame, bool killed) {
  if (frame.now == Instant{}) return;
  frame.eventTail = {
      {Instant{100ms}, 921'004, "bank-0", "bank card slows down x2", lab::Severity::Warning},
      {Instant{180ms}, 1'660'210, "bank-0", "bank card is back to its usual speed",
       lab::Severity::Good}};
  if (killed) {
    frame.eventTail.push_back(
        {Instant{300ms}, 2'770'031, "shard-2", "shard 2 is down", lab::Severity::Bad});
    frame.eventTail.push_back({Instant{310ms}, 2'862'882, "bank-0", "breaker card: closed -> open",
                               lab::Severity::Warning});
  }
  for (int i = 0; i < 12; ++i) frame.slowest.push_back(slowPayment(i, frame.now));
  for (int i = 12; i < 24; ++i) frame.sampled.push_back(slowPayment(i, frame.now));
  frame.checks = {
      {"money_conserved", "What payers lost, payees and fees gained.",
       killed ? lab::Verdict::Fails : lab::Verdict::Holds,
       killed ? "sum of balances 12.50" : "sum of balances 0; 1,000,231 postings"},
      {"one_outcome", "Every payment ends in exactly one outcome.", lab::Verdict::NotReached, ""}};
  using metrics::MetricKind;
  using metrics::Unit;
  frame.metrics = {{.name = "payment.latency",
                    .help = "From arrival to answer.",
                    .kind = MetricKind::Distribution,
                    .unit = Unit::Nanoseconds,
                    .count = 488'802,
                    .rate = 940e3,
                    .mean = 55.2e6,
                    .stddev = 6e6,
                    .min = 50.1e6,
                    .max = 131e6,
                    .p50 = 53.2e6,
                    .p90 = 58e6,
                    .p95 = 60.3e6,
                    .p99 = 65.3e6,
                    .p999 = 72.4e6},
                   {.name = "payment.approved",
                    .kind = MetricKind::Counter,
                    .unit = Unit::Count,
                    .count = 468'002,
                    .rate = 900e3,
                    .value = 468'002}};
  frame.knobs = {{"load.rate", 1e6}, {"shards", 8}, {"ring.virtual_nodes", 64}};
}

}  // namespace ringside::test
