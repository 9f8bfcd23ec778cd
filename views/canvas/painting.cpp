#include "views/canvas/painting.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

#include "views/shell/widgets.h"

namespace ringside::views {
namespace {

QPen strokeOf(const QColor& colour, qreal width) {
  return {colour, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin};
}

void paintTriangle(QPainter& painter, const QRectF& box) {
  const QPointF corners[] = {{box.center().x(), box.top()}, box.bottomRight(), box.bottomLeft()};
  painter.setBrush(Qt::NoBrush);
  painter.drawPolygon(corners, 3);
  const QPointF top(box.center().x(), box.top() + box.height() * 0.42);
  painter.drawLine(top, QPointF(top.x(), box.top() + box.height() * 0.66));
}

}  // namespace

QColor colourOf(const Tokens& tokens, lab::Health health) {
  switch (health) {
    case lab::Health::Ok:
      return tokens.ok;
    case lab::Health::Busy:
      return tokens.warn;
    case lab::Health::Degraded:
      return tokens.warn;
    case lab::Health::Down:
      return tokens.error;
  }
  return tokens.text2;
}

QString wordFor(lab::Health health) {
  switch (health) {
    case lab::Health::Ok:
      return QCoreApplication::translate("Health", "ok");
    case lab::Health::Busy:
      return QCoreApplication::translate("Health", "busy");
    case lab::Health::Degraded:
      return QCoreApplication::translate("Health", "degraded");
    case lab::Health::Down:
      return QCoreApplication::translate("Health", "down");
  }
  return {};
}

void paintHealth(QPainter& painter, const QRectF& box, lab::Health health, const Tokens& tokens) {
  const QColor colour = colourOf(tokens, health);
  const qreal inset = box.width() * 0.16;
  const QRectF inner = box.adjusted(inset, inset, -inset, -inset);
  painter.setPen(strokeOf(colour, box.width() * 0.16));
  switch (health) {
    case lab::Health::Ok:
      painter.setPen(Qt::NoPen);
      painter.setBrush(colour);
      painter.drawEllipse(inner);
      return;
    case lab::Health::Busy:
      painter.setBrush(Qt::NoBrush);
      painter.drawEllipse(inner);
      return;
    case lab::Health::Degraded:
      paintTriangle(painter, box.adjusted(0.5, 1, -0.5, -0.5));
      return;
    case lab::Health::Down:
      painter.drawLine(inner.topLeft(), inner.bottomRight());
      painter.drawLine(inner.topRight(), inner.bottomLeft());
      return;
  }
}

void paintText(QPainter& painter, const QRectF& box, const QString& text, Qt::Alignment alignment) {
  if (box.width() < 4 || text.isEmpty()) return;
  // A painted box may be a fraction narrower than what its layout measured.
  const int width = static_cast<int>(std::ceil(box.width()));
  painter.drawText(box, static_cast<int>(alignment) | Qt::TextSingleLine | Qt::TextDontClip,
                   elide(painter.fontMetrics(), text, width));
}

void paintBar(QPainter& painter, const QRectF& track, double part, const QColor& fill,
              const Tokens& tokens) {
  const qreal radius = track.height() / 2;
  painter.setPen(Qt::NoPen);
  painter.setBrush(tokens.track);
  painter.drawRoundedRect(track, radius, radius);
  if (!(part > 0)) return;  // Also when it is not a number.
  QRectF filled = track;
  filled.setWidth(std::max(track.height(), track.width() * std::min(part, 1.0)));
  painter.setBrush(fill);
  painter.drawRoundedRect(filled, radius, radius);
}

void paintFocus(QPainter& painter, const QRectF& box, qreal radius, const Tokens& tokens) {
  painter.setPen(QPen(tokens.focus, 2));
  painter.setBrush(Qt::NoBrush);
  painter.drawRoundedRect(box, radius, radius);
}

QBrush hatch(const QColor& colour) { return QBrush(colour, Qt::BDiagPattern); }

QColor faded(const QColor& colour, double opacity) {
  QColor result = colour;
  result.setAlphaF(static_cast<float>(std::clamp(opacity, 0.0, 1.0)));
  return result;
}

QColor dataColour(const Tokens& tokens, int index) {
  const auto count = static_cast<int>(tokens.data.size());
  const QColor colour = tokens.data[static_cast<std::size_t>(index % count)];
  const float part = std::min(0.6F, 0.4F * static_cast<float>(index / count));
  const auto mixed = [part](float from, float to) { return from + (to - from) * part; };
  return QColor::fromRgbF(mixed(colour.redF(), tokens.text.redF()),
                          mixed(colour.greenF(), tokens.text.greenF()),
                          mixed(colour.blueF(), tokens.text.blueF()));
}

}  // namespace ringside::views
