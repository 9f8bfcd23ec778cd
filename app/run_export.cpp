#include "app/run_export.h"

#include <QCoreApplication>

#include <algorithm>
#include <filesystem>

#include "engine/export/export.h"
#include "engine/run/run.h"
#include "views/run/report_pdf.h"

namespace ringside::app {
namespace {

constexpr char kPdf[] = "pdf";

QString tr(const char* text) { return QCoreApplication::translate("RunExport", text); }

// The engine's part of what was asked for.
Result<exports::ExportReport> writeFiles(const exports::RunRecord& record,
                                         const views::ExportWish& wish,
                                         const views::ExportTold& told) {
  std::string names;
  for (const std::string& name : wish.formats) {
    if (name != kPdf) names += (names.empty() ? "" : ",") + name;
  }
  if (names.empty()) {
    if (const auto made = exports::makeFolder(wish.folder); !made) return made.error();
    return exports::ExportReport{};
  }
  const auto formats = exports::parseFormats(names);
  if (!formats) return formats.error();
  return exports::exportRun(record, {*formats, wish.folder}, told);
}

}  // namespace

std::vector<views::ExportFormat> exportFormats() {
  return {{"csv", tr("CSV tables"), tr("series long and wide, percentiles, metrics, events")},
          {"json", tr("JSON"), tr("the result with everything done to the run")},
          {"trace", tr("Chrome trace"), tr("sampled requests and counters, for Perfetto")},
          {"sqlite", tr("SQLite"), tr("everything in one database, as OMNeT++ lays it out")},
          {"openmetrics", tr("OpenMetrics"), tr("metrics and series, for Prometheus")},
          {"hgrm", tr("HdrHistogram"), tr("percentiles of each distribution, for its plotter")},
          {"omnet", tr("OMNeT++"), tr("scalars, histograms and vectors (.sca, .vec)")},
          {"report", tr("Report, HTML"), tr("one page: question, settings, claims, charts")},
          {kPdf, tr("Report, PDF"), tr("the same, to print")}};
}

views::ExportWork exportWork(GetRecord getRecord) {
  return [getRecord](const views::ExportWish& wish,
                     const views::ExportTold& told) -> Result<views::ExportOutcome> {
    // Getting a kept run again is most of the work; a live one is there at once.
    const auto record = getRecord([&](double part) { return told(part * 0.8); });
    if (!record) return record.error();
    const auto report =
        writeFiles(*record, wish, [&](double part) { return told(0.8 + part * 0.2); });
    if (!report) return report.error();
    views::ExportOutcome outcome{report->files, report->cancelled};
    const bool pdf = std::ranges::find(wish.formats, kPdf) != wish.formats.end();
    if (!pdf || outcome.cancelled) return outcome;
    const auto path = (std::filesystem::path(wish.folder) / "report.pdf").string();
    const auto written = views::writeReportPdf(*record, QString::fromStdString(path));
    if (!written) return written.error();
    outcome.files.push_back(path);
    return outcome;
  };
}

GetRecord recordAgain(store::Recipe recipe, std::string fingerprint) {
  return [recipe, fingerprint](const views::ExportTold& told) -> Result<exports::RunRecord> {
    constexpr std::uint64_t kSliceEvents = 100'000;
    auto made = run::Run::replay(recipe.plan, recipe.journal);
    if (!made) return made.error();
    run::Run& run = **made;
    while (!lab::isOver(run.state())) {
      const double whole = std::max(toSeconds(run.end()), 1e-9);
      if (!told(toSeconds(run.now()) / whole)) return Error{"it was cancelled"};
      if (run.advance(run.end(), kSliceEvents) == 0 && !lab::isOver(run.state())) break;
    }
    if (exports::fingerprintText(run.fingerprint()) != fingerprint) {
      return Error{"the run does not come out as it was kept (" + fingerprint +
                   "): this program differs from the one that kept it"};
    }
    return exports::recordOf(run);
  };
}

}  // namespace ringside::app
