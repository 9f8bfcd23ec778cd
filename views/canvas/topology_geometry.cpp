#include "views/canvas/topology_geometry.h"

#include <QPointF>

#include <algorithm>
#include <cmath>
#include <map>

namespace ringside::views {
namespace {

using Lane = std::vector<int>;  // Node indices from top to bottom.

constexpr double kWide = 108;         // From here on rate and latency share a row.
constexpr double kComfortWidth = 96;  // Below it, layers are folded.
constexpr double kComfortHeight = 46;
constexpr double kMostWidth = 172;
constexpr double kLeastGapX = 22;
constexpr double kLeastGapY = 5;
constexpr double kMostGapX = 120;

int rowsThatFit(double available, double height, double gap) {
  return std::max(1, static_cast<int>((available + gap) / (height + gap)));
}

std::vector<Lane> lanesOf(const lab::TopologyScene& scene) {
  std::map<int, Lane> columns;
  for (int i = 0; i < static_cast<int>(scene.nodes.size()); ++i) {
    columns[scene.nodes[static_cast<std::size_t>(i)].column].push_back(i);
  }
  std::vector<Lane> lanes;
  for (auto& [column, lane] : columns) {
    std::ranges::stable_sort(
        lane, {}, [&](int node) { return scene.nodes[static_cast<std::size_t>(node)].row; });
    lanes.push_back(std::move(lane));
  }
  return lanes;
}

std::vector<Lane> split(const std::vector<Lane>& lanes, int mostRows) {
  std::vector<Lane> result;
  for (const Lane& lane : lanes) {
    const int count = static_cast<int>(lane.size());
    const int parts = (count + mostRows - 1) / mostRows;
    for (int part = 0; part < parts; ++part) {
      result.emplace_back(lane.begin() + count * part / parts,
                          lane.begin() + count * (part + 1) / parts);
    }
  }
  return result;
}

double widthOf(std::size_t lanes, double available) {
  const auto count = static_cast<double>(lanes);
  return (available - (count - 1) * kLeastGapX) / count;
}

// Joins the pair of neighbours with the fewest cards, while that leaves the cards comfortable.
void fold(std::vector<Lane>& lanes, QSizeF inner) {
  const int mostRows = rowsThatFit(inner.height(), kComfortHeight, 8);
  while (lanes.size() > 1 && widthOf(lanes.size(), inner.width()) < kComfortWidth) {
    std::size_t best = lanes.size();
    int fewest = mostRows + 1;
    for (std::size_t i = 0; i + 1 < lanes.size(); ++i) {
      const int together = static_cast<int>(lanes[i].size() + lanes[i + 1].size());
      if (together < fewest) fewest = together, best = i;
    }
    if (best == lanes.size()) return;
    Lane& into = lanes[best];
    into.insert(into.end(), lanes[best + 1].begin(), lanes[best + 1].end());
    lanes.erase(lanes.begin() + static_cast<std::ptrdiff_t>(best) + 1);
  }
}

struct Columns {
  double left = 0;
  double width = 0;
  double gap = 0;
  double total = 0;
};

Columns columnsFor(std::size_t lanes, double available) {
  const auto count = static_cast<double>(lanes);
  double width = widthOf(lanes, available);
  // Of the room beyond a comfortable card, wires get a part.
  if (width > kWide) width = kWide + (width - kWide) * 0.6;
  width = std::floor(std::clamp(width, TopologyGeometry::kLeastWidth, kMostWidth));
  double gap = count > 1 ? (available - count * width) / (count - 1) : 0;
  gap = std::clamp(gap, std::min(kLeastGapX, 18.0), kMostGapX);
  const double total = count * width + (count - 1) * gap;
  return {
      .left = std::max(0.0, (available - total) / 2), .width = width, .gap = gap, .total = total};
}

// The height all cards of a layer take: what they would like, or what there is.
double heightFor(const std::vector<CardNeeds>& needs, double width, double available) {
  const auto rows = static_cast<double>(needs.size());
  double height = 0;
  for (const double gap : {14.0, 9.0, kLeastGapY}) {
    const double room = (available - (rows - 1) * gap) / rows;
    height = 0;
    bool full = true;
    for (const CardNeeds& need : needs) {
      const CardDetail all = detailFor({width, 1000}, need);
      const CardDetail some = detailFor({width, room}, need);
      height = std::max(height, some.height);
      full = full && some.height >= all.height;
    }
    if (full) break;
  }
  return std::max(height, TopologyGeometry::kLeastHeight);
}

// The points a wire passes: its ends and, for each layer on the way, the two sides of a gap.
class Router {
 public:
  Router(const std::vector<Lane>& lanes, const TopologyGeometry& geometry)
      : lanes_(lanes), geometry_(geometry), laneOf_(geometry.cards.size()) {
    for (std::size_t lane = 0; lane < lanes.size(); ++lane) {
      for (const int node : lanes[lane]) laneOf_[static_cast<std::size_t>(node)] = lane;
    }
  }

