// MetricParts: a metric's full name taken apart, for formats that keep module, name and labels.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ringside::exports {

struct MetricParts {
  std::string module;  // "breaker"; "run" where the name has no dot.
  std::string name;    // "state".
  std::vector<std::pair<std::string, std::string>> labels;  // {{"method", "card"}}
};

// Reads "breaker.state{method=card}". Whatever follows the first '{' and is not KEY=VALUE becomes a
// label named "label", so that no two metrics fall together.
MetricParts metricParts(std::string_view fullName);

}  // namespace ringside::exports
