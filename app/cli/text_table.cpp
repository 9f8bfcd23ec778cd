#include "app/cli/text_table.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "engine/base/check.h"

namespace ringside::cli {
namespace {

// Characters, not bytes: a cell may hold a plus-minus sign.
std::size_t columnsOf(const std::string& cell) {
  return static_cast<std::size_t>(std::ranges::count_if(
      cell, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace

TextTable::TextTable(std::vector<std::string> heading, Align rest) : rest_(rest) {
  rows_.push_back(std::move(heading));
}

void TextTable::add(std::vector<std::string> cells) {
  RINGSIDE_CHECK(cells.size() == rows_.front().size());
  rows_.push_back(std::move(cells));
}

std::string TextTable::text() const {
  std::vector<std::size_t> widths(rows_.front().size(), 0);
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], columnsOf(row[i]));
  }
  std::string out;
  for (const auto& row : rows_) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const bool left = i == 0 || rest_ == Align::Left;
      line += left ? fmt::format("  {:<{}}", row[i], widths[i])
                   : fmt::format("  {:>{}}", row[i], widths[i]);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out;
}

}  // namespace ringside::cli
