// MetricValue: one instrument read out, in the form that frames, exports and claims share.
//
// A field is present only where it applies and where the sample can support it: p99 needs at least
// 100 values, p999 at least 1000. All values are in the unit of the instrument.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/metrics/unit.h"

namespace ringside::metrics {

enum class MetricKind { Counter, Gauge, Distribution };

struct MetricValue {
  std::string name;  // component.metric, labels included: "breaker.state{method=card}".
  std::string help;
  MetricKind kind = MetricKind::Counter;
  Unit unit = Unit::None;
  std::uint64_t count = 0;       // Values recorded; for a counter its total.
  std::optional<double> rate;    // Per second of virtual time.
  std::optional<double> value;   // A gauge's last value; a counter's total.
  std::optional<double> mean;    // Time-weighted for a gauge.
  std::optional<double> stddev;
  std::optional<double> min;
  std::optional<double> max;
  std::optional<double> p50;
  std::optional<double> p90;
  std::optional<double> p95;
  std::optional<double> p99;
  std::optional<double> p999;
};

}  // namespace ringside::metrics
