#include "engine/metrics/format_value.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <fmt/format.h>
#include <span>
#include <string_view>

namespace ringside::metrics {
namespace {

constexpr int kSignificantDigits = 4;
constexpr int kMostDecimals = 2;
constexpr double kWholeLimit = 1e6;  // Whole counts below it keep every digit.

struct Step {
  double factor;
  std::string_view name;
};

// Largest last. The first step also serves everything smaller.
constexpr std::array kPrefixes = {Step{1, ""},    Step{1e3, "k"},  Step{1e6, "M"},
                                  Step{1e9, "G"}, Step{1e12, "T"}, Step{1e15, "P"}};
constexpr std::array kTimes = {Step{1, "ns"},      Step{1e3, "us"},         Step{1e6, "ms"},
                               Step{1e9, "s"},     Step{60e9, "min"},       Step{3600e9, "h"},
                               Step{86400e9, "d"}, Step{365 * 86400e9, "y"}};

int wholeDigits(double magnitude) {
  return magnitude < 10 ? 1 : static_cast<int>(std::floor(std::log10(magnitude))) + 1;
}

int decimalsFor(double magnitude) {
  return std::clamp(kSignificantDigits - wholeDigits(magnitude), 0, kMostDecimals);
}

double rounded(double magnitude, int decimals) {
  const double power = std::pow(10.0, decimals);
  return std::round(magnitude * power) / power;
}

// Four significant digits; a magnitude below 0.1 keeps three, wherever they stand.
std::string digits(double magnitude) {
  if (magnitude > 0 && magnitude < 0.1) {
    return fmt::format("{:.3g}", magnitude);
  }
  return fmt::format("{:.{}f}", magnitude, decimalsFor(magnitude));
}

std::string grouped(double whole) {
  std::string text = fmt::format("{}", static_cast<std::int64_t>(whole));
  for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3) {
    text.insert(static_cast<std::size_t>(at), ",");
  }
  return text;
}

// The largest step that leaves at least 1 after rounding.
const Step& stepFor(double magnitude, std::span<const Step> steps) {
  const Step* chosen = &steps.front();
  for (const Step& step : steps) {
    const double scaled = magnitude / step.factor;
    const double before = magnitude / chosen->factor;
    const double limit = step.factor / chosen->factor;
    if (scaled >= 1 || rounded(before, decimalsFor(before)) >= limit) {
      chosen = &step;
    }
  }
  return *chosen;
}

std::string joined(std::string number, std::string_view prefix, std::string_view symbolText) {
  if (!prefix.empty() || !symbolText.empty()) {
    number += ' ';
    number += prefix;
    number += symbolText;
  }
  return number;
}

std::string scaledText(double magnitude, std::string_view symbolText) {
  if (magnitude < kWholeLimit && magnitude == std::floor(magnitude)) {
    return joined(grouped(magnitude), "", symbolText);
  }
  const Step& step = stepFor(magnitude, kPrefixes);
  return joined(digits(magnitude / step.factor), step.name, symbolText);
}

// Rates, bytes and bits are prefixed even when whole: "706.0 k/s" compares with "705.9 k/s".
std::string prefixedText(double magnitude, std::string_view symbolText) {
  return magnitude < 1000 ? scaledText(magnitude, symbolText)
                          : joined(digits(magnitude / stepFor(magnitude, kPrefixes).factor),
                                   stepFor(magnitude, kPrefixes).name, symbolText);
}

std::string timeText(double nanoseconds) {
  if (nanoseconds == 0) {
    return "0 s";
  }
  const Step& step = stepFor(nanoseconds, kTimes);
  const double scaled = nanoseconds / step.factor;
  const bool wholeNs = step.factor == 1 && scaled == std::floor(scaled);
  return joined(wholeNs ? grouped(scaled) : digits(scaled), step.name, "");
}

std::string percentText(double ratio) {
  const double percent = ratio * 100;
  const double toEnd = std::min(percent, std::abs(100 - percent));
  if (toEnd < 1e-12) {
    return fmt::format("{:.0f} %", percent);
  }
  // Two digits of what is missing to 0 or 100, so that 99.99 and 99.999 differ; at most ten.
  const int needed = toEnd < 1 ? 1 - static_cast<int>(std::floor(std::log10(toEnd))) : 0;
  const int usual = decimalsFor(percent);
  const int decimals = std::clamp(needed, usual, 10);
  std::string text = fmt::format("{:.{}f}", percent, decimals);
  for (int i = decimals; i > usual && text.back() == '0'; --i) {
    text.pop_back();
  }
  return text + " %";
}

std::string magnitudeText(double magnitude, Unit unit) {
  switch (unit) {
    case Unit::None:
    case Unit::Count:
      return scaledText(magnitude, "");
    case Unit::PerSecond:
      return prefixedText(magnitude, "/s");
    case Unit::Nanoseconds:
      return timeText(magnitude);
    case Unit::Bytes:
      return prefixedText(magnitude, "B");
    case Unit::BytesPerSecond:
      return prefixedText(magnitude, "B/s");
    case Unit::BitsPerSecond:
      return prefixedText(magnitude, "bit/s");
    case Unit::Ratio:
      return percentText(magnitude);
    case Unit::Amount:
      return fmt::format("{}.{:02d}", grouped(std::floor(std::round(magnitude) / 100)),
                         static_cast<int>(std::fmod(std::round(magnitude), 100.0)));
  }
  return scaledText(magnitude, "");
}

}  // namespace

std::string formatValue(double value, Unit unit) {
  if (!std::isfinite(value)) {
    return "n/a";
  }
  const std::string text = magnitudeText(std::abs(value), unit);
  return value < 0 ? "-" + text : text;
}

std::string formatNumber(double value) { return formatValue(value, Unit::None); }

}  // namespace ringside::metrics
