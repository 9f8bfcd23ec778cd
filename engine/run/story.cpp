#include "engine/run/story.h"

#include <algorithm>
#include <utility>

namespace ringside::run {

void Story::fork(Position here, Journal done, std::string name) {
  branches.push_back({.parent = current,
                      .forked = here,
                      .reached = here,
                      .name = std::move(name),
                      .journal = std::move(done)});
  current = static_cast<int>(branches.size()) - 1;
}

void Story::mark(Bookmark bookmark) {
  const auto after = std::ranges::upper_bound(bookmarks, bookmark.position, {},
                                              [](const Bookmark& mark) { return mark.position; });
  bookmarks.insert(after, std::move(bookmark));
}

}  // namespace ringside::run
