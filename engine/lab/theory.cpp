#include "engine/lab/theory.h"

namespace ringside::lab {
namespace {

std::optional<double> statisticOf(const metrics::MetricValue& metric, Statistic statistic) {
  switch (statistic) {
    case Statistic::Value:
      return metric.value;
    case Statistic::Mean:
      return metric.mean;
    case Statistic::Rate:
      return metric.rate;
  }
  return std::nullopt;
}

}  // namespace

std::string expressionOf(const TheoryLine& line) {
  switch (line.statistic) {
    case Statistic::Value:
      break;
    case Statistic::Mean:
      return "mean(" + line.metric + ")";
    case Statistic::Rate:
      return "rate(" + line.metric + ")";
  }
  return line.metric;
}

std::string verdictOf(const TheoryLine& line) {
  std::string against;
  for (const theory::Assumption& assumption : line.assumptions) {
    if (!assumption.holds) against += (against.empty() ? "" : "; ") + assumption.why;
  }
  if (!against.empty()) return "does not hold: " + against;
  return line.predicted ? "holds" : "has no value here";
}

TheoryLine evaluated(const TheorySpec& spec, const metrics::MetricValue* metric) {
  TheoryLine line{.id = spec.id,
                  .law = spec.law,
                  .formula = spec.formula,
                  .metric = spec.metric,
                  .statistic = spec.statistic,
                  .chart = spec.chart};
  TheoryReading reading = spec.evaluate();
  line.predicted = reading.value;
  line.assumptions = std::move(reading.assumptions);
  if (metric == nullptr) return line;
  line.unit = spec.statistic == Statistic::Rate ? metrics::Unit::PerSecond : metric->unit;
  line.measured = statisticOf(*metric, spec.statistic);
  return line;
}

}  // namespace ringside::lab
