// CsvReader: walks the records of a CSV text (RFC 4180) without copying it.
//
// Model     Records end with LF or CRLF, fields may be quoted and then hold commas, doubled quotes
//           and line ends. A leading byte order mark is skipped.
// Cost      One pass; fields are views, except for those with doubled quotes.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace ringside::lab {

class CsvReader {
 public:
  explicit CsvReader(std::string_view text);

  // Moves to the next record that is not a blank line; false at the end or after a broken record.
  bool next();

  // Of the present record; valid until next() is called.
  [[nodiscard]] const std::vector<std::string_view>& fields() const { return fields_; }
  [[nodiscard]] std::uint64_t line() const { return recordLine_; }  // First line is 1.
  // True once a quote was opened that never closes: line() is where.
  [[nodiscard]] bool broken() const { return broken_; }

 private:
  void readRecord();
  void readQuoted();
  void readPlain();

  std::string_view text_;
  std::size_t at_ = 0;
  std::uint64_t line_ = 1;
  std::uint64_t recordLine_ = 0;
  bool broken_ = false;
  std::vector<std::string_view> fields_;
  std::deque<std::string>
      unescaped_;  // Backs fields with doubled quotes; a deque never moves them.
};

}  // namespace ringside::lab
