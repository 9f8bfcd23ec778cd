#include "views/run/run_text.h"

#include <QLocale>
#include <QStringList>

#include "engine/metrics/format_value.h"

namespace ringside::views {
namespace {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

constexpr std::int64_t kMicro = 1'000;
constexpr std::int64_t kMilli = 1'000'000;
constexpr std::int64_t kSecond = 1'000'000'000;

// Grouped by commas whatever the locale: the C locale would not group at all.
QString grouped(qint64 value) {
  return QLocale(QLocale::English, QLocale::UnitedStates).toString(value);
}

QString padded(std::int64_t value, int width) {
  return u"%1"_s.arg(value, width, 10, QLatin1Char('0'));
}

}  // namespace

QString clockText(Instant now, Duration length) {
  const std::int64_t nanos = now.time_since_epoch().count();
  if (length <= 10s) {
    const QString micros = padded(nanos % kSecond / kMicro, 6);
    // A thin space groups the digits without looking like a decimal comma.
    return u"%1.%2\u2009%3 s"_s.arg(nanos / kSecond).arg(micros.left(3), micros.mid(3));
  }
  const std::int64_t seconds = nanos / kSecond;
  if (length > 100h) {
    const std::int64_t minutes = seconds / 60;
    return u"%1 d %2:%3"_s.arg(grouped(minutes / 1440))
        .arg(padded(minutes / 60 % 24, 2), padded(minutes % 60, 2));
  }
  const QString millis = padded(nanos % kSecond / kMilli, 3);
  const QString tail =
      u"%1:%2.%3"_s.arg(padded(seconds / 60 % 60, 2), padded(seconds % 60, 2), millis);
  return length <= 1h ? tail : u"%1:%2"_s.arg(seconds / 3600).arg(tail);
}

QString exactText(Instant now) { return u"%1 ns"_s.arg(grouped(now.time_since_epoch().count())); }

QString speedText(double virtualPerWall) {
  if (virtualPerWall >= 1e6) return u"%1M×"_s.arg(virtualPerWall / 1e6, 0, 'g', 4);
  if (virtualPerWall >= 1e3) return u"%1k×"_s.arg(virtualPerWall / 1e3, 0, 'g', 4);
  if (virtualPerWall >= 1) return u"%1×"_s.arg(virtualPerWall, 0, 'g', 4);
  const double nanos = virtualPerWall * 1e9;
  if (nanos >= 1e6) return u"%1 ms/s"_s.arg(nanos / 1e6, 0, 'g', 4);
  if (nanos >= 1e3) return u"%1 µs/s"_s.arg(nanos / 1e3, 0, 'g', 4);
  return u"%1 ns/s"_s.arg(nanos, 0, 'g', 4);
}

QString durationText(Duration duration) {
  return valueText(static_cast<double>(duration.count()), metrics::Unit::Nanoseconds);
}

QString valueText(double value, metrics::Unit unit) {
  return text(metrics::formatValue(value, unit));
}

QString countText(std::uint64_t count) { return grouped(static_cast<qint64>(count)); }

QString fingerprintText(std::uint64_t fingerprint) {
  return u"%1"_s.arg(quint64{fingerprint}, 16, 16, QLatin1Char('0'));
}

QString runReport(const run::RunPlan& plan, const lab::Frame& frame) {
  QStringList lines;
  lines << u"Ringside run report"_s << u"lab: %1"_s.arg(text(plan.labId))
        << u"preset: %1"_s.arg(plan.preset.empty() ? u"(initial values)"_s : text(plan.preset))
        << u"seed: %1"_s.arg(quint64{plan.seed});
  for (const lab::ParameterValue& knob : plan.knobs) {
    lines << u"changed: %1 = %2"_s.arg(text(knob.key)).arg(knob.value, 0, 'g', 17);
  }
  for (const lab::ScheduledFault& fault : plan.faults) {
    lines << u"fault: %1 at %2"_s.arg(text(fault.order.name), exactText(fault.at));
  }
  if (plan.arrivals) lines << u"arrivals: %1"_s.arg(text(plan.arrivals->name));
  lines << u"virtual time: %1"_s.arg(exactText(frame.now))
        << u"events: %1"_s.arg(countText(frame.events))
        << u"fingerprint: %1"_s.arg(fingerprintText(frame.fingerprint));
  if (!frame.note.empty()) lines << u"note: %1"_s.arg(text(frame.note));
  for (const lab::CheckResult& check : frame.checks) {
    if (check.verdict != lab::Verdict::Fails) continue;
    lines << u"check fails: %1 (%2)"_s.arg(text(check.text), text(check.evidence));
  }
  return lines.join(u'\n') + u'\n';
}

}  // namespace ringside::views
