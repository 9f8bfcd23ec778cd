#include "views/run/report_pdf.h"

#include <QImage>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgRenderer>
#include <QTextDocument>
#include <QThread>
#include <QUrl>

#include <memory>

#include "engine/export/report.h"
#include "engine/export/svg_chart.h"

namespace ringside::views {
namespace {

// Charts are drawn larger than they are printed, so that they stay sharp.
constexpr QSize kChartPrinted(640, 260);
constexpr int kChartScale = 3;

QImage pictureOf(const std::string& svg) {
  QImage image(kChartPrinted * kChartScale, QImage::Format_RGB32);
  image.fill(Qt::white);
  QPainter painter(&image);
  QSvgRenderer(QByteArray::fromStdString(svg)).render(&painter);
  return image;
}

Result<Done> write(const exports::RunRecord& record, const QString& path) {
  QTextDocument document;
  int charts = 0;
  const std::string html = exports::printableReport(record, [&](const lab::Chart& chart) {
    const QString name = QStringLiteral("chart:%1").arg(charts++);
    document.addResource(
        QTextDocument::ImageResource, QUrl(name),
        pictureOf(exports::svgChart(chart, record.frame, exports::SvgColours::Plain)));
    return QStringLiteral("<img src=\"%1\" width=\"%2\" height=\"%3\"/>")
        .arg(name)
        .arg(kChartPrinted.width())
        .arg(kChartPrinted.height())
        .toStdString();
  });
  document.setHtml(QString::fromStdString(html));
  QSaveFile file(path);
  if (file.open(QIODevice::WriteOnly)) {
    {
      QPdfWriter writer(&file);
      writer.setPageSize(QPageSize(QPageSize::A4));
      writer.setTitle(QString::fromStdString(record.info.title));
      writer.setCreator(QStringLiteral("Ringside"));
      document.print(&writer);
    }
    if (file.error() == QFileDevice::NoError && file.commit()) return Done{};
  }
  return Error{(path + QStringLiteral(": cannot be written: ") + file.errorString()).toStdString()};
}

}  // namespace

// A document lays itself out with timers, which only a thread of Qt's own has.
Result<Done> writeReportPdf(const exports::RunRecord& record, const QString& path) {
  Result<Done> result = Done{};
  const std::unique_ptr<QThread> thread(QThread::create([&] { result = write(record, path); }));
  thread->start();
  thread->wait();
  return result;
}

}  // namespace ringside::views
