// SweepFile: the rows of a sweep as CSV that grows, survives a stop, and adds up by concatenation.
//
// Model     A header, then a row a run: sweep,point,replication,seed, a column an axis,
//           state,fingerprint,virtual_seconds,events, and a column a statistic in base units
//           (durations in nanoseconds), empty where the sample does not support it. Every row bears
//           the sweep's id, so rows of shards may be put under one another in any order, their
//           headers among them: a line equal to the header is skipped.
// Promise   A row is written by one write(); what a kill or a full disk left of one is cut off when
//           the file is next opened. A file of another sweep is refused, and so is one that another
//           process is writing.
// Threads   One owner.
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/run/sweep.h"

namespace ringside::exports {

class SweepFile {
 public:
  // Opens or makes the file, and reads which rows it has.
  static Result<SweepFile> open(const std::string& path, const run::SweepRequest& request);
  SweepFile(SweepFile&& other) noexcept;
  SweepFile& operator=(SweepFile&&) = delete;
  ~SweepFile();

  [[nodiscard]] bool has(std::uint64_t row) const { return rows_.contains(row); }
  [[nodiscard]] std::size_t rows() const { return rows_.size(); }
  Result<Done> append(const run::SweepRow& row);

 private:
  SweepFile(std::string path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}
  Result<Done> begin(const run::SweepRequest& request, const std::string& text);
  Result<Done> readRows(const run::SweepRequest& request, std::string_view text);
  Result<Done> write(std::string_view line);

  std::string path_;
  int descriptor_;
  std::string id_;
  std::vector<std::string> statistics_;
  std::set<std::uint64_t> rows_;
};

// The header line of a request's file, without the line end.
std::string sweepHeader(const run::SweepRequest& request,
                        const std::vector<std::string>& statistics);

// What a file of sweeps holds, in the order of its lines; the error says in which line what is
// wrong.
struct SweepTable {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
};
Result<SweepTable> readSweepTable(std::string_view text);

}  // namespace ringside::exports
