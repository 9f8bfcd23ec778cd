#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSlider>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

#include "tests/views/run_fixture.h"
#include "views/run/knob_panel.h"
#include "views/run/knob_row.h"
#include "views/run/knob_scale.h"
#include "views/shell/widgets.h"

using namespace ringside;
using namespace std::chrono_literals;

// Parameters as a person turns them, and what then reaches the run.
class TestRunKnobs : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void cleanup() {  // The session outlives what shows it.
    knobs_.reset();
    fixture_.reset();
  }

  void init() {
    fixture_ = std::make_unique<test::RunFixture>();
    knobs_ = std::make_unique<views::KnobPanel>(fixture_->session, fixture_->theme);
    knobs_->resize(236, 640);
    knobs_->show();
    fixture_->open();
    fixture_->session.step();
    QTRY_COMPARE(fixture_->session.state(), lab::RunState::Paused);
    fixture_->engine.wishes.clear();
    QVERIFY(QTest::qWaitForWindowActive(knobs_.get()));
  }

  void takesAnExactValueByEnter_data() {
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("shown");
    QTest::newRow("microseconds") << QStringLiteral("bank.latency") << QStringLiteral("250us")
                                  << 250e3 << QStringLiteral("250us");
    QTest::newRow("seconds") << QStringLiteral("bank.latency") << QStringLiteral(" 1.5s ") << 1.5e9
                             << QStringLiteral("1.5s");
    QTest::newRow("per cent") << QStringLiteral("bank.errors") << QStringLiteral("30%") << 0.3
                              << QStringLiteral("30%");
    QTest::newRow("thousands") << QStringLiteral("traffic.rate") << QStringLiteral("750k") << 750e3
                               << QStringLiteral("750k");
    QTest::newRow("the least") << QStringLiteral("bank.latency") << QStringLiteral("10us") << 1e4
                               << QStringLiteral("10us");
    QTest::newRow("the most") << QStringLiteral("bank.latency") << QStringLiteral("5s") << 5e9
                              << QStringLiteral("5s");
  }
  void takesAnExactValueByEnter() {
    QFETCH(QString, key);
    QFETCH(QString, text);
    QFETCH(double, value);
    QFETCH(QString, shown);
    write(key, text);
    QCOMPARE(fixture_->session.knobs().wanted(key.toStdString()), value);
    QCOMPARE(field(key)->text(), shown);
  }

  void refusesInPlaceWithWhatIsAllowed_data() {
    QTest::addColumn<QString>("text");
    QTest::newRow("no unit") << QStringLiteral("250");
    QTest::newRow("one tick below") << QStringLiteral("9999ns");
    QTest::newRow("one tick above") << QStringLiteral("5000000001ns");
    QTest::newRow("nothing") << QString();
    QTest::newRow("words") << QStringLiteral("fast");
  }
  void refusesInPlaceWithWhatIsAllowed() {
    QFETCH(QString, text);
    write(QStringLiteral("bank.latency"), text);
    auto* error = knobs_->findChild<QLabel*>(QStringLiteral("error:bank.latency"));
    QVERIFY(error != nullptr && !error->isHidden());
    QVERIFY2(error->text().contains(QStringLiteral("10us to 5s")), qPrintable(error->text()));
    QVERIFY2(!error->text().contains(QStringLiteral("bank.latency")), qPrintable(error->text()));
    QCOMPARE(field(QStringLiteral("bank.latency"))->property("invalid").toString(),
             QStringLiteral("true"));
    QCOMPARE(fixture_->session.knobs().wanted("bank.latency"), 50e6);
    // Esc puts the value back and the error goes.
    QTest::keyClick(field(QStringLiteral("bank.latency")), Qt::Key_Escape);
    QCOMPARE(field(QStringLiteral("bank.latency"))->text(), QStringLiteral("50ms"));
    QVERIFY(error->isHidden());
  }

  void turnsBySlider() {
    auto* slider = knobs_->findChild<QSlider*>(QStringLiteral("slider:bank.latency"));
    slider->setFocus();
    QTest::keyClick(slider, Qt::Key_Right);
    QTest::keyClick(slider, Qt::Key_Right);
    QVERIFY(fixture_->session.knobs().wanted("bank.latency") > 50e6);
    QCOMPARE(fixture_->session.undoStack()->count(), 1);  // One spell at the slider.
    QTest::keyClick(slider, Qt::Key_Home);
    QCOMPARE(field(QStringLiteral("bank.latency"))->text(), QStringLiteral("10us"));
    QTest::keyClick(slider, Qt::Key_End);
    QCOMPARE(field(QStringLiteral("bank.latency"))->text(), QStringLiteral("5s"));
    fixture_->session.undoStack()->undo();
    QCOMPARE(field(QStringLiteral("bank.latency"))->text(), QStringLiteral("50ms"));
  }

  void leavesSlidersAloneWhenTheWheelScrolls() {
    auto* slider = knobs_->findChild<QSlider*>(QStringLiteral("slider:traffic.rate"));
    field(QStringLiteral("bank.latency"))->setFocus();
    const QPointF at(20, 8);
    QWheelEvent wheel(at, slider->mapToGlobal(at), {}, {0, -120}, Qt::NoButton, {},
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(slider, &wheel);
    QCOMPARE(fixture_->session.knobs().wanted("traffic.rate"), 1e6);
  }

  void marksChangesAndResetsThem() {
    auto* reset = knobs_->findChild<QToolButton*>(QStringLiteral("reset:bank.latency"));
    auto* pill = knobs_->findChild<views::Pill*>(QStringLiteral("modified"));
    auto* all = knobs_->findChild<QToolButton*>(QStringLiteral("resetAll"));
    QVERIFY(reset->isHidden());
    QVERIFY(!all->isEnabled());
    QCOMPARE(pill->text(), QStringLiteral("As the preset"));
    write(QStringLiteral("bank.latency"), QStringLiteral("200ms"));
    write(QStringLiteral("bank.errors"), QStringLiteral("5%"));
    QVERIFY(!reset->isHidden());
    QCOMPARE(reset->toolTip(), QStringLiteral("Reset to 50ms"));
    QCOMPARE(pill->text(), QStringLiteral("Modified: 2 changed"));
    QCOMPARE(knobs_->findChild<QPushButton*>(QStringLiteral("group:Bank"))->text(),
             QStringLiteral("Bank  (2 changed)"));
    QTest::mouseClick(reset, Qt::LeftButton);
    QCOMPARE(fixture_->session.knobs().wanted("bank.latency"), 50e6);
    QTest::mouseClick(all, Qt::LeftButton);
    QCOMPARE(fixture_->session.knobs().changedCount(), 0);
    QCOMPARE(pill->text(), QStringLiteral("As the preset"));
  }

  void saysWhatWaitsAndRestartsToApplyIt() {
    auto* waiting = knobs_->findChild<QWidget*>(QStringLiteral("waiting"));
    QVERIFY(waiting->isHidden());
    write(QStringLiteral("shards.count"), QStringLiteral("16"));
    QVERIFY(!waiting->isHidden());
    QTest::mouseClick(knobs_->findChild<QPushButton*>(QStringLiteral("applyWaiting")),
                      Qt::LeftButton);
    QCOMPARE(fixture_->engine.plans.back().knobs.front(),
             (lab::ParameterValue{"shards.count", 16}));
    QVERIFY(waiting->isHidden());
  }

  void togglesAndChooses() {
    auto* toggle = knobs_->findChild<QCheckBox*>(QStringLiteral("bank.idempotent"));
    toggle->setFocus();
    QTest::keyClick(toggle, Qt::Key_Space);
    QCOMPARE(fixture_->session.knobs().wanted("bank.idempotent"), 0.0);
    QCOMPARE(fixture_->session.undoStack()->undoText(),
             QStringLiteral("Bank takes idempotency keys on → off"));
    auto* choice = knobs_->findChild<QComboBox*>(QStringLiteral("bank.distribution"));
    choice->setFocus();
    QTest::keyClick(choice, Qt::Key_Down);
    QCOMPARE(fixture_->engine.wishes.last(), QStringLiteral("knob bank.distribution 1"));
  }

  void choosesAPreset() {
    auto* presets = knobs_->findChild<QComboBox*>(QStringLiteral("presets"));
    QCOMPARE(presets->currentText(), QStringLiteral("Commonly written"));
    presets->setFocus();
    QTest::keyClick(presets, Qt::Key_Down);
    QTRY_COMPARE(fixture_->engine.plans.back().preset, "corrected");
    QCOMPARE(field(QStringLiteral("bank.timeout"))->text(), QStringLiteral("150ms"));
    fixture_->session.undoStack()->undo();
    QCOMPARE(presets->currentText(), QStringLiteral("Commonly written"));
  }

  void findsAmongMany() {
    auto* search = knobs_->findChild<QLineEdit*>(QStringLiteral("knobSearch"));
    QVERIFY(search->isVisible());
    QTest::keyClicks(search, QStringLiteral("retry 7"));
    QCOMPARE(visibleRows(), 1);
    search->setText(QStringLiteral("no such thing"));
    QCOMPARE(visibleRows(), 0);
    QPushButton* clear = nullptr;
    for (auto* button : knobs_->findChildren<QPushButton*>()) {
      if (button->text() == QStringLiteral("Clear search")) clear = button;
    }
    QVERIFY(clear->isVisible());
    QTest::mouseClick(clear, Qt::LeftButton);
    QVERIFY(visibleRows() > 50);
  }

  void foldsAGroupByKeyboardAndUnfoldsItToReveal() {
    auto* head = knobs_->findChild<QPushButton*>(QStringLiteral("group:Bank"));
    head->setFocus();
    QTest::keyClick(head, Qt::Key_Space);
    QVERIFY(!field(QStringLiteral("bank.latency"))->isVisible());
    QVERIFY(head->accessibleName().endsWith(QStringLiteral("folded")));
    lab::TopologyNode bank;
    bank.id = "bank-0", bank.kind = "bank", bank.label = "Bank card";
    knobs_->reveal(bank);
    QVERIFY(field(QStringLiteral("bank.latency"))->isVisible());
  }

  // ---- The slider's scale -------------------------------------------------------------------

  void mapsPositionsAndValuesBothWays_data() {
    QTest::addColumn<QString>("key");
    for (const lab::ParameterSpec& spec : test::sampleLab().knobs) {
      if (spec.kind == lab::ParameterKind::Choice || spec.kind == lab::ParameterKind::Toggle ||
          spec.key.find("step") != std::string::npos) {
        continue;
      }
      QTest::newRow(spec.key.c_str()) << QString::fromStdString(spec.key);
    }
  }
  void mapsPositionsAndValuesBothWays() {
    QFETCH(QString, key);
    const lab::ParameterSpec spec = specOf(key);
    const views::KnobScale scale(spec);
    QCOMPARE(scale.valueAt(0), spec.minimum);
    QCOMPARE(scale.valueAt(scale.steps()), spec.maximum);
    double last = spec.minimum;
    for (int position = 0; position <= scale.steps(); ++position) {
      const double value = scale.valueAt(position);
      QVERIFY2(lab::allows(spec, value), qPrintable(QString::number(value, 'g', 17)));
      QVERIFY(value >= last);
      last = value;
      // Rounded values repeat where the range is coarse; the value is what must come back.
      const double again = scale.valueAt(scale.position(value));
      QVERIFY(std::abs(again - value) <= std::max(std::abs(value) * 0.03, spec.maximum / 500));
    }
  }

  void reachesZeroOnALogarithmicScale() {
    lab::ParameterSpec spec = specOf(QStringLiteral("bank.latency"));
    spec.minimum = 0;
    const views::KnobScale scale(spec);
    QCOMPARE(scale.valueAt(0), 0.0);
    QVERIFY(scale.valueAt(1) > 0);
    QCOMPARE(scale.position(0), 0);
    QCOMPARE(scale.position(spec.maximum), scale.steps());
  }

 private:
  [[nodiscard]] QLineEdit* field(const QString& key) const {
    return knobs_->findChild<QLineEdit*>(key);
  }

  void write(const QString& key, const QString& text) {
    QLineEdit* line = field(key);
    line->setFocus();
    line->selectAll();
    QTest::keyClick(line, Qt::Key_Delete);
    QTest::keyClicks(line, text);
    QTest::keyClick(line, Qt::Key_Return);
  }

  [[nodiscard]] int visibleRows() const {
    int visible = 0;
    for (const auto* row : knobs_->findChildren<views::KnobRow*>()) {
      visible += row->isVisible() ? 1 : 0;
    }
    return visible;
  }

  static lab::ParameterSpec specOf(const QString& key) {
    for (const lab::ParameterSpec& spec : test::sampleLab().knobs) {
      if (QString::fromStdString(spec.key) == key) return spec;
    }
    return {};
  }

  std::unique_ptr<test::RunFixture> fixture_;
  std::unique_ptr<views::KnobPanel> knobs_;
};

QTEST_MAIN(TestRunKnobs)
#include "tst_run_knobs.moc"
