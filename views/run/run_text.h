// RunText: the words in which the run's widgets write times, speeds, counts and reports.
#pragma once

#include <QString>

#include <cstdint>

#include "engine/base/time.h"
#include "engine/lab/frame.h"
#include "engine/metrics/unit.h"
#include "engine/run/plan.h"

namespace ringside::views {

// A run's clock, always of the same width for runs of one length: "0.012 345 s" up to 10 s,
// "00:47.617" up to an hour, "1:02:03.456" up to 100 hours, "18,250 d 07:30" beyond.
QString clockText(Instant now, Duration length);

// "12,345,678 ns".
QString exactText(Instant now);

// Virtual time per second of wall time: "10 ms/s" below 1, "2×" from 1 on, "1k×", "1M×".
QString speedText(double virtualPerWall);

// "12.3 ms", as formatValue writes it.
QString durationText(Duration duration);
QString valueText(double value, metrics::Unit unit);
QString countText(std::uint64_t count);
QString fingerprintText(std::uint64_t fingerprint);

// What is needed to have a run again and to say what went wrong, as plain text for the clipboard.
QString runReport(const run::RunPlan& plan, const lab::Frame& frame);

inline QString text(const std::string& utf8) { return QString::fromStdString(utf8); }

}  // namespace ringside::views
