#include "views/charts/figures.h"

#include <array>
#include <cmath>
#include <span>
#include <string>

#include "engine/metrics/format_value.h"

namespace ringside::views {
namespace {

struct Step {
  double factor;
  const char* name;
};

constexpr std::array kPrefixes = {Step{1, ""}, Step{1e3, "k"}, Step{1e6, "M"}, Step{1e9, "G"},
                                  Step{1e12, "T"}};
constexpr std::array kTimes = {Step{1, "ns"},     Step{1e3, "us"},   Step{1e6, "ms"},
                               Step{1e9, "s"},    Step{60e9, "min"}, Step{3600e9, "h"},
                               Step{86400e9, "d"}};

// One decimal below 10, none above: never more than three digits before the next step.
double roundedShort(double magnitude) {
  return magnitude < 9.95 ? std::round(magnitude * 10) / 10 : std::round(magnitude);
}

QString scaled(double magnitude, std::span<const Step> steps, const QString& symbol) {
  const Step* chosen = &steps.front();
  for (const Step& step : steps) {
    const bool reaches = magnitude >= step.factor;
    // 999.7 rounds to 1000 and belongs to the next step.
    const double before = roundedShort(magnitude / chosen->factor);
    if (reaches || before >= step.factor / chosen->factor) chosen = &step;
  }
  const double value = magnitude / chosen->factor;
  const QString digits = value > 0 && value < 0.05 ? QString::number(value, 'g', 2)
                                                   : QString::number(roundedShort(value));
  const QString unit = QString::fromLatin1(chosen->name) + symbol;
  return unit.isEmpty() ? digits : digits + QChar(u' ') + unit;
}

QString shortMagnitude(double magnitude, metrics::Unit unit) {
  switch (unit) {
    case metrics::Unit::None:
    case metrics::Unit::Count:
      return scaled(magnitude, kPrefixes, {});
    case metrics::Unit::PerSecond:
      return scaled(magnitude, kPrefixes, QStringLiteral("/s"));
    case metrics::Unit::Nanoseconds:
      return magnitude == 0 ? QStringLiteral("0") : scaled(magnitude, kTimes, {});
    case metrics::Unit::Bytes:
      return scaled(magnitude, kPrefixes, QStringLiteral("B"));
    case metrics::Unit::BytesPerSecond:
      return scaled(magnitude, kPrefixes, QStringLiteral("B/s"));
    case metrics::Unit::BitsPerSecond:
      return scaled(magnitude, kPrefixes, QStringLiteral("bit/s"));
    case metrics::Unit::Ratio:
      return QString::number(roundedShort(magnitude * 100)) + QStringLiteral(" %");
    case metrics::Unit::Amount:
      return scaled(magnitude / 100, kPrefixes, {});
  }
  return {};
}

}  // namespace

QString figure(double value, metrics::Unit unit) {
  return QString::fromStdString(metrics::formatValue(value, unit));
}

QString shortFigure(double value, metrics::Unit unit) {
  if (!std::isfinite(value)) return QStringLiteral("n/a");
  const QString text = shortMagnitude(std::abs(value), unit);
  return value < 0 ? QStringLiteral("-") + text : text;
}

QString timeFigure(double seconds) { return figure(seconds * 1e9, metrics::Unit::Nanoseconds); }

}  // namespace ringside::views
