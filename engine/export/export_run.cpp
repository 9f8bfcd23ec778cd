#include "engine/export/export.h"
#include "engine/export/run_record.h"
#include "engine/run/run.h"

namespace ringside::exports {

RunRecord recordOf(const run::Run& run) {
  RunRecord record{.info = run.info(),
                   .plan = run.plan(),
                   .journal = run.journal(),
                   .frame = run.frame(),
                   .metrics = run.metrics(),
                   .checks = run.checks(),
                   .claims = {},
                   .wallSeconds = std::nullopt};
  for (const metrics::MetricValue& metric : record.metrics) {
    const metrics::Histogram* histogram = run.histogram(metric.name);
    if (histogram == nullptr || histogram->count() == 0) continue;
    record.histograms.push_back(histogramOf(metric.name, metric.unit, *histogram));
  }
  return record;
}

Result<ExportReport> exportRun(const run::Run& run, const ExportRequest& request,
                               const ExportProgress& progress) {
  return exportRun(recordOf(run), request, progress);
}

}  // namespace ringside::exports
