#include "engine/lab/parts/arrival_trace.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <fmt/format.h>
#include <memory>
#include <optional>
#include <system_error>

#include "engine/base/hash.h"
#include "engine/lab/decimal.h"
#include "engine/lab/parts/csv_reader.h"

namespace ringside::lab {
namespace {

// Far enough for times since 1970, near enough that no difference overflows.
constexpr std::int64_t kMaxSeconds = 4'000'000'000;
constexpr std::int64_t kNano = 1'000'000'000;

// Text from the file as it may stand in a one-line message.
std::string shown(std::string_view text) {
  constexpr std::size_t kLongest = 60;
  std::string out(text.substr(0, kLongest));
  std::ranges::replace_if(
      out, [](char c) { return c < ' ' || c == '\x7f'; }, '?');
  return text.size() > kLongest ? out + "..." : out;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// Seconds as nanoseconds, rounded to the nearest where there are more than nine decimals.
std::optional<std::int64_t> readSlowly(std::string_view text) {
  const auto read = readNumber(text);
  if (!read || !read->suffix.empty()) return std::nullopt;
  const auto seconds = toDouble(read->number);
  if (!seconds || std::abs(*seconds) > static_cast<double>(kMaxSeconds)) return std::nullopt;
  const WholeResult whole = toWhole(read->number, 1, 9);
  if (whole.value) return *whole.value;
  return std::llround(*seconds * 1e9);
}

// The usual form, digits with at most nine decimals, is read without rounding and without copies.
std::optional<std::int64_t> readNanos(std::string_view text) {
  const char* const end = text.data() + text.size();
  std::int64_t whole = 0;
  const auto [point, error] = std::from_chars(text.data(), end, whole);
  if (error != std::errc{} || text.front() == '-') return readSlowly(text);
  if (whole > kMaxSeconds) return std::nullopt;
  if (point == end) return whole * kNano;
  if (*point != '.' || end - point > 10 || end - point < 2) return readSlowly(text);
  std::int64_t fraction = 0;
  for (const char* c = point + 1; c != end; ++c) {
    if (*c < '0' || *c > '9') return readSlowly(text);
    fraction = fraction * 10 + (*c - '0');
  }
  for (auto digits = end - point; digits < 10; ++digits) fraction *= 10;
  return whole * kNano + fraction;
}

// "3.25": a time as it may have stood in the file.
std::string seconds(std::int64_t nanos) {
  return plainText(decimalOf(static_cast<double>(nanos) * 1e-9));
}

std::uint64_t readKey(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc{} && end == text.data() + text.size()) return number;
  return hash64(text);
}

std::optional<double> readSize(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (!std::isfinite(value) || value < 0) return std::nullopt;
  return value;
}

struct Columns {
  std::size_t time = 0;
  std::size_t key = 0;
  std::optional<std::size_t> size;
};

class TraceReader {
 public:
  TraceReader(std::string_view csv, std::string_view name)
      : csv_(csv), name_(name), lines_(std::ranges::count(csv, '\n')) {}

  Result<ArrivalTrace> read() {
    if (const auto header = readHeader(); !header) return header.error();
    trace_.arrivals.reserve(static_cast<std::size_t>(lines_));
    while (csv_.next()) {
      if (const auto row = readRow(); !row) return row.error();
    }
    if (csv_.broken()) return refuse("a quote is opened and never closed");
    if (trace_.arrivals.empty() && trace_.badRows == 0) {
      return refuse("there is no row below the header");
    }
    if (trace_.arrivals.empty()) {
      return Error{fmt::format("{}: none of {} rows can be read; {}", name_, trace_.badRows,
                               trace_.firstBadRow)};
    }
    trace_.name = name_.substr(name_.find_last_of('/') + 1);
    return std::move(trace_);
  }

 private:
  Error refuse(std::string_view what) const {
    return Error{fmt::format("{}: line {}: {}", name_, csv_.line(), what)};
  }

  Result<Done> readHeader();
  Result<Done> readRow();
  // Why the row is bad; empty when it is good and stands in `arrival`.
  std::string rowProblem(Arrival& arrival, std::int64_t& nanos) const;

