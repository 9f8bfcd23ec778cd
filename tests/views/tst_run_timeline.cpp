#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QWheelEvent>

#include <cmath>

#include "tests/support/sample_frame.h"
#include "tests/views/run_fixture.h"
#include "views/run/rows_model.h"
#include "views/run/timeline_geometry.h"
#include "views/run/timeline_pane.h"
#include "views/run/timeline_view.h"

using namespace ringside;
using namespace std::chrono_literals;
using views::TimelineGeometry;

// Where moments lie, what the timeline gathers, and what it does by mouse and keyboard.
class TestRunTimeline : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void putsMomentsWhereTheyBelong() {
    const TimelineGeometry g = geometry();
    QCOMPARE(g.x(Instant{}), g.track().left());
    QCOMPARE(g.x(Instant(1s)), g.track().right());
    QCOMPARE(g.x(Instant(500ms)), g.track().center().x());
    for (int ms = 0; ms <= 1000; ms += 37) {
      const Instant at = Instant(std::chrono::milliseconds(ms));
      QVERIFY(std::abs((g.at(g.x(at)) - at).count()) <= 1);
    }
  }

  void keepsTheMomentUnderTheCursorWhenZooming() {
    TimelineGeometry g = geometry();
    const double x = g.track().left() + 333;
    const Instant before = g.at(x);
    for (int i = 0; i < 8; ++i) g.zoom(1.5, x);
    QVERIFY(std::abs((g.at(x) - before).count()) < 10'000);
    QVERIFY(g.span() < 50ms);
  }

  void neverLeavesTheRun_data() {
    QTest::addColumn<double>("factor");
    QTest::addColumn<double>("pan");
    QTest::newRow("zoomed out beyond the whole") << 0.01 << 0.0;
    QTest::newRow("zoomed in beyond the shortest") << 1e12 << 0.0;
    QTest::newRow("panned before the start") << 4.0 << -100.0;
    QTest::newRow("panned beyond the end") << 4.0 << 100.0;
  }
  void neverLeavesTheRun() {
    QFETCH(double, factor);
    QFETCH(double, pan);
    TimelineGeometry g = geometry();
    g.zoom(factor, 400);
    g.pan(pan);
    QVERIFY(g.from() >= Instant{});
    QVERIFY(g.from() + g.span() <= Instant(1s));
    QVERIFY(g.span() >= TimelineGeometry::kShortest);
  }

  void cutsBarsToWhatIsSeen() {
    TimelineGeometry g = geometry();
    g.zoom(2, g.track().left());  // 0 to 500 ms.
    QVERIFY(g.bar(TimelineGeometry::Faults, Instant(600ms), Instant(700ms)).isNull());
    const QRectF open = g.bar(TimelineGeometry::Faults, Instant(250ms), kNever);
    QCOMPARE(open.right(), g.track().right());
    QCOMPARE(open.left(), g.track().center().x());
    // So short that it has no width of its own: still one pixel.
    QCOMPARE(g.bar(TimelineGeometry::Faults, Instant(100ms), Instant(100ms)).width(), 1.0);
  }

  void labelsRoundMomentsWithoutCrowding_data() {
    QTest::addColumn<qint64>("nanos");
    for (const qint64 nanos : {1'000LL, 700'000LL, 1'000'000'000LL, 86'400'000'000'000LL}) {
      QTest::newRow(qPrintable(QString::number(nanos))) << nanos;
    }
  }
  void labelsRoundMomentsWithoutCrowding() {
    QFETCH(qint64, nanos);
    TimelineGeometry g;
    g.setSize(800, 88, 56);
    g.setLength(Duration(nanos));
    const auto ticks = g.ticks(90);
    QVERIFY(ticks.size() >= 2);
    for (std::size_t i = 1; i < ticks.size(); ++i) QVERIFY(ticks[i].x - ticks[i - 1].x >= 89.9);
    QCOMPARE(ticks.front().text, QStringLiteral("0s"));
  }

  void gathersEventsBeyondTheTailOfAFrame() {
    views::TimelineLog log;
    std::uint64_t number = 0;
    for (int round = 0; round < 30; ++round) {
      lab::Frame frame;
      for (std::uint64_t i = 0; i < 200; ++i) {  // Half of each tail was seen before.
        frame.eventTail.push_back(line(number + i));
      }
      number += 100;
      log.add(frame);
    }
    QCOMPARE(log.events().size(), 3100U);
    for (std::size_t i = 0; i < log.events().size(); ++i) {
      QCOMPARE(log.events()[i].number, std::uint64_t{i});
    }
  }

  void keepsSeveralLinesOfOneEvent() {
    views::TimelineLog log;
    lab::Frame frame;
    frame.eventTail = {line(1), line(1)};
    frame.eventTail.back().text = "another";
    log.add(frame);
    log.add(frame);
    QCOMPARE(log.events().size(), 2U);
  }

  void dropsTheOldestAndCountsThem() {
    views::TimelineLog log;
    for (std::uint64_t i = 0; i < views::TimelineLog::kMaxEvents + 7; ++i) {
      lab::Frame frame;
      frame.eventTail = {line(i)};
      log.add(frame);
    }
    QCOMPARE(log.events().size(), views::TimelineLog::kMaxEvents);
    QCOMPARE(log.dropped(), 7U);
    QCOMPARE(log.events().front().number, 7U);
  }

  void makesADragOnePhaseAndMarksVerdictsOnce() {
    views::TimelineLog log;
    run::Journal journal;
    for (int i = 0; i < 10; ++i) {
      journal.push_back({Instant(std::chrono::milliseconds(100 + i)), 1,
                         run::KnobTurned{"bank.latency", 50e6 + i * 1e6}});
    }
    journal.push_back({Instant(300ms), 2, run::KnobTurned{"bank.latency", 200e6}});
    log.setPhases(test::sampleLab(), 1s, journal);
    QCOMPARE(log.phases().size(), 3U);
    QCOMPARE(log.phases()[1].text, QStringLiteral("Bank latency 59ms"));
    QCOMPARE(log.phases()[2].text, QStringLiteral("Bank latency 200ms"));
    lab::Frame frame;
    frame.checks = {{"money", "Money is conserved.", lab::Verdict::NotReached, ""}};
    log.add(frame);
    QVERIFY(log.checks().empty());
    frame.checks[0].verdict = lab::Verdict::Fails;
    log.add(frame);
    log.add(frame);
    QCOMPARE(log.checks().size(), 1U);
  }

  void selectsTheComponentOfAClickedEvent() {
    auto [fixture, pane] = make();
    const auto& events = pane->view()->log().events();
    QVERIFY(!events.empty());
    QSignalSpy selected(pane.get(), &views::TimelinePane::selected);
    const auto& g = pane->view()->geometryOfTime();
    const QPoint at(qRound(g.x(events.front().at)),
                    qRound(g.lane(TimelineGeometry::Events).center().y()));
    QTest::mouseClick(pane->view(), Qt::LeftButton, {}, at);
    QCOMPARE(selected.count(), 1);
    QCOMPARE(selected.at(0).at(0).toString(), QString::fromStdString(events.front().component));
    QTest::mouseClick(pane->view(), Qt::LeftButton, {}, at + QPoint(0, -60));
    QCOMPARE(selected.count(), 1);
  }

  void zoomsPansFitsAndStepsByKeyboard() {
    auto [fixture, pane] = make();
    views::TimelineView* view = pane->view();
    view->setFocus();
    const auto& g = view->geometryOfTime();
    QTest::keyClick(view, Qt::Key_W);
    QVERIFY(g.span() < 1s);
    const Instant from = g.from();
    QTest::keyClick(view, Qt::Key_D);
    QVERIFY(g.from() > from);
    QTest::keyClick(view, Qt::Key_A);
    QCOMPARE(g.from(), from);
    QTest::keyClick(view, Qt::Key_S);
    QTest::keyClick(view, Qt::Key_Home);
    QVERIFY(g.isFitted());
    QTest::keyClick(view, Qt::Key_Right);
    QCOMPARE(view->selectedEvent(), std::optional<std::size_t>(0));
    QTest::keyClick(view, Qt::Key_Right);
    QCOMPARE(view->selectedEvent(), std::optional<std::size_t>(1));
    QTest::keyClick(view, Qt::Key_Left);
    QTest::keyClick(view, Qt::Key_Left);  // Nothing before the first.
    QCOMPARE(view->selectedEvent(), std::optional<std::size_t>(0));
    QVERIFY(view->accessibleDescription().startsWith(QStringLiteral("Selected:")));
    QTest::keyClick(view, Qt::Key_Space);
    QCOMPARE(fixture->engine.wishes.last(), QStringLiteral("run paced"));
  }

  void staysWithAComponentByFullStop() {
    auto [fixture, pane] = make();
    views::TimelineView* view = pane->view();
    fixture->session.restart(views::RunSession::Then::Hold);
    fixture->run().frame.eventTail = {line(1), line(2), line(3)};
    fixture->run().frame.eventTail[0].component = "bank-0";
    fixture->run().frame.eventTail[2].component = "bank-0";
    fixture->settle();
    view->setFocus();
    QTest::keyClick(view, Qt::Key_Right);
    QTest::keyClick(view, Qt::Key_Period);
    QCOMPARE(view->selectedEvent(), std::optional<std::size_t>(2));
    QTest::keyClick(view, Qt::Key_Comma);
    QCOMPARE(view->selectedEvent(), std::optional<std::size_t>(0));
  }

  void zoomsAtTheCursorByCtrlWheel() {
    auto [fixture, pane] = make();
    const auto& g = pane->view()->geometryOfTime();
    const QPointF at(g.track().left() + 100, 40);
    const Instant under = g.at(at.x());
    QWheelEvent wheel(at, pane->view()->mapToGlobal(at), {}, {0, 120}, Qt::NoButton,
                      Qt::ControlModifier, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(pane->view(), &wheel);
    QVERIFY(!g.isFitted());
    QVERIFY(std::abs((g.at(at.x()) - under).count()) < 1000);
  }

  void showsItsEventsAsATable() {
    auto [fixture, pane] = make();
    pane->view()->setFocus();
    QTest::keyClick(pane->view(), Qt::Key_F2);
    auto* table = pane->findChild<QTableView*>();
    QTRY_VERIFY(table->isVisible());
    QCOMPARE(table->model()->rowCount(), static_cast<int>(pane->view()->log().events().size()));
    QAbstractItemModelTester tester(table->model(),
                                    QAbstractItemModelTester::FailureReportingMode::QtTest);
    fixture->run().moveTo(Instant(700ms), lab::RunState::Paused);
    fixture->settle();
    QTest::keyClick(table, Qt::Key_F2);
    QTRY_VERIFY(pane->view()->isVisible());
  }

  void tellsOnlyWhatChangedInRows() {
    views::RowsModel model({QStringLiteral("Name"), QStringLiteral("Value")}, 1);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const auto row = [](const char* name, const char* value) {
      return views::Row{{QString::fromLatin1(name), QString::fromLatin1(value)}, {}, {}};
    };
    model.set({row("a", "1"), row("b", "2")});
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    model.set({row("a", "1"), row("b", "3"), row("c", "4")});
    QCOMPARE(changed.count(), 1);
    QCOMPARE(inserted.count(), 1);
    model.set({row("a", "1")});
    QCOMPARE(model.rowCount(), 1);
    model.set({});
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(reset.count(), 0);
  }

 private:
  static TimelineGeometry geometry() {
    TimelineGeometry g;
    g.setLength(1s);
    g.setSize(800, 88, 56);
    return g;
  }

  static lab::EventLine line(std::uint64_t number) {
    return {Instant(Duration(static_cast<std::int64_t>(number) * 1'000'000)), number, "shard-2",
            "something", lab::Severity::Info};
  }

  // A shown timeline of a paused run with the sample's events.
  static std::pair<std::unique_ptr<test::RunFixture>, std::unique_ptr<views::TimelinePane>> make() {
    auto fixture = std::make_unique<test::RunFixture>();
    auto pane = std::make_unique<views::TimelinePane>(fixture->session, fixture->theme);
    pane->resize(800, 88);
    pane->show();
    [&] { QVERIFY(QTest::qWaitForWindowActive(pane.get())); }();
    fixture->open();
    fixture->run().frame = *test::sampleFrame(test::SampleState::ShardKilled);
    fixture->run().frame.state = lab::RunState::Paused;
    fixture->settle();
    return {std::move(fixture), std::move(pane)};
  }
};

QTEST_MAIN(TestRunTimeline)
#include "tst_run_timeline.moc"
