// readMetric of claims.h: "p99(payment.latency)" looked up in what a run measured.
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <numeric>
#include <utility>

#include "engine/run/claims.h"

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

constexpr std::size_t kNeighbours = 4;  // Names offered for one that is not known.

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

std::size_t editDistance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t swapped = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({swapped, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

Error unknownMetric(const std::vector<MetricValue>& metrics, std::string_view name) {
  std::vector<std::pair<std::size_t, std::string_view>> known;
  for (const MetricValue& metric : metrics) {
    known.emplace_back(editDistance(name, metric.name), metric.name);
  }
  std::sort(known.begin(), known.end());
  known.resize(std::min(known.size(), kNeighbours));
  std::string nearest;
  for (const auto& [distance, other] : known) {
    nearest += nearest.empty() ? "" : ", ";
    nearest += other;
  }
  return Error{fmt::format("there is no metric \"{}\"; {}", name,
                           known.empty() ? "nothing was measured" : "the nearest are " + nearest)};
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
