#include "engine/export/export.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fmt/format.h>
#include <system_error>
#include <utility>

#include "engine/export/atomic_file.h"
#include "engine/export/chrome_trace.h"
#include "engine/export/csv.h"
#include "engine/export/hgrm.h"
#include "engine/export/json.h"
#include "engine/export/omnet.h"
#include "engine/export/openmetrics.h"
#include "engine/export/report.h"
#include "engine/export/sqlite.h"

namespace ringside::exports {
namespace {

using Text = std::string (*)(const RunRecord&);
template <Text text>
Result<std::vector<Output>> one(const char* name, const RunRecord& record) {
  return std::vector<Output>{{name, text(record)}};
}

Result<std::vector<Output>> sqlite(const char* name, const RunRecord& record) {
  auto content = sqliteFile(record);
  if (!content) return content.error();
  return std::vector<Output>{{name, std::move(*content)}};
}

Result<std::vector<Output>> hgrms(const char*, const RunRecord& record) {
  return hgrmFiles(record);
}

// A file of a format; or the files, where how many there are is the run's affair.
struct Step {
  Format format;
  const char* name;
  Result<std::vector<Output>> (*make)(const char* name, const RunRecord&);
};

constexpr std::array<Step, 14> kSteps = {{
    {Format::Csv, "series.csv", one<seriesCsv>},
    {Format::Csv, "series_wide.csv", one<seriesWideCsv>},
    {Format::Csv, "percentiles.csv", one<percentilesCsv>},
    {Format::Csv, "metrics.csv", one<metricsCsv>},
    {Format::Csv, "events.csv", one<eventsCsv>},
    {Format::Csv, "traces.csv", one<tracesCsv>},
    {Format::Json, "result.json", one<fileJson>},
    {Format::Trace, "trace.json", one<chromeTrace>},
    {Format::Sqlite, "run.sqlite", sqlite},
    {Format::OpenMetrics, "metrics.om", one<openMetrics>},
    {Format::Hgrm, "", hgrms},
    {Format::Omnet, "result.sca", one<omnetScalars>},
    {Format::Omnet, "result.vec", one<omnetVectors>},
    {Format::Report, "report.html", one<reportHtml>},
}};

struct FormatName {
  Format format;
  std::string_view name;
};

constexpr std::array<FormatName, 8> kFormats = {{{Format::Csv, "csv"},
                                                 {Format::Json, "json"},
                                                 {Format::Trace, "trace"},
                                                 {Format::Sqlite, "sqlite"},
                                                 {Format::OpenMetrics, "openmetrics"},
                                                 {Format::Hgrm, "hgrm"},
                                                 {Format::Omnet, "omnet"},
                                                 {Format::Report, "report"}}};

std::vector<Step> stepsOf(const std::vector<Format>& formats) {
  std::vector<Step> steps;
  for (const Format format : formats) {
    std::ranges::copy_if(kSteps, std::back_inserter(steps),
                         [&](const Step& step) { return step.format == format; });
  }
  return steps;
}

}  // namespace

Result<Done> makeFolder(const std::string& directory) {
  std::error_code code;
  std::filesystem::create_directories(directory, code);
  if (!code && std::filesystem::is_directory(directory, code)) return Done{};
  const std::string why = code ? code.message() : "it is not a folder";
  return Error{fmt::format("{}: the export folder cannot be made: {}", directory, why)};
}

Result<ExportReport> exportRun(const RunRecord& record, const ExportRequest& request,
                               const ExportProgress& progress) {
  if (const auto made = makeFolder(request.directory); !made) return made.error();
  ExportReport report;
  const std::vector<Step> steps = stepsOf(request.formats);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const double part = static_cast<double>(i) / static_cast<double>(steps.size());
    if (progress && !progress(part)) {
      report.cancelled = true;
      return report;
    }
    const auto made = steps[i].make(steps[i].name, record);
    if (!made) return made.error();
    for (const Output& output : *made) {
      const auto path = (std::filesystem::path(request.directory) / output.name).string();
      AtomicFile file(path);
      file.append(output.content);
      if (const auto written = file.commit(); !written) return written.error();
      report.files.push_back(path);
    }
  }
  if (progress) progress(1.0);
  return report;
}

std::vector<std::string_view> formatNames() {
  std::vector<std::string_view> names;
  for (const FormatName& format : kFormats) names.push_back(format.name);
  return names;
}

Result<std::vector<Format>> parseFormats(std::string_view text) {
  std::vector<Format> formats;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t to = std::min(text.find(',', from), text.size());
    const std::string_view name = text.substr(from, to - from);
    const auto found = std::ranges::find(kFormats, name, &FormatName::name);
    if (found == kFormats.end()) {
      return Error{
          fmt::format("'{}' is not a format; allowed: {}", name, fmt::join(formatNames(), ", "))};
    }
    if (std::ranges::find(formats, found->format) == formats.end()) {
      formats.push_back(found->format);
    }
    from = to + 1;
  }
  return formats;
}

}  // namespace ringside::exports
