#include "views/models/fuzzy.h"

namespace ringside::views {
namespace {

bool startsWord(const QString& text, qsizetype at) {
  return at == 0 || (!text[at - 1].isLetterOrNumber() && text[at].isLetterOrNumber());
}

// Follows the pattern greedily from `from`; empty when it does not fit there.
std::optional<int> scoreFrom(const QString& pattern, const QString& text, qsizetype from) {
  int score = -static_cast<int>(std::min<qsizetype>(from, 20));
  qsizetype at = from;
  qsizetype last = -2;
  for (const QChar letter : pattern) {
    if (letter.isSpace()) continue;
    while (at < text.size() && text[at] != letter) ++at;
    if (at == text.size()) return std::nullopt;
    score += 10;
    if (startsWord(text, at)) score += 12;
    if (at == last + 1) {
      score += 15;
    } else if (last >= 0) {
      score -= static_cast<int>(std::min<qsizetype>(at - last, 10));
    }
    last = at++;
  }
  return score;
}

}  // namespace

// Greedy from every place where the first letter stands: titles are short.
std::optional<int> fuzzyScore(const QString& pattern, const QString& text) {
  const QString wanted = pattern.simplified().toLower();
  if (wanted.isEmpty()) return 0;
  const QString lower = text.toLower();
  std::optional<int> best;
  for (qsizetype from = lower.indexOf(wanted[0]); from >= 0;
       from = lower.indexOf(wanted[0], from + 1)) {
    const auto score = scoreFrom(wanted, lower, from);
    if (score && (!best || *score > *best)) best = score;
  }
  return best;
}

}  // namespace ringside::views
