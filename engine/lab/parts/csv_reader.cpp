#include "engine/lab/parts/csv_reader.h"

#include <algorithm>

namespace ringside::lab {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

CsvReader::CsvReader(std::string_view text) : text_(text) {
  if (text_.starts_with(kByteOrderMark)) at_ = kByteOrderMark.size();
}

bool CsvReader::next() {
  while (!broken_ && at_ < text_.size()) {
    readRecord();
    const bool blank = fields_.size() == 1 && fields_[0].empty();
    if (!blank) return !broken_;
  }
  return false;
}

void CsvReader::readRecord() {
  fields_.clear();
  if (!unescaped_.empty()) unescaped_.clear();
  recordLine_ = line_;
  for (;;) {
    if (at_ < text_.size() && text_[at_] == '"') {
      readQuoted();
    } else {
      readPlain();
    }
    if (broken_ || at_ >= text_.size()) return;
    const char separator = text_[at_++];
    if (separator == '\n') {
      ++line_;
      return;
    }
    if (at_ == text_.size()) fields_.emplace_back();  // A comma as the last character of all.
    if (at_ == text_.size()) return;
  }
}

// Leaves at_ on the comma or LF behind the field, or at the end.
void CsvReader::readPlain() {
  const std::size_t from = at_;
  while (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\n') ++at_;
  std::string_view field = text_.substr(from, at_ - from);
  const bool lastOfLine = at_ >= text_.size() || text_[at_] == '\n';
  if (lastOfLine && field.ends_with('\r')) field.remove_suffix(1);
  fields_.push_back(field);
}

void CsvReader::readQuoted() {
  const std::size_t from = at_ + 1;
  bool doubled = false;
  for (at_ = from;; ++at_) {
    at_ = text_.find('"', at_);
    if (at_ == std::string_view::npos) {
      at_ = text_.size();
      broken_ = true;
      return;
    }
    if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') break;
    doubled = true;
    ++at_;
  }
  std::string_view field = text_.substr(from, at_ - from);
  line_ += static_cast<std::uint64_t>(std::ranges::count(field, '\n'));
  ++at_;
  if (doubled) {
    std::string& copy = unescaped_.emplace_back();
    for (std::size_t i = 0; i < field.size(); ++i) {
      copy += field[i];
      if (field[i] == '"') ++i;
    }
    field = copy;
  }
  fields_.push_back(field);
  // What stands between the closing quote and the comma does not belong there; it is dropped.
  while (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\n') ++at_;
}

}  // namespace ringside::lab