  CsvReader csv_;
  std::string name_;
  std::ptrdiff_t lines_ = 0;
  Columns columns_;
  ArrivalTrace trace_;
  std::int64_t zero_ = 0;
  std::int64_t last_ = 0;
  std::uint64_t lastLine_ = 0;
};

// The column of that name; empty where there is none.
std::optional<std::size_t> columnOf(const std::vector<std::string_view>& header,
                                    std::string_view name) {
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (trimmed(header[i]) == name) return i;
  }
  return std::nullopt;
}

Result<Done> TraceReader::readHeader() {
  constexpr std::string_view kExpected = "the header must name time_s and key, and may name size";
  if (!csv_.next()) {
    if (csv_.broken()) return refuse("a quote is opened and never closed");
    return Error{fmt::format("{}: line 1: the file is empty; {}", name_, kExpected)};
  }
  const auto time = columnOf(csv_.fields(), "time_s");
  const auto key = columnOf(csv_.fields(), "key");
  if (time && key) {
    columns_ = {*time, *key, columnOf(csv_.fields(), "size")};
    return Done{};
  }
  std::string found;
  for (const auto field : csv_.fields()) found.append(found.empty() ? "" : ",").append(field);
  return refuse(fmt::format("column '{}' is missing from '{}'; {}", time ? "key" : "time_s",
                            shown(found), kExpected));
}

std::string TraceReader::rowProblem(Arrival& arrival, std::int64_t& nanos) const {
  const auto& fields = csv_.fields();
  const std::size_t needed = std::max({columns_.time, columns_.key, columns_.size.value_or(0)});
  if (fields.size() <= needed) {
    return fmt::format("{} fields where {} are needed", fields.size(), needed + 1);
  }
  const std::string_view timeText = trimmed(fields[columns_.time]);
  const auto time = readNanos(timeText);
  if (!time) return fmt::format("time_s '{}' is not a number of seconds", shown(timeText));
  nanos = *time;
  const std::string_view key = trimmed(fields[columns_.key]);
  if (key.empty()) return "key is empty";
  arrival.key = readKey(key);
  if (!columns_.size) return {};
  const std::string_view sizeText = trimmed(fields[*columns_.size]);
  const auto size = readSize(sizeText);
  if (!size) return fmt::format("size '{}' is not a number of 0 or more", shown(sizeText));
  arrival.size = *size;
  return {};
}

Result<Done> TraceReader::readRow() {
  Arrival arrival;
  std::int64_t nanos = 0;
  if (std::string problem = rowProblem(arrival, nanos); !problem.empty()) {
    if (trace_.badRows++ == 0)
      trace_.firstBadRow = fmt::format("line {}: {}", csv_.line(), problem);
    return Done{};
  }
  if (trace_.arrivals.empty()) zero_ = last_ = nanos;
  if (nanos < last_) {
    return refuse(
        fmt::format("time_s goes back to {} from {} in line {}; rows must be in time order",
                    shown(trimmed(csv_.fields()[columns_.time])), seconds(last_), lastLine_));
  }
  last_ = nanos;
  lastLine_ = csv_.line();
  arrival.at = Duration(nanos - zero_);
  trace_.arrivals.push_back(arrival);
  return Done{};
}

// The error of the C library as words: "No such file or directory".
Error cannotRead(const std::string& path, int code) {
  return Error{fmt::format("{}: cannot be read: {}", path, std::generic_category().message(code))};
}

}  // namespace

Result<ArrivalTrace> parseArrivals(std::string_view csv, std::string_view name) {
  return TraceReader(csv, name).read();
}

Result<ArrivalTrace> readArrivals(const std::string& path) {
  using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;
  const File file(std::fopen(path.c_str(), "rb"), &std::fclose);
  if (!file) return cannotRead(path, errno);
  std::string text;
  std::array<char, 1 << 16> buffer;
  while (const std::size_t got = std::fread(buffer.data(), 1, buffer.size(), file.get())) {
    text.append(buffer.data(), got);
  }
  if (std::ferror(file.get()) != 0) return cannotRead(path, errno);
  return parseArrivals(text, path);
}

}  // namespace ringside::lab
