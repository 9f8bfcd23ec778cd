#include "views/canvas/ring_geometry.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

namespace ringside::views {
namespace {

constexpr double kWholeTurn = 0x1p64;

std::size_t pixelOf(std::uint64_t hash, int pixels) {
  const auto pixel = static_cast<std::size_t>(turnOf(hash) * pixels);
  return std::min(pixel, static_cast<std::size_t>(pixels) - 1);
}

std::vector<PixelArc> joined(const std::vector<int>& members) {
  std::vector<PixelArc> arcs;
  for (int i = 0; i < static_cast<int>(members.size()); ++i) {
    const int member = members[static_cast<std::size_t>(i)];
    if (member < 0) continue;
    const bool goesOn =
        !arcs.empty() && arcs.back().member == member && arcs.back().first + arcs.back().count == i;
    if (goesOn) {
      ++arcs.back().count;
    } else {
      arcs.push_back({i, 1, member});
    }
  }
  return arcs;
}

bool isMember(const lab::RingScene& scene, int member) {
  return member >= 0 && member < static_cast<int>(scene.members.size());
}

}  // namespace

RingLayout layOutRing(QSizeF size, int members) {
  RingLayout layout;
  constexpr double kMargin = 12, kLegendWidth = 132, kGap = 16, kLeastRing = 90;
  layout.legendBelow = size.width() - kLegendWidth - kGap - 2 * kMargin < 130;
  const double rows = std::max(1, members);
  QRectF ring(kMargin, kMargin, size.width() - 2 * kMargin, size.height() - 2 * kMargin);
  if (layout.legendBelow) {
    layout.rowHeight = 20;
    const double columns = std::max(1.0, std::floor(ring.width() / 110));
    const double height = std::ceil(rows / columns) * layout.rowHeight;
    ring.setHeight(std::max(kLeastRing, ring.height() - height - kGap));
    layout.legend = QRectF(kMargin, ring.bottom() + kGap, ring.width(), height);
  } else {
    ring.setWidth(ring.width() - kLegendWidth - kGap);
    layout.rowHeight = std::clamp(ring.height() / rows, 18.0, 30.0);
  }
  const double radius = std::max(0.0, std::min({ring.width(), ring.height(), 460.0}) / 2);
  if (!layout.legendBelow) {
    // Ring and legend stand together in the middle of the pane.
    const double together = 2 * radius + kGap + kLegendWidth;
    const double left = std::max(kMargin, (size.width() - together) / 2);
    ring = QRectF(left, ring.top(), 2 * radius, ring.height());
    const double height = rows * layout.rowHeight;
    layout.legend = QRectF(ring.right() + kGap, std::max(4.0, (size.height() - height) / 2),
                           kLegendWidth, height);
  }
  layout.centre = ring.center();
  layout.ticks = std::clamp(radius * 0.06, 3.0, 9.0);
  layout.band = std::max(0.0, radius - layout.ticks - 3);
  layout.bandWidth = std::clamp(radius * 0.1, 6.0, 18.0);
  layout.keysOuter = layout.band - layout.bandWidth - 5;
  layout.keysInner = std::max(0.0, layout.keysOuter - std::clamp(radius * 0.16, 8.0, 34.0));
  return layout;
}

QPointF onCircle(QPointF centre, double radius, double turn) {
  const double angle = (turn - 0.25) * 2 * std::numbers::pi;
  return centre + QPointF(std::cos(angle), std::sin(angle)) * radius;
}

int ownerOf(const lab::RingScene& scene, std::uint64_t hash) {
  if (scene.points.empty()) return -1;
  const auto at = std::ranges::lower_bound(scene.points, hash, {}, &lab::RingPoint::hash);
  return at == scene.points.end() ? scene.points.front().member : at->member;
}

std::vector<double> sharesOf(const lab::RingScene& scene) {
  std::vector<double> shares(scene.members.size(), 0.0);
  if (scene.points.empty()) return shares;
  std::uint64_t before = scene.points.back().hash;
  for (const lab::RingPoint& point : scene.points) {
    // Unsigned subtraction goes round as the circle does; one point alone owns all of it.
    const double arc = static_cast<double>(point.hash - before) / kWholeTurn;
    const double share = scene.points.size() == 1 ? 1 : arc;
    if (isMember(scene, point.member)) shares[static_cast<std::size_t>(point.member)] += share;
    before = point.hash;
  }
  return shares;
}

std::vector<PixelArc> ownersByPixel(const lab::RingScene& scene, int pixels) {
  if (scene.points.empty() || pixels <= 0) return {};
  std::vector<int> owners(static_cast<std::size_t>(pixels));
  auto at = scene.points.begin();
  for (int i = 0; i < pixels; ++i) {
    const double turn = (i + 0.5) / pixels;
    while (at != scene.points.end() && turnOf(at->hash) < turn) ++at;
    owners[static_cast<std::size_t>(i)] =
        at == scene.points.end() ? scene.points.front().member : at->member;
  }
  return joined(owners);
}

std::vector<PixelArc> ticksByPixel(const lab::RingScene& scene, int pixels) {
  std::vector<PixelArc> ticks;
  for (const lab::RingPoint& point : scene.points) {
    const int pixel = static_cast<int>(pixelOf(point.hash, std::max(1, pixels)));
    if (ticks.empty() || ticks.back().first != pixel) ticks.push_back({pixel, 1, point.member});
  }
  return ticks;
}

std::vector<RingChange> changesBetween(const lab::RingScene& before, const lab::RingScene& after) {
  std::vector<RingChange> changes;
  if (before.points.empty() || after.points.empty()) return changes;
  std::vector<std::uint64_t> cuts;
  cuts.reserve(before.points.size() + after.points.size());
  for (const lab::RingPoint& point : before.points) cuts.push_back(point.hash);
  for (const lab::RingPoint& point : after.points) cuts.push_back(point.hash);
  std::ranges::sort(cuts);
  cuts.erase(std::ranges::unique(cuts).begin(), cuts.end());
  std::vector<int> sameIn(after.members.size(), -1);  // The earlier index of a later member.
  for (std::size_t i = 0; i < after.members.size(); ++i) {
    const auto found =
        std::ranges::find(before.members, after.members[i].name, &lab::RingMember::name);
    if (found != before.members.end()) sameIn[i] = static_cast<int>(found - before.members.begin());
  }
  // Between two cuts the owner is one on each ring: that of the later cut.
  std::uint64_t from = cuts.back();
  for (const std::uint64_t to : cuts) {
    const int now = ownerOf(after, to);
    const int then = ownerOf(before, to);
    if (isMember(after, now) && sameIn[static_cast<std::size_t>(now)] != then) {
      const bool goesOn =
          !changes.empty() && changes.back().to == from && changes.back().member == now;
      if (goesOn) {
        changes.back().to = to;
      } else {
        changes.push_back({from, to, now});
      }
    }
    from = to;
  }
  return changes;
}

double shareOf(const std::vector<RingChange>& changes) {
  double share = 0;
  for (const RingChange& change : changes) {
    const double arc = static_cast<double>(change.to - change.from) / kWholeTurn;
    share += change.to == change.from ? 1 : arc;
  }
  return share;
}

std::vector<PixelArc> changesByPixel(const std::vector<RingChange>& changes, int pixels) {
  if (pixels <= 0) return {};
  std::vector<int> members(static_cast<std::size_t>(pixels), -1);
  for (const RingChange& change : changes) {
    const double arc = static_cast<double>(change.to - change.from) / kWholeTurn * pixels;
    const auto count = std::max<std::size_t>(1, static_cast<std::size_t>(std::lround(arc)));
    const std::size_t first = pixelOf(change.from, pixels);
    for (std::size_t i = 0; i < std::min(count, members.size()); ++i) {
      members[(first + i) % members.size()] = change.member;
    }
  }
  return joined(members);
}

double maxOverMean(const lab::RingScene& scene) {
  double most = 0, sum = 0;
  int owners = 0;
  for (const lab::RingMember& member : scene.members) {
    if (!(member.share > 0)) continue;
    most = std::max(most, member.share);
    sum += member.share;
    ++owners;
  }
  return owners > 0 ? most / (sum / owners) : 0;
}

}  // namespace ringside::views
