#include "tests/tidy/scan.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>

namespace ringside::tidy {
namespace {

bool isWordChar(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// Blanks everything from `from` to `to`, line ends excepted.
void blank(std::string& text, std::size_t from, std::size_t to) {
  for (std::size_t i = from; i < std::min(to, text.size()); ++i) {
    if (text[i] != '\n') text[i] = ' ';
  }
}

// The end of a string or character literal that opens at `at`.
std::size_t endOfLiteral(std::string_view text, std::size_t at) {
  const char quote = text[at];
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == quote || text[i] == '\n') {
      return i + 1;
    }
  }
  return text.size();
}

std::size_t endOfRawString(std::string_view text, std::size_t quote) {
  const std::size_t open = text.find('(', quote);
  if (open == std::string_view::npos) return text.size();
  const std::string close = ")" + std::string(text.substr(quote + 1, open - quote - 1)) + "\"";
  const std::size_t end = text.find(close, open);
  return end == std::string_view::npos ? text.size() : end + close.size();
}

// The end of the comment or literal that begins at `at`; `at` itself where none does.
std::size_t endOfProse(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  if (rest.starts_with("//")) return std::min(text.find('\n', at), text.size());
  if (rest.starts_with("/*")) {
    const std::size_t end = text.find("*/", at + 2);
    return end == std::string_view::npos ? text.size() : end + 2;
  }
  const bool inWord = at > 0 && isWordChar(text[at - 1]);
  if (rest.starts_with("R\"") && !inWord) return endOfRawString(text, at + 1);
  if (rest.starts_with('"')) return endOfLiteral(text, at);
  // 1'000 is one number.
  if (rest.starts_with('\'') && !inWord) return endOfLiteral(text, at);
  return at;
}

std::string oneLine(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool space = std::isspace(static_cast<unsigned char>(c)) != 0;
    if (!space) out += c;
    if (space && !out.empty() && out.back() != ' ') out += ' ';
  }
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

// Without preprocessor lines, access labels and template heads, which say nothing about a block.
std::string significant(std::string_view head) {
  std::string kept;
  for (const std::string_view line : linesOf(head)) {
    const std::size_t first = line.find_first_not_of(" \t");
    if (first != std::string_view::npos && line[first] != '#') kept.append(line).append("\n");
  }
  std::string text = oneLine(kept);
  for (const char* label : {"public:", "private:", "protected:", "public slots:", "private slots:",
                            "signals:", "Q_OBJECT"}) {
    const std::size_t at = text.rfind(label);
    if (at != std::string::npos) text.erase(0, at + std::string_view(label).size());
  }
  while (text.starts_with(' ')) text.erase(0, 1);
  if (!text.starts_with("template")) return text;
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '<') ++depth;
    if (text[i] == '>' && --depth == 0) return oneLine(std::string_view(text).substr(i + 1));
  }
  return text;
}

enum class Block { Scope, Data, Body };

Block kindOf(const std::string& head) {
  constexpr std::array<std::string_view, 6> kScopes = {"namespace", "class", "struct",
                                                       "union",     "enum",  "extern"};
  for (const std::string_view word : kScopes) {
    if (head.starts_with(word) && (head.size() == word.size() || head[word.size()] == ' ')) {
      return Block::Scope;
    }
  }
  const bool called = head.find('(') != std::string::npos;
  if (head.ends_with('=') || !called) return Block::Data;
  return Block::Body;
}

}  // namespace

std::string codeOnly(std::string_view source) {
  std::string text(source);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = endOfProse(source, at);
    if (end == at) {
      ++at;
      continue;
    }
    blank(text, at, end);
    at = end;
  }
  return text;
}

std::vector<std::string_view> linesOf(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

std::vector<Include> includesOf(std::string_view source) {
  std::vector<Include> includes;
  int number = 0;
  for (const std::string_view line : linesOf(source)) {
    ++number;
    if (!line.starts_with("#include ")) continue;
    const std::size_t open = line.find_first_of("\"<");
    const std::size_t close = line.find_last_of("\">");
    if (open == std::string_view::npos || close <= open) continue;
    includes.push_back(
        {number, std::string(line.substr(open + 1, close - open - 1)), line[open] == '<'});
  }
  return includes;
}

std::vector<Function> functionsOf(std::string_view source) {
  const std::string code = codeOnly(source);
  std::vector<Function> functions;
  std::vector<Block> open;
  std::size_t headFrom = 0;
  const auto lineAt = [&code](std::size_t at) {
    return 1 + static_cast<int>(std::count(code.begin(), code.begin() + std::ptrdiff_t(at), '\n'));
  };
  const auto inBody = [&open] { return std::ranges::find(open, Block::Body) != open.end(); };
  for (std::size_t at = 0; at < code.size(); ++at) {
    const char c = code[at];
    if (c == '{') {
      const std::string head = significant(std::string_view(code).substr(headFrom, at - headFrom));
      const Block kind = kindOf(head);
      if (kind == Block::Body && !inBody()) {
        const std::size_t first = code.find(head.substr(0, head.find_first_of(" (")), headFrom);
        functions.push_back({lineAt(std::min(first, at)), 0, head});
      }
      open.push_back(kind);
    } else if (c == '}' && !open.empty()) {
      const bool closesBody = open.back() == Block::Body;
      open.pop_back();
      if (closesBody && !inBody()) {
        functions.back().lines = lineAt(at) - functions.back().firstLine + 1;
      }
    }
    if (c == ';' || c == '{' || c == '}') headFrom = at + 1;
  }
  return functions;
}

int columnsOf(std::string_view line) {
  return static_cast<int>(std::ranges::count_if(
      line, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace ringside::tidy
