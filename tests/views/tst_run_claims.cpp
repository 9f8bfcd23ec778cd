#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include "tests/support/sample_frame.h"
#include "tests/views/run_fixture.h"
#include "views/run/claim_card.h"
#include "views/run/claims_panel.h"
#include "views/shell/widgets.h"

using namespace ringside;
using namespace std::chrono_literals;

// What a scenario claims, what the run's checks say, and a run that failed.
class TestRunClaims : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void cleanup() {  // The session outlives what shows it.
    claims_.reset();
    fixture_.reset();
  }

  void init() {
    fixture_ = std::make_unique<test::RunFixture>();
    claims_ = std::make_unique<views::ClaimsPanel>(fixture_->session, fixture_->theme);
    claims_->resize(264, 640);
    claims_->show();
    fixture_->open();
    fixture_->session.step();
    fixture_->run().frame = *test::sampleFrame(test::SampleState::ShardKilled);
    fixture_->run().frame.state = lab::RunState::Paused;
    fixture_->settle();
  }

  void showsClaimsBeforeAndAfterTheirVerdict() {
    claims_->setScenario(test::sampleScenario());
    QCOMPARE(claims_->summary(), QStringLiteral("0 of 3 judged"));
    auto* card = claims_->findChild<views::ClaimCard*>(QStringLiteral("claim:C2"));
    QCOMPARE(card->accessibleName(), QStringLiteral("not reached: It is often said that a retry "
                                                    "after a timeout is harmless."));
    run::ClaimOutcome outcome;
    outcome.scenario = test::sampleScenario().id;
    outcome.id = "C2";
    outcome.expected = "~= 0";
    outcome.measured = 1211;
    outcome.measuredText = "1,211";
    outcome.verdict = lab::Verdict::Fails;
    outcome.asContentSays = true;
    outcome.evidence = "seed 7";
    claims_->showOutcomes({outcome});
    QVERIFY(card->accessibleName().startsWith(QStringLiteral("fails:")));
    QVERIFY(test::textsOf(*card).contains(QStringLiteral("expected \u2248 0, measured 1,211")));
    QVERIFY(test::textsOf(*card).contains(QStringLiteral("\u2713 As the answer says")));
    QCOMPARE(claims_->summary(), QStringLiteral("1 of 3 judged"));
    outcome.asContentSays = false;
    claims_->showOutcomes({outcome});
    QVERIFY(test::textsOf(*card).contains(QStringLiteral("\u2717 Not as the answer says")));
    outcome.scenario = "another";
    outcome.verdict = lab::Verdict::Holds;
    claims_->showOutcomes({outcome});
    QCOMPARE(card->verdict(), lab::Verdict::Fails);
  }

  void readsClaimsOffARunThatIsTheirExperiment() {
    claims_->setScenario(test::sampleScenario());
    fixture_->session.restart(views::RunSession::Then::GoOn);
    fixture_->run().moveTo(Instant(1s), lab::RunState::Finished);
    auto* card = claims_->findChild<views::ClaimCard*>(QStringLiteral("claim:C1"));
    QTRY_COMPARE(card->verdict(), lab::Verdict::Holds);
  }

  void asksForExperimentsAndVerification() {
    claims_->setScenario(test::sampleScenario());
    QSignalSpy load(claims_.get(), &views::ClaimsPanel::loadExperiment);
    QSignalSpy verify(claims_.get(), &views::ClaimsPanel::verifyAll);
    auto* all = button("verifyAll");
    QTest::mouseClick(button("load:C3"), Qt::LeftButton);
    QTest::mouseClick(all, Qt::LeftButton);
    QCOMPARE(load.at(0).at(0).toString(), QStringLiteral("C3"));
    QCOMPARE(verify.count(), 1);
    claims_->setVerifying(1, 3);
    QVERIFY(!all->isEnabled());
    auto* note = claims_->findChild<QLabel*>(QStringLiteral("verifyNote"));
    QCOMPARE(note->text(), QStringLiteral("Running experiment 2 of 3"));
    QVERIFY(claims_->findChild<QProgressBar*>()->isVisible());
    claims_->endVerifying(QStringLiteral("Lab payment-gateway has no knob 'x'."));
    QVERIFY(all->isEnabled());
    QCOMPARE(note->text(), QStringLiteral("Lab payment-gateway has no knob 'x'."));
    claims_->endVerifying({});
    QVERIFY(note->isHidden());
  }

  void showsChecksAsTheyComeAndGo() {
    fixture_->run().frame.checks = {
        {"money", "Money is conserved.", lab::Verdict::Holds, "sum of balances 0"}};
    fixture_->settle();
    auto* card = claims_->findChild<views::ClaimCard*>(QStringLiteral("check:money"));
    QVERIFY(card->accessibleName().startsWith(QStringLiteral("holds:")));
    fixture_->run().frame.checks[0].verdict = lab::Verdict::Fails;
    fixture_->settle();
    QCOMPARE(card->verdict(), lab::Verdict::Fails);
    QTRY_VERIFY(topOf(card) < topOf(button("verifyAll")));  // What is broken comes first.
    fixture_->run().frame.checks[0].verdict = lab::Verdict::Holds;
    fixture_->settle();
    QTRY_VERIFY(topOf(card) > topOf(button("verifyAll")));
    fixture_->run().frame.checks.clear();
    fixture_->settle();
    QVERIFY(claims_->findChild<views::ClaimCard*>(QStringLiteral("check:money")) == nullptr);
  }

  void showsAFailedRunInPlaceWithAWayOn() {
    auto* failure = claims_->findChild<QWidget*>(QStringLiteral("failure"));
    QVERIFY(failure->isHidden());
    fixture_->run().frame.state = lab::RunState::Failed;
    fixture_->run().frame.note = "pool.cpp: taken <= size does not hold";
    fixture_->settle();
    QVERIFY(failure->isVisible());
    const QString said = claims_->findChild<QLabel*>(QStringLiteral("failureText"))->text();
    QVERIFY2(said.endsWith(QStringLiteral("pool.cpp: taken <= size does not hold")),
             qPrintable(said));
    QTest::mouseClick(button("copyReport"), Qt::LeftButton);
    const QString report = QGuiApplication::clipboard()->text();
    for (const char* part : {"lab: payment-gateway", "preset: common", "seed: 7",
                             "fingerprint: ", "note: pool.cpp: taken <= size does not hold"}) {
      QVERIFY2(report.contains(QString::fromLatin1(part)), part);
    }
    QTest::mouseClick(button("failureRestart"), Qt::LeftButton);
    QTRY_VERIFY(failure->isHidden());
  }

  void saysThatThereAreNoClaims() {
    claims_->setScenario(std::nullopt);
    QVERIFY(claims_->findChild<views::EmptyState*>()->isVisible());
    QVERIFY(!button("verifyAll")->isEnabled());
  }

 private:
  [[nodiscard]] QPushButton* button(const char* id) const {
    return claims_->findChild<QPushButton*>(QString::fromLatin1(id));
  }
  [[nodiscard]] int topOf(const QWidget* widget) const {
    return widget->mapTo(claims_.get(), QPoint(0, 0)).y();
  }

  std::unique_ptr<test::RunFixture> fixture_;
  std::unique_ptr<views::ClaimsPanel> claims_;
};

QTEST_MAIN(TestRunClaims)
#include "tst_run_claims.moc"
