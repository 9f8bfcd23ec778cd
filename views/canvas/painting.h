// painting: what every painted view draws the same way: states, text that gives way, focus.
//
// Model     A state is a shape and a colour together, so that neither has to be seen alone: a disc
//           is well, a ring is busy, a triangle is degraded, a cross is down.
// Compare   shell/widgets.h has elide(), through which all text here goes.
#pragma once

#include <QBrush>
#include <QColor>
#include <QRectF>
#include <QString>

#include "engine/lab/scene.h"
#include "views/shell/tokens.h"

class QPainter;

namespace ringside::views {

QColor colourOf(const Tokens& tokens, lab::Health health);
QString wordFor(lab::Health health);  // "ok", "busy", "degraded", "down".
void paintHealth(QPainter& painter, const QRectF& box, lab::Health health, const Tokens& tokens);

// Text in the painter's font, cut to the box.
void paintText(QPainter& painter, const QRectF& box, const QString& text,
               Qt::Alignment alignment = Qt::AlignLeft | Qt::AlignVCenter);

// A track with `part` of it filled; nothing is drawn outside of it for any `part`.
void paintBar(QPainter& painter, const QRectF& track, double part, const QColor& fill,
              const Tokens& tokens);
void paintFocus(QPainter& painter, const QRectF& box, qreal radius, const Tokens& tokens);

// Diagonal lines: out of service, whatever the colour.
QBrush hatch(const QColor& colour);
QColor faded(const QColor& colour, double opacity);
// The data colour for the item at `index`; after eight they come again, paler.
QColor dataColour(const Tokens& tokens, int index);

}  // namespace ringside::views
