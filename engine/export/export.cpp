#include "engine/export/export.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fmt/format.h>
#include <system_error>

#include "engine/export/atomic_file.h"
#include "engine/export/chrome_trace.h"
#include "engine/export/csv.h"
#include "engine/export/json.h"

namespace ringside::exports {
namespace {

struct OutputFile {
  Format format;
  std::string_view name;
  std::string (*text)(const RunRecord&);
};

constexpr std::array<OutputFile, 8> kFiles = {{
    {Format::Csv, "series.csv", seriesCsv},
    {Format::Csv, "series_wide.csv", seriesWideCsv},
    {Format::Csv, "percentiles.csv", percentilesCsv},
    {Format::Csv, "metrics.csv", metricsCsv},
    {Format::Csv, "events.csv", eventsCsv},
    {Format::Csv, "traces.csv", tracesCsv},
    {Format::Json, "result.json", fileJson},
    {Format::Trace, "trace.json", chromeTrace},
}};

struct FormatName {
  Format format;
  std::string_view name;
};

constexpr std::array<FormatName, 3> kFormats = {
    {{Format::Csv, "csv"}, {Format::Json, "json"}, {Format::Trace, "trace"}}};

std::vector<OutputFile> filesOf(const std::vector<Format>& formats) {
  std::vector<OutputFile> files;
  for (const Format format : formats) {
    std::ranges::copy_if(kFiles, std::back_inserter(files),
                         [&](const OutputFile& file) { return file.format == format; });
  }
  return files;
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
  const std::vector<OutputFile> files = filesOf(request.formats);
  for (const OutputFile& file : files) {
    const double part =
        static_cast<double>(report.files.size()) / static_cast<double>(files.size());
    if (progress && !progress(part)) {
      report.cancelled = true;
      return report;
    }
    const auto path = (std::filesystem::path(request.directory) / file.name).string();
    AtomicFile output(path);
    output.append(file.text(record));
    if (const auto written = output.commit(); !written) return written.error();
    report.files.push_back(path);
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
      return Error{fmt::format("'{}' is not a format; allowed: csv, json, trace", name)};
    }
    if (std::ranges::find(formats, found->format) == formats.end()) {
      formats.push_back(found->format);
    }
    from = to + 1;
  }
  return formats;
}

}  // namespace ringside::exports
