#include "views/compare/merged_frame.h"

#include <algorithm>

namespace ringside::views {
namespace {

void addLine(lab::Chart& to, const char* side, const lab::Series& line) {
  to.series.push_back(line);
  to.series.back().name = side + line.name;
}

lab::Chart merged(const lab::Chart& first, const lab::Chart& second) {
  lab::Chart chart = first;
  chart.series.clear();
  if (chart.kind == lab::ChartKind::Stacked) chart.kind = lab::ChartKind::Lines;
  for (const lab::Series& line : first.series) {
    const auto other = std::ranges::find(second.series, line.name, &lab::Series::name);
    addLine(chart, "A ", line);
    if (other != second.series.end()) addLine(chart, "B ", *other);
  }
  return chart;
}

}  // namespace

lab::FramePtr mergedFrame(const lab::Frame& first, const lab::Frame& second) {
  auto frame = std::make_shared<lab::Frame>();
  frame->state = first.state;
  frame->now = std::max(first.now, second.now);
  frame->end = std::max(first.end, second.end);
  frame->labId = first.labId;
  for (const lab::Chart& chart : first.charts) {
    if (chart.kind == lab::ChartKind::Percentiles) continue;
    const auto other = std::ranges::find(second.charts, chart.id, &lab::Chart::id);
    if (other != second.charts.end()) frame->charts.push_back(merged(chart, *other));
  }
  return frame;
}

}  // namespace ringside::views
