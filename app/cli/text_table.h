// TextTable: rows of cells as aligned columns, for a terminal.
//
// Model     The first row is the heading. The first column is aligned left, the others right unless
//           asked for otherwise. Columns are two blanks apart, with two in front.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace ringside::cli {

enum class Align { Left, Right };

class TextTable {
 public:
  explicit TextTable(std::vector<std::string> heading, Align rest = Align::Right);

  // REQUIRES: as many cells as the heading has.
  void add(std::vector<std::string> cells);
  [[nodiscard]] bool empty() const { return rows_.size() == 1; }
  [[nodiscard]] std::string text() const;

 private:
  std::vector<std::vector<std::string>> rows_;
  Align rest_;
};

}  // namespace ringside::cli
