// placeLabels: where the labels of marked points stand, so that none covers another, or a mark.
//
// Model     Marks come in order of importance. Each takes the nearest free place: above to the left
//           or below to the right, where a rising line leaves room, then the other two corners,
//           then a line further away and so on.
// Promise   Boxes lie within the plot and overlap neither each other nor any mark. One for which
//           there is no room is empty: the legend has its figure too.
// Cost      O(marks^2 * lines that fit); meant for a handful.
#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>

#include <vector>

namespace ringside::views {

struct MarkLabel {
  QPointF mark;
  QSizeF size;
};

std::vector<QRectF> placeLabels(const std::vector<MarkLabel>& labels, const QRectF& plot);

}  // namespace ringside::views
