// Tokens: every colour that anything paints with, for one theme.
//
// Model     One flat struct, three instances. Widgets get them through the palette and the style
//           sheet; painters read them here. Figures: text >= 4.5:1, data >= 3:1 on `panel`
//           (tested).
#pragma once

#include <QColor>

#include <array>

namespace ringside::views {

struct Tokens {
  QColor window, panel, raised, sunken;
  QColor border, borderStrong;
  QColor text, text2, text3;
  QColor accent, onAccent, accentSoft, focus;
  QColor ok, okSoft, warn, warnSoft, error, errorSoft;
  QColor grid, track;
  std::array<QColor, 8> data;  // In an order safe for colour-blind eyes.
  bool dark = true;
};

const Tokens& darkTokens();
const Tokens& lightTokens();
const Tokens& highContrastTokens();

}  // namespace ringside::views
