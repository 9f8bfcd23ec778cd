// The chart strip: what is drawn, when it is updated, and the cursor its charts share.
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <algorithm>
#include <cmath>
#include <limits>

#include "tests/support/sample_frame.h"
#include "views/canvas/table_flip.h"
#include "views/charts/chart_strip.h"
#include "views/charts/legend_bar.h"
#include "views/charts/percentile_chart.h"
#include "views/charts/time_chart.h"
#include "views/shell/card.h"
#include "views/shell/theme.h"

namespace ringside::views {

using test::sampleFrame;
using test::SampleState;

class ChartStripTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void noSeriesLosesItsMaximum() {
    Stage stage(SampleState::ShardKilled);
    const lab::FramePtr frame = sampleFrame(SampleState::ShardKilled);
    for (const int chart : {0, 1}) {
      const TimeChart& view = *stage.strip.timeChart(chart);
      QCOMPARE(view.drawnSeries(),
               static_cast<int>(frame->charts[static_cast<std::size_t>(chart)].series.size()));
      for (int i = 0; i < view.drawnSeries(); ++i) {
        const auto& points = frame->charts[static_cast<std::size_t>(chart)]
                                 .series[static_cast<std::size_t>(i)]
                                 .points;
        const double largest = std::ranges::max_element(points, {}, &lab::SeriesPoint::high)->high;
        const QList<QPointF> drawn = view.drawnPoints(i);
        QVERIFY(drawn.size() <= TimeChart::kMostPoints);
        const double top = std::ranges::max_element(drawn, {}, &QPointF::y)->y();
        QVERIFY(std::abs((chart == 1 ? std::pow(10, top) : top) - largest) < largest * 1e-9);
      }
    }
  }

  void aStackEndsAtTheSumOfItsParts() {
    Stage stage;
    const lab::Chart& chart = stage.frame->charts[3];
    const TimeChart& view = *stage.strip.timeChart(3);
    double sum = 0;
    for (const lab::Series& series : chart.series) sum += series.points.back().high;
    QVERIFY(std::abs(view.drawnPoints(2).back().y() - sum) < sum * 0.05);
    for (qsizetype i = 0; i < view.drawnPoints(0).size(); ++i) {
      QVERIFY(view.drawnPoints(0)[i].y() <= view.drawnPoints(1)[i].y());
      QVERIFY(view.drawnPoints(1)[i].y() <= view.drawnPoints(2)[i].y());
    }
  }

  void zeroOnALogarithmicAxisDoesNotHideTheSeries() {
    Stage stage;
    auto odd = std::make_shared<lab::Frame>(*stage.frame);
    odd->charts[1].series[0].points[200] = {0.21, 0, 0};
    odd->charts[1].series[0].points[201] = {0.212, -5, std::nan("")};
    stage.strip.setFrame(odd);
    stage.strip.flush();
    const QList<QPointF> drawn = stage.strip.timeChart(1)->drawnPoints(0);
    QVERIFY(drawn.size() > 100);
    for (const QPointF& p : drawn) QVERIFY(std::isfinite(p.y()) && p.y() > 0);
  }

  void emptyAndOddFramesAreSafe() {
    Stage stage(SampleState::Idle);
    QVERIFY(!stage.strip.grab().isNull());
    auto odd = std::make_shared<lab::Frame>(*sampleFrame(SampleState::Running));
    const double nan = std::numeric_limits<double>::quiet_NaN();
    for (lab::Chart& chart : odd->charts) {
      for (lab::Series& series : chart.series) {
        series.last = nan;
        for (lab::SeriesPoint& point : series.points) point.low = point.high = nan;
      }
      for (lab::PercentilePoint& point : chart.distribution) point.value = nan;
    }
    stage.strip.setFrame(odd);
    stage.strip.flush();
    stage.strip.setCursorAt(0.3);
    QVERIFY(!stage.strip.grab().isNull());
    stage.strip.setFrame(nullptr);
    QCOMPARE(stage.strip.chartCount(), 0);
    QVERIFY(!stage.strip.grab().isNull());
  }

