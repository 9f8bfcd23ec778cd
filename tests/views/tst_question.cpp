// The question: choosing, typing, predicting, hints, verdicts, and what the pane says to others.
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTabBar>
#include <QTest>

#include "tests/views/shell_samples.h"
#include "views/models/judgement.h"
#include "views/models/progress.h"
#include "views/pages/checkpoint_page.h"
#include "views/pages/choice_cards.h"
#include "views/pages/collapsible.h"
#include "views/pages/markdown_view.h"
#include "views/pages/number_answers.h"
#include "views/pages/question_pane.h"
#include "views/pages/scenario_pages.h"
#include "views/shell/theme.h"

using namespace ringside;
using namespace ringside::views;

Q_DECLARE_METATYPE(ringside::study::Experiment)
Q_DECLARE_METATYPE(ringside::study::Predict)

namespace {

// A pane with the first sample scenario on show.
struct Shown {
  Theme theme;
  Progress progress;
  study::Library library = samples::library();
  QuestionPane pane{theme, progress};

  Shown() {
    theme.setMode(Theme::Mode::Dark);
    pane.resize(900, 220);
    pane.setScenario(library.scenarios[0]);
    pane.showPage(QuestionPane::Checkpoints);
    pane.show();
  }

  CheckpointPage& page() { return pane.checkpoints(); }

  QPushButton* button(const QString& start) {
    for (auto* each : pane.findChildren<QPushButton*>()) {
      if (each->isVisible() && each->text().startsWith(start)) return each;
    }
    return nullptr;
  }
};

const QString kGateway = QStringLiteral("gateway");

}  // namespace

class TestQuestion : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { samples::failOnWarnings(); }

  void aRightChoiceIsMarkedAndRemembered();
  void aWrongChoiceShowsBothCardsAndCanBeTriedAgain();
  void checkWaitsForAChoice();
  void hintsComeOneByOne();
  void anExperimentIsHandedOver();
  void aNumberIsJudgedWithinItsTolerance_data();
  void aNumberIsJudgedWithinItsTolerance();
  void whatIsNoNumberIsSaidUnderTheField();
  void aPredictionIsCommittedBeforeItsExperimentLoads();
  void aRevealedValueJudgesThePrediction_data();
  void aRevealedValueJudgesThePrediction();
  void sliderAndFieldFollowEachOther();
  void opensAtTheFirstCheckpointNotYetRight();
  void sectionsOpenOneByOne();
  void foldingLeavesTheHeaderAndATabUnfolds();
  void aPitfallShowsTheVerdictOfItsClaim();
};

void TestQuestion::aRightChoiceIsMarkedAndRemembered() {
  Shown shown;
  const auto& cards = shown.page().choices()->cards();
  QCOMPARE(cards.size(), std::size_t{4});
  QTest::mouseClick(cards[1], Qt::LeftButton);
  QVERIFY(cards[1]->isChecked());
  QTest::mouseClick(shown.button(QStringLiteral("Check answer")), Qt::LeftButton);
  QCOMPARE(cards[1]->mark(), ChoiceCard::Mark::Right);
  QCOMPARE(cards[1]->accessibleName(), QStringLiteral("Answer B: Shed by deadline, right"));
  const auto answer = shown.progress.answer(kGateway, QStringLiteral("Q1"));
  QVERIFY(answer && answer->right);
  QCOMPARE(answer->given, QStringLiteral("B"));
  auto* tabs = shown.pane.findChild<QTabBar*>();
  QCOMPARE(tabs->tabText(QuestionPane::Checkpoints), QStringLiteral("Checkpoints 1/3"));
}

void TestQuestion::aWrongChoiceShowsBothCardsAndCanBeTriedAgain() {
  Shown shown;
  const auto& cards = shown.page().choices()->cards();
  shown.page().choose(0);
  shown.page().check();
  QCOMPARE(cards[0]->mark(), ChoiceCard::Mark::Wrong);
  QCOMPARE(cards[1]->mark(), ChoiceCard::Mark::Right);
  shown.page().choose(2);
  QVERIFY(!cards[2]->isChecked());  // The verdict stands.
  QTest::mouseClick(shown.button(QStringLiteral("Try again")), Qt::LeftButton);
  QCOMPARE(cards[0]->mark(), ChoiceCard::Mark::None);
  QCOMPARE(shown.page().choices()->chosen(), -1);
}

