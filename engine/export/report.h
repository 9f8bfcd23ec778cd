// Report: a run on one page, as HTML that needs nothing beside it.
//
// Model     What was asked, what ran (lab, preset, seed, length, fingerprint, the command that runs
//           it again), settings that differ from the lab's own, faults and acts, claims and checks
//           with their evidence, charts, all metrics. Charts stand inline as SVG, or wherever
//           `picture` says, for a printer that cannot draw SVG within a page.
// Promise   Well-formed; no script, no address of anything outside; follows a reader's dark theme.
//           Text from people and content is escaped.
#pragma once

#include <functional>
#include <string>

#include "engine/export/run_record.h"

namespace ringside::exports {

std::string reportHtml(const RunRecord& record);

// What stands in the place of a chart.
using ChartPicture = std::function<std::string(const lab::Chart& chart)>;
// Without a style sheet of modern make, for Qt's rich text.
std::string printableReport(const RunRecord& record, const ChartPicture& picture);

// "ringside-cli run payment-gateway --preset common --seed 7 --for 1s": the plan, without acts done
// by hand, which only the journal holds.
std::string commandOf(const RunRecord& record);

}  // namespace ringside::exports
