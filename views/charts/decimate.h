// decimate: a series as few enough points to draw, without losing an extreme.
//
// Model     Points are gathered into columns of time; a column gives its least low and its largest
//           high, in the order that continues the line.
// Promise   At most 2 * columns points, in time order; the largest high and the least low of the
//           finite points in the range are among them.
// Cost      O(points).
#pragma once

#include <QList>
#include <QPointF>

#include <vector>

#include "engine/lab/frame.h"

namespace ringside::views {

struct TimeSpan {
  double from = 0;
  double to = 1;
};

QList<QPointF> decimate(const std::vector<lab::SeriesPoint>& points, TimeSpan span, int columns);

}  // namespace ringside::views
