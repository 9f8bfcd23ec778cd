#include "views/shell/icon_engine.h"

#include <QFile>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <algorithm>
#include <utility>

#include "views/shell/theme.h"

namespace ringside::views {
namespace {

QByteArray source(const QString& name) {
  QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
  if (!file.open(QIODevice::ReadOnly)) {
    qWarning("There is no icon named %s in resources/icons.", qUtf8Printable(name));
    return {};
  }
  return file.readAll();
}

}  // namespace

QPixmap renderIcon(const QString& name, const QColor& colour, int pixels) {
  if (pixels <= 0) return {};  // A card squeezed to nothing asks for this.
  const QString key =
      QStringLiteral("icon/%1/%2/%3").arg(name, colour.name(QColor::HexArgb)).arg(pixels);
  QPixmap pixmap;
  if (QPixmapCache::find(key, &pixmap)) return pixmap;
  pixmap = QPixmap(pixels, pixels);
  pixmap.fill(Qt::transparent);
  QSvgRenderer renderer(source(name).replace("currentColor", colour.name(QColor::HexRgb).toUtf8()));
  QPainter painter(&pixmap);
  painter.setOpacity(colour.alphaF());
  renderer.render(&painter, QRectF(0, 0, pixels, pixels));
  painter.end();
  QPixmapCache::insert(key, pixmap);
  return pixmap;
}

ThemedIconEngine::ThemedIconEngine(const Theme& theme, QString name, QColor tint)
    : theme_(&theme), name_(std::move(name)), tint_(std::move(tint)) {}

QColor ThemedIconEngine::colour(QIcon::Mode mode, QIcon::State state) const {
  const Tokens& t = theme_->tokens();
  if (mode == QIcon::Disabled) {
    QColor faded = t.text3;
    faded.setAlphaF(0.55F);
    return faded;
  }
  if (tint_.isValid()) return tint_;
  if (state == QIcon::On || mode == QIcon::Selected) return t.accent;
  return mode == QIcon::Active ? t.text : t.text2;
}

QPixmap ThemedIconEngine::scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state,
                                       qreal) {
  return renderIcon(name_, colour(mode, state), std::min(size.width(), size.height()));
}

QPixmap ThemedIconEngine::pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) {
  return scaledPixmap(size, mode, state, 1);
}

void ThemedIconEngine::paint(QPainter* painter, const QRect& rect, QIcon::Mode mode,
                             QIcon::State state) {
  const qreal scale = painter->device() != nullptr ? painter->device()->devicePixelRatioF() : 1;
  const int side = std::min(rect.width(), rect.height());
  QPixmap pixmap = renderIcon(name_, colour(mode, state), qRound(side * scale));
  pixmap.setDevicePixelRatio(scale);
  painter->drawPixmap(rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2,
                      pixmap);
}

QIconEngine* ThemedIconEngine::clone() const { return new ThemedIconEngine(*this); }

}  // namespace ringside::views
