// Pictures of views as PNG and SVG, and the report as PDF, read back by Qt's own readers.
#include <QContextMenuEvent>
#include <QImage>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

#include "tests/export/sample_record.h"
#include "tests/support/sample_frame.h"
#include "views/charts/chart_strip.h"
#include "views/run/report_pdf.h"
#include "views/shell/card.h"
#include "views/shell/save_picture.h"
#include "views/shell/theme.h"

using namespace ringside;
using namespace ringside::views;

namespace {

QByteArray bytesOf(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

}  // namespace

class TestPictures : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void savesAPngAtTwiceTheSize() {
    Card card(theme_, QStringLiteral("chart"), QStringLiteral("Queues"));
    card.setContent(new QLabel(QStringLiteral("seven")));
    card.resize(300, 120);
    const QString path = dir_.filePath(QStringLiteral("card.png"));
    QVERIFY(savePicture(card, path).has_value());
    const QImage image(path);
    QCOMPARE(image.size(), QSize(600, 240));
    QSet<QRgb> colours;
    for (int x = 0; x < image.width(); ++x) colours << image.pixel(x, 40);
    QVERIFY(colours.size() > 2);  // Something is drawn.
  }

  void savesAnSvgWithItsText() {
    Card card(theme_, QStringLiteral("chart"), QStringLiteral("Queues <&>"));
    card.resize(300, 120);
    const QString path = dir_.filePath(QStringLiteral("card.SVG"));
    QVERIFY(savePicture(card, path).has_value());
    const QByteArray bytes = bytesOf(path);
    QXmlStreamReader reader(bytes);
    while (!reader.atEnd()) reader.readNext();
    QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
    QSvgRenderer renderer(bytes);
    QVERIFY(renderer.isValid());
    QCOMPARE(renderer.viewBox().size(), QSize(300, 120));
  }

  void savesAChartWithItsLines() {
    ChartStrip strip(theme_);
    strip.resize(1200, 240);
    strip.show();
    QVERIFY(QTest::qWaitForWindowExposed(&strip));
    auto frame = std::make_shared<lab::Frame>();
    lab::Chart chart{"queues", "Queue depth", lab::ChartKind::Lines, metrics::Unit::Count, {}, {}};
    chart.series = {{"a", metrics::Unit::None, {{0, 1, 1}, {0.5, 5, 9}, {1, 2, 2}}, 2}};
    frame->charts = {chart};
    strip.setFrame(frame);
    strip.flush();
    const QString path = dir_.filePath(QStringLiteral("chart.svg"));
    QVERIFY(savePicture(*strip.card(0), path).has_value());
    QVERIFY(bytesOf(path).contains("<path") || bytesOf(path).contains("<polyline"));
    QVERIFY(QSvgRenderer(path).isValid());
  }

  void refusesOtherEndingsAndFolders() {
    QWidget widget;
    widget.resize(10, 10);
    const auto ending = savePicture(widget, dir_.filePath(QStringLiteral("x.bmp")));
    QVERIFY(!ending && ending.error().message.ends_with("ends in .png or .svg"));
    const auto folder = savePicture(widget, QStringLiteral("/no/such/folder/x.png"));
    QVERIFY(!folder);
    QVERIFY(folder.error().message.starts_with("/no/such/folder/x.png: cannot be written: "));
  }

  void offersAPictureOnEveryHeader() {
    Card card(theme_, QStringLiteral("chart"), QStringLiteral("Queues"));
    card.setContent(new QLabel(QStringLiteral("seven")));
    card.resize(300, 120);
    card.show();
    QVERIFY(QTest::qWaitForWindowExposed(&card));
    QContextMenuEvent header(QContextMenuEvent::Mouse, {40, 10}, card.mapToGlobal(QPoint(40, 10)));
    QCoreApplication::sendEvent(&card, &header);
    auto* menu = card.findChild<QMenu*>(QStringLiteral("cardMenu"));
    QVERIFY(menu != nullptr);
    QTRY_VERIFY(menu->isVisible());
    QCOMPARE(menu->actions().front()->text(), QStringLiteral("Save a picture of Queues…"));
    menu->close();
  }

  void printsTheReport() {
    const QString path = dir_.filePath(QStringLiteral("report.pdf"));
    for (const exports::RunRecord& record : {exports::sampleRecord(), exports::hostileRecord()}) {
      QVERIFY(writeReportPdf(record, path).has_value());
      const QByteArray bytes = bytesOf(path);
      QVERIFY(bytes.startsWith("%PDF-1."));
      QVERIFY(bytes.trimmed().endsWith("%%EOF"));
      QVERIFY(bytes.contains("/Subtype /Image"));  // The charts.
    }
    const auto failed = writeReportPdf(exports::sampleRecord(), QStringLiteral("/no/such/r.pdf"));
    QVERIFY(!failed && failed.error().message.starts_with("/no/such/r.pdf: cannot be written"));
  }

 private:
  Theme theme_;
  QTemporaryDir dir_;
};

QTEST_MAIN(TestPictures)
#include "tst_pictures.moc"
