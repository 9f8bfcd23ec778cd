// fuzzyScore: how well a typed word fits a title, as a command palette understands it.
//
// Model     The letters must occur in order. Starts of words and runs of letters count more, gaps
//           and a late start count less. Higher is better.
#pragma once

#include <QString>

#include <optional>

namespace ringside::views {

// Empty when `pattern` does not fit; 0 for an empty pattern.
std::optional<int> fuzzyScore(const QString& pattern, const QString& text);

}  // namespace ringside::views
