#include "engine/export/hgrm.h"

#include <algorithm>
#include <fmt/format.h>

namespace ringside::exports {
namespace {

constexpr std::int64_t kSubBuckets = 2048;  // 2^ceil(log2(2 * 10^3)).

// Doublings of the range of the first bucket until it reaches `largest`.
int bucketCount(std::int64_t largest) {
  int buckets = 1;
  for (std::int64_t reach = kSubBuckets; reach < largest && reach <= INT64_MAX / 2; reach *= 2) {
    ++buckets;
  }
  return buckets;
}

}  // namespace

std::string hgrm(const HistogramValue& histogram, const HgrmScale& scale) {
  std::string text = "       Value   Percentile   TotalCount 1/(1-Percentile)\n\n";
  for (const metrics::PercentileRow& row : percentileRows(histogram)) {
    const double value = static_cast<double>(row.value) / scale.unit;
    const double fraction = row.percentile / 100;
    text += fmt::format("{:12.3f} {:12f} {:12} {:>12.2f}\n", value, fraction, row.cumulative,
                        1 / (1 - fraction));
  }
  const std::int64_t most = histogram.bins.empty() ? 0 : histogram.bins.back().high;
  text += fmt::format("#[Mean    = {:12.3f}, StdDeviation   = {:12.3f}]\n",
                      histogram.mean / scale.unit, histogram.deviation / scale.unit);
  text += fmt::format("#[Max     = {:12.3f}, Total count    = {:12}]\n",
                      static_cast<double>(most) / scale.unit, histogram.count());
  text += fmt::format("#[Buckets = {:12}, SubBuckets     = {:12}]\n", bucketCount(scale.largest),
                      kSubBuckets);
  return text;
}

std::vector<Output> hgrmFiles(const RunRecord& record) {
  std::vector<Output> files;
  for (const HistogramValue& histogram : record.histograms) {
    HgrmScale scale;
    if (histogram.unit != metrics::Unit::Nanoseconds) scale.unit = 1;
    std::string name = fileNameOf(histogram.metric) + ".hgrm";
    for (int next = 2; std::ranges::find(files, name, &Output::name) != files.end(); ++next) {
      name = fmt::format("{}-{}.hgrm", fileNameOf(histogram.metric), next);
    }
    files.push_back({std::move(name), hgrm(histogram, scale)});
  }
  return files;
}

}  // namespace ringside::exports
