#include "views/shell/theme.h"

#include <QApplication>
#include <QFile>
#include <QHash>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QStyle>
#include <QStyleFactory>

#include "engine/base/check.h"
#include "views/shell/icon_engine.h"

namespace ringside::views {
namespace {

QColor mixed(const QColor& a, const QColor& b, qreal part) {
  const auto channel = [part](int from, int to) { return qRound(from + (to - from) * part); };
  return {channel(a.red(), b.red()), channel(a.green(), b.green()), channel(a.blue(), b.blue())};
}

QPalette paletteOf(const Tokens& t) {
  QPalette p;
  p.setColor(QPalette::Window, t.window);
  p.setColor(QPalette::WindowText, t.text);
  p.setColor(QPalette::Base, t.panel);
  p.setColor(QPalette::AlternateBase, t.sunken);
  p.setColor(QPalette::Text, t.text);
  p.setColor(QPalette::Button, t.raised);
  p.setColor(QPalette::ButtonText, t.text);
  p.setColor(QPalette::BrightText, t.error);
  p.setColor(QPalette::ToolTipBase, t.raised);
  p.setColor(QPalette::ToolTipText, t.text);
  p.setColor(QPalette::PlaceholderText, t.text3);
  p.setColor(QPalette::Highlight, t.accent);
  p.setColor(QPalette::HighlightedText, t.onAccent);
  p.setColor(QPalette::Link, t.accent);
  p.setColor(QPalette::LinkVisited, t.accent);
  p.setColor(QPalette::Light, t.raised);
  p.setColor(QPalette::Midlight, t.raised);
  p.setColor(QPalette::Mid, t.border);
  p.setColor(QPalette::Dark, t.borderStrong);
  p.setColor(QPalette::Shadow, t.window);
  const QColor faded = mixed(t.text3, t.panel, 0.35);
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
    p.setColor(QPalette::Disabled, role, faded);
  }
  return p;
}

QHash<QString, QString> wordsOf(const Tokens& t) {
  const auto hex = [](const QColor& colour) { return colour.name(); };
  return {{QStringLiteral("window"), hex(t.window)},
          {QStringLiteral("panel"), hex(t.panel)},
          {QStringLiteral("raised"), hex(t.raised)},
          {QStringLiteral("sunken"), hex(t.sunken)},
          {QStringLiteral("border"), hex(t.border)},
          {QStringLiteral("borderStrong"), hex(t.borderStrong)},
          {QStringLiteral("text"), hex(t.text)},
          {QStringLiteral("text2"), hex(t.text2)},
          {QStringLiteral("text3"), hex(t.text3)},
          {QStringLiteral("disabled"), hex(mixed(t.text3, t.panel, 0.35))},
          {QStringLiteral("accent"), hex(t.accent)},
          {QStringLiteral("accentHover"), hex(mixed(t.accent, t.text, 0.16))},
          {QStringLiteral("onAccent"), hex(t.onAccent)},
          {QStringLiteral("accentSoft"), hex(t.accentSoft)},
          {QStringLiteral("focus"), hex(t.focus)},
          {QStringLiteral("ok"), hex(t.ok)},
          {QStringLiteral("warn"), hex(t.warn)},
          {QStringLiteral("error"), hex(t.error)},
          {QStringLiteral("grid"), hex(t.grid)},
          {QStringLiteral("track"), hex(t.track)},
          {QStringLiteral("scroll"), hex(mixed(t.panel, t.borderStrong, 0.45))},
          {QStringLiteral("shade"), t.dark ? QStringLiteral("dark") : QStringLiteral("light")}};
}

// Puts a token in place of every @word; a word that no token has is a bug in the sheet.
QString styleSheetOf(const Tokens& tokens) {
  QFile file(QStringLiteral(":/theme/controls.qss"));
  RINGSIDE_CHECK(file.open(QIODevice::ReadOnly));
  const QString text = QString::fromUtf8(file.readAll());
  const QHash<QString, QString> words = wordsOf(tokens);
  QString sheet;
  sheet.reserve(text.size());
  for (qsizetype i = 0; i < text.size();) {
    if (text[i] != u'@') {
      sheet += text[i++];
      continue;
    }
    qsizetype end = i + 1;
    while (end < text.size() && text[end].isLetterOrNumber()) ++end;
    const QString word = text.mid(i + 1, end - i - 1);
    RINGSIDE_CHECK(words.contains(word));
    sheet += words.value(word);
    i = end;
  }
  return sheet;
}

const Tokens& tokensFor(Theme::Mode mode, bool systemIsDark) {
  switch (mode) {
    case Theme::Mode::Dark:
      return darkTokens();
    case Theme::Mode::Light:
      return lightTokens();
    case Theme::Mode::HighContrast:
      return highContrastTokens();
    case Theme::Mode::System:
      return systemIsDark ? darkTokens() : lightTokens();
  }
  return darkTokens();
}

QFont face(const QStringList& families, int pixelSize, QFont::Weight weight) {
  QFont font;
  font.setFamilies(families);
  font.setPixelSize(pixelSize);
  font.setWeight(weight);
  return font;
}

}  // namespace

Theme::Theme(QObject* parent)
    : QObject(parent), systemIsDark_(qApp->palette().color(QPalette::Window).lightness() < 128) {}

void Theme::setMode(Mode mode) {
  mode_ = mode;
  tokens_ = &tokensFor(mode, systemIsDark_);
  if (qApp->style()->objectName() != QStringLiteral("fusion")) {
    qApp->setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
  }
  QPixmapCache::clear();
  qApp->setFont(text(13));
  qApp->setPalette(paletteOf(*tokens_));
  qApp->setStyleSheet(styleSheetOf(*tokens_));
  Q_EMIT changed();
}

void Theme::setReducedMotion(bool reduced) {
  if (reducedMotion_ == reduced) return;
  reducedMotion_ = reduced;
  Q_EMIT changed();
}

QFont Theme::text(int pixelSize, QFont::Weight weight) const {
  return face({QStringLiteral("Inter"), QStringLiteral("Noto Sans"), QStringLiteral("DejaVu Sans")},
              pixelSize, weight);
}

QFont Theme::figures(int pixelSize, QFont::Weight weight) const {
  return face({QStringLiteral("Noto Sans"), QStringLiteral("DejaVu Sans")}, pixelSize, weight);
}

QFont Theme::code(int pixelSize) const {
  return face({QStringLiteral("Noto Sans Mono"), QStringLiteral("DejaVu Sans Mono")}, pixelSize,
              QFont::Normal);
}

QIcon Theme::icon(const QString& name, const QColor& tint) const {
  return QIcon(new ThemedIconEngine(*this, name, tint));
}

void Theme::paintIcon(QPainter& painter, const QRectF& rect, const QString& name,
                      const QColor& colour) const {
  const qreal scale = painter.device()->devicePixelRatioF();
  const QPixmap pixmap = renderIcon(name, colour, qRound(rect.width() * scale));
  painter.drawPixmap(rect, pixmap, QRectF(pixmap.rect()));
}

}  // namespace ringside::views
