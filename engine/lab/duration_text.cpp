#include "engine/lab/duration_text.h"

#include <array>
#include <fmt/format.h>
#include <limits>
#include <utility>

#include "engine/lab/decimal.h"
#include "engine/lab/fault.h"

namespace ringside::lab {
namespace {

// A unit is factor * 10^power nanoseconds, so that scaling by it is exact.
struct TimeUnit {
  std::string_view name;
  std::uint64_t factor = 1;
  int power = 0;
};

// Largest first: formatDuration() prefers the earlier of two equally short texts.
constexpr std::array<TimeUnit, 6> kUnits = {
    {{"h", 36, 11}, {"m", 6, 10}, {"s", 1, 9}, {"ms", 1, 6}, {"us", 1, 3}, {"ns", 1, 0}}};

std::uint64_t nanosOf(const TimeUnit& unit) {
  std::uint64_t nanos = unit.factor;
  for (int i = 0; i < unit.power; ++i) nanos *= 10;
  return nanos;
}

// `nanos` in `unit`; empty where that takes more decimals than a person would write.
std::string inUnit(std::uint64_t nanos, const TimeUnit& unit) {
  const std::uint64_t size = nanosOf(unit);
  std::string text = std::to_string(nanos / size);
  std::uint64_t rest = nanos % size;
  if (rest != 0) text += '.';
  // Hours and minutes may need endless decimals: 61 s is 1.01666... m. Those are given up.
  const int most = unit.factor == 1 ? unit.power : 3;
  for (int i = 0; rest != 0; ++i) {
    if (i == most) return {};
    rest *= 10;
    text += static_cast<char>('0' + rest / size);
    rest %= size;
  }
  return text + std::string(unit.name);
}

}  // namespace

DurationReading readDuration(std::string_view text) {
  const auto read = readNumber(text);
  if (!read) return {std::nullopt, "is not a duration such as 250us, 10ms, 1.5s or 2m"};
  if (read->suffix.empty()) return {std::nullopt, "has no unit: ns, us, ms, s, m or h"};
  for (const TimeUnit& unit : kUnits) {
    if (read->suffix != unit.name) continue;
    const WholeResult nanos = toWhole(read->number, unit.factor, unit.power);
    if (nanos.value) return {Duration(*nanos.value), {}};
    return {std::nullopt, nanos.tooFine ? "is finer than a nanosecond" : "is beyond 292 years"};
  }
  return {std::nullopt,
          fmt::format("has unknown unit '{}': use ns, us, ms, s, m or h", read->suffix)};
}

Result<Duration> parseDuration(std::string_view text) {
  DurationReading reading = readDuration(text);
  if (reading.value) return *reading.value;
  return Error{fmt::format("'{}' {}", text, reading.reason)};
}

std::string formatDuration(Duration duration) {
  if (duration == Duration::zero()) return "0s";
  const bool negative = duration < Duration::zero();
  const auto raw = static_cast<std::uint64_t>(duration.count());
  const std::uint64_t nanos = negative ? 0 - raw : raw;  // The magnitude, even of min().
  std::string best;
  for (const TimeUnit& unit : kUnits) {
    if (nanos < nanosOf(unit)) continue;
    std::string text = inUnit(nanos, unit);
    if (!text.empty() && (best.empty() || text.size() < best.size())) best = std::move(text);
  }
  return negative ? "-" + best : best;
}

}  // namespace ringside::lab
