// The cached pictures of RingView: drawn when the ring, the theme or the size changes.
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "views/canvas/painting.h"
#include "views/canvas/ring_view.h"
#include "views/shell/theme.h"

namespace ringside::views {
namespace {

constexpr float kHot = 0.8F;  // Keys from this weight on are drawn larger.
constexpr int kMostHot = 64;

// A number from 0 to 1 that only depends on the hash, to spread keys over their annulus.
double jitterOf(std::uint64_t hash) {
  return static_cast<double>((hash * 0x9e37'79b9'7f4a'7c15U) >> 40U) * 0x1p-24;
}

}  // namespace

QPixmap RingView::blank() const {
  const double scale = devicePixelRatioF();
  QPixmap pixmap(size() * scale);
  pixmap.setDevicePixelRatio(scale);
  pixmap.fill(Qt::transparent);
  return pixmap;
}

void RingView::paintArc(QPainter& painter, const PixelArc& arc, double outer, double inner) const {
  const int steps = std::clamp(arc.count, 1, 64);
  const double from = static_cast<double>(arc.first) / pixels();
  // A hair longer than it is, so that no seam shows between neighbours.
  const double span = (arc.count + 0.12) / pixels();
  QPolygonF shape;
  shape.reserve(2 * steps + 2);
  for (int i = 0; i <= steps; ++i) {
    shape << onCircle(layout_.centre, outer, from + span * i / steps);
  }
  for (int i = steps; i >= 0; --i) {
    shape << onCircle(layout_.centre, inner, from + span * i / steps);
  }
  painter.drawPolygon(shape);
}

QPixmap RingView::drawRing() const {
  QPixmap pixmap = blank();
  if (layout_.band <= 20) return pixmap;
  const Tokens& t = theme().tokens();
  QPainter painter(&pixmap);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  const auto isDown = [this](int member) {
    return member >= 0 && member < itemCount() &&
           scene_.members[static_cast<std::size_t>(member)].health == lab::Health::Down;
  };
  for (const PixelArc& arc : ownersByPixel(scene_, pixels())) {
    const QColor colour = dataColour(t, arc.member);
    if (isDown(arc.member)) {
      painter.setBrush(t.track);
      paintArc(painter, arc, layout_.band, layout_.band - layout_.bandWidth);
      painter.setBrush(hatch(colour));
    } else {
      painter.setBrush(colour);
    }
    paintArc(painter, arc, layout_.band, layout_.band - layout_.bandWidth);
  }
  for (const PixelArc& tick : ticksByPixel(scene_, pixels())) {
    const double turn = (tick.first + 0.5) / pixels();
    const double length = isDown(tick.member) ? layout_.ticks / 2 : layout_.ticks;
    painter.setPen(QPen(dataColour(t, tick.member), 1));
    painter.drawLine(onCircle(layout_.centre, layout_.band + 1.5, turn),
                     onCircle(layout_.centre, layout_.band + 1.5 + length, turn));
  }
  return pixmap;
}

QPixmap RingView::drawKeys() const {
  QPixmap pixmap = blank();
  if (layout_.keysOuter <= 10 || scene_.points.empty()) return pixmap;
  const Tokens& t = theme().tokens();
  QPainter painter(&pixmap);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  // Many keys are points of a pixel, few are discs that can be told apart.
  const std::size_t count = scene_.keys.size();
  const double radius = count > 20'000 ? 0.5 : count > 4'000 ? 0.8 : count > 800 ? 1.2 : 1.7;
  const double depth = layout_.keysOuter - layout_.keysInner;
  std::vector<const lab::RingKey*> hot;
  std::vector<std::vector<QRectF>> dots(scene_.members.size());
  for (const lab::RingKey& key : scene_.keys) {
    if (key.weight >= kHot) hot.push_back(&key);
    const int owner = ownerOf(scene_, key.hash);
    if (owner < 0 || owner >= itemCount()) continue;
    const double at = layout_.keysInner + depth * jitterOf(key.hash);
    const QPointF p = onCircle(layout_.centre, at, turnOf(key.hash));
    dots[static_cast<std::size_t>(owner)].push_back(
        {p.x() - radius, p.y() - radius, 2 * radius, 2 * radius});
  }
  painter.setRenderHint(QPainter::Antialiasing, radius > 1);
  for (std::size_t member = 0; member < dots.size(); ++member) {
    painter.setBrush(dataColour(t, static_cast<int>(member)));
    if (radius > 1) {
      for (const QRectF& dot : dots[member]) painter.drawEllipse(dot);
    } else {
      painter.drawRects(dots[member].data(), static_cast<int>(dots[member].size()));
    }
  }
  std::ranges::stable_sort(hot, std::greater{}, &lab::RingKey::weight);
  hot.resize(std::min<std::size_t>(hot.size(), kMostHot));
  painter.setRenderHint(QPainter::Antialiasing);
  for (const lab::RingKey* key : hot) {
    const double at = layout_.keysInner + depth * jitterOf(key->hash);
    painter.setPen(QPen(t.panel, 1));
    painter.setBrush(dataColour(t, ownerOf(scene_, key->hash)));
    painter.drawEllipse(onCircle(layout_.centre, at, turnOf(key->hash)), 3.6, 3.6);
  }
  return pixmap;
}

QPixmap RingView::drawMember(int member) const {
  QPixmap pixmap = blank();
  if (layout_.band <= 20) return pixmap;
  QPainter painter(&pixmap);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(dataColour(theme().tokens(), member));
  for (const PixelArc& arc : ownersByPixel(scene_, pixels())) {
    if (arc.member != member) continue;
    paintArc(painter, arc, layout_.band + layout_.ticks, layout_.band - layout_.bandWidth);
  }
  return pixmap;
}

}  // namespace ringside::views
