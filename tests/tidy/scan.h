// Scan: reads C++ source just well enough to find functions, includes and words in it.
//
// Model     Text scanning by braces, no parser: right for code that clang-format has laid out, and
//           tested on samples in tst_scan.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ringside::tidy {

// The same text with the content of comments and literals blanked; line ends stay where they were.
std::string codeOnly(std::string_view source);

std::vector<std::string_view> linesOf(std::string_view text);

struct Include {
  int line = 0;
  std::string path;
  bool angled = false;  // <path> rather than "path".
};
std::vector<Include> includesOf(std::string_view source);

struct Function {
  int firstLine = 0;  // Of its head.
  int lines = 0;      // Head and body.
  std::string head;   // In one line.
};
// Functions with a body; lambdas count as part of the function around them.
std::vector<Function> functionsOf(std::string_view source);

// Characters, not bytes.
int columnsOf(std::string_view line);

}  // namespace ringside::tidy
