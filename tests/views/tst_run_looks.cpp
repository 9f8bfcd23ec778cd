#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QAccessible>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QSlider>
#include <QTableView>
#include <QTest>

#include "tests/support/sample_frame.h"
#include "tests/views/run_desk.h"
#include "views/run/request_pane.h"
#include "views/run/timeline_view.h"
#include "views/shell/widgets.h"

using namespace ringside;
using namespace std::chrono_literals;

// What the run's widgets look like at the window's two sizes, in both themes: nothing clipped,
// everything named and reachable. RINGSIDE_SHOTS=DIR keeps pictures.
class TestRunLooks : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void clipsNoText_data() { sizes(); }
  void clipsNoText() {
    auto fixture = make();
    test::RunDesk desk = {*fixture, size(), side()};
    stage(*fixture, desk);
    keep(desk, QStringLiteral("running"));
    const QStringList clipped = clippedIn(desk);
    QVERIFY2(clipped.isEmpty(), qPrintable(clipped.join(QStringLiteral("\n"))));
  }

  void clipsNoTextWhenThingsGoWrong_data() { sizes(); }
  void clipsNoTextWhenThingsGoWrong() {
    auto fixture = make();
    test::RunDesk desk = {*fixture, size(), side()};
    stage(*fixture, desk);
    desk.claims->showOutcomes(outcomes());
    fixture->run().frame.state = lab::RunState::Failed;
    fixture->run().frame.note = "shard_cluster.cpp: connections <= limit does not hold";
    fixture->settle();
    desk.inspector->setPage(views::Inspector::Request);
    auto* field = desk.knobs->findChild<QLineEdit*>(QStringLiteral("bank.latency"));
    field->setText(QStringLiteral("9s"));
    Q_EMIT field->editingFinished();
    QCoreApplication::processEvents();
    QCoreApplication::processEvents();
    keep(desk, QStringLiteral("failed"));
    const QStringList clipped = clippedIn(desk);
    QVERIFY2(clipped.isEmpty(), qPrintable(clipped.join(QStringLiteral("\n"))));
  }

  void namesEverythingThatTakesTheFocus() {
    test::RunFixture fixture;
    test::RunDesk desk = {fixture, QSize(1280, 800), 236};
    stage(fixture, desk);
    QStringList unnamed;
    int checked = 0;
    for (QWidget* widget : desk.findChildren<QWidget*>()) {
      if (widget->focusPolicy() == Qt::NoFocus || widget->focusProxy() != nullptr) continue;
      if (!widget->isVisible() || widget->objectName().startsWith(QStringLiteral("qt_"))) continue;
      ++checked;
      const QAccessibleInterface* access = QAccessible::queryAccessibleInterface(widget);
      if (access == nullptr || access->text(QAccessible::Name).isEmpty()) {
        unnamed << QString::fromLatin1(widget->metaObject()->className()) + u' ' +
                       widget->objectName();
      }
    }
    QVERIFY2(unnamed.isEmpty(), qPrintable(unnamed.join(QStringLiteral("\n"))));
    QVERIFY2(checked > 100, qPrintable(QString::number(checked)));
  }

  void reachesEveryControlByTab() {
    test::RunFixture fixture;
    test::RunDesk desk = {fixture, QSize(1280, 800), 236};
    stage(fixture, desk);
    QSet<QWidget*> visited;
    for (int i = 0; i < 600; ++i) {
      QWidget* focused = QApplication::focusWidget();
      if (focused != nullptr && visited.contains(focused)) break;
      visited.insert(focused);
      QTest::keyClick(focused == nullptr ? &desk : focused, Qt::Key_Tab);
    }
    QStringList missed;
    for (QWidget* widget : desk.findChildren<QWidget*>()) {
      const bool stop = (widget->focusPolicy() & Qt::TabFocus) != 0 && widget->isEnabled() &&
                        widget->isVisible() && widget->focusProxy() == nullptr &&
                        !widget->objectName().startsWith(QStringLiteral("qt_"));
      if (stop && !visited.contains(widget))
        missed << widget->objectName() + u' ' +
                      QString::fromLatin1(widget->metaObject()->className());
    }
    QVERIFY2(missed.isEmpty(), qPrintable(missed.join(QStringLiteral("\n"))));
  }

  void describesWhatItPaints() {
    test::RunFixture fixture;
    test::RunDesk desk = {fixture, QSize(1280, 800), 236};
    stage(fixture, desk);
    fixture.settle();
    const QString timeline = desk.timeline->view()->accessibleDescription();
    QVERIFY2(timeline.contains(QStringLiteral("events")), qPrintable(timeline));
    auto* waterfall = desk.inspector->findChild<QWidget*>(QStringLiteral("waterfall"));
    QVERIFY(!waterfall->accessibleDescription().isEmpty());
  }

 private:
  static void sizes() {
    QTest::addColumn<QSize>("size");
    QTest::addColumn<int>("side");
    QTest::addColumn<bool>("light");
    QTest::newRow("1280x800 dark") << QSize(1280, 800) << 236 << false;
    QTest::newRow("1280x800 light") << QSize(1280, 800) << 236 << true;
    QTest::newRow("1600x1000 dark") << QSize(1600, 1000) << 340 << false;
    QTest::newRow("1600x1000 light, narrow") << QSize(1600, 1000) << 264 << true;
  }

  static QSize size() {
    QFETCH(QSize, size);
    return size;
  }

  static int side() {
    QFETCH(int, side);
    return side;
  }

  static std::unique_ptr<test::RunFixture> make() {
    QFETCH(bool, light);
    return std::make_unique<test::RunFixture>(light ? views::Theme::Mode::Light
                                                    : views::Theme::Mode::Dark);
  }

  static std::vector<run::ClaimOutcome> outcomes() {
    run::ClaimOutcome fails;
    fails.scenario = "payment-gateway-1m-tps", fails.id = "C2";
    fails.expected = "\xE2\x89\x88 0 \xC2\xB1 1", fails.measured = 1211,
    fails.measuredText = "1,211";
    fails.verdict = lab::Verdict::Fails, fails.asContentSays = true;
    fails.evidence = "payment-gateway, preset common, seed 7, 1,000,231 values";
    run::ClaimOutcome wrong = fails;
    wrong.id = "C3", wrong.asContentSays = false, wrong.measuredText = "1.31";
    return {fails, wrong};
  }

  // A run half way: knobs changed, one waiting, a fault in force, a request chosen.
  static void stage(test::RunFixture& fixture, test::RunDesk& desk) {
    desk.show();
    QVERIFY(QTest::qWaitForWindowExposed(&desk));
    fixture.open();
    desk.claims->setScenario(test::sampleScenario());
    fixture.session.start(run::Pace::Fast);
    fixture.run().frame = *test::sampleFrame(test::SampleState::ShardKilled);
    fixture.run().frame.state = lab::RunState::Paused;
    fixture.settle();
    fixture.session.turnKnob(QStringLiteral("traffic.rate"), 750e3);
    fixture.session.turnKnob(QStringLiteral("shards.count"), 16);
    QVERIFY(fixture.session.inject({"kill_shard", {{"shard", 2}}, 300ms}).has_value());
    fixture.settle();
    desk.inspector->select(QStringLiteral("shard-2"));
    auto* unfold = desk.faults->findChild<QAbstractButton*>(QStringLiteral("unfold:slow_bank"));
    unfold->click();
    desk.timeline->view()->selectEvent(0);
    desk.inspector->setPage(views::Inspector::Request);
    auto* requests = desk.inspector->findChild<QTableView*>(QStringLiteral("requests"));
    requests->setCurrentIndex(requests->model()->index(1, 0));
    desk.inspector->setPage(views::Inspector::Component);
    QCoreApplication::processEvents();
  }

  static void keep(QWidget& desk, const QString& state) {
    const QString folder = qEnvironmentVariable("RINGSIDE_SHOTS");
    if (folder.isEmpty()) return;
    QString name = QString::fromLatin1(QTest::currentDataTag()) + u' ' + state;
    name.replace(u' ', u'_').remove(u',');
    QVERIFY(desk.grab().save(QDir(folder).filePath(name + QStringLiteral(".png"))));
  }

  // Text that needs more room than it has, with who it is.
  static QStringList clippedIn(QWidget& desk) {
    QStringList clipped;
    const auto report = [&](const QWidget* widget, const QString& text, int needs, int has) {
      if (needs <= has) return;
      clipped << QStringLiteral("%1 '%2' needs %3 has %4")
                     .arg(QString::fromLatin1(widget->metaObject()->className()), text)
                     .arg(needs)
                     .arg(has);
    };
    for (QWidget* widget : desk.findChildren<QWidget*>()) {
      if (!widget->isVisible()) continue;
      const QFontMetrics metrics(widget->font());
      if (const auto* label = qobject_cast<QLabel*>(widget)) {
        if (label->objectName() == QStringLiteral("statusLeft")) continue;  // Gives way by design.
        if (label->wordWrap()) {
          report(label, label->text(), label->heightForWidth(label->width()), label->height());
        } else {
          report(label, label->text(), metrics.horizontalAdvance(label->text()), label->width());
        }
      } else if (const auto* button = qobject_cast<QAbstractButton*>(widget)) {
        if (button->text().isEmpty() || !button->inherits("QPushButton")) continue;
        const int icon = button->icon().isNull() ? 0 : button->iconSize().width() + 4;
        report(button, button->text(), metrics.horizontalAdvance(button->text()) + icon + 8,
               button->width());
      } else if (const auto* combo = qobject_cast<QComboBox*>(widget)) {
        report(combo, combo->currentText(), metrics.horizontalAdvance(combo->currentText()) + 36,
               combo->width());
      } else if (const auto* line = qobject_cast<QLineEdit*>(widget)) {
        const QString shown = line->text().isEmpty() ? line->placeholderText() : line->text();
        const int aside = line->textMargins().left() + line->textMargins().right() + 20;
        report(line, shown, metrics.horizontalAdvance(shown) + aside, line->width());
      }
    }
    return clipped;
  }
};

QTEST_MAIN(TestRunLooks)
#include "tst_run_looks.moc"
