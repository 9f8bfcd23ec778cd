// The window as a person meets it: keys, panes, palette, tour.
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>

#include <map>

#include "tests/views/shell_window.h"
#include "views/pages/checkpoint_page.h"
#include "views/pages/choice_cards.h"
#include "views/pages/question_pane.h"
#include "views/pages/scenario_browser.h"
#include "views/shell/command_palette.h"
#include "views/shell/main_window.h"
#include "views/shell/pane_stage.h"
#include "views/shell/shortcut_sheet.h"
#include "views/shell/tour.h"
#include "views/shell/workbench.h"

using namespace ringside;
using namespace ringside::views;
using Shown = samples::ShownWindow;

class TestShellWindow : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { samples::failOnWarnings(); }

  void noKeyMeansTwoThings();
  void lettersChooseAnswersButNotWhileTyping();
  void thePaletteFindsAndDoes();
  void thePaletteOpensAScenario();
  void theSheetListsEveryActionWithKeys();
  void maximizingHidesTheRestAndEscBringsItBack();
  void aNarrowWindowFoldsTheScenariosIntoADrawer();
  void perspectivesKeepWhatWasDragged();
  void theTourIsThreeMarksAndCanBeSkipped();
  void openingAScenarioTellsOnce();
};

void TestShellWindow::noKeyMeansTwoThings() {
  std::map<QString, QString> taken;
  for (const ActionSpec& spec : actionTable()) {
    if (*spec.keys == 0) continue;
    const auto keys = QKeySequence::listFromString(QString::fromLatin1(spec.keys));
    for (const QKeySequence& key : keys) {
      QVERIFY2(!key.isEmpty(), spec.name);
      const auto [at, fresh] = taken.emplace(key.toString(), QString::fromLatin1(spec.name));
      QVERIFY2(fresh, qPrintable(key.toString() + u' ' + at->second));
    }
  }
  std::map<QString, int> names;
  for (const ActionSpec& spec : actionTable()) ++names[QString::fromLatin1(spec.name)];
  for (const auto& [name, count] : names) QVERIFY2(count == 1, qPrintable(name));
}

void TestShellWindow::lettersChooseAnswersButNotWhileTyping() {
  Shown shown;
  shown.window.question().showPage(QuestionPane::Checkpoints);
  ChoiceCards* choices = shown.window.question().checkpoints().choices();
  shown.key(Qt::Key_B);
  QCOMPARE(choices->chosen(), 1);
  shown.key(Qt::Key_4);
  QCOMPARE(choices->chosen(), 3);
  shown.key(Qt::Key_F, Qt::ControlModifier);
  auto* search = shown.child<QLineEdit>("scenarioSearch");
  QTRY_VERIFY(search->hasFocus());
  shown.key(Qt::Key_A);
  QCOMPARE(search->text(), QStringLiteral("a"));
  QCOMPARE(choices->chosen(), 3);
}

