#include "engine/study/read_experiment.h"

#include <fmt/format.h>
#include <utility>

namespace ringside::study {
namespace {

constexpr std::size_t kMostFaults = 32;

Experiment readExperimentObject(const JsonNode& node) {
  JsonObject object = node.object();
  Experiment experiment;
  experiment.lab = object.required("lab").id();
  const JsonNode preset = object.optional("preset");
  if (preset.present()) experiment.preset = preset.id();
  for (const auto& [key, value] : object.optional("set").entries()) {
    experiment.set.emplace_back(key, value.text());
  }
  for (const JsonNode& fault : object.optional("faults").items(0, kMostFaults)) {
    experiment.faults.push_back(fault.text());
  }
  experiment.seed = object.optional("seed").seed();
  const JsonNode length = object.optional("for");
  if (length.present()) experiment.length = length.text();
  object.finish();
  return experiment;
}

}  // namespace

NamedExperiments readNamedExperiments(const JsonNode& node) {
  NamedExperiments named;
  for (const auto& [name, experiment] : node.entries()) {
    named.emplace(name, readExperimentObject(experiment));
  }
  return named;
}

Experiment readExperiment(const JsonNode& node, const NamedExperiments& named) {
  if (!node.isText()) return readExperimentObject(node);
  const auto at = named.find(node.text());
  if (at != named.end()) return at->second;
  std::string names;
  for (const auto& [name, experiment] : named) {
    names += (names.empty() ? "" : ", ") + name;
  }
  node.expected(named.empty() ? "an experiment (none is named under \"experiments\")"
                              : "an experiment, or the name of one (" + names + ")");
  return {};
}

std::optional<Experiment> readOptionalExperiment(const JsonNode& node,
                                                 const NamedExperiments& named) {
  if (!node.present()) return std::nullopt;
  return readExperiment(node, named);
}

}  // namespace ringside::study
