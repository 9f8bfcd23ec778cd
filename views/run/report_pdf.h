// writeReportPdf: the report of a run (engine/export/report.h) as PDF pages.
//
// Promise   The file appears whole or not at all. The error is one sentence with the path.
// Threads   Any; a QGuiApplication exists.
#pragma once

#include <QString>

#include "engine/base/result.h"
#include "engine/export/run_record.h"

namespace ringside::views {

Result<Done> writeReportPdf(const exports::RunRecord& record, const QString& path);

}  // namespace ringside::views
