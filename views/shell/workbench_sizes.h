// WorkbenchSizes: how the panes share a window, as figures without widgets.
//
// Model     A pure function of the room there is and the perspective.
#pragma once

namespace ringside::views {

enum class Perspective { Study, Lab, Analyse };
inline constexpr int kPerspectives = 3;

struct WorkbenchSizes {
  bool narrow = false;  // Scenarios as a rail.
  int browser = 0;
  int right = 0;
  int question = 0;  // Ignored while folded.
  bool questionFolded = false;
  int stage = 0;
  int charts = 0;
  int canvas = 0;  // Of the stage's width.
  int internals = 0;
};

struct Room {
  int width = 0;         // Of the window.
  int windowHeight = 0;  // Of the window.
  int centreHeight = 0;  // Between header and transport.
};

WorkbenchSizes sizesFor(Perspective perspective, Room room);

}  // namespace ringside::views
