#include "views/charts/mark_labels.h"

#include <algorithm>

namespace ringside::views {
namespace {

constexpr double kMarkRadius = 5;
constexpr double kGap = 2;       // Between a mark or a label and the next label.
constexpr double kOverhang = 8;  // Of a label beyond its mark.

QRectF aroundMark(const QPointF& mark) {
  return QRectF(mark, mark).adjusted(-kMarkRadius, -kMarkRadius, kMarkRadius, kMarkRadius);
}

// Nearest first.
std::vector<QRectF> placesFor(const MarkLabel& label, const QRectF& plot) {
  const auto [mark, size] = label;
  const double off = kMarkRadius + kGap;
  const auto fitted = [&](double left, double top) {
    const double most = std::max(plot.left(), plot.right() - size.width());
    return QRectF(QPointF(std::clamp(left, plot.left(), most), top), size);
  };
  std::vector<QRectF> places;
  const double leftward = mark.x() - size.width() + kOverhang;
  const double rightward = mark.x() - kOverhang;
  const double step = size.height() + kGap;
  for (double away = 0; away < plot.height(); away += step) {
    const double above = mark.y() - off - size.height() - away;
    const double below = mark.y() + off + away;
    places.push_back(fitted(leftward, above));
    places.push_back(fitted(rightward, below));
    places.push_back(fitted(leftward, below));
    places.push_back(fitted(rightward, above));
  }
  return places;
}

}  // namespace

std::vector<QRectF> placeLabels(const std::vector<MarkLabel>& labels, const QRectF& plot) {
  std::vector<QRectF> boxes;
  for (const MarkLabel& label : labels) {
    const auto isFree = [&](const QRectF& box) {
      return plot.contains(box) &&
             std::ranges::none_of(
                 labels,
                 [&](const MarkLabel& each) { return box.intersects(aroundMark(each.mark)); }) &&
             std::ranges::none_of(boxes, [&](const QRectF& other) {
               return !other.isEmpty() && box.intersects(other);
             });
    };
    const std::vector<QRectF> places = placesFor(label, plot);
    const auto found = std::ranges::find_if(places, isFree);
    boxes.push_back(found == places.end() ? QRectF() : *found);
  }
  return boxes;
}

}  // namespace ringside::views
