// ArrivalTrace: recorded arrivals, read from CSV with the columns time_s,key[,size].
//
// Model     Rows in time order; the first row's time is the trace's zero. Keys stand for merchants.
// Errors    An empty file, a missing column or times that go back are errors that name the line;
//           single bad rows are skipped, counted, and the first is reported with its line.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/base/time.h"

namespace ringside::lab {

struct Arrival {
  Duration at{};          // Since the first row.
  std::uint64_t key = 0;  // The column's number, or a hash of its text.
  double size = 0;        // 0 where the file has no size column.
};

struct ArrivalTrace {
  std::string name;  // File name without its folder.
  std::vector<Arrival> arrivals;
  std::uint64_t badRows = 0;
  std::string firstBadRow;  // "line 17: time_s 'x' is not a number"; empty when there is none.
};

// `name` is used in messages only.
Result<ArrivalTrace> parseArrivals(std::string_view csv, std::string_view name);
Result<ArrivalTrace> readArrivals(const std::string& path);

}  // namespace ringside::lab
