// SampleRecord: run records for the export tests, one small and readable, others random.
#pragma once

#include <algorithm>
#include <limits>
#include <random>
#include <string>

#include "engine/export/run_record.h"

namespace ringside::exports {

inline Instant at(std::int64_t nanos) { return Instant(Duration(nanos)); }

inline lab::LabInfo sampleInfo() {
  lab::LabInfo info;
  info.id = "payment-gateway";
  info.title = "Payment gateway";
  lab::ParameterSpec latency;
  latency.key = "bank.latency";
  latency.kind = lab::ParameterKind::Duration;
  latency.initial = 50e6;
  latency.maximum = 5e9;
  lab::ParameterSpec shard;
  shard.key = "shard";
  shard.kind = lab::ParameterKind::Integer;
  shard.maximum = 7;
  info.knobs = {latency};
  lab::FaultSpec kill;
  kill.name = "kill_shard";
  kill.arguments = {shard};
  info.faults = {kill};
  info.presets = {{"common", "Commonly written", "As usual.", {{"bank.latency", "50ms"}}}};
  return info;
}

inline void addMetrics(RunRecord& record) {
  metrics::MetricValue latency;
  latency.name = "payment.latency";
  latency.kind = metrics::MetricKind::Distribution;
  latency.unit = metrics::Unit::Nanoseconds;
  latency.count = 1234;
  latency.mean = 96.5e6;
  latency.p99 = 143e6;
  metrics::MetricValue odd;
  odd.name = "breaker.state{method=card,bank=\"a\"}";
  odd.kind = metrics::MetricKind::Gauge;
  odd.value = std::numeric_limits<double>::quiet_NaN();
  odd.max = std::numeric_limits<double>::infinity();
  record.metrics = {latency, odd};
}

inline void addFrame(lab::Frame& frame) {
  frame.state = lab::RunState::Finished;
  frame.now = at(1'000'000'000);
  frame.end = frame.now;
  frame.events = 4321;
  frame.fingerprint = 0x00A1B2C3D4E5F607U;
  frame.knobs = {{"bank.latency", 50e6}};
  lab::Chart queues{"queues", "Queue depth", lab::ChartKind::Lines, metrics::Unit::Count, {}, {}};
  queues.series = {{"shard-1", metrics::Unit::None, {{0.0, 0, 0}, {0.001, 2, 7}}, 7},
                   {"shard-2", metrics::Unit::None, {{0.001, 1, 1}, {0.002, 3, 3.5}}, 3.5}};
  lab::Chart tail{"tail", "Latency", lab::ChartKind::Percentiles, metrics::Unit::Nanoseconds,
                  {},     {}};
  tail.distribution = {{0.5, 90e6, 617}, {0.99, 143e6, 1221}, {1, 144e6, 1234}};
  frame.charts = {queues, tail};
  lab::TopologyNode shard;
  shard.id = "shard-1";
  shard.label = "Shard 1";
  frame.topology.nodes = {shard};
  frame.faults = {{1, "kill_shard", "Kill shard 2", at(200'000'000), at(500'000'000)},
                  {2, "kill_shard", "Kill shard 3", at(900'000'000), kNever}};
  frame.eventTail = {{at(200'000'001), 800, "shard-1", "shard 2: up -> down", lab::Severity::Bad},
                     {at(500'000'002), 900, "bank", "=cmd()", lab::Severity::Good}};
  lab::Trace slow{7, "payment 7, \"card\"", "approved", lab::Severity::Info, at(1'000), at(9'500),
                  {}};
  slow.steps = {{"validate", "service", at(1'000), Duration(0), Duration(500)},
                {"write", "shard-1", at(1'500), Duration(2'000), Duration(6'000)}};
  lab::Trace other{8, "payment 8", "timed out", lab::Severity::Bad, at(2'000), at(9'000), {}};
  other.steps = {{"write", "shard-1", at(2'000), Duration(1), Duration(6'999)}};
  frame.slowest = {slow};
  frame.sampled = {slow, other};
}

// Two requests whose steps overlap on shard 1, two faults (one never lifted), a NaN, quotes.
inline RunRecord sampleRecord() {
  RunRecord record;
  record.info = sampleInfo();
  record.plan.labId = record.info.id;
  record.plan.preset = "common";
  record.plan.seed = 7;
  addFrame(record.frame);
  addMetrics(record);
  record.histograms = {
      {"payment.latency",
       metrics::Unit::Nanoseconds,
       {{0, 90'000'000, 617}, {90'000'001, 143'000'000, 604}, {143'000'001, 144'000'000, 13}},
       96.5e6,
       10e6}};
  record.checks = {{"money", "Money is conserved.", lab::Verdict::Holds, "sum 0"}};
  record.journal = {
      {at(5), 3, run::KnobTurned{"bank.latency", 60e6}},
      {at(6), 4, run::FaultInjected{1, {"kill_shard", {{"shard", 2}}, lab::kForever}}},
      {at(7), 5, run::FaultLifted{1}}};
  return record;
}

// Requests with nested, overlapping and empty steps at random.
inline RunRecord randomRecord(std::uint64_t seed) {
  std::mt19937_64 rng(seed);
  const auto below = [&](std::uint64_t n) { return static_cast<std::int64_t>(rng() % n); };
  RunRecord record = sampleRecord();
  record.frame.slowest.clear();
  record.frame.sampled.clear();
  for (std::uint64_t id = 0; id < 40; ++id) {
    lab::Trace trace;
    trace.id = id;
    trace.start = at(below(100'000));
    Instant now = trace.start;
    for (auto steps = below(6); steps > 0; --steps) {
      const lab::TraceStep step{"step", "component-" + std::to_string(below(4)),
                                now + Duration(below(50)), Duration(below(2) * below(3000)),
                                Duration(below(4000))};
      // Steps of one request may run at the same time.
      if (below(3) != 0) now = step.start + step.wait + step.service;
      trace.end = std::max(trace.end, step.start + step.wait + step.service);
      trace.steps.push_back(step);
    }
    (below(2) == 0 ? record.frame.slowest : record.frame.sampled).push_back(trace);
  }
  return record;
}

// Names and values that no format may stumble over.
inline RunRecord hostileRecord() {
  RunRecord record = sampleRecord();
  const std::string odd = "\"quo\\ted\" <b>&amp;\n\ttab = 'x' \x01 gr\xC3\xBC\xC3\x9F \xFF\xFE";
  const std::string huge(20'000, 'n');
  record.info.title = odd;
  record.info.summary = huge;
  record.plan.preset = odd;
  record.questions = {{odd, "# What?\n</pre><script>alert(1)</script>"}};
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  constexpr double kInf = std::numeric_limits<double>::infinity();
  for (const std::string& name : {odd, huge, std::string(), std::string("a.b_c"),
                                  std::string("a_b.c"), std::string("1.2{a=b,a=c,le=d,x}")}) {
    metrics::MetricValue metric;
    metric.name = name;
    metric.help = odd;
    metric.kind = metrics::MetricKind::Gauge;
    metric.value = kNan;
    metric.min = -kInf;
    metric.max = kInf;
    record.metrics.push_back(metric);
  }
  lab::Chart chart{odd, odd, lab::ChartKind::LogLines, metrics::Unit::Nanoseconds, {}, {}};
  chart.series = {{odd, metrics::Unit::None, {{0.5, kNan, kInf}, {0.75, -1, 0}, {1, 2, 3}}, 3},
                  {huge, metrics::Unit::None, {}, 0}};
  record.frame.charts.push_back(chart);
  record.frame.eventTail.push_back({at(600), 5, odd, odd, lab::Severity::Warning});
  record.frame.faults.push_back({3, odd, odd, at(0), kNever});
  record.checks.push_back({odd, odd, lab::Verdict::Fails, odd});
  run::ClaimOutcome claim;
  claim.text = odd;
  claim.measured = kNan;
  record.claims.push_back(claim);
  return record;
}

}  // namespace ringside::exports
