// Labels of marked points: none covers another or a mark, wherever the marks lie.
#include <QTest>

#include <algorithm>

#include "tests/support/sample_frame.h"
#include "tests/support/sample_parts.h"
#include "views/charts/mark_labels.h"
#include "views/charts/percentile_chart.h"
#include "views/shell/theme.h"

namespace ringside::views {
namespace {

const QRectF kPlot(40, 10, 260, 120);
const QSizeF kSize(74, 14);

QRectF markBox(const QPointF& mark) { return {mark.x() - 4.5, mark.y() - 4.5, 9, 9}; }

double between(test::Dice& dice, double low, double high) {
  return low + (high - low) * dice.unit();
}

void verifyApart(const std::vector<MarkLabel>& labels, const std::vector<QRectF>& boxes,
                 const QRectF& plot) {
  QCOMPARE(boxes.size(), labels.size());
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    if (boxes[i].isEmpty()) continue;
    QVERIFY(plot.contains(boxes[i]));
    QCOMPARE(boxes[i].size(), labels[i].size);
    for (std::size_t j = 0; j < boxes.size(); ++j) {
      if (j != i) QVERIFY(!boxes[i].intersects(boxes[j]));
      QVERIFY(!boxes[i].intersects(markBox(labels[j].mark)));
    }
  }
}

}  // namespace

class MarkLabelsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void standsAboveItsMarkWhereThereIsRoom() {
    const auto boxes = placeLabels({{{150, 80}, kSize}}, kPlot);
    QVERIFY(boxes[0].bottom() < 80);
    QVERIFY(boxes[0].bottom() > 70);
    QVERIFY(boxes[0].left() < 150 && boxes[0].right() > 150);
  }

  void standsBelowUnderTheUpperEdge() {
    const auto boxes = placeLabels({{{150, 12}, kSize}}, kPlot);
    QVERIFY(boxes[0].top() > 12);
  }

  void givesEachOfThreeMarksOnOneSpotAPlace() {
    const QPointF spot(290, 60);
    const std::vector<MarkLabel> labels(3, MarkLabel{spot, kSize});
    const auto boxes = placeLabels(labels, kPlot);
    verifyApart(labels, boxes, kPlot);
    for (const QRectF& box : boxes) QVERIFY(!box.isEmpty());
  }

  void leavesOutWhatHasNoRoom() {
    const QRectF low(0, 0, 80, 20);
    const std::vector<MarkLabel> labels = {{{40, 10}, kSize}, {{42, 10}, kSize}};
    for (const QRectF& box : placeLabels(labels, low)) QVERIFY(box.isEmpty());
    QVERIFY(placeLabels({}, low).empty());
    QVERIFY(placeLabels({{{10, 10}, QSizeF(200, 14)}}, low)[0].isEmpty());
  }

  void neverCoversAnything() {
    test::Dice dice(17);
    int placed = 0;
    for (int round = 0; round < 3000; ++round) {
      std::vector<MarkLabel> labels;
      const double spread = between(dice, 0, 1);
      const QPointF centre(between(dice, kPlot.left(), kPlot.right()),
                           between(dice, kPlot.top(), kPlot.bottom()));
      for (int i = 0; i < 3; ++i) {
        const double x = centre.x() + between(dice, -100, 100) * spread;
        const double y = centre.y() + between(dice, -60, 60) * spread;
        labels.push_back({{std::clamp(x, kPlot.left(), kPlot.right()),
                           std::clamp(y, kPlot.top(), kPlot.bottom())},
                          QSizeF(between(dice, 30, 90), 14)});
      }
      const auto boxes = placeLabels(labels, kPlot);
      verifyApart(labels, boxes, kPlot);
      for (const QRectF& box : boxes) placed += box.isEmpty() ? 0 : 1;
    }
    QVERIFY(placed > 8990);  // A plot of this size hardly ever lacks the room.
  }

  void labelsOfCloseTailsStayApart_data() {
    QTest::addColumn<QSize>("size");
    QTest::newRow("smallest") << QSize(180, 110);
    QTest::newRow("laptop") << QSize(240, 130);
    QTest::newRow("desktop") << QSize(330, 180);
    QTest::newRow("maximized") << QSize(1200, 700);
  }
  void labelsOfCloseTailsStayApart() {
    QFETCH(QSize, size);
    Theme theme;
    PercentileChart chart(theme, QStringLiteral("Latency"));
    chart.resize(size);
    chart.show();
    lab::Chart data;
    data.unit = metrics::Unit::Nanoseconds;
    data.kind = lab::ChartKind::Percentiles;
    // p99 and p99.9 a hair apart, as behind a timer; p50 far below or as close.
    for (const double median : {1e6, 99e6}) {
      data.distribution = {
          {0.5, median, 5000}, {0.99, 100e6, 9900}, {0.999, 100.2e6, 9990}, {1, 100.3e6, 10000}};
      chart.setChart(data);
      const std::vector<QRectF> boxes = chart.labelBoxes();
      QCOMPARE(boxes.size(), std::size_t{3});
      for (std::size_t i = 0; i < 3; ++i) {
        QVERIFY(!boxes[i].isEmpty());
        for (std::size_t j = 0; j < i; ++j) QVERIFY(!boxes[i].intersects(boxes[j]));
      }
    }
  }
};

}  // namespace ringside::views

QTEST_MAIN(ringside::views::MarkLabelsTest)
#include "tst_mark_labels.moc"
