// ThemedIconEngine: draws a stroke icon of :/icons in the colours of the theme in force.
//
// Model     The SVG says currentColor; the engine puts a token there for each mode and state, so an
//           icon follows a change of theme without being asked for again.
// Cost      One rendering for each (name, colour, pixel size), kept in the pixmap cache.
#pragma once

#include <QColor>
#include <QIconEngine>
#include <QPixmap>
#include <QString>

namespace ringside::views {

class Theme;

class ThemedIconEngine : public QIconEngine {
 public:
  ThemedIconEngine(const Theme& theme, QString name, QColor tint);

  void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override;
  QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override;
  QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state,
                       qreal scale) override;
  QIconEngine* clone() const override;
  bool isNull() override { return false; }

 private:
  [[nodiscard]] QColor colour(QIcon::Mode mode, QIcon::State state) const;

  const Theme* theme_;
  QString name_;
  QColor tint_;
};

// A square rendering of an icon, `pixels` device pixels wide.
QPixmap renderIcon(const QString& name, const QColor& colour, int pixels);

}  // namespace ringside::views
