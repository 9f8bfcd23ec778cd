#include "engine/study/value_text.h"

#include <array>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <optional>
#include <string>

namespace ringside::study {
namespace {

struct Suffix {
  std::string_view text;
  double factor;
};

constexpr double kKibi = 1024;

constexpr std::array kTimes = {Suffix{"ns", 1},     Suffix{"us", 1e3}, Suffix{"ms", 1e6},
                               Suffix{"s", 1e9},    Suffix{"m", 60e9}, Suffix{"h", 3600e9},
                               Suffix{"d", 86400e9}};
constexpr std::array kDecimal = {Suffix{"", 1},    Suffix{"k", 1e3},  Suffix{"M", 1e6},
                                 Suffix{"G", 1e9}, Suffix{"T", 1e12}, Suffix{"P", 1e15}};
constexpr std::array kBinary = {Suffix{"Ki", kKibi}, Suffix{"Mi", kKibi* kKibi},
                                Suffix{"Gi", kKibi* kKibi* kKibi},
                                Suffix{"Ti", kKibi* kKibi* kKibi* kKibi}};

template <class Suffixes>
std::optional<double> factorOf(const Suffixes& suffixes, std::string_view text) {
  for (const Suffix& suffix : suffixes) {
    if (suffix.text == text) return suffix.factor;
  }
  return std::nullopt;
}

struct Scale {
  double factor;
  Measure measure;
};

std::optional<Scale> prefixed(std::string_view prefix, Measure measure, bool binaryToo) {
  auto factor = factorOf(kDecimal, prefix);
  if (!factor && binaryToo) factor = factorOf(kBinary, prefix);
  if (!factor) return std::nullopt;
  return Scale{*factor, measure};
}

// What follows the number. Longer units first, so that "B/s" is not taken for "/s".
std::optional<Scale> scaleOf(std::string_view suffix) {
  const auto ending = [suffix](std::string_view unit) { return suffix.ends_with(unit); };
  const auto before = [suffix](std::string_view unit) {
    return suffix.substr(0, suffix.size() - unit.size());
  };
  if (suffix == "%") return Scale{0.01, Measure::Ratio};
  if (const auto time = factorOf(kTimes, suffix)) return Scale{*time, Measure::Time};
  if (ending("bit/s")) return prefixed(before("bit/s"), Measure::BitsPerSecond, false);
  if (ending("B/s")) return prefixed(before("B/s"), Measure::BytesPerSecond, true);
  if (ending("/s")) return prefixed(before("/s"), Measure::PerSecond, false);
  if (ending("B")) return prefixed(before("B"), Measure::Bytes, true);
  return prefixed(suffix, Measure::Number, false);
}

Error badQuantity(std::string_view text) {
  return Error{
      fmt::format("\"{}\" is not a quantity; write a number without commas, then if need be "
                  "k, M, G, T or P, then a unit: ns, us, ms, s, m, h, d, %, /s, B, B/s or bit/s",
                  text)};
}

}  // namespace

Result<Quantity> parseQuantity(std::string_view text) {
  double number = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, failure] = std::from_chars(text.data(), end, number);
  if (failure != std::errc{} || !std::isfinite(number)) return badQuantity(text);
  auto suffix = std::string_view(rest, static_cast<std::size_t>(end - rest));
  if (suffix.size() > 1 && suffix.front() == ' ') suffix.remove_prefix(1);
  const auto scale = scaleOf(suffix);
  if (!scale) return badQuantity(text);
  // Dividing by 100 rounds better than multiplying by 0.01: 99.95% is then the double 0.9995.
  const double value = scale->measure == Measure::Ratio ? number / 100 : number * scale->factor;
  if (!std::isfinite(value)) return badQuantity(text);
  return Quantity{value, scale->measure};
}

std::string_view nameOf(Measure measure) {
  switch (measure) {
    case Measure::Number:
      return "a plain number";
    case Measure::PerSecond:
      return "a rate";
    case Measure::Time:
      return "a duration";
    case Measure::Ratio:
      return "a ratio";
    case Measure::Bytes:
      return "a number of bytes";
    case Measure::BytesPerSecond:
      return "bytes per second";
    case Measure::BitsPerSecond:
      return "bits per second";
  }
  return "";
}

}  // namespace ringside::study
