// figure and shortFigure: a number and its unit as painted text.
//
// Model     figure() is metrics::formatValue() as a QString, for places with room and for tables.
//           shortFigure() keeps two or three digits, "940 k/s", "1.2 ms", for cards and axes.
// Promise   Both write "n/a" for what is not a number.
#pragma once

#include <QString>

#include "engine/metrics/unit.h"

namespace ringside::views {

QString figure(double value, metrics::Unit unit);
QString shortFigure(double value, metrics::Unit unit);
// A time of a run: "520.25 ms", "1.25 s".
QString timeFigure(double seconds);

}  // namespace ringside::views
