#include "views/charts/decimate.h"

#include <algorithm>
#include <cmath>

namespace ringside::views {
namespace {

struct Column {
  double seconds = 0;
  double low = 0;
  double high = 0;
};

void put(QList<QPointF>& line, const Column& column) {
  if (column.low == column.high) {
    line.emplaceBack(column.seconds, column.high);
    return;
  }
  // Nearest end first: the stroke then runs through the column once.
  const double before = line.isEmpty() ? column.low : line.back().y();
  const bool up = std::abs(before - column.low) <= std::abs(before - column.high);
  line.emplaceBack(column.seconds, up ? column.low : column.high);
  line.emplaceBack(column.seconds, up ? column.high : column.low);
}

}  // namespace

QList<QPointF> decimate(const std::vector<lab::SeriesPoint>& points, TimeSpan span, int columns) {
  QList<QPointF> line;
  if (columns <= 0 || !(span.to > span.from)) return line;
  line.reserve(2 * columns);
  Column open;
  int openAt = -1;
  for (const lab::SeriesPoint& point : points) {
    const bool sound = std::isfinite(point.low) && std::isfinite(point.high) &&
                       point.seconds >= span.from && point.seconds <= span.to;
    if (!sound) continue;
    const double part = (point.seconds - span.from) / (span.to - span.from);
    const int at = std::min(columns - 1, static_cast<int>(part * columns));
    if (at != openAt) {
      if (openAt >= 0) put(line, open);
      open = {point.seconds, point.low, point.high};
      openAt = at;
      continue;
    }
    open.seconds = point.seconds;
    open.low = std::min(open.low, point.low);
    open.high = std::max(open.high, point.high);
  }
  if (openAt >= 0) put(line, open);
  return line;
}

}  // namespace ringside::views
