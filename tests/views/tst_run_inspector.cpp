#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLabel>
#include <QSignalSpy>
#include <QTabBar>
#include <QTableView>
#include <QTest>
#include <QToolButton>

#include <algorithm>

#include "tests/support/sample_frame.h"
#include "tests/views/run_fixture.h"
#include "views/run/component_facts.h"
#include "views/run/inspector.h"
#include "views/run/request_pane.h"
#include "views/run/waterfall.h"
#include "views/shell/widgets.h"

using namespace ringside;
using namespace std::chrono_literals;

// What can be learnt of a component and of a request.
class TestRunInspector : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void cleanup() {  // The session outlives what shows it.
    inspector_.reset();
    fixture_.reset();
  }

  void init() {
    fixture_ = std::make_unique<test::RunFixture>();
    inspector_ = std::make_unique<views::Inspector>(fixture_->session, fixture_->theme);
    inspector_->resize(264, 640);
    inspector_->show();
    fixture_->open();
    fixture_->session.step();
    fixture_->run().frame = *test::sampleFrame(test::SampleState::ShardKilled);
    fixture_->run().frame.state = lab::RunState::Paused;
    fixture_->settle();
  }

  void showsAComponentAndItsState() {
    inspector_->select(QStringLiteral("shard-2"));
    QCOMPARE(fact(QStringLiteral("Connections")), QStringLiteral("7 of 100"));
    QCOMPARE(inspector_->findChild<views::Pill*>(QStringLiteral("health"))->text(),
             QStringLiteral("down"));
    auto* choice = inspector_->findChild<QComboBox*>(QStringLiteral("component"));
    QSignalSpy selected(inspector_.get(), &views::Inspector::selected);
    choice->setFocus();
    QTest::keyClick(choice, Qt::Key_Down);
    QCOMPARE(selected.at(0).at(0).toString(), QStringLiteral("shard-3"));
    QCOMPARE(inspector_->component(), QStringLiteral("shard-3"));
  }

  void knowsWhichMetricsAreAboutAComponent_data() {
    QTest::addColumn<QString>("metric");
    QTest::addColumn<bool>("about");
    QTest::newRow("its own") << QStringLiteral("shard-2.latency") << true;
    QTest::newRow("its own, labelled") << QStringLiteral("shard-2.latency{op=read}") << true;
    QTest::newRow("of one whose name begins alike") << QStringLiteral("shard-21.latency") << false;
    QTest::newRow("by label") << QStringLiteral("db.latency{shard=2}") << true;
    QTest::newRow("by label among others") << QStringLiteral("db.x{op=read,shard=2}") << true;
    QTest::newRow("by another's label") << QStringLiteral("db.latency{shard=21}") << false;
    QTest::newRow("by its whole name as label")
        << QStringLiteral("queue.depth{at=shard-2}") << true;
    QTest::newRow("of all") << QStringLiteral("payment.latency") << false;
  }
  void knowsWhichMetricsAreAboutAComponent() {
    QFETCH(QString, metric);
    QFETCH(bool, about);
    QCOMPARE(views::isAbout(metric.toStdString(), "shard-2"), about);
  }

  void listsTheMetricsOfAComponent() {
    metrics::MetricValue latency;
    latency.name = "shard-2.latency";
    latency.kind = metrics::MetricKind::Distribution;
    latency.unit = metrics::Unit::Nanoseconds;
    latency.count = 1500;
    latency.p50 = 4e6;
    latency.p99 = 9e6;
    fixture_->run().frame.metrics = {latency};
    fixture_->settle();
    inspector_->select(QStringLiteral("shard-2"));
    QCOMPARE(fact(QStringLiteral("latency p99")), QStringLiteral("9.00 ms"));
    QCOMPARE(fact(QStringLiteral("latency count")), QStringLiteral("1,500"));
    QVERIFY(fact(QStringLiteral("latency max")).isEmpty());  // Not measured: not shown.
  }

  void marksWhatAStepChanged() {
    inspector_->select(QStringLiteral("shard-2"));
    const auto* legend = inspector_->findChild<QLabel*>(QStringLiteral("changedLegend"));
    QVERIFY(legend->isHidden());
    fixture_->session.step();
    for (lab::TopologyNode& node : fixture_->run().frame.topology.nodes) {
      if (node.id == "shard-2") node.depth = 8;
    }
    fixture_->settle();
    QCOMPARE(legend->text(), QStringLiteral("\u2022 Changed by the last step"));
    const QModelIndex changed = rowOf(QStringLiteral("Connections \u2022"));
    QVERIFY(changed.isValid());
    QCOMPARE(changed.data(Qt::ToolTipRole).toString(),
             QStringLiteral("was 7 of 100 before the step"));
    QVERIFY(changed.data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("was 7")));
    fixture_->session.start(run::Pace::Fast);
    QTRY_VERIFY(legend->isHidden());
  }

  void keepsItsTableSound() {
    QAbstractItemModelTester tester(facts()->model(),
                                    QAbstractItemModelTester::FailureReportingMode::QtTest);
    for (int tick = 0; tick < 5; ++tick) {
      fixture_->run().frame = *test::sampleFrame(test::SampleState::Running, 7, tick);
      fixture_->settle();
      inspector_->select(tick % 2 == 0 ? QStringLiteral("clients") : QStringLiteral("shard-1"));
    }
  }

  void saysThatNothingIsOpen() {
    test::RunFixture fresh;
    views::Inspector inspector(fresh.session, fresh.theme);
    inspector.resize(264, 400);
    inspector.show();
    QVERIFY(!inspector.findChild<QTableView*>(QStringLiteral("facts"))->isVisible());
    const auto empties = inspector.findChildren<views::EmptyState*>();
    QVERIFY(
        std::any_of(empties.begin(), empties.end(), [](auto* each) { return each->isVisible(); }));
  }

  // ---- Requests ----------------------------------------------------------------------------

  void showsWhereARequestSpentItsTime() {
    inspector_->setPage(views::Inspector::Request);
    auto* list = inspector_->findChild<QTableView*>(QStringLiteral("requests"));
    QVERIFY(list->model()->rowCount() > 2);
    list->setFocus();
    list->setCurrentIndex(list->model()->index(0, 0));
    QTest::keyClick(list, Qt::Key_Down);
    const auto chosen = inspector_->requests()->chosen();
    QVERIFY(chosen.has_value());
    QCOMPARE(chosen->id, fixture_->run().frame.slowest[1].id);
    auto* steps = inspector_->findChild<QTableView*>(QStringLiteral("requestSteps"));
    QCOMPARE(steps->model()->rowCount(), static_cast<int>(chosen->steps.size()));
    QTest::mouseClick(inspector_->findChild<QToolButton*>(QStringLiteral("requestTable")),
                      Qt::LeftButton);
    QVERIFY(steps->isVisible());
  }

  void keepsTheChosenRequestWhileTheRunGoesOn() {
    inspector_->setPage(views::Inspector::Request);
    auto* list = inspector_->findChild<QTableView*>(QStringLiteral("requests"));
    list->setCurrentIndex(list->model()->index(1, 0));
    const auto id = inspector_->requests()->chosen()->id;
    auto& slowest = fixture_->run().frame.slowest;
    slowest.insert(slowest.begin(), slowest.back());
    slowest.front().id = 424242;
    fixture_->settle();
    QCOMPARE(inspector_->requests()->chosen()->id, id);
    QCOMPARE(list->currentIndex().row(), 2);  // The mark went along with it.
    slowest.erase(slowest.begin(), slowest.begin() + 3);
    fixture_->settle();
    QCOMPARE(inspector_->requests()->chosen()->id, id);
    QVERIFY(!list->currentIndex().isValid());
  }

  void drawsWaitingApartFromService() {
    lab::Trace trace;
    trace.start = Instant(10ms);
    trace.end = Instant(20ms);
    trace.steps = {{"queue", "gateway-1", Instant(10ms), 4ms, 1ms},
                   {"bank", "bank-0", Instant(15ms), 0ms, 5ms},
                   {"log", "log", Instant(20ms), 0ms, 1ns}};
    const auto bars = views::WaterfallGeometry::bars(trace, 100, 1000);
    QCOMPARE(bars[0].wait.left(), 100.0);
    QCOMPARE(bars[0].wait.right(), 500.0);
    QCOMPARE(bars[0].service.left(), 500.0);
    QCOMPARE(bars[0].service.right(), 600.0);
    QVERIFY(bars[1].wait.isNull());
    QCOMPARE(bars[1].service.right(), 1100.0);
    QCOMPARE(bars[2].service.width(), 1.0);
    QVERIFY(bars[2].service.right() <= 1100.0);
    QCOMPARE(views::WaterfallGeometry::slowest(trace), 0);
    QCOMPARE(views::WaterfallGeometry::slowest(lab::Trace{}), -1);
  }

 private:
  [[nodiscard]] QTableView* facts() const {
    return inspector_->findChild<QTableView*>(QStringLiteral("facts"));
  }
  [[nodiscard]] QModelIndex rowOf(const QString& name) const {
    const QAbstractItemModel* model = facts()->model();
    for (int row = 0; row < model->rowCount(); ++row) {
      if (model->index(row, 0).data().toString() == name) return model->index(row, 0);
    }
    return {};
  }
  [[nodiscard]] QString fact(const QString& name) const {
    return rowOf(name).siblingAtColumn(1).data().toString();
  }

  std::unique_ptr<test::RunFixture> fixture_;
  std::unique_ptr<views::Inspector> inspector_;
};

QTEST_MAIN(TestRunInspector)
#include "tst_run_inspector.moc"
