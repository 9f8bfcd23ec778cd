#include <QPainter>
#include <QPixmapCache>
#include <QStyleOptionGraphicsItem>

#include <algorithm>
#include <cmath>

#include "views/canvas/painting.h"
#include "views/canvas/topology_items.h"
#include "views/canvas/topology_words.h"
#include "views/shell/theme.h"

namespace ringside::views {
namespace {

constexpr double kStep = 3;  // Pixels between the points dots are placed by.
constexpr double kDot = 1.9;
constexpr int kPhases = 4;  // Places within a pixel, each way, that a dot is drawn for.

int cellOf(double radius, double scale) {
  return static_cast<int>(std::ceil(2 * radius * scale)) + 3;
}

// A dot at each place within a pixel. Copying one is ten times as fast as drawing it, and dots
// still move by less than a pixel.
QPixmap dotAtlas(const QColor& colour, double radius, double scale) {
  const QString key = QStringLiteral("ringside-dot %1 %2 %3")
                          .arg(colour.rgba())
                          .arg(qRound(radius * 64))
                          .arg(qRound(scale * 64));
  QPixmap atlas;
  if (QPixmapCache::find(key, &atlas)) return atlas;
  const int cell = cellOf(radius, scale);
  atlas = QPixmap(cell * kPhases, cell * kPhases);
  atlas.fill(Qt::transparent);
  QPainter painter(&atlas);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(colour);
  const double middle = 1 + radius * scale;
  for (int y = 0; y < kPhases; ++y) {
    for (int x = 0; x < kPhases; ++x) {
      const QPointF centre(x * cell + middle + (x + 0.5) / kPhases,
                           y * cell + middle + (y + 0.5) / kPhases);
      painter.drawEllipse(centre, radius * scale, radius * scale);
    }
  }
  painter.end();
  atlas.setDevicePixelRatio(scale);
  QPixmapCache::insert(key, atlas);
  return atlas;
}

// Draws dots at points of the widget, without a transform.
class DotStamp {
 public:
  DotStamp(QPainter& painter, const QColor& colour, double radius)
      : painter_(painter),
        scale_(painter.device()->devicePixelRatioF()),
        radius_(radius),
        cell_(cellOf(radius, scale_)),
        atlas_(dotAtlas(colour, radius, scale_)) {}

  void at(QPointF point) const {
    const double x = point.x() * scale_ - radius_ * scale_ - 1;
    const double y = point.y() * scale_ - radius_ * scale_ - 1;
    const double left = std::floor(x), top = std::floor(y);
    const int column = static_cast<int>((x - left) * kPhases);
    const int row = static_cast<int>((y - top) * kPhases);
    painter_.drawPixmap(QPointF(left, top) / scale_, atlas_,
                        QRectF(column * cell_, row * cell_, cell_, cell_));
  }

 private:
  QPainter& painter_;
  double scale_;
  double radius_;
  int cell_;
  QPixmap atlas_;
};

}  // namespace

EdgeItem::EdgeItem(const Theme& theme) : theme_(theme) { setAcceptedMouseButtons(Qt::NoButton); }

void EdgeItem::setEdge(const lab::TopologyEdge& edge) {
  edge_ = edge;
  const int wanted = dotCount(edge.inFlight, length_);
  // A number that trembles would make every dot jump.
  const double tolerance = std::max(0.6, 0.2 * dots_);
  if (wanted == 0 || dots_ == 0 || std::abs(wanted - dots_) > tolerance) dots_ = wanted;
}

void EdgeItem::setWire(const QPainterPath& wire) {
  prepareGeometryChange();
  wire_ = wire;
  length_ = wire.length();
  bounds_ = wire.boundingRect().adjusted(-6, -6, 6, 6);
  steps_.clear();
  if (length_ > 0) {
    const int count = std::max(2, static_cast<int>(length_ / kStep));
    for (int i = 0; i <= count; ++i) {
      steps_.push_back(wire.pointAtPercent(std::min(1.0, static_cast<double>(i) / count)));
    }
  }
  dots_ = dotCount(edge_.inFlight, length_);
}

void EdgeItem::advanceDots(double seconds, double pace) {
  travelled_ += dotSpeed(edge_, length_, pace) * seconds;
}

QPointF EdgeItem::at(double distance) const {
  const double place = distance / length_ * static_cast<double>(steps_.size() - 1);
  const auto low = std::min(static_cast<std::size_t>(place), steps_.size() - 2);
  return steps_[low] + (steps_[low + 1] - steps_[low]) * (place - static_cast<double>(low));
}

bool EdgeItem::isError(int dot, int lap) const {
  if (!(edge_.errorRatio > 0)) return false;
  // Multiples of the golden section are even on the unit interval, so the share is right at once.
  const double place = (dot + 13.0 * lap + 0.5) * 0.618'033'988'749'895;
  return place - std::floor(place) < edge_.errorRatio;
}

void EdgeItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
  if (steps_.empty()) return;
  const Tokens& t = theme_.tokens();
  const double zoom =
      QStyleOptionGraphicsItem::levelOfDetailFromTransform(painter->worldTransform());
  const double scale = zoom >= 1 ? 1 / std::sqrt(zoom) : 1;
  painter->setRenderHint(QPainter::Antialiasing);
  painter->setBrush(Qt::NoBrush);
  const QColor line = emphasized_ ? t.accent : faded(t.borderStrong, t.dark ? 0.55 : 0.6);
  painter->setPen(QPen(line, (emphasized_ ? 1.6 : 1) * scale));
  painter->drawPath(wire_);

  // The tip says which way, also when nothing moves.
  const QPointF end = steps_.back();
  const QPointF back = end - steps_[steps_.size() - 2];
  const double norm = std::max(0.001, std::hypot(back.x(), back.y()));
  const QPointF along = back / norm * 5 * scale;
  const QPointF aside(-along.y() * 0.55, along.x() * 0.55);
  const QPointF tip[] = {end, end - along + aside, end - along - aside};
  painter->setPen(Qt::NoPen);
  painter->setBrush(emphasized_ ? t.accent : t.borderStrong);
  painter->drawPolygon(tip, 3);
  paintDots(*painter, scale);
}

void EdgeItem::paintDots(QPainter& painter, double scale) const {
  if (dots_ == 0) return;
  const Tokens& t = theme_.tokens();
  const double spacing = length_ / dots_;
  std::vector<QPointF> errors;
  const QTransform toWidget = painter.transform();
  painter.resetTransform();
  const DotStamp stamp(painter, t.accent, kDot * scale * toWidget.m11());
  for (int i = 0; i < dots_; ++i) {
    const double distance = travelled_ + i * spacing;
    const double lap = std::floor(distance / length_);
    const QPointF point = at(distance - lap * length_);
    if (isError(i, static_cast<int>(std::fmod(lap, 1e6)))) {
      errors.push_back(point);
    } else {
      stamp.at(toWidget.map(point));
    }
  }
  painter.setTransform(toWidget);
  painter.setPen(Qt::NoPen);
  painter.setBrush(t.error);
  const double half = 3.4 * scale;
  for (const QPointF& p : errors) {
    const QPointF diamond[] = {p + QPointF(0, -half), p + QPointF(half, 0), p + QPointF(0, half),
                               p + QPointF(-half, 0)};
    painter.drawPolygon(diamond, 4);
  }
}

}  // namespace ringside::views
