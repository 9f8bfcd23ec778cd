// savePicture: what a widget shows, as a PNG or an SVG file.
//
// Model     PNG at twice the size on the screen; SVG with lines and text as such. The ending of the
//           name decides.
// Promise   The file appears whole or not at all. The error is one sentence with the path.
// Threads   GUI thread.
#pragma once

#include <QString>
#include <QWidget>

#include "engine/base/result.h"

namespace ringside::views {

Result<Done> savePicture(QWidget& widget, const QString& path);
// Asks for a name, and saves; the sentence to show when that failed, empty when it is done or was
// called off.
QString askAndSavePicture(QWidget& widget, const QString& title);

}  // namespace ringside::views
