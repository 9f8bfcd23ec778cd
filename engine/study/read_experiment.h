// Reading the parts of a scenario that set up labs: experiments, claims and checkpoints.
//
// Model     An experiment stands where it is used, or once under "experiments" with a name that is
//           then used instead; equal experiments run once, so sharing them is also faster.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "engine/study/content.h"
#include "engine/study/json_node.h"

namespace ringside::study {

using NamedExperiments = std::map<std::string, Experiment>;

NamedExperiments readNamedExperiments(const JsonNode& node);

// An object, or the name of one of `named`.
Experiment readExperiment(const JsonNode& node, const NamedExperiments& named);
std::optional<Experiment> readOptionalExperiment(const JsonNode& node,
                                                 const NamedExperiments& named);

Claim readClaim(const JsonNode& node, const NamedExperiments& named);

Checkpoint readCheckpoint(const JsonNode& node, const NamedExperiments& named);

}  // namespace ringside::study