void TestQuestion::checkWaitsForAChoice() {
  Shown shown;
  QVERIFY(!shown.button(QStringLiteral("Check answer"))->isEnabled());
  shown.page().check();
  QVERIFY(!shown.progress.answer(kGateway, QStringLiteral("Q1")));
  shown.page().choose(9);
  QCOMPARE(shown.page().choices()->chosen(), -1);
}

void TestQuestion::hintsComeOneByOne() {
  Shown shown;
  QPushButton* hint = shown.button(QStringLiteral("Hint"));
  auto* text = shown.page().findChild<MarkdownView*>();
  QCOMPARE(hint->text(), QStringLiteral("Hint 1 of 2"));
  QVERIFY(!text->toPlainText().contains(QStringLiteral("Little")));
  QTest::mouseClick(hint, Qt::LeftButton);
  QVERIFY(text->toPlainText().contains(QStringLiteral("Little")));
  QCOMPARE(hint->text(), QStringLiteral("Hint 2 of 2"));
  QTest::mouseClick(hint, Qt::LeftButton);
  QVERIFY(!hint->isEnabled());
}

void TestQuestion::anExperimentIsHandedOver() {
  Shown shown;
  QSignalSpy wanted(&shown.pane, &QuestionPane::experimentWanted);
  QTest::mouseClick(shown.button(QStringLiteral("Load experiment")), Qt::LeftButton);
  QCOMPARE(wanted.count(), 1);
  QCOMPARE(wanted.at(0).at(0).value<study::Experiment>().seed, std::uint64_t{7});
}

void TestQuestion::aNumberIsJudgedWithinItsTolerance_data() {
  QTest::addColumn<QString>("typed");
  QTest::addColumn<bool>("right");
  QTest::newRow("exact") << "52.56" << true;
  QTest::newRow("with its unit") << "52.56 min" << true;
  QTest::newRow("at the tolerance") << "53.06" << true;
  QTest::newRow("just past it") << "53.07" << false;
  QTest::newRow("far off") << "8.76" << false;
}

void TestQuestion::aNumberIsJudgedWithinItsTolerance() {
  QFETCH(QString, typed);
  QFETCH(bool, right);
  Shown shown;
  shown.page().showCheckpoint(1);
  QLineEdit* field = shown.page().numeric()->field();
  QTest::keyClicks(field, typed);
  QTest::keyClick(field, Qt::Key_Return);
  const auto answer = shown.progress.answer(kGateway, QStringLiteral("Q2"));
  QVERIFY(answer.has_value());
  QCOMPARE(answer->right, right);
  QCOMPARE(shown.page().numeric()->message(),
           right ? QStringLiteral("Right.") : QStringLiteral("The answer is 52.56 min."));
}

void TestQuestion::whatIsNoNumberIsSaidUnderTheField() {
  Shown shown;
  shown.page().showCheckpoint(1);
  QLineEdit* field = shown.page().numeric()->field();
  QTest::keyClicks(field, QStringLiteral("many"));
  shown.page().check();
  QVERIFY(shown.page().numeric()->message().contains(QStringLiteral("is not a number")));
  QVERIFY(!shown.progress.answer(kGateway, QStringLiteral("Q2")));
  QCOMPARE(field->property("invalid").toString(), QStringLiteral("true"));
  QTest::keyClick(field, Qt::Key_Backspace);
  QVERIFY(shown.page().numeric()->message().isEmpty());
}

void TestQuestion::aPredictionIsCommittedBeforeItsExperimentLoads() {
  Shown shown;
  shown.page().showCheckpoint(2);
  QSignalSpy wanted(&shown.pane, &QuestionPane::experimentWanted);
  QSignalSpy committed(&shown.pane, &QuestionPane::predictionCommitted);
  QVERIFY(!shown.button(QStringLiteral("Load experiment"))->isEnabled());
  shown.page().loadExperiment();
  QCOMPARE(wanted.count(), 0);
  shown.page().revealMeasured(412e6);  // Nothing was committed: nothing is shown.
  QVERIFY(shown.page().predict()->message().isEmpty());
  shown.page().predict()->slider()->setValue(600);
  QTest::mouseClick(shown.button(QStringLiteral("Commit prediction")), Qt::LeftButton);
  QCOMPARE(committed.count(), 1);
  QVERIFY(!shown.page().predict()->slider()->isVisible());
  QVERIFY(shown.page().awaited() != nullptr);
  QTest::mouseClick(shown.button(QStringLiteral("Load experiment")), Qt::LeftButton);
  QCOMPARE(wanted.count(), 1);
}

