#include "engine/export/histograms.h"

#include <cmath>
#include <utility>

namespace ringside::exports {
namespace {

// What HdrHistogram calls the median equivalent value.
double middleOf(const HistogramValue::Bin& bin) {
  return static_cast<double>(bin.low + (bin.high - bin.low + 1) / 2);
}

}  // namespace

std::uint64_t HistogramValue::count() const {
  std::uint64_t sum = 0;
  for (const Bin& bin : bins) sum += bin.count;
  return sum;
}

HistogramValue histogramOf(std::string metric, metrics::Unit unit,
                           const metrics::Histogram& histogram) {
  HistogramValue value{std::move(metric), unit, histogram.buckets(), 0, 0};
  if (value.bins.empty()) return value;
  const auto count = static_cast<double>(value.count());
  for (const auto& bin : value.bins) value.mean += middleOf(bin) * static_cast<double>(bin.count);
  value.mean /= count;
  for (const auto& bin : value.bins) {
    const double away = middleOf(bin) - value.mean;
    value.deviation += away * away * static_cast<double>(bin.count);
  }
  value.deviation = std::sqrt(value.deviation / count);
  return value;
}

std::vector<metrics::PercentileRow> percentileRows(const HistogramValue& histogram,
                                                   int ticksPerHalf) {
  std::vector<metrics::PercentileRow> rows;
  const std::uint64_t count = histogram.count();
  double wanted = 0;
  std::uint64_t seen = 0;
  for (const auto& bin : histogram.bins) {
    seen += bin.count;
    const double reached = 100 * static_cast<double>(seen) / static_cast<double>(count);
    while (wanted <= reached) {
      rows.push_back({bin.high, wanted, seen});
      if (seen == count) break;
      const int halvings = std::ilogb(100 / (100 - wanted)) + 1;
      wanted += 100 / (ticksPerHalf * std::ldexp(1.0, halvings));
    }
  }
  if (!rows.empty()) rows.push_back({rows.back().value, 100, count});
  return rows;
}

}  // namespace ringside::exports
