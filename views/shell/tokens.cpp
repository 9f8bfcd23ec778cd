#include "views/shell/tokens.h"

namespace ringside::views {
namespace {

QColor rgb(unsigned value) { return QColor::fromRgb(value); }

std::array<QColor, 8> darkData() {
  return {rgb(0x56AEF5), rgb(0xEBA934), rgb(0x24EAA0), rgb(0xD161AD),
          rgb(0xFAEA68), rgb(0xFB795A), rgb(0x9B84FF), rgb(0x9EB7BF)};
}

Tokens makeDark() {
  Tokens t;
  t.window = rgb(0x0E1217), t.panel = rgb(0x151B23), t.raised = rgb(0x1D2530);
  t.sunken = rgb(0x10151C), t.border = rgb(0x252F3C), t.borderStrong = rgb(0x5B6B7F);
  t.text = rgb(0xE8EDF4), t.text2 = rgb(0xA9B6C6), t.text3 = rgb(0x8695A8);
  t.accent = rgb(0x5AA9FF), t.onAccent = rgb(0x06182B), t.accentSoft = rgb(0x16304C);
  t.focus = rgb(0x8CC4FF), t.ok = rgb(0x3CCB9A), t.okSoft = rgb(0x12312B);
  t.warn = rgb(0xF0B23E), t.warnSoft = rgb(0x362A14), t.error = rgb(0xFF7A5C);
  t.errorSoft = rgb(0x3A1F1B), t.grid = rgb(0x222B37), t.track = rgb(0x28323F);
  t.data = darkData();
  return t;
}

Tokens makeLight() {
  Tokens t;
  t.window = rgb(0xEDF0F4), t.panel = rgb(0xFFFFFF), t.raised = rgb(0xF4F6F9);
  t.sunken = rgb(0xF7F9FB), t.border = rgb(0xD9DFE7), t.borderStrong = rgb(0x7F8D9E);
  t.text = rgb(0x131B26), t.text2 = rgb(0x445163), t.text3 = rgb(0x5C6B7E);
  t.accent = rgb(0x0A62C9), t.onAccent = rgb(0xFFFFFF), t.accentSoft = rgb(0xE2EEFC);
  t.focus = rgb(0x0A62C9), t.ok = rgb(0x007A58), t.okSoft = rgb(0xE0F4EC);
  t.warn = rgb(0x8F5B00), t.warnSoft = rgb(0xFBEFD7), t.error = rgb(0xC03A12);
  t.errorSoft = rgb(0xFCE6DF), t.grid = rgb(0xE6EAF0), t.track = rgb(0xE1E6ED);
  t.data = {rgb(0x005FD3), rgb(0xB67804), rgb(0x0F955D), rgb(0xA82F85),
            rgb(0x6F4100), rgb(0xCE3D38), rgb(0x6860BD), rgb(0x558779)};
  t.dark = false;
  return t;
}

Tokens makeHighContrast() {
  Tokens t = makeDark();
  t.window = t.panel = t.sunken = rgb(0x000000), t.raised = rgb(0x141414);
  t.border = t.borderStrong = t.text = rgb(0xFFFFFF);
  t.text2 = t.text3 = rgb(0xE6E6E6);
  t.accent = t.focus = rgb(0xFFD54A), t.onAccent = rgb(0x000000), t.accentSoft = rgb(0x3A3000);
  t.grid = rgb(0x4D4D4D), t.track = rgb(0x5C5C5C);
  return t;
}

}  // namespace

const Tokens& darkTokens() {
  static const Tokens tokens = makeDark();
  return tokens;
}

const Tokens& lightTokens() {
  static const Tokens tokens = makeLight();
  return tokens;
}

const Tokens& highContrastTokens() {
  static const Tokens tokens = makeHighContrast();
  return tokens;
}

}  // namespace ringside::views