void TestQuestion::aRevealedValueJudgesThePrediction_data() {
  QTest::addColumn<double>("measuredNanos");
  QTest::addColumn<bool>("right");
  QTest::newRow("spot on") << 100e6 << true;
  QTest::newRow("at the tolerance") << 100e6 / 0.9 << true;
  QTest::newRow("past it") << 112e6 << false;
}

void TestQuestion::aRevealedValueJudgesThePrediction() {
  QFETCH(double, measuredNanos);
  QFETCH(bool, right);
  Shown shown;
  shown.page().showCheckpoint(2);
  QTest::keyClicks(shown.page().predict()->number()->field(), QStringLiteral("100"));
  shown.page().check();
  shown.pane.revealMeasured(measuredNanos);
  QCOMPARE(shown.progress.answer(kGateway, QStringLiteral("Q3"))->right, right);
  QVERIFY(
      shown.page().predict()->message().startsWith(QStringLiteral("You said 100 ms, measured")));
  QCOMPARE(shown.page().awaited(), nullptr);
}

void TestQuestion::sliderAndFieldFollowEachOther() {
  Shown shown;
  shown.page().showCheckpoint(2);
  PredictAnswer* predict = shown.page().predict();
  predict->slider()->setValue(0);
  QCOMPARE(predict->number()->field()->text(), QStringLiteral("10"));
  predict->slider()->setValue(kSliderSteps);
  QCOMPARE(predict->number()->field()->text(), QStringLiteral("1000"));
  predict->number()->field()->selectAll();
  QTest::keyClicks(predict->number()->field(), QStringLiteral("100"));
  QCOMPARE(predict->slider()->value(), kSliderSteps / 2);  // Halfway on a logarithmic scale.
  QCOMPARE(predict->number()->field()->text(), QStringLiteral("100"));
}

void TestQuestion::opensAtTheFirstCheckpointNotYetRight() {
  Shown shown;
  shown.page().choose(1);
  shown.page().check();
  shown.pane.setScenario(shown.library.scenarios[1]);
  QCOMPARE(shown.page().current(), 0);
  shown.pane.setScenario(shown.library.scenarios[0]);
  QCOMPARE(shown.page().current(), 1);
  shown.page().previous();
  QCOMPARE(shown.page().current(), 0);
  shown.page().previous();
  QCOMPARE(shown.page().current(), 0);
}

void TestQuestion::sectionsOpenOneByOne() {
  Shown shown;
  shown.pane.showPage(QuestionPane::Answer);
  std::vector<Collapsible*> sections;
  for (const auto* page : shown.pane.findChildren<SectionsPage*>()) {
    if (page->isVisible()) sections = page->sections();
  }
  QCOMPARE(sections.size(), std::size_t{2});
  QTest::mouseClick(sections[0]->heading(), Qt::LeftButton);
  QVERIFY(sections[0]->isOpen());
  QVERIFY(!sections[1]->isOpen());
  auto* body = sections[0]->findChild<MarkdownView*>();
  QVERIFY(body->isVisible() && body->toPlainText().contains(QStringLiteral("Balancer")));
  QTest::keyClick(sections[0]->heading(), Qt::Key_Space);
  QVERIFY(!body->isVisible());
}

void TestQuestion::foldingLeavesTheHeaderAndATabUnfolds() {
  Shown shown;
  QSignalSpy folded(&shown.pane, &QuestionPane::foldedChanged);
  shown.pane.setFolded(true);
  QVERIFY(!shown.page().isVisible());
  auto* tabs = shown.pane.findChild<QTabBar*>();
  QVERIFY(tabs->isVisible());
  QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(QuestionPane::Answer).center());
  QVERIFY(!shown.pane.isFolded());
  QCOMPARE(folded.count(), 2);
}

void TestQuestion::aPitfallShowsTheVerdictOfItsClaim() {
  Shown shown;
  shown.pane.showPage(QuestionPane::Pitfalls);
  auto* page = shown.pane.findChild<PitfallsPage*>();
  auto* pill = page->findChild<Pill*>();
  QCOMPARE(pill->text(), QStringLiteral("C1 not run yet"));
  shown.pane.setClaimVerdict("C1", Tone::Error, QStringLiteral("Refuted: 2.1x"),
                             QStringLiteral("seed 1"));
  QCOMPARE(pill->text(), QStringLiteral("Refuted: 2.1x"));
  QCOMPARE(pill->toolTip(), QStringLiteral("seed 1"));
}

QTEST_MAIN(TestQuestion)
#include "tst_question.moc"