  void oneChartATickAndNoneTwiceWithinItsRest() {
    Theme theme;
    ChartStrip strip(theme);
    strip.resize(1027, 240);
    strip.setFrame(sampleFrame(SampleState::Running));
    strip.show();  // No event is handled here, so no tick comes in between.
    const auto total = [&] {
      int sum = strip.percentileChart(2)->updates();
      for (const int i : {0, 1, 3}) sum += strip.timeChart(i)->updates();
      return sum;
    };
    for (int i = 1; i <= 4; ++i) {
      QVERIFY(strip.updateNext(1'000));
      QCOMPARE(total(), i);
    }
    QVERIFY(!strip.updateNext(1'000));
    strip.setFrame(sampleFrame(SampleState::Running, 7, 1));
    QVERIFY(strip.updateNext(1'000 + ChartStrip::kRestMs - 1));  // Due, but at rest.
    QCOMPARE(total(), 4);
    QVERIFY(strip.updateNext(1'000 + ChartStrip::kRestMs));
    QCOMPARE(total(), 5);
  }

  void theTickUpdatesByItselfAndThenStops() {
    Stage stage;
    const int before = stage.strip.timeChart(3)->updates();
    stage.strip.setFrame(sampleFrame(SampleState::Running, 7, 1));
    QTRY_COMPARE_WITH_TIMEOUT(stage.strip.timeChart(3)->updates(), before + 1, 2'000);
  }

  void hiddenChartsAreLeftAlone() {
    Stage stage;
    stage.strip.setMaximized(0);
    stage.strip.flush();
    const int before = stage.strip.timeChart(1)->updates();
    stage.strip.setFrame(sampleFrame(SampleState::Running, 7, 3));
    stage.strip.flush();
    QCOMPARE(stage.strip.timeChart(1)->updates(), before);
    stage.strip.hide();
    const int shown = stage.strip.timeChart(0)->updates();
    stage.strip.setFrame(sampleFrame(SampleState::Running, 7, 4));
    QVERIFY(!stage.strip.updateNext(1'000'000));
    QCOMPARE(stage.strip.timeChart(0)->updates(), shown);
  }

  void theCursorIsSharedAndTheLegendsShowItsValues() {
    Stage stage;
    QSignalSpy moved(&stage.strip, &ChartStrip::cursorMoved);
    const TimeChart& first = *stage.strip.timeChart(0);
    const QPoint inside = first.plotRect().center().toPoint();
    QTest::mouseMove(first.viewport(), inside);
    QTRY_VERIFY(stage.strip.cursorAt().has_value());
    QVERIFY(!moved.isEmpty());
    for (const int i : {1, 3}) QCOMPARE(stage.strip.timeChart(i)->cursorAt(), first.cursorAt());
    const std::vector<LegendEntry> at = stage.strip.legend(1)->entries();
    stage.strip.setCursorAt({});
    QVERIFY(at != stage.strip.legend(1)->entries());
  }

  void keysMoveTheCursorAndEscapeTakesItAway() {
    Stage stage;
    TimeChart& chart = *stage.strip.timeChart(1);
    QTest::keyClick(&chart, Qt::Key_Left);
    const std::optional<double> start = chart.cursorAt();
    QVERIFY(start.has_value());
    QTest::keyClick(&chart, Qt::Key_Left);
    QVERIFY(*chart.cursorAt() < *start);
    QCOMPARE(stage.strip.timeChart(0)->cursorAt(), chart.cursorAt());
    QVERIFY(chart.accessibleDescription().startsWith(QStringLiteral("At ")));
    QTest::keyClick(&chart, Qt::Key_Escape);
    QVERIFY(!stage.strip.timeChart(0)->cursorAt());
  }

  void aClickBesideTheLinesDoesNotCrash() {
    Stage stage(SampleState::Idle);
    for (const int i : {0, 1, 3}) {
      QTest::mouseClick(stage.strip.timeChart(i)->viewport(), Qt::LeftButton, {}, {1, 1});
      stage.strip.timeChart(i)->chart()->hide();
      QTest::mouseClick(stage.strip.timeChart(i)->viewport(), Qt::LeftButton, {}, {40, 40});
    }
  }

  void aCardIsMaximizedAndEscapeRestoresIt() {
    Stage stage;
    QSignalSpy wanted(&stage.strip, &ChartStrip::maximizeWanted);
    Q_EMIT stage.strip.card(2)->maximizeWanted(true);
    QCOMPARE(wanted.takeFirst().at(0).toString(), QStringLiteral("distribution"));
    QVERIFY(stage.strip.card(2)->isVisible() && !stage.strip.card(0)->isVisible());
    QTest::keyClick(stage.strip.percentileChart(2), Qt::Key_Escape);
    QCOMPARE(stage.strip.maximized(), -1);
    QVERIFY(stage.strip.card(0)->isVisible());
  }

  void eachChartIsATableAsWell() {
    Stage stage;
    stage.strip.timeChart(1)->setFocus();
    QTest::keyClick(stage.strip.timeChart(1), Qt::Key_F2);
    QVERIFY(stage.strip.flip(1)->showsTable());
    QCOMPARE(stage.strip.flip(1)->table()->sceneModel().rowCount(), 512);
    QVERIFY(stage.strip.card(1)->findChild<QToolButton*>(QString(), Qt::FindChildrenRecursively));
  }

  void chartsSayWhatTheyShow() {
    Stage stage;
    for (const int i : {0, 1, 3}) {
      const TimeChart& chart = *stage.strip.timeChart(i);
      QVERIFY(!chart.accessibleName().isEmpty());
      QVERIFY(chart.accessibleDescription().startsWith(QStringLiteral("Now: ")));
    }
    QVERIFY(
        stage.strip.percentileChart(2)->accessibleDescription().contains(QStringLiteral("p99.9")));
  }

  void otherChartsMakeOtherCards() {
    Stage stage;
    auto fewer = std::make_shared<lab::Frame>(*stage.frame);
    fewer->charts.pop_back();
    for (int i = 0; i < 6; ++i) {
      fewer->charts[0].series.push_back(fewer->charts[0].series[0]);
      fewer->charts[0].series.back().name += std::to_string(i);
    }
    stage.strip.setFrame(fewer);
    stage.strip.flush();
    QCOMPARE(stage.strip.chartCount(), 3);
    QCOMPARE(stage.strip.timeChart(0)->drawnSeries(), TimeChart::kMostSeries);
    QVERIFY(!stage.strip.grab().isNull());
  }

 private:
  struct Stage {
    explicit Stage(SampleState state = SampleState::Running)
        : frame(sampleFrame(state)), strip(theme) {
      strip.resize(1027, 240);
      strip.setFrame(frame);
      strip.show();
      if (!QTest::qWaitForWindowExposed(&strip)) qFatal("the strip was not shown");
      strip.flush();
    }
    lab::FramePtr frame;
    Theme theme;
    ChartStrip strip;
  };
};

}  // namespace ringside::views

QTEST_MAIN(ringside::views::ChartStripTest)
#include "tst_chart_strip.moc"
