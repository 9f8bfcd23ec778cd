// The sweep window by mouse and keyboard, on the real engine with a small lab.
#include <QAccessible>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include "engine/labs/catalog.h"
#include "views/shell/theme.h"
#include "views/sweep/sweep_plot.h"
#include "views/sweep/sweep_window.h"

using namespace ringside;
using namespace ringside::views;

class TestSweepWindow : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    // All but what the offscreen platform says of every window.
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not)")));
    theme_ = std::make_unique<Theme>();
    theme_->setMode(Theme::Mode::Dark);
  }

  void sweepsOneAxisByMouse() {
    const auto window = make();
    QVERIFY(!go(*window)->isEnabled());  // No values yet, and no reproach for it.
    QVERIFY(!window->findChild<QLabel*>(QStringLiteral("sweepError"))->isVisible());
    field(*window, "values1")->setText(QStringLiteral("0.3, 0.6, 0.9"));
    QSignalSpy swept(window.get(), &SweepWindow::swept);
    QTest::mouseClick(go(*window), Qt::LeftButton);
    QVERIFY(window->isBusy());
    QTRY_COMPARE(swept.count(), 1);
    QVERIFY(swept[0][0].toBool());
    const auto* rows = table(*window);
    QCOMPARE(rows->rowCount(), 3);
    QCOMPARE(rows->index(0, 0).data().toString(), QStringLiteral("rho=0.3"));
    QCOMPARE(rows->index(0, 1).data().toString(), QStringLiteral("3"));
    QVERIFY(rows->index(2, 3).data().toString().contains(QStringLiteral(" to ")));
    const auto* plot = window->findChild<SweepPlot*>();
    QVERIFY(plot->accessibleDescription().startsWith(QStringLiteral("3 point")));
    QVERIFY(!window->grab().isNull());
  }

  void sweepsTwoAxesByKeyboard() {
    const auto window = make();
    auto* second = window->findChild<QComboBox*>(QStringLiteral("axis2"));
    second->setFocus();
    second->setCurrentIndex(second->findData(QStringLiteral("servers")));
    field(*window, "values1")->setText(QStringLiteral("0.3,0.6"));
    auto* values = field(*window, "values2");
    values->setFocus();
    QTest::keyClicks(values, QStringLiteral("1,2,4"));
    QSignalSpy swept(window.get(), &SweepWindow::swept);
    QTest::keyClick(values, Qt::Key_Return);
    QTRY_COMPARE(swept.count(), 1);
    QCOMPARE(table(*window)->rowCount(), 6);
    auto* statistic = window->findChild<QComboBox*>(QStringLiteral("sweepStatistic"));
    const QString before = table(*window)->index(0, 2).data().toString();
    statistic->setCurrentText(QStringLiteral("served"));
    QVERIFY(table(*window)->index(0, 2).data().toString() != before);
    QVERIFY(!window->grab().isNull());
  }

  void wrongValuesAreSaid() {
    const auto window = make();
    field(*window, "values1")->setText(QStringLiteral("0.3, x"));
    const auto* error = window->findChild<QLabel*>(QStringLiteral("sweepError"));
    QVERIFY(error->isVisible());
    QVERIFY2(error->text().contains(QStringLiteral("'x' is not a number")),
             qPrintable(error->text()));
    QVERIFY(!go(*window)->isEnabled());
  }

  void escapeStopsAndKeepsWhatCame() {
    const auto window = make(std::chrono::hours(10));
    field(*window, "values1")->setText(QStringLiteral("0.3"));
    QSignalSpy swept(window.get(), &SweepWindow::swept);
    window->start();
    QTest::keyClick(window.get(), Qt::Key_Escape);
    QCOMPARE(swept.count(), 1);
    QVERIFY(!swept[0][0].toBool());
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
      QVERIFY2(!accessible->text(QAccessible::Name).isEmpty(), qPrintable(widget->objectName()));
    }
  }

 private:
  std::unique_ptr<SweepWindow> make(Duration length = std::chrono::seconds(1)) {
    run::RunPlan open;
    open.labId = "queueing";
    open.preset = "mm1";
    open.length = length;
    auto window =
        std::make_unique<SweepWindow>(*theme_, labs::make("queueing").value()->describe(), open);
    window->show();
    if (!QTest::qWaitForWindowExposed(window.get())) qFatal("The window does not show.");
    return window;
  }

  static QLineEdit* field(const SweepWindow& window, const char* name) {
    return window.findChild<QLineEdit*>(QString::fromLatin1(name));
  }
  static QPushButton* go(const SweepWindow& window) {
    return window.findChild<QPushButton*>(QStringLiteral("sweepGo"));
  }
  static QAbstractItemModel* table(const SweepWindow& window) {
    return window.findChild<QTableView*>(QStringLiteral("sweepTable"))->model();
  }

  std::unique_ptr<Theme> theme_;
};

QTEST_MAIN(TestSweepWindow)
#include "tst_sweep_window.moc"
