// mergedFrame: the charts of two runs as one, a line of each beside the other.
#pragma once

#include "engine/lab/frame.h"

namespace ringside::views {

// Charts over time that both have, with their lines as "A p99" and "B p99" in turn; stacked ones
// become lines. Distributions are left out: the table has their percentiles.
lab::FramePtr mergedFrame(const lab::Frame& first, const lab::Frame& second);

}  // namespace ringside::views
