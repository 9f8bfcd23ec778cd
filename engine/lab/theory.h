// TheorySpec and TheoryLine: what a closed form says that a metric of a lab should be.
//
// Model     A lab declares a law with the metric it speaks of and a function that evaluates it on
//           the present knobs. Each frame carries the answers: the value foretold, the value
//           measured, and each assumption with what stands against it.
// Compare   theory/ has the formulas; claims are judged, theory is only laid over.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/metrics/metric_value.h"
#include "engine/theory/assumption.h"

namespace ringside::lab {

// Which number of a metric the law speaks of.
enum class Statistic { Value, Mean, Rate };

struct TheoryReading {
  std::optional<double> value;  // Empty where the formula has no answer (an overloaded queue).
  theory::Assumptions assumptions;
};

struct TheorySpec {
  std::string id;       // "little": stable, unique in the lab.
  std::string law;      // "Little's law".
  std::string formula;  // "L = rate * latency".
  std::string metric;   // Full name of an instrument: "inflight".
  Statistic statistic = Statistic::Mean;
  std::string chart;                        // Id of the chart that it is drawn on; empty: none.
  std::function<TheoryReading()> evaluate;  // Free of effects.
};

struct TheoryLine {
  std::string id{};
  std::string law{};
  std::string formula{};
  std::string metric{};
  Statistic statistic = Statistic::Mean;
  std::string chart{};
  metrics::Unit unit = metrics::Unit::None;
  std::optional<double> predicted{};
  std::optional<double> measured{};
  theory::Assumptions assumptions{};

  [[nodiscard]] bool holds() const { return predicted && theory::allHold(assumptions); }
};

// "mean(payment.latency)"; a value is the metric's name alone, as claims write it.
[[nodiscard]] std::string expressionOf(const TheoryLine& line);
// "holds", or "does not hold: arrivals are steady; no steady state".
[[nodiscard]] std::string verdictOf(const TheoryLine& line);

// `metric` is null where there is no such instrument.
[[nodiscard]] TheoryLine evaluated(const TheorySpec& spec, const metrics::MetricValue* metric);

}  // namespace ringside::lab
