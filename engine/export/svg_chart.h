// SvgChart: a chart of a run as one <svg> element, for reports that need no program to be read.
//
// Model     Lines over time with the band between least and greatest value of each column; latency
//           axes are logarithmic; stacked charts are stacked where their lines share instants; a
//           distribution is drawn over log10(1 / (1 - percentile)). Faults shade their time. Each
//           line has a colour, a dash pattern and a name in the legend.
// Promise   Well-formed XML whatever the names; values that are not finite are gaps. Colours come
//           from the CSS variables --ink, --grid, --paper, with a light default, so that a page
//           may be dark. No script, no reference to anything outside.
#pragma once

#include <string>
#include <string_view>

#include "engine/lab/frame.h"

namespace ringside::exports {

// How a colour is written: a page's style sheet may override variables, a printer wants plain ones.
enum class SvgColours { Variables, Plain };

// The element stands alone: it names its namespace. 640 by 260.
std::string svgChart(const lab::Chart& chart, const lab::Frame& frame,
                     SvgColours colours = SvgColours::Variables);

// `text` for XML and HTML, in elements and in quoted attributes: markup escaped, control characters
// and bytes that are not UTF-8 replaced.
std::string xmlText(std::string_view text);

}  // namespace ringside::exports
