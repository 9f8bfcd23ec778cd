#include "engine/lab/decimal.h"

#include <array>
#include <charconv>
#include <limits>
#include <system_error>

#include "engine/base/check.h"

namespace ringside::lab {
namespace {

// Longer inputs are not numbers a person wrote; the cap also keeps exponents far from overflow.
constexpr std::size_t kMaxText = 400;

bool isDigit(char c) { return c >= '0' && c <= '9'; }

std::size_t countDigits(std::string_view text) {
  std::size_t n = 0;
  while (n < text.size() && isDigit(text[n])) ++n;
  return n;
}

void trimZeros(Decimal& decimal) {
  const std::size_t last = decimal.digits.find_last_not_of('0');
  if (last == std::string::npos) {
    decimal = Decimal{};  // Zero has one form, without a sign.
    return;
  }
  decimal.exponent += static_cast<int>(decimal.digits.size() - 1 - last);
  decimal.digits.erase(last + 1);
  decimal.digits.erase(0, decimal.digits.find_first_not_of('0'));
}

// Reads "e6" or "E-3" at the front of `rest` and returns its length; 0 where there is none.
std::size_t readExponent(std::string_view rest, int& exponent) {
  if (rest.size() < 2 || (rest[0] != 'e' && rest[0] != 'E')) return 0;
  std::size_t used = 1;
  const bool negative = rest[1] == '-';
  if (rest[1] == '-' || rest[1] == '+') ++used;
  const std::size_t digits = countDigits(rest.substr(used));
  if (digits == 0 || digits > 4) return 0;
  int value = 0;
  std::from_chars(rest.data() + used, rest.data() + used + digits, value);
  exponent = negative ? -value : value;
  return used + digits;
}

}  // namespace

std::optional<NumberAndSuffix> readNumber(std::string_view text) {
  if (text.size() > kMaxText) return std::nullopt;
  Decimal number;
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
    number.negative = text[0] == '-';
    text.remove_prefix(1);
  }
  const std::size_t whole = countDigits(text);
  number.digits = text.substr(0, whole);
  text.remove_prefix(whole);
  std::size_t fraction = 0;
  if (!text.empty() && text[0] == '.') {
    fraction = countDigits(text.substr(1));
    number.digits += text.substr(1, fraction);
    text.remove_prefix(1 + fraction);
  }
  if (whole + fraction == 0) return std::nullopt;
  int exponent = 0;
  text.remove_prefix(readExponent(text, exponent));
  number.exponent = exponent - static_cast<int>(fraction);
  trimZeros(number);
  return NumberAndSuffix{std::move(number), text};
}

std::optional<double> toDouble(const Decimal& decimal) {
  if (decimal.digits.empty()) return 0.0;
  const std::string text =
      (decimal.negative ? "-" : "") + decimal.digits + "e" + std::to_string(decimal.exponent);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc{}) return value;
  // Out of range in either direction; too small to tell from zero is zero.
  const int magnitude = decimal.exponent + static_cast<int>(decimal.digits.size());
  if (magnitude < 0) return 0.0;
  return std::nullopt;
}

Decimal decimalOf(double value) {
  std::array<char, 64> buffer{};
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                          std::chars_format::scientific);
  RINGSIDE_CHECK(error == std::errc{});
  const auto read =
      readNumber(std::string_view(buffer.data(), static_cast<std::size_t>(end - buffer.data())));
  RINGSIDE_CHECK(read && read->suffix.empty());
  return read->number;
}

WholeResult toWhole(const Decimal& decimal, std::uint64_t factor, int shift) {
  if (decimal.digits.empty()) return {0, false};
  const int power = decimal.exponent + shift;
  const int magnitude = power + static_cast<int>(decimal.digits.size());
  if (magnitude > 20) return {};
  if (decimal.digits.size() > 19) return {std::nullopt, power < 0};
  std::uint64_t whole = 0;
  for (const char c : decimal.digits) whole = whole * 10 + static_cast<std::uint64_t>(c - '0');
  if (__builtin_mul_overflow(whole, factor, &whole)) return {};
  for (int i = power; i < 0; ++i) {
    if (whole % 10 != 0) return {std::nullopt, true};
    whole /= 10;
  }
  for (int i = 0; i < power; ++i) {
    if (__builtin_mul_overflow(whole, std::uint64_t{10}, &whole)) return {};
  }
  constexpr auto kMax = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (whole > kMax) return {};
  const auto value = static_cast<std::int64_t>(whole);
  return {decimal.negative ? -value : value, false};
}

std::string plainText(const Decimal& decimal) {
  if (decimal.digits.empty()) return "0";
  std::string text = decimal.digits;
  if (decimal.exponent >= 0) {
    text.append(static_cast<std::size_t>(decimal.exponent), '0');
  } else {
    const auto fraction = static_cast<std::size_t>(-decimal.exponent);
    if (text.size() <= fraction) text.insert(0, fraction - text.size() + 1, '0');
    text.insert(text.size() - fraction, ".");
  }
  return decimal.negative ? "-" + text : text;
}

std::string scientificText(const Decimal& decimal) {
  if (decimal.digits.empty()) return "0";
  std::string text = decimal.digits.substr(0, 1);
  if (decimal.digits.size() > 1) text += "." + decimal.digits.substr(1);
  text += "e" + std::to_string(decimal.exponent + static_cast<int>(decimal.digits.size()) - 1);
  return decimal.negative ? "-" + text : text;
}

}  // namespace ringside::lab