  [[nodiscard]] QPainterPath wire(int from, int to) const {
    const auto count = static_cast<int>(geometry_.cards.size());
    if (from < 0 || to < 0 || from >= count || to >= count || from == to) return {};
    const std::size_t a = laneOf_[static_cast<std::size_t>(from)];
    const std::size_t b = laneOf_[static_cast<std::size_t>(to)];
    return a == b ? within(from, to) : across(from, to, a, b);
  }

 private:
  [[nodiscard]] const QRectF& card(int node) const {
    return geometry_.cards[static_cast<std::size_t>(node)];
  }

  [[nodiscard]] QPainterPath within(int from, int to) const {
    const QRectF& a = card(from);
    const QRectF& b = card(to);
    const Lane& lane = lanes_[laneOf_[static_cast<std::size_t>(from)]];
    const auto distance = std::ranges::find(lane, to) - std::ranges::find(lane, from);
    QPainterPath path;
    if (std::abs(distance) == 1) {
      const bool down = distance > 0;
      path.moveTo(a.center().x(), down ? a.bottom() : a.top());
      path.lineTo(b.center().x(), down ? b.top() : b.bottom());
      return path;
    }
    const double out = std::min(16.0, kLeastGapX - 6);
    path.moveTo(a.right(), a.center().y());
    path.cubicTo(a.right() + out, a.center().y(), b.right() + out, b.center().y(), b.right(),
                 b.center().y());
    return path;
  }

  [[nodiscard]] QPainterPath across(int from, int to, std::size_t a, std::size_t b) const {
    const bool forward = a < b;
    const QRectF& source = card(from);
    const QRectF& target = card(to);
    const QPointF start(forward ? source.right() : source.left(), source.center().y());
    const QPointF end(forward ? target.left() : target.right(), target.center().y());
    QPainterPath path(start);
    for (std::size_t lane = a; lane != b;) {
      lane = forward ? lane + 1 : lane - 1;
      if (lane == b) break;
      const QRectF& side = card(lanes_[lane].front());
      const double share = (side.center().x() - start.x()) / (end.x() - start.x());
      const double y = gapNear(lane, start.y() + share * (end.y() - start.y()));
      bend(path, {forward ? side.left() : side.right(), y});
      path.lineTo(forward ? side.right() : side.left(), y);
    }
    bend(path, end);
    return path;
  }

  static void bend(QPainterPath& path, QPointF to) {
    const QPointF from = path.currentPosition();
    const double reach = (to.x() - from.x()) * 0.5;
    path.cubicTo(from.x() + reach, from.y(), to.x() - reach, to.y(), to.x(), to.y());
  }

  // The middle of the gap between cards of the layer that is nearest to `y`.
  [[nodiscard]] double gapNear(std::size_t lane, double y) const {
    const Lane& nodes = lanes_[lane];
    std::vector<double> gaps;
    const double above = card(nodes.front()).top() - 8;
    const double below = card(nodes.back()).bottom() + 8;
    if (above > 2) gaps.push_back(above);
    if (below < geometry_.size.height() - 2) gaps.push_back(below);
    for (std::size_t i = 0; i + 1 < nodes.size(); ++i) {
      gaps.push_back((card(nodes[i]).bottom() + card(nodes[i + 1]).top()) / 2);
    }
    if (gaps.empty()) return y;
    return *std::ranges::min_element(gaps, {}, [y](double gap) { return std::abs(gap - y); });
  }

