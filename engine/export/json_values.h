// JsonValues: the parts from which the objects of json.h are put together.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "engine/export/run_record.h"

namespace ringside::exports {

using Json = nlohmann::ordered_json;  // Keeps keys in the order in which they are written.

Json number(std::optional<double> value);  // null where there is none or it is not finite.
Json metricJson(const metrics::MetricValue& metric);
Json theoryJson(const lab::TheoryLine& line);
Json steadyJson(const lab::SteadyMetric& metric);
Json claimJson(const run::ClaimOutcome& claim);
Json journalJson(const run::Journal& journal, const lab::LabInfo& info);
Json parametersJson(const RunRecord& record);
Json faultsJson(const RunRecord& record);
Json parameterSpecJson(const lab::ParameterSpec& spec);
Json faultSpecJson(const lab::FaultSpec& spec);

// Two spaces of indent and a line end; bytes that are not UTF-8 become the replacement character.
std::string dumped(const Json& json);

}  // namespace ringside::exports
