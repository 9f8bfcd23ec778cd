// componentFacts: what a frame knows of one component, as rows of name and value.
//
// Model     First the component's own figures, then every metric that is about it: named after it
//           ("shard-2.latency"), or labelled with it ("shard.latency{shard=2}").
#pragma once

#include <QString>

#include <vector>

#include "engine/lab/frame.h"
#include "views/run/rows_model.h"

namespace ringside::views {

// Null when the frame has no such component.
const lab::TopologyNode* componentOf(const lab::Frame& frame, const QString& nodeId);

// True where the metric is about the component.
bool isAbout(const std::string& metric, const std::string& nodeId);

std::vector<Row> componentFacts(const lab::Frame& frame, const lab::TopologyNode& node);

}  // namespace ringside::views