  const std::vector<Lane>& lanes_;
  const TopologyGeometry& geometry_;
  std::vector<std::size_t> laneOf_;
};

void placeLane(TopologyGeometry& geometry, const Lane& lane, QRectF space) {
  const int rows = static_cast<int>(lane.size());
  std::vector<CardNeeds> own;
  double widest = 0;
  for (const int node : lane) {
    own.push_back(geometry.needs[static_cast<std::size_t>(node)]);
    widest = std::max(widest, own.back().nameWidth);
  }
  for (CardNeeds& need : own) need.widestName = widest;
  const double height = std::floor(heightFor(own, space.width(), space.height()));
  const double tight = rows > 1 ? (space.height() - height) / (rows - 1) : 0;
  const double pitch = std::min(tight, height + 26);
  double top = space.top() + (space.height() - height - pitch * (rows - 1)) / 2;
  for (std::size_t row = 0; row < lane.size(); ++row) {
    const auto node = static_cast<std::size_t>(lane[row]);
    const double needed = detailFor({space.width(), height}, own[row]).height;
    const double used = std::clamp(needed, TopologyGeometry::kLeastHeight, height);
    geometry.needs[node] = own[row];
    geometry.cards[node] =
        QRectF(space.left(), std::round(top + (height - used) / 2), space.width(), used);
    top += pitch;
  }
}

}  // namespace

TopologyGeometry layOut(const lab::TopologyScene& scene, QSizeF available,
                        const NameWidth& nameWidth) {
  constexpr double kMargin = TopologyGeometry::kMargin;
  TopologyGeometry geometry;
  const QSizeF inner(std::max(available.width() - 2 * kMargin, TopologyGeometry::kLeastWidth),
                     std::max(available.height() - 2 * kMargin, TopologyGeometry::kLeastHeight));
  geometry.size = inner + QSizeF(2 * kMargin, 2 * kMargin);
  geometry.cards.resize(scene.nodes.size());
  if (scene.nodes.empty()) return geometry;

  std::vector<Lane> lanes = split(
      lanesOf(scene), rowsThatFit(inner.height(), TopologyGeometry::kLeastHeight, kLeastGapY));
  fold(lanes, inner);
  const Columns columns = columnsFor(lanes.size(), inner.width());
  geometry.size.setWidth(std::max(geometry.size.width(), columns.total + 2 * kMargin));
  for (const lab::TopologyNode& node : scene.nodes) {
    geometry.needs.push_back(needsOf(node, nameWidth));
  }
  double left = kMargin + columns.left;
  for (const Lane& lane : lanes) {
    placeLane(geometry, lane, {std::round(left), kMargin, columns.width, inner.height()});
    left += columns.width + columns.gap;
  }
  const Router router(lanes, geometry);
  for (const lab::TopologyEdge& edge : scene.edges) {
    geometry.wires.push_back(router.wire(edge.from, edge.to));
  }
  return geometry;
}

double estimatedNameWidth(const std::string& name) {
  return 6.4 * static_cast<double>(name.size());
}

CardNeeds needsOf(const lab::TopologyNode& node, const NameWidth& nameWidth) {
  const double width = nameWidth(node.label);
  return {.nameWidth = width,
          .widestName = width,
          .bar = node.depthLimit > 0 || node.utilisation >= 0,
          .depth = !node.depthName.empty()};
}

CardDetail detailFor(QSizeF card, const CardNeeds& needs) {
  constexpr double kAround = 9, kRow = 15, kNameRow = 16, kBar = 9, kIcon = 18, kMark = 12;
  const double width = card.width() - 14;
  const bool wide = card.width() >= kWide;
  CardDetail detail;
  detail.tight = card.width() < 74;
  detail.icon = needs.widestName + kMark + kIcon <= width || (wide && card.height() < 40);
  const bool longName = !detail.icon && needs.nameWidth + kMark > width;
  detail.height = kAround + kNameRow;
  const auto take = [&](bool wanted, double height) {
    // A zoomed card may fall short by rounding.
    if (!wanted || detail.height + height > card.height() + 0.5) return false;
    detail.height += height;
    return true;
  };
  detail.bar = take(needs.bar, kBar);
  detail.secondNameRow = take(longName && !detail.tight, kRow - 2);
  detail.rate = take(true, kRow);
  if (!detail.rate && detail.bar && !detail.tight && take(true, kRow - kBar)) {
    detail.rate = detail.barBeside = true;
  }
  detail.latencyBelow = detail.rate && !wide && take(!detail.barBeside, kRow);
  detail.latency = detail.latencyBelow || (detail.rate && wide && !detail.barBeside);
  detail.depth = detail.latency && take(needs.depth, kRow);
  if (!detail.bar && !detail.rate && !detail.secondNameRow) {
    detail.height = TopologyGeometry::kLeastHeight;
  }
  return detail;
}

}  // namespace ringside::views
