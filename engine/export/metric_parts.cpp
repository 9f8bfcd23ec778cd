#include "engine/export/metric_parts.h"

#include <algorithm>

namespace ringside::exports {

MetricParts metricParts(std::string_view fullName) {
  MetricParts parts;
  const std::size_t brace = std::min(fullName.find('{'), fullName.size());
  const std::string_view plain = fullName.substr(0, brace);
  const std::size_t dot = plain.rfind('.');
  parts.module = dot == std::string_view::npos ? "run" : std::string(plain.substr(0, dot));
  parts.name = std::string(dot == std::string_view::npos ? plain : plain.substr(dot + 1));
  if (brace == fullName.size()) return parts;
  std::string_view rest = fullName.substr(brace + 1);
  if (rest.ends_with('}')) rest.remove_suffix(1);
  while (!rest.empty()) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    const std::string_view pair = rest.substr(0, comma);
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos) {
      parts.labels.emplace_back("label", pair);
    } else {
      parts.labels.emplace_back(pair.substr(0, equals), pair.substr(equals + 1));
    }
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  return parts;
}

}  // namespace ringside::exports
