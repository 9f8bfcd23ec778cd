// Omnet: a run as OMNeT++ result files, for its IDE, opp_scavetool and their Python packages.
//
// Model     result.sca: counters and gauges as scalars (a gauge also as ":mean", ":min", ":max"),
//           distributions as statistics with a bin for each bucket, knobs as parameters and
//           as iteration variables. result.vec: a vector for each end of a chart's line,
//           "shard-2:min" and "shard-2:max" of module "queues", at the middle of its columns.
//           Both begin with the same run and its attributes. Values are in base units, which the
//           attribute "unit" names.
// Promise   Tokens with blanks, quotes or other special bytes are quoted; times ascend; what is
//           not a number is "nan", "inf" or "-inf", which OMNeT++ reads.
// Source    OMNeT++ manual, appendix "Result file formats", version 3.
#pragma once

#include <string>

#include "engine/export/run_record.h"

namespace ringside::exports {

std::string omnetScalars(const RunRecord& record);
std::string omnetVectors(const RunRecord& record);

}  // namespace ringside::exports
