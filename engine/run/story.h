// Story: what was done to a run and to its branches, and the places in it that someone marked.
//
// Model     A tree. Branch 0 is the run as it was first lived; another begins at a position of its
//           parent, shares everything before it and then goes its own way. A branch holds its whole
//           journal, the shared part included, so that plan and journal replay it.
// Promise   A parent comes before its children; ids are indices.
#pragma once

#include <string>
#include <vector>

#include "engine/run/journal.h"
#include "engine/run/position.h"

namespace ringside::run {

struct Branch {
  static constexpr int kNoParent = -1;

  int parent = kNoParent;
  Position forked;   // Where it leaves its parent.
  Position reached;  // The furthest that anyone has been along it.
  std::string name;  // May be empty.
  Journal journal;
  bool operator==(const Branch&) const = default;
};

struct Bookmark {
  int branch = 0;
  Position position;
  std::string name;
  bool operator==(const Bookmark&) const = default;
};

struct Story {
  std::vector<Branch> branches = {Branch{}};
  int current = 0;
  std::vector<Bookmark> bookmarks;  // By position.

  [[nodiscard]] const Branch& branch() const { return branches[static_cast<std::size_t>(current)]; }
  [[nodiscard]] Branch& branch() { return branches[static_cast<std::size_t>(current)]; }
  // Leaves the present branch at `here` with the acts `done`, and goes on in the new one.
  void fork(Position here, Journal done, std::string name);
  void mark(Bookmark bookmark);
  bool operator==(const Story&) const = default;
};

}  // namespace ringside::run
