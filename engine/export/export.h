// Export: writes a finished or paused run to files in a folder.
//
// Model     Formats and their files:
//             csv          series.csv, series_wide.csv, percentiles.csv, metrics.csv, events.csv,
//                          traces.csv: columns in csv.h.
//             json         result.json: schema in json.h.
//             trace        trace.json: Chrome trace events, chrome_trace.h; opens in
//                          ui.perfetto.dev.
//             sqlite       run.sqlite: tables of OMNeT++'s SQLite result files, sqlite.h.
//             openmetrics  metrics.om: OpenMetrics 1.0 text, openmetrics.h.
//             hgrm         METRIC.hgrm for each distribution: HdrHistogram percentiles, hgrm.h.
//             omnet        result.sca, result.vec: OMNeT++ result files, omnet.h.
//             report       report.html: the run on one page, report.h.
//           The folder is made if need be; files of those names in it are replaced.
// Promise   Each file appears whole or not at all (atomic_file.h). Equal runs give equal files, but
//           for wall_seconds and events_per_second in result.json.
// Limits    A frame holds series thinned to at most 512 points a line (least and greatest value of
//           each column of time), 200 events and 64 requests: that is what files hold.
// Errors    One sentence with the path and the system's reason. Files written before it stay.
// Threads   None; a RunRecord is a value, so a window may export off its own thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/export/run_record.h"

namespace ringside::exports {

enum class Format { Csv, Json, Trace, Sqlite, OpenMetrics, Hgrm, Omnet, Report };

struct ExportRequest {
  std::vector<Format> formats;
  std::string directory;
};

struct ExportReport {
  std::vector<std::string> files;  // Paths written, in order.
  bool cancelled = false;
};

// Told how far the export is, 0 to 1; returning false cancels before the next file.
using ExportProgress = std::function<bool(double)>;

Result<ExportReport> exportRun(const RunRecord& record, const ExportRequest& request,
                               const ExportProgress& progress = {});
Result<ExportReport> exportRun(const run::Run& run, const ExportRequest& request,
                               const ExportProgress& progress = {});

// Makes the folder with those above it; the error says why that cannot be. For asking early, before
// a long run: exportRun() does it too.
Result<Done> makeFolder(const std::string& directory);

// Reads "csv,json,trace"; each once, in the order given. Names are those of formatNames().
Result<std::vector<Format>> parseFormats(std::string_view text);
std::vector<std::string_view> formatNames();

}  // namespace ringside::exports
