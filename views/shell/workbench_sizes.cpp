#include "views/shell/workbench_sizes.h"

#include <algorithm>

namespace ringside::views {
namespace {

constexpr int kGutter = 8;
constexpr int kFoldedQuestion = 40;

int share(int of, double part) { return static_cast<int>(of * part); }

}  // namespace

WorkbenchSizes sizesFor(Perspective perspective, Room room) {
  WorkbenchSizes sizes;
  sizes.narrow = room.width < 1440;
  sizes.browser = std::clamp(share(room.width, 0.172), 276, 340);
  sizes.right = sizes.narrow ? 248 : std::clamp(share(room.width, 0.166), 264, 340);
  sizes.questionFolded = perspective != Perspective::Study;
  sizes.question = room.windowHeight < 900 ? 156 : std::max(190, share(room.windowHeight, 0.19));
  const int left = sizes.narrow ? 46 : sizes.browser;
  const int centre = room.width - left - sizes.right - 4 * kGutter;
  const double canvas = perspective == Perspective::Lab ? 0.58 : 0.63;
  sizes.canvas = share(centre, canvas);
  sizes.internals = centre - sizes.canvas;
  const int question = sizes.questionFolded ? kFoldedQuestion : sizes.question;
  const int rest = std::max(200, room.centreHeight - question - 2 * kGutter);
  const double charts = perspective == Perspective::Analyse ? 0.62
                        : perspective == Perspective::Lab   ? 0.30
                                                            : 0.385;
  sizes.charts = share(rest, charts);
  sizes.stage = rest - sizes.charts;
  return sizes;
}

}  // namespace ringside::views
