// Rules: what the source tree must keep to, as tables.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

namespace ringside::tidy {

// Which folders a folder may include; itself always.
const std::map<std::string, std::set<std::string>>& arrows();

struct BannedWord {
  std::string hint;                 // Part of every match: lines without it are passed over fast.
  std::string pattern;              // Regular expression, matched in code, not in comments.
  std::vector<std::string> where;   // Path prefixes that it is banned in.
  std::vector<std::string> except;  // Path prefixes where it is allowed all the same.
  std::string cure;
};
const std::vector<BannedWord>& bannedWords();

inline constexpr int kMaxColumns = 100;
inline constexpr int kMaxFunctionLines = 70;

}  // namespace ringside::tidy