void TestShellWindow::thePaletteFindsAndDoes() {
  Shown shown;
  shown.key(Qt::Key_K, Qt::ControlModifier);
  auto* palette = shown.child<CommandPalette>();
  QVERIFY(palette->isOpen());
  QTRY_VERIFY(palette->field()->hasFocus());
  QTest::keyClicks(palette->field(), QStringLiteral("analyse"));
  QCOMPARE(palette->list()->item(0)->text(), QStringLiteral("Analyse perspective"));
  QTest::keyClick(palette->field(), Qt::Key_Return);
  QVERIFY(!palette->isOpen());
  QCOMPARE(shown.window.workbench().perspective(), Perspective::Analyse);
  shown.key(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
  QVERIFY(palette->isOpen());
  shown.key(Qt::Key_Escape);
  QVERIFY(!palette->isOpen());
}

void TestShellWindow::thePaletteOpensAScenario() {
  Shown shown;
  QSignalSpy opened(&shown.window, &MainWindow::scenarioOpened);
  shown.key(Qt::Key_K, Qt::ControlModifier);
  auto* palette = shown.child<CommandPalette>();
  QTest::keyClicks(palette->field(), QStringLiteral("conshash"));
  QTest::keyClick(palette->field(), Qt::Key_Return);
  QCOMPARE(opened.count(), 1);
  QCOMPARE(shown.window.question().scenario()->id, std::string("ring"));
}

void TestShellWindow::theSheetListsEveryActionWithKeys() {
  Shown shown;
  shown.key(Qt::Key_F1);
  auto* sheet = shown.child<ShortcutSheet>();
  QVERIFY(sheet->isOpen());
  QStringList texts;
  for (const QLabel* label : sheet->findChildren<QLabel*>()) texts << label->text();
  for (const QAction* action : shown.window.actions().all()) {
    if (action->shortcuts().isEmpty()) continue;
    QVERIFY2(texts.contains(action->text()), qPrintable(action->text()));
    QVERIFY2(texts.contains(keysText(action)), qPrintable(keysText(action)));
  }
  shown.key(Qt::Key_Escape);
  QVERIFY(!sheet->isOpen());
}

void TestShellWindow::maximizingHidesTheRestAndEscBringsItBack() {
  Shown shown;
  QuestionPane& question = shown.window.question();
  QTabBar* tabs = question.findChild<QTabBar*>();
  auto* browser = shown.child<ScenarioBrowser>();
  tabs->setFocus();
  shown.key(Qt::Key_F11);
  QCOMPARE(shown.window.workbench().stage().maximized(), &question);
  QVERIFY(!browser->isVisible());
  QTRY_VERIFY(question.height() > 700);
  shown.key(Qt::Key_Escape);
  QVERIFY(browser->isVisible());
  QTRY_VERIFY(question.height() < 400);
}

void TestShellWindow::aNarrowWindowFoldsTheScenariosIntoADrawer() {
  Shown shown({1280, 800});
  auto* browser = shown.child<ScenarioBrowser>();
  QVERIFY(!browser->isVisible());
  shown.key(Qt::Key_B, Qt::ControlModifier);
  QVERIFY(browser->isVisible());
  QVERIFY(browser->width() >= 276);
  shown.key(Qt::Key_Escape);
  QVERIFY(!browser->isVisible());
  shown.window.resize(1600, 1000);
  QTRY_VERIFY(browser->isVisible());
  shown.key(Qt::Key_B, Qt::ControlModifier);
  QVERIFY(!browser->isVisible());
}

void TestShellWindow::perspectivesKeepWhatWasDragged() {
  Shown shown;
  QuestionPane& question = shown.window.question();
  QVERIFY(!question.isFolded());
  shown.key(Qt::Key_2, Qt::ControlModifier);
  QVERIFY(question.isFolded());
  question.setFolded(false);
  shown.key(Qt::Key_1, Qt::ControlModifier);
  QVERIFY(!question.isFolded());
  shown.key(Qt::Key_2, Qt::ControlModifier);
  QVERIFY(!question.isFolded());  // As it was left.
  shown.window.actions()[Do::ResetLayout]->trigger();
  QVERIFY(question.isFolded());
}

void TestShellWindow::theTourIsThreeMarksAndCanBeSkipped() {
  Shown shown;
  auto* tour = shown.child<Tour>();
  QSignalSpy finished(tour, &Tour::finished);
  QVERIFY(!shown.window.state().tourSeen);
  shown.window.startTour();
  QVERIFY(tour->isVisible());
  for (int mark = 0; mark < 3; ++mark) {
    QCOMPARE(tour->current(), mark);
    shown.key(Qt::Key_Space);  // The focus is on Next.
  }
  QVERIFY(!tour->isVisible());
  QCOMPARE(finished.count(), 1);
  QVERIFY(shown.window.state().tourSeen);
  shown.window.startTour();
  shown.key(Qt::Key_Escape);
  QVERIFY(!tour->isVisible());
}

void TestShellWindow::openingAScenarioTellsOnce() {
  Shown shown;
  QSignalSpy opened(&shown.window, &MainWindow::scenarioOpened);
  shown.window.openScenario(QStringLiteral("pipeline"));
  shown.window.openScenario(QStringLiteral("pipeline"));
  shown.window.openScenario(QStringLiteral("no such"));
  QCOMPARE(opened.count(), 1);
  QCOMPARE(shown.progress.state(shown.library.scenarios[1]), ScenarioState::InProgress);
}

QTEST_MAIN(TestShellWindow)
#include "tst_shell_window.moc"
