#include "views/shell/save_picture.h"

#include <QBuffer>
#include <QFileDialog>
#include <QImage>
#include <QPainter>
#include <QSaveFile>
#include <QStandardPaths>
#include <QSvgGenerator>

namespace ringside::views {
namespace {

constexpr int kScale = 2;

QByteArray pngOf(QWidget& widget) {
  QImage image(widget.size() * kScale, QImage::Format_ARGB32_Premultiplied);
  image.setDevicePixelRatio(kScale);
  image.fill(widget.palette().color(QPalette::Window));
  widget.render(&image);
  QBuffer bytes;
  bytes.open(QIODevice::WriteOnly);
  image.save(&bytes, "PNG");
  return bytes.data();
}

QByteArray svgOf(QWidget& widget, const QString& title) {
  QBuffer bytes;
  bytes.open(QIODevice::WriteOnly);
  QSvgGenerator svg;
  svg.setOutputDevice(&bytes);
  svg.setSize(widget.size());
  svg.setViewBox(widget.rect());
  svg.setTitle(title.toHtmlEscaped());  // Qt 6.4 writes it as it stands.
  QPainter painter(&svg);
  painter.fillRect(widget.rect(), widget.palette().color(QPalette::Window));
  widget.render(&painter);
  painter.end();
  return bytes.data();
}

}  // namespace

Result<Done> savePicture(QWidget& widget, const QString& path) {
  const bool svg = path.endsWith(QStringLiteral(".svg"), Qt::CaseInsensitive);
  if (!svg && !path.endsWith(QStringLiteral(".png"), Qt::CaseInsensitive)) {
    return Error{path.toStdString() + ": a picture's name ends in .png or .svg"};
  }
  QSaveFile file(path);
  const QByteArray bytes = svg ? svgOf(widget, widget.accessibleName()) : pngOf(widget);
  if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit()) {
    return Done{};
  }
  return Error{(path + QStringLiteral(": cannot be written: ") + file.errorString()).toStdString()};
}

QString askAndSavePicture(QWidget& widget, const QString& title) {
  QString name = title.isEmpty() ? QStringLiteral("ringside") : title.toLower();
  name.replace(QLatin1Char(' '), QLatin1Char('-')).replace(QLatin1Char('/'), QLatin1Char('-'));
  const QString folder = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation);
  QString path =
      QFileDialog::getSaveFileName(widget.window(), QWidget::tr("Save a picture of %1").arg(title),
                                   folder + QLatin1Char('/') + name + QStringLiteral(".png"),
                                   QWidget::tr("Pictures (*.png *.svg)"));
  if (path.isEmpty()) return {};
  if (!path.contains(QLatin1Char('.'))) path += QStringLiteral(".png");
  const auto saved = savePicture(widget, path);
  return saved ? QString() : QString::fromStdString(saved.error().message);
}

}  // namespace ringside::views
