// CompareJson: the object that `compare --json` prints.
//
// Model     lab, engine_version, replications, sides [{name, preset, seed, length_ns,
//           changes {key: text},
//           fingerprints [..], events [..]}], comparisons [{of, against, first_difference {event,
//           a {t_ns, actor, kind}, b {..}} or null, statistics [{name, unit, a, b, absolute,
//           relative, interval {low, high, level, count} or null, significant, a_values [..],
//           b_values [..]}]}]. Sides are named A, B, C ...; numbers are in base units.
#pragma once

#include <string>

#include "engine/lab/lab.h"
#include "engine/run/compare.h"

namespace ringside::exports {

std::string compareJson(const run::Comparison& comparison, const lab::LabInfo& info);

// "A", "B", ...
std::string sideName(std::size_t side);
// "preset common, tps 250k", or "the lab's defaults".
std::string sideText(const run::RunPlan& plan, const lab::LabInfo& info);

}  // namespace ringside::exports
