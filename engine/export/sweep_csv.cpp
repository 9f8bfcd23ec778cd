#include "engine/export/sweep_csv.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <map>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "engine/export/run_record.h"

namespace ringside::exports {
namespace {

std::string quoted(std::string_view text) {
  if (text.find_first_of(",\"\n\r") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + "\"";
}

// The cells of one line; quotes as RFC 4180 has them, without line ends inside.
std::vector<std::string> cellsOf(std::string_view line) {
  std::vector<std::string> cells(1);
  bool inside = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '"') {
      const bool doubled = inside && i + 1 < line.size() && line[i + 1] == '"';
      if (doubled) cells.back() += line[++i];
      if (!doubled) inside = !inside;
    } else if (c == ',' && !inside) {
      cells.emplace_back();
    } else {
      cells.back() += c;
    }
  }
  return cells;
}

std::optional<std::uint64_t> wholeOf(const std::string& cell) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error != std::errc{} || end != cell.data() + cell.size()) return std::nullopt;
  return value;
}

std::string numberText(std::optional<double> value) {
  return value && std::isfinite(*value) ? fmt::format("{}", *value) : "";
}

Result<std::string> contentOf(int descriptor) {
  std::string text;
  char block[1 << 16];
  for (;;) {
    const ssize_t got = ::read(descriptor, block, sizeof block);
    if (got == 0) return text;
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Error{std::strerror(errno)};
    text.append(block, static_cast<std::size_t>(got));
  }
}

std::string lineOf(const run::SweepRow& row, const std::string& id,
                   const std::vector<std::string>& statistics) {
  std::string line = fmt::format("{},{},{},{}", id, row.point, row.replication, row.seed);
  for (const std::string& value : row.values) line += "," + quoted(value);
  const bool failed = row.outcome.state == lab::RunState::Failed;
  line += fmt::format(",{},{},{},{}", failed ? quoted("failed: " + row.outcome.error) : "finished",
                      fingerprintText(row.outcome.fingerprint), toSeconds(row.outcome.now),
                      row.outcome.events);
  std::map<std::string_view, std::optional<double>> values;
  if (!failed) {
    for (const run::Statistic& each : row.outcome.statistics) values[each.name] = each.value;
  }
  for (const std::string& name : statistics) {
    const auto found = values.find(name);
    line += "," + numberText(found == values.end() ? std::nullopt : found->second);
  }
  std::ranges::replace(line, '\n', ' ');  // Of an error's text.
  return line + "\n";
}

}  // namespace

std::string sweepHeader(const run::SweepRequest& request,
                        const std::vector<std::string>& statistics) {
  std::string header = "sweep,point,replication,seed";
  for (const run::SweepAxis& axis : request.axes) header += "," + quoted(axis.key);
  header += ",state,fingerprint,virtual_seconds,events";
  for (const std::string& name : statistics) header += "," + quoted(name);
  return header;
}

Result<SweepTable> readSweepTable(std::string_view text) {
  SweepTable table;
  std::string_view header;
  std::size_t number = 0;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) break;  // A row that was never finished.
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    ++number;
    if (number == 1) {
      header = line;
      table.columns = cellsOf(line);
      continue;
    }
    if (line == header || line.empty()) continue;
    auto cells = cellsOf(line);
    if (cells.size() != table.columns.size()) {
      return Error{fmt::format("line {}: {} cells where the header has {}", number, cells.size(),
                               table.columns.size())};
    }
    table.rows.push_back(std::move(cells));
  }
  return table;
}

SweepFile::SweepFile(SweepFile&& other) noexcept
    : path_(std::move(other.path_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      id_(std::move(other.id_)),
      statistics_(std::move(other.statistics_)),
      rows_(std::move(other.rows_)) {}

SweepFile::~SweepFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<SweepFile> SweepFile::open(const std::string& path, const run::SweepRequest& request) {
  auto statistics = run::statisticNames(request);
  if (!statistics) return statistics.error();
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (descriptor < 0) return Error{path + ": " + std::strerror(errno)};
  SweepFile file(path, descriptor);
  struct stat kind {};
  if (::fstat(descriptor, &kind) != 0 || !S_ISREG(kind.st_mode)) {
    return Error{path + ": is no ordinary file"};
  }
  file.id_ = run::sweepId(request);
  file.statistics_ = std::move(*statistics);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    return Error{path + ": another sweep is writing it; give each shard a file of its own"};
  }
  const auto text = contentOf(descriptor);
  if (!text) return Error{path + ": " + text.error().message};
  if (const auto begun = file.begin(request, *text); !begun) return begun.error();
  return file;
}

// Cuts off what was never finished, and writes the header where there is none.
Result<Done> SweepFile::begin(const run::SweepRequest& request, const std::string& text) {
  const std::string header = sweepHeader(request, statistics_) + "\n";
  const std::size_t last = text.rfind('\n');
  const std::string_view whole =
      std::string_view(text).substr(0, last == std::string::npos ? 0 : last + 1);
  const bool strange = whole.empty() ? !header.starts_with(text) : !whole.starts_with(header);
  if (strange) {
    return Error{path_ + ": holds something else than this sweep; choose another file"};
  }
  if (const auto read = readRows(request, whole); !read) return read;
  if (whole.size() < text.size() &&
      ::ftruncate(descriptor_, static_cast<off_t>(whole.size())) != 0) {
    return Error{path_ + ": " + std::strerror(errno)};
  }
  return whole.empty() ? write(header) : Done{};
}

Result<Done> SweepFile::readRows(const run::SweepRequest& request, std::string_view text) {
  const auto table = readSweepTable(text);
  if (!table) return Error{path_ + ": " + table.error().message};
  for (const auto& cells : table->rows) {
    if (cells.front() != id_) {
      return Error{path_ + ": holds another sweep (" + cells.front() + ", not " + id_ +
                   "); choose another file"};
    }
    const auto point = wholeOf(cells[1]);
    const auto replication = wholeOf(cells[2]);
    const auto each = static_cast<std::uint64_t>(request.replications);
    if (!point || !replication || *replication >= each || *point >= run::pointsOf(request)) {
      return Error{path_ + ": point " + cells[1] + ", replication " + cells[2] +
                   " is none of this sweep"};
    }
    rows_.insert(*point * each + *replication);
  }
  return Done{};
}

Result<Done> SweepFile::append(const run::SweepRow& row) {
  if (const auto written = write(lineOf(row, id_, statistics_)); !written) return written;
  rows_.insert(row.row);
  return Done{};
}

Result<Done> SweepFile::write(std::string_view line) {
  const off_t before = ::lseek(descriptor_, 0, SEEK_END);
  std::string_view left = line;
  while (!left.empty()) {
    const ssize_t put = ::write(descriptor_, left.data(), left.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) {
      const int code = errno;
      // Nothing of it shall stay; where even that fails, the next opening cuts it off.
      if (before >= 0 && ::ftruncate(descriptor_, before) != 0) errno = code;
      return Error{path_ + ": " + std::strerror(code)};
    }
    left.remove_prefix(static_cast<std::size_t>(put));
  }
  return Done{};
}

}  // namespace ringside::exports
