#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

#include "tests/views/run_fixture.h"
#include "views/run/fault_panel.h"

using namespace ringside;
using namespace std::chrono_literals;

// Faults as a person injects and lifts them, and what then reaches the run.
class TestRunFaults : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void cleanup() {  // The session outlives what shows it.
    faults_.reset();
    fixture_.reset();
  }

  void init() {
    fixture_ = std::make_unique<test::RunFixture>();
    faults_ = std::make_unique<views::FaultPanel>(fixture_->session, fixture_->theme);
    faults_->resize(236, 640);
    faults_->show();
    fixture_->open();
    fixture_->session.step();
    QTRY_COMPARE(fixture_->session.state(), lab::RunState::Paused);
    fixture_->engine.wishes.clear();
  }

  void strikesWithTheArgumentsShown() {
    QTest::mouseClick(toolButton("unfold:kill_shard"), Qt::LeftButton);
    QVERIFY(line("shard")->isVisible());
    write("shard", "5");
    write("duration:kill_shard", "");
    QTest::mouseClick(button("strike:kill_shard"), Qt::LeftButton);
    const run::Journal journal = fixture_->session.journal();
    const auto& order = std::get<run::FaultInjected>(journal.back().act).order;
    QCOMPARE(order.arguments, (std::vector<lab::ParameterValue>{{"shard", 5}}));
    QCOMPARE(order.duration, lab::kForever);
  }

  void doesNotStrikeWhileAnArgumentIsWrong() {
    QTest::mouseClick(toolButton("unfold:kill_shard"), Qt::LeftButton);
    write("shard", "9");
    QVERIFY2(error()->text().contains(QStringLiteral("1 to 8")), qPrintable(error()->text()));
    QTest::mouseClick(button("strike:kill_shard"), Qt::LeftButton);
    QVERIFY(fixture_->engine.wishes.isEmpty());
    write("shard", "8");
    QVERIFY(error()->isHidden());
    for (const char* wrong : {"soon", "0s", "10"}) {
      write("duration:kill_shard", wrong);
      QVERIFY(!error()->isHidden());
      QTest::mouseClick(button("strike:kill_shard"), Qt::LeftButton);
      QVERIFY(fixture_->engine.wishes.isEmpty());
    }
  }

  void followsTheNumberOfShardsOfTheNextRun() {
    QTest::mouseClick(toolButton("unfold:kill_shard"), Qt::LeftButton);
    write("shard", "7");
    fixture_->session.turnKnob(QStringLiteral("shards.count"), 4);
    QVERIFY(error()->isHidden());  // The run under way still has eight.
    fixture_->session.restart(views::RunSession::Then::Hold);
    QVERIFY2(error()->text().contains(QStringLiteral("Shard: '7' is out of range")),
             qPrintable(error()->text()));
    QVERIFY2(error()->text().contains(QStringLiteral("1 to 4")), qPrintable(error()->text()));
    QCOMPARE(line("shard")->property("invalid").toString(), QStringLiteral("true"));
    fixture_->engine.wishes.clear();
    QTest::mouseClick(button("strike:kill_shard"), Qt::LeftButton);
    QVERIFY(fixture_->engine.wishes.isEmpty());
    fixture_->session.choosePreset(QStringLiteral("corrected"));  // Sixteen shards.
    QTRY_VERIFY(error()->isHidden());
    QTest::mouseClick(button("strike:kill_shard"), Qt::LeftButton);
    QCOMPARE(fixture_->engine.wishes.last(), QStringLiteral("inject kill_shard"));
  }

  void letsAnUntouchedArgumentFollowTheRun() {
    fixture_->session.turnKnob(QStringLiteral("shards.count"), 1);
    fixture_->session.restart(views::RunSession::Then::Hold);
    QVERIFY(error()->isHidden());
    QCOMPARE(line("shard")->text(), QStringLiteral("1"));
    fixture_->session.turnKnob(QStringLiteral("shards.count"), 8);
    fixture_->session.restart(views::RunSession::Then::Hold);
    QCOMPARE(line("shard")->text(), QStringLiteral("2"));
  }

  // A knob turned before the first step builds the run anew a moment later, unless asked sooner.
  void saysInPlaceWhyARunRefuses() {
    fixture_->open();
    write("shard", "7");
    fixture_->session.turnKnob(QStringLiteral("shards.count"), 4);
    QTest::mouseClick(button("strike:kill_shard"), Qt::LeftButton);
    QVERIFY2(error()->text().contains(QStringLiteral("shard 7 is not there: 1 to 4")),
             qPrintable(error()->text()));
    QVERIFY(!fixture_->engine.wishes.contains(QStringLiteral("inject kill_shard")));
    QCOMPARE(fixture_->session.undoStack()->count(), 1);  // The knob.
  }

  void showsWhatIsLeftAndLifts() {
    QTest::mouseClick(button("strike:kill_shard"), Qt::LeftButton);
    QTRY_VERIFY(button("lift:1") != nullptr);
    fixture_->run().frame.now += 180ms;
    fixture_->settle();
    QVERIFY(test::textsOf(*faults_).contains(QStringLiteral("120.0 ms left")));
    QTest::mouseClick(button("lift:1"), Qt::LeftButton);
    QCOMPARE(fixture_->engine.wishes.last(), QStringLiteral("lift 1"));
    QTRY_VERIFY(button("lift:1") == nullptr);
  }

  void breaksNothingInARunThatIsOver() {
    fixture_->run().moveTo(Instant(1s), lab::RunState::Finished);
    fixture_->settle();
    QVERIFY(!button("strike:kill_shard")->isEnabled());
  }

 private:
  [[nodiscard]] QLineEdit* line(const char* id) const {
    return faults_->findChild<QLineEdit*>(QString::fromLatin1(id));
  }
  [[nodiscard]] QPushButton* button(const char* id) const {
    return faults_->findChild<QPushButton*>(QString::fromLatin1(id));
  }
  [[nodiscard]] QToolButton* toolButton(const char* id) const {
    return faults_->findChild<QToolButton*>(QString::fromLatin1(id));
  }
  [[nodiscard]] QLabel* error() const {
    return faults_->findChild<QLabel*>(QStringLiteral("faultError:kill_shard"));
  }

  void write(const char* id, const char* text) {
    line(id)->setText(QString::fromLatin1(text));
    Q_EMIT line(id)->editingFinished();
  }

  std::unique_ptr<test::RunFixture> fixture_;
  std::unique_ptr<views::FaultPanel> faults_;
};

QTEST_MAIN(TestRunFaults)
#include "tst_run_fault_panel.moc"
