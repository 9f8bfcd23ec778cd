#include "engine/lab/parameter.h"

#include <array>
#include <cmath>
#include <fmt/format.h>
#include <optional>
#include <utility>

#include "engine/lab/decimal.h"
#include "engine/lab/duration_text.h"
#include "engine/lab/fault.h"

namespace ringside::lab {
namespace {

constexpr double kMaxNanos = 9.2e18;

struct Suffix {
  std::string_view text;
  int power = 0;
};

constexpr std::array<Suffix, 5> kSuffixes = {{{"", 0}, {"k", 3}, {"M", 6}, {"G", 9}, {"%", -2}}};

bool isWhole(double value) { return std::trunc(value) == value; }

Error refuse(const ParameterSpec& spec, std::string_view text, std::string_view why) {
  return Error{fmt::format("{}: '{}' {}; allowed: {}", spec.key, text, why, allowedText(spec))};
}

Result<double> readReal(const ParameterSpec& spec, std::string_view text) {
  const auto read = readNumber(text);
  if (!read) return refuse(spec, text, "is not a number");
  for (const Suffix& suffix : kSuffixes) {
    if (read->suffix != suffix.text) continue;
    Decimal number = read->number;
    number.exponent += suffix.power;
    const auto value = toDouble(number);
    if (!value) return refuse(spec, text, "is out of range");
    return *value;
  }
  return refuse(spec, text, fmt::format("ends in '{}', which is no suffix", read->suffix));
}

Result<double> readDurationValue(const ParameterSpec& spec, std::string_view text) {
  const DurationReading reading = readDuration(text);
  if (!reading.value) return refuse(spec, text, reading.reason);
  return static_cast<double>(reading.value->count());
}

Result<double> readChoice(const ParameterSpec& spec, std::string_view text) {
  for (std::size_t i = 0; i < spec.choices.size(); ++i) {
    if (spec.choices[i] == text) return static_cast<double>(i);
  }
  return refuse(spec, text, "is not a choice");
}

Result<double> readToggle(const ParameterSpec& spec, std::string_view text) {
  if (text == "on") return 1.0;
  if (text == "off") return 0.0;
  return refuse(spec, text, "is neither");
}

Result<double> readByKind(const ParameterSpec& spec, std::string_view text) {
  switch (spec.kind) {
    case ParameterKind::Integer:
    case ParameterKind::Real:
      return readReal(spec, text);
    case ParameterKind::Duration:
      return readDurationValue(spec, text);
    case ParameterKind::Choice:
      return readChoice(spec, text);
    case ParameterKind::Toggle:
      return readToggle(spec, text);
  }
  return refuse(spec, text, "has no known kind");
}

// The shortest of "1500000", "1.5M" and, where zeros would pile up, "1.5e-9".
std::string formatNumber(double value) {
  constexpr std::size_t kLongest = 12;
  const Decimal number = decimalOf(value);
  const int magnitude = number.exponent + static_cast<int>(number.digits.size());
  if (std::abs(magnitude) > 30) return scientificText(number);
  std::string best = plainText(number);
  for (const Suffix& suffix : kSuffixes) {
    if (suffix.power <= 0 || magnitude <= suffix.power) continue;
    Decimal scaled = number;
    scaled.exponent -= suffix.power;
    std::string text = plainText(scaled) + std::string(suffix.text);
    if (text.size() < best.size()) best = std::move(text);
  }
  if (best.size() > kLongest) {
    std::string scientific = scientificText(number);
    if (scientific.size() < best.size()) return scientific;
  }
  return best;
}

std::string formatRatio(double value) {
  constexpr std::size_t kLongest = 8;
  Decimal number = decimalOf(value);
  const std::string plain = formatNumber(value);
  if (std::abs(number.exponent) > 30) return plain;
  number.exponent += 2;
  std::string percent = plainText(number) + "%";
  return percent.size() <= kLongest ? percent : plain;
}

}  // namespace

bool allows(const ParameterSpec& spec, double value) {
  if (!std::isfinite(value)) return false;
  switch (spec.kind) {
    case ParameterKind::Real:
      return value >= spec.minimum && value <= spec.maximum;
    case ParameterKind::Integer:
    case ParameterKind::Duration:
      return isWhole(value) && value >= spec.minimum && value <= spec.maximum;
    case ParameterKind::Choice:
      return isWhole(value) && value >= 0 && value < static_cast<double>(spec.choices.size());
    case ParameterKind::Toggle:
      return value == 0 || value == 1;
  }
  return false;
}

Result<double> parse(const ParameterSpec& spec, std::string_view text) {
  const auto value = readByKind(spec, text);
  if (!value || allows(spec, *value)) return value;
  const bool inRange = *value >= spec.minimum && *value <= spec.maximum;
  return refuse(spec, text, inRange ? "is not a whole number" : "is out of range");
}

std::string format(const ParameterSpec& spec, double value) {
  if (!std::isfinite(value)) return "not a number";
  switch (spec.kind) {
    case ParameterKind::Integer:
      return formatNumber(value);
    case ParameterKind::Real:
      return spec.unit == metrics::Unit::Ratio ? formatRatio(value) : formatNumber(value);
    case ParameterKind::Duration:
      if (std::abs(value) > kMaxNanos) return formatNumber(value) + "ns";
      return formatDuration(Duration(static_cast<std::int64_t>(value)));
    case ParameterKind::Choice:
      if (allows(spec, value)) return spec.choices[static_cast<std::size_t>(value)];
      return formatNumber(value);
    case ParameterKind::Toggle:
      return value == 0 ? "off" : "on";
  }
  return "";
}

std::string allowedText(const ParameterSpec& spec) {
  switch (spec.kind) {
    case ParameterKind::Integer:
    case ParameterKind::Real:
    case ParameterKind::Duration:
      return format(spec, spec.minimum) + " to " + format(spec, spec.maximum);
    case ParameterKind::Choice:
      return fmt::format("one of {}", fmt::join(spec.choices, ", "));
    case ParameterKind::Toggle:
      return "on or off";
  }
  return "";
}

}  // namespace ringside::lab
