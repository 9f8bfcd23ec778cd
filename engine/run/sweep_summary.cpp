#include "engine/run/sweep_summary.h"

#include <algorithm>
#include <map>

namespace ringside::run {

std::vector<SweepPoint> summaryOf(const std::vector<SweepRow>& rows, const std::string& statistic) {
  struct Gathered {
    const SweepRow* row = nullptr;
    std::map<int, double> values;  // By replication: the order in which rows came does not matter.
  };
  std::map<std::uint64_t, Gathered> points;
  for (const SweepRow& row : rows) {
    const auto& all = row.outcome.statistics;
    const auto found = std::ranges::find(all, statistic, &Statistic::name);
    if (found == all.end() || !found->value) continue;
    Gathered& at = points[row.point];
    at.row = &row;
    at.values[row.replication] = *found->value;
  }
  std::vector<SweepPoint> summary;
  for (const auto& [number, gathered] : points) {
    stats::Moments moments;
    for (const auto& [replication, value] : gathered.values) moments.add(value);
    summary.push_back({number, gathered.row->values, static_cast<int>(moments.count()),
                       moments.mean(), stats::meanInterval(moments)});
  }
  return summary;
}

}  // namespace ringside::run
