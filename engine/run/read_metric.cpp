// readMetric of claims.h: "p99(payment.latency)" looked up in what a run measured.
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <utility>

#include "engine/run/claims.h"
#include "engine/run/nearest.h"

namespace ringside::run {
namespace {

using metrics::MetricKind;
using metrics::MetricValue;

constexpr std::array<std::pair<std::string_view, std::optional<double> MetricValue::*>, 11>
    kFields = {{{"value", &MetricValue::value},
                {"mean", &MetricValue::mean},
                {"stddev", &MetricValue::stddev},
                {"min", &MetricValue::min},
                {"max", &MetricValue::max},
                {"p50", &MetricValue::p50},
                {"p90", &MetricValue::p90},
                {"p95", &MetricValue::p95},
                {"p99", &MetricValue::p99},
                {"p999", &MetricValue::p999},
                {"rate", &MetricValue::rate}}};

struct Expression {
  std::string_view function;
  std::string_view metric;
};

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

Result<Expression> split(std::string_view text) {
  const std::string_view whole = trimmed(text);
  const auto open = whole.find('(');
  if (open == std::string_view::npos) {
    if (!whole.empty()) return Expression{"value", whole};
  } else if (whole.back() == ')') {
    const auto name = trimmed(whole.substr(open + 1, whole.size() - open - 2));
    if (open > 0 && !name.empty() && name.find_first_of("()") == std::string_view::npos) {
      return Expression{trimmed(whole.substr(0, open)), name};
    }
  }
  return Error{fmt::format("\"{}\" names no metric; write \"name\" or \"function(name)\"", text)};
}

Error unknownMetric(const std::vector<MetricValue>& metrics, std::string_view name) {
  std::vector<std::string> known;
  for (const MetricValue& metric : metrics) known.push_back(metric.name);
  return Error{fmt::format("there is no metric \"{}\"; {}", name,
                           known.empty() ? "nothing was measured" : nearestNames(name, known))};
}

Error unknownFunction(std::string_view function) {
  std::string known = "count";
  for (const auto& [name, field] : kFields) {
    known += ", ";
    known += name;
  }
  return Error{
      fmt::format("there is no function \"{}\" of a metric; there are {}", function, known)};
}

Error notThere(const MetricValue& metric, std::string_view function) {
  if (metric.kind == MetricKind::Distribution && function == "value") {
    return Error{
        fmt::format("\"{}\" is a distribution and has no single value; ask for mean, p99, "
                    "rate ... of it",
                    metric.name)};
  }
  return Error{
      fmt::format("{}({}) is not to be had from {} values; p99 needs 100 and p999 1000, and "
                  "a {} has no more than it records",
                  function, metric.name, metric.count,
                  metric.kind == MetricKind::Counter ? "counter"
                  : metric.kind == MetricKind::Gauge ? "gauge"
                                                     : "distribution")};
}

}  // namespace

Result<double> readMetric(const std::vector<MetricValue>& metrics, std::string_view expression) {
  const auto parts = split(expression);
  if (!parts) return parts.error();
  const auto metric = std::find_if(metrics.begin(), metrics.end(), [&](const MetricValue& value) {
    return value.name == parts->metric;
  });
  const auto field = std::find_if(kFields.begin(), kFields.end(), [&](const auto& entry) {
    return entry.first == parts->function;
  });
  const bool isCount = parts->function == "count";
  if (!isCount && field == kFields.end()) return unknownFunction(parts->function);
  if (metric == metrics.end()) return unknownMetric(metrics, parts->metric);
  if (isCount) return static_cast<double>(metric->count);
  const std::optional<double>& value = (*metric).*(field->second);
  if (!value) return notThere(*metric, parts->function);
  return *value;
}

}  // namespace ringside::run
