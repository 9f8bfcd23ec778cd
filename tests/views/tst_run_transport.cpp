#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

#include "tests/support/sample_frame.h"
#include "tests/views/run_fixture.h"
#include "views/run/run_actions.h"
#include "views/run/run_status.h"
#include "views/run/run_text.h"
#include "views/run/speed_steps.h"
#include "views/run/transport_bar.h"
#include "views/run/until_popup.h"

using namespace ringside;
using namespace std::chrono_literals;

// The transport bar, its keys, the until field and the status line.
class TestRunTransport : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void cleanup() {  // The session outlives what shows it.
    desk_.reset();
    fixture_.reset();
  }

  void init() {
    fixture_ = std::make_unique<test::RunFixture>();
    desk_ = std::make_unique<QWidget>();
    actions_ = new views::RunActions(fixture_->session, fixture_->theme, desk_.get());
    bar_ = new views::TransportBar(fixture_->session, *actions_, fixture_->theme, desk_.get());
    status_ = new views::RunStatus(fixture_->session, fixture_->theme, desk_.get());
    status_->setGeometry(0, 100, 900, 24);
    for (QAction* action : actions_->all()) desk_->addAction(action);
    desk_->resize(900, 130);
    desk_->show();
    QVERIFY(QTest::qWaitForWindowActive(desk_.get()));
  }

  void offersNothingWithoutARun() {
    for (const QAction* action : actions_->all()) {
      if (action == actions_->slower || action == actions_->faster) continue;
      QVERIFY2(!action->isEnabled(), qPrintable(action->objectName()));
    }
    QCOMPARE(label("clockDetail"), QStringLiteral("no run"));
    QCOMPARE(label("statusLeft"), QStringLiteral("No run is open"));
  }

  void runsAndPausesByMouse() {
    fixture_->open();
    QTest::mouseClick(button("run.run"), Qt::LeftButton);
    QTRY_COMPARE(button("run.run")->accessibleName(), QStringLiteral("Pause"));
    QVERIFY(!button("run.step")->isEnabled());
    QTest::mouseClick(button("run.run"), Qt::LeftButton);
    QTRY_COMPARE(button("run.run")->accessibleName(), QStringLiteral("Run"));
    QCOMPARE(wishes(), QStringLiteral("run paced,pause"));
  }

  void hearsItsKeys_data() {
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("modifiers");
    QTest::addColumn<QString>("wish");
    const int none = Qt::NoModifier;
    QTest::newRow("F5 runs") << int(Qt::Key_F5) << none << QStringLiteral("run paced");
    QTest::newRow("F4 steps") << int(Qt::Key_F4) << none << QStringLiteral("step");
    QTest::newRow("F6 is fast") << int(Qt::Key_F6) << none << QStringLiteral("run fast");
    QTest::newRow("F7 is express") << int(Qt::Key_F7) << none << QStringLiteral("run express");
    QTest::newRow("] is faster") << int(Qt::Key_BracketRight) << none
                                 << QStringLiteral("speed 0.02");
    QTest::newRow("[ is slower") << int(Qt::Key_BracketLeft) << none
                                 << QStringLiteral("speed 0.005");
    QTest::newRow("Ctrl+Shift+F5 restarts and goes on")
        << int(Qt::Key_F5) << static_cast<int>(Qt::ControlModifier | Qt::ShiftModifier)
        << QStringLiteral("run paced");
  }
  void hearsItsKeys() {
    QFETCH(int, key);
    QFETCH(int, modifiers);
    QFETCH(QString, wish);
    fixture_->open();
    QTest::keyClick(desk_.get(), static_cast<Qt::Key>(key), Qt::KeyboardModifiers(modifiers));
    QCOMPARE(wishes(), wish);
  }

  void pausesByF8() {
    fixture_->open();
    fixture_->session.start(run::Pace::Fast);
    QTRY_VERIFY(actions_->pause->isEnabled());
    QTest::keyClick(desk_.get(), Qt::Key_F8);
    QTRY_COMPARE(fixture_->session.state(), lab::RunState::Paused);
  }

  void showsThePaceAndLeavesItWhenPressedAgain() {
    fixture_->open();
    QTest::mouseClick(button("run.fast"), Qt::LeftButton);
    QTRY_VERIFY(button("run.fast")->isChecked());
    QTest::mouseClick(button("run.express"), Qt::LeftButton);
    QTRY_VERIFY(button("run.express")->isChecked());
    QTRY_VERIFY(!button("run.fast")->isChecked());
    QTest::mouseClick(button("run.express"), Qt::LeftButton);
    QCOMPARE(fixture_->engine.wishes.last(), QStringLiteral("run paced"));
  }

  void saysKeysInToolTips() {
    QCOMPARE(button("run.step")->toolTip(), QStringLiteral("Step one event (F4)"));
    QCOMPARE(button("run.until")->toolTip(),
             QStringLiteral("Run until a time, an event or a condition (Ctrl+F5)"));
  }

  void keepsTheClocksWidth() {
    fixture_->open();
    auto* clock = desk_->findChild<QLabel*>(QStringLiteral("clock"));
    const int width = clock->width();
    QCOMPARE(clock->text(), QStringLiteral("0.000\u2009000 s"));
    fixture_->run().moveTo(Instant(Duration(123'456'789)), lab::RunState::Paused);
    fixture_->settle();
    QCOMPARE(clock->text(), QStringLiteral("0.123\u2009456 s"));
    QCOMPARE(label("clockDetail"), QStringLiteral("123,456,789 ns"));
    QCOMPARE(clock->width(), width);
  }

  void writesEveryLengthOfTimeWithItsPrecision() {
    const Instant at(Duration(3'723'004'005'006));
    QCOMPARE(views::clockText(Instant(Duration(4'005'006)), 10s),
             QStringLiteral("0.004\u2009005 s"));
    QCOMPARE(views::clockText(Instant(Duration(4'005'006)), Duration(10s) + 1ns),
             QStringLiteral("00:00.004"));
    QCOMPARE(views::clockText(at, 2h), QStringLiteral("1:02:03.004"));
    QCOMPARE(views::clockText(Instant(438'000h), 438'000h), QStringLiteral("18,250 d 00:00"));
    QCOMPARE(views::speedText(1e6), QStringLiteral("1M×"));
    QCOMPARE(views::speedText(0.01), QStringLiteral("10 ms/s"));
    QCOMPARE(views::speedText(1), QStringLiteral("1×"));
    QCOMPARE(views::speedText(2e-6), QStringLiteral("2 µs/s"));
  }

  void choosesASpeed() {
    fixture_->open();
    auto* speed = desk_->findChild<QComboBox*>(QStringLiteral("speed"));
    QCOMPARE(speed->currentText(), QStringLiteral("10 ms/s"));
    speed->setFocus();
    QTest::keyClick(speed, Qt::Key_Down);
    QCOMPARE(fixture_->session.speed(), 0.02);
    fixture_->session.setSpeed(0.03);  // Between two steps: listed as it is.
    QCOMPARE(speed->currentText(), QStringLiteral("30 ms/s"));
    QCOMPARE(views::fasterThan(1000), 1000.0);
    QCOMPARE(views::slowerThan(1e-6), 1e-6);
  }

  void takesASeedByEnterAndDropsNonsense() {
    fixture_->open();
    auto* seed = desk_->findChild<QLineEdit*>(QStringLiteral("seed"));
    seed->setFocus();
    seed->selectAll();
    QTest::keyClicks(seed, QStringLiteral("12x3"));
    QCOMPARE(seed->text(), QStringLiteral("123"));
    QTest::keyClick(seed, Qt::Key_Return);
    QCOMPARE(fixture_->engine.plans.back().seed, 123U);
    seed->setText(QStringLiteral("77"));
    button("run.run")->setFocus();  // Left without Enter: nothing is thrown away.
    QCOMPARE(seed->text(), QStringLiteral("123"));
    QCOMPARE(fixture_->engine.plans.back().seed, 123U);
    QTest::mouseClick(button("run.reseed"), Qt::LeftButton);
    QVERIFY(fixture_->engine.plans.back().seed != 123U);
  }

  void runsUntilATimeOrAnEvent() {
    fixture_->open();
    QTest::mouseClick(button("run.until"), Qt::LeftButton);
    auto* popup = bar_->findChild<views::UntilPopup*>();
    QTRY_VERIFY(popup->isVisible());
    auto* field = popup->findChild<QLineEdit*>(QStringLiteral("untilField"));
    auto* go = popup->findChild<QPushButton*>(QStringLiteral("untilGo"));
    QVERIFY(!go->isEnabled());
    QTest::keyClicks(field, QStringLiteral("250ms"));
    QVERIFY(go->isEnabled());
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(fixture_->engine.wishes.last(), QStringLiteral("until 250000000"));
    QVERIFY(!popup->isVisible());
    fixture_->settle();
    popup->openAbove(bar_);
    QTest::keyClicks(field, QStringLiteral("300,000"));
    QTest::mouseClick(go, Qt::LeftButton);
    QCOMPARE(fixture_->engine.wishes.last(), QStringLiteral("until event 300000"));
  }

  void refusesInTheFieldWhatIsNotAhead_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("message");
    QTest::newRow("gone by") << QStringLiteral("250ms")
                             << QStringLiteral("250ms has passed; it is 250.0 ms now.");
    QTest::newRow("after the end")
        << QStringLiteral("1001ms") << QStringLiteral("The run ends at 1s.");
    QTest::newRow("no unit nor number")
        << QStringLiteral("soon")
        << QStringLiteral("Write a time as 250us, 10ms or 1.5s, or an event number.");
    QTest::newRow("event gone by")
        << QStringLiteral("250000")
        << QStringLiteral("Event 250,000 has passed; the next is 250,001.");
    QTest::newRow("event beyond counting")
        << QStringLiteral("99999999999999999999")
        << QStringLiteral("Event 99999999999999999999 is beyond any run.");
  }
  void refusesInTheFieldWhatIsNotAhead() {
    QFETCH(QString, text);
    QFETCH(QString, message);
    fixture_->open();
    fixture_->session.runUntil(Instant(250ms));
    fixture_->settle();
    auto* popup = bar_->findChild<views::UntilPopup*>();
    popup->openAbove(bar_);
    auto* field = popup->findChild<QLineEdit*>(QStringLiteral("untilField"));
    QTest::keyClicks(field, text);
    const auto* shown = popup->findChild<QLabel*>(QStringLiteral("untilMessage"));
    QCOMPARE(shown->text(), message);
    const QString pictures = qEnvironmentVariable("RINGSIDE_SHOTS");
    if (!pictures.isEmpty()) QVERIFY(popup->grab().save(pictures + QStringLiteral("/until.png")));
    QCOMPARE(field->property("invalid").toString(), QStringLiteral("true"));
    const auto before = fixture_->engine.wishes;
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(fixture_->engine.wishes, before);
    QVERIFY(popup->isVisible());
  }

  void takesTheNextNanosecondAndTheEnd() {
    lab::Frame frame;
    frame.now = Instant(250ms);
    QVERIFY(views::parseUntil(QStringLiteral("250000001ns"), &frame, 1s).has_value());
    QVERIFY(views::parseUntil(QStringLiteral("1s"), &frame, 1s).has_value());
    QVERIFY(!views::parseUntil(QStringLiteral("250ms"), &frame, 1s).has_value());
    QVERIFY(!views::parseUntil(QStringLiteral("0s"), nullptr, 1s).has_value());
  }

  void namesUndoAndRedo() {
    fixture_->open();
    fixture_->session.turnKnob(QStringLiteral("bank.latency"), 200e6);
    QCOMPARE(actions_->undo->text(), QStringLiteral("Undo Bank latency 50ms → 200ms"));
    QTest::keyClick(desk_.get(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(actions_->redo->text(), QStringLiteral("Redo Bank latency 50ms → 200ms"));
    QVERIFY(!actions_->undo->isEnabled());
  }

  void offersToRunAgainWhenOver() {
    fixture_->open();
    fixture_->run().moveTo(Instant(1s), lab::RunState::Finished);
    fixture_->settle();
    QCOMPARE(button("run.run")->accessibleName(), QStringLiteral("Run again"));
    QVERIFY(!button("run.step")->isEnabled());
    QVERIFY(!button("run.until")->isEnabled());
    QCOMPARE(label("clockDetail"), QStringLiteral("finished"));
  }

  void tellsTheNextEventWhenPausedAndTheRatesWhenRunning() {
    lab::Frame frame;
    frame.state = lab::RunState::Paused;
    frame.now = Instant(1ms);
    frame.events = 41;
    frame.next = lab::NextEvent{Instant(1ms) + 310ns, "bank card", "timeout", 42};
    QCOMPARE(views::statusText(frame),
             QStringLiteral("Next: event 42, bank card, timeout, in 310 ns  ·  41 events"));
    frame.next.reset();
    QVERIFY(views::statusText(frame).startsWith(QStringLiteral("No event is pending")));
    frame.state = lab::RunState::Running;
    frame.eventsPerWallSecond = 4.1e6;
    frame.virtualPerWallSecond = 0.01;
    frame.samplesKept = 8274;
    QCOMPARE(views::statusText(frame),
             QStringLiteral("4.10 M events/s  ·  10 ms/s  ·  8,274 samples kept  ·  0 dropped"));
  }

  void copiesTheFingerprintByAClick() {
    fixture_->open();
    fixture_->run().frame.fingerprint = 0xabcdef;
    fixture_->settle();
    auto* print = status_->findChild<QToolButton*>(QStringLiteral("fingerprint"));
    QCOMPARE(print->text(), QStringLiteral("0000000000abcdef"));
    QTest::mouseClick(print, Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("0000000000abcdef"));
    QCOMPARE(print->text(), QStringLiteral("copied"));
  }

 private:
  [[nodiscard]] QToolButton* button(const char* id) const {
    return bar_->findChild<QToolButton*>(QString::fromLatin1(id));
  }
  [[nodiscard]] QString label(const char* id) const {
    return desk_->findChild<QLabel*>(QString::fromLatin1(id))->text();
  }
  [[nodiscard]] QString wishes() const { return fixture_->engine.wishes.join(u','); }

  std::unique_ptr<test::RunFixture> fixture_;
  std::unique_ptr<QWidget> desk_;
  views::RunActions* actions_ = nullptr;
  views::TransportBar* bar_ = nullptr;
  views::RunStatus* status_ = nullptr;
};

QTEST_MAIN(TestRunTransport)
#include "tst_run_transport.moc"
