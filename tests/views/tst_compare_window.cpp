// The compare window by mouse and keyboard, on the real engine with a small lab; theory on charts.
#include <QAccessible>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTest>

#include "engine/labs/catalog.h"
#include "engine/run/run.h"
#include "views/charts/chart_strip.h"
#include "views/charts/time_chart.h"
#include "views/compare/compare_window.h"
#include "views/compare/merged_frame.h"
#include "views/shell/theme.h"
#include "views/shell/widgets.h"

using namespace ringside;
using namespace ringside::views;

namespace {

run::RunPlan openRun(Duration length = std::chrono::seconds(2)) {
  run::RunPlan plan;
  plan.labId = "queueing";
  plan.preset = "mm1";
  plan.seed = 7;
  plan.length = length;
  return plan;
}

lab::LabInfo info() { return labs::make("queueing").value()->describe(); }

lab::FramePtr endOf(run::RunPlan plan) {
  const auto run = run::Run::make(plan).value().release();
  const std::unique_ptr<run::Run> owned(run);
  owned->advance(owned->end(), ~std::uint64_t{0});
  return std::make_shared<const lab::Frame>(owned->frame());
}

}  // namespace

class TestCompareWindow : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    // All but what the offscreen platform says of every window.
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not)")));
    theme_ = std::make_unique<Theme>();
    theme_->setMode(Theme::Mode::Dark);
  }

  void beginsWithTheOpenRunAndAnotherPreset() {
    const auto window = make();
    QCOMPARE(window->findChild<QComboBox*>(QStringLiteral("presetA"))->currentData().toString(),
             QStringLiteral("mm1"));
    QCOMPARE(window->findChild<QComboBox*>(QStringLiteral("presetB"))->currentData().toString(),
             QStringLiteral("mm4"));
    QCOMPARE(field(*window, "compareSeed")->text(), QStringLiteral("7"));
    QCOMPARE(field(*window, "compareLength")->text(), QStringLiteral("2s"));
  }

  void comparesByMouse() {
    const auto window = make();
    QSignalSpy compared(window.get(), &CompareWindow::compared);
    QTest::mouseClick(go(*window), Qt::LeftButton);
    QVERIFY(window->isBusy());
    QCOMPARE(go(*window)->text(), QStringLiteral("Stop"));
    QTRY_COMPARE(compared.count(), 1);
    QVERIFY(compared[0][0].toBool());
    QCOMPARE(go(*window)->text(), QStringLiteral("Compare"));
    const auto* parting = window->findChild<QLabel*>(QStringLiteral("compareParting"));
    QVERIFY2(parting->text().startsWith(QStringLiteral("They part at event 2: arrival of source")),
             qPrintable(parting->text()));
    const auto* table = window->findChild<QTableView*>(QStringLiteral("compareTable"))->model();
    QVERIFY(table->rowCount() > 10);
    QStringList statistics;
    bool sure = false;
    for (int row = 0; row < table->rowCount(); ++row) {
      statistics << table->index(row, 0).data().toString();
      sure = sure || table->index(row, 6).data().toString() == QStringLiteral("yes");
    }
    QVERIFY(statistics.contains(QStringLiteral("mean(station-1.wait)")));
    QVERIFY(sure);
  }

  void comparesByKeyboard() {
    const auto window = make();
    QSignalSpy compared(window.get(), &CompareWindow::compared);
    auto* changes = field(*window, "changesB");
    changes->setFocus();
    QTest::keyClicks(changes, QStringLiteral("rho=0.3"));
    QTest::keyClick(changes, Qt::Key_Return);
    QTRY_COMPARE(compared.count(), 1);
    QVERIFY(compared[0][0].toBool());
  }

  void wrongChangesAreSaidUnderTheField() {
    const auto window = make();
    field(*window, "changesA")->setText(QStringLiteral("rhoo=1"));
    const auto* error = window->findChild<QLabel*>(QStringLiteral("errorA"));
    QVERIFY(error->isVisible());
    QVERIFY(error->text().startsWith(QStringLiteral("'rhoo' is not a parameter of queueing")));
    QVERIFY(!go(*window)->isEnabled());
    field(*window, "changesA")->setText(QStringLiteral("rho=0.5"));
    QVERIFY(!error->isVisible());
    QVERIFY(go(*window)->isEnabled());
    field(*window, "compareLength")->setText(QStringLiteral("10"));
    QVERIFY(!go(*window)->isEnabled());
    QVERIFY(!window->findChild<QLabel*>(QStringLiteral("compareError"))->text().isEmpty());
  }

  void escapeStopsAndThenCloses() {
    const auto window = make(std::chrono::hours(10));
    QSignalSpy compared(window.get(), &CompareWindow::compared);
    window->start();
    QTest::keyClick(window.get(), Qt::Key_Escape);
    QCOMPARE(compared.count(), 1);
    QVERIFY(!compared[0][0].toBool());
    QVERIFY(!window->isBusy());
    QVERIFY(window->isVisible());
    QTest::keyClick(window.get(), Qt::Key_Escape);
    QVERIFY(!window->isVisible());
  }

  void everythingHasAName() {
    const auto window = make();
    for (QWidget* widget : window->findChildren<QWidget*>()) {
      if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus) continue;
      if (widget->focusProxy() != nullptr) continue;
      const auto* accessible = QAccessible::queryAccessibleInterface(widget);
      QVERIFY2(!accessible->text(QAccessible::Name).isEmpty(),
               qPrintable(QStringLiteral("%1 %2").arg(
                   QString::fromLatin1(widget->metaObject()->className()), widget->objectName())));
    }
  }

  void linesOfBothStandBesideEachOther() {
    run::RunPlan other = openRun();
    other.preset = "md1";
    const auto merged = mergedFrame(*endOf(openRun()), *endOf(other));
    QCOMPARE(merged->charts.size(), std::size_t{3});  // Without the distribution.
    for (const lab::Chart& chart : merged->charts) {
      QVERIFY(chart.kind != lab::ChartKind::Stacked);
      QCOMPARE(chart.series.size() % 2, std::size_t{0});
      QVERIFY(chart.series[0].name.starts_with("A "));
      QVERIFY(chart.series[1].name.starts_with("B "));
    }
  }

  // Theory on the charts of the main window: drawn where it holds, named where it does not.
  void chartsCarryTheTheory() {
    ChartStrip strip(*theme_);
    strip.resize(1200, 260);
    strip.show();
    QVERIFY(QTest::qWaitForWindowExposed(&strip));
    strip.setFrame(endOf(openRun()));
    strip.flush();
    const TimeChart& wait = *strip.timeChart(1);
    QVERIFY(wait.drawnTheory().contains(QStringLiteral("M/M/1")));
    QVERIFY(wait.toolTip().contains(QStringLiteral("M/M/1 foretells")));
    run::RunPlan other = openRun();
    other.preset = "md1";
    strip.setFrame(endOf(other));
    strip.flush();
    QCOMPARE(wait.drawnTheory(), QStringList{QStringLiteral("M/D/1")});
    QVERIFY(wait.toolTip().contains(QStringLiteral("service is not exponential")));
    QVERIFY(strip.timeChart(0)->drawnTheory().isEmpty());
  }

 private:
  std::unique_ptr<CompareWindow> make(Duration length = std::chrono::seconds(2)) {
    auto window = std::make_unique<CompareWindow>(*theme_, info(), openRun(length));
    window->show();
    if (!QTest::qWaitForWindowExposed(window.get())) qFatal("The window does not show.");
    return window;
  }

  static QLineEdit* field(const CompareWindow& window, const char* name) {
    return window.findChild<QLineEdit*>(QString::fromLatin1(name));
  }
  static QPushButton* go(const CompareWindow& window) {
    return window.findChild<QPushButton*>(QStringLiteral("compareGo"));
  }

  std::unique_ptr<Theme> theme_;
};

QTEST_MAIN(TestCompareWindow)
#include "tst_compare_window.moc"
