// The window as a person meets it: keys, panes, palette, tour, tab order, names, and nothing cut.
#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>

#include <map>

#include "tests/views/shell_samples.h"
#include "views/models/progress.h"
#include "views/models/scenario_model.h"
#include "views/pages/checkpoint_page.h"
#include "views/pages/choice_cards.h"
#include "views/pages/question_pane.h"
#include "views/pages/scenario_browser.h"
#include "views/shell/command_palette.h"
#include "views/shell/header_bar.h"
#include "views/shell/main_window.h"
#include "views/shell/pane_stage.h"
#include "views/shell/shortcut_sheet.h"
#include "views/shell/theme.h"
#include "views/shell/tour.h"
#include "views/shell/widgets.h"
#include "views/shell/workbench.h"

using namespace ringside;
using namespace ringside::views;

namespace {

struct Shown {
  Theme theme;
  Progress progress;
  study::Library library = samples::library();
  ScenarioModel model{library, progress};
  MainWindow window{theme, model, progress, makeEmptyPanes(theme)};

  explicit Shown(QSize size = {1600, 1000}, Theme::Mode mode = Theme::Mode::Dark) {
    theme.setMode(mode);
    window.resize(size);
    window.show();
    window.openScenario(QStringLiteral("gateway"));
    window.activateWindow();
    if (!QTest::qWaitForWindowActive(&window)) qFatal("The window does not become active.");
    QCoreApplication::processEvents();
  }

  void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
    QWidget* focus = QApplication::focusWidget();
    QTest::keyClick(focus != nullptr ? focus : &window, key, modifiers);
  }

  template <class T>
  T* child(const char* name = "") {
    return window.findChild<T*>(QString::fromLatin1(name));
  }
};

bool takesTab(const QWidget* widget) {
  return (widget->focusPolicy() & Qt::TabFocus) != 0 && widget->isEnabled() &&
         widget->focusProxy() == nullptr;
}

void sizes() {
  QTest::addColumn<QSize>("size");
  QTest::newRow("smallest") << QSize(1180, 720);
  QTest::newRow("laptop") << QSize(1280, 800);
  QTest::newRow("desktop") << QSize(1600, 1000);
}

}  // namespace

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
  void everythingThatTakesTheFocusHasAName_data() { sizes(); }
  void everythingThatTakesTheFocusHasAName();
  void tabReachesEverythingAndComesRound();
  void nothingIsCut_data() { sizes(); }
  void nothingIsCut();
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

void TestShellWindow::everythingThatTakesTheFocusHasAName() {
  QFETCH(QSize, size);
  Shown shown(size);
  shown.window.question().showPage(QuestionPane::Checkpoints);
  int seen = 0;
  for (QWidget* widget : shown.window.findChildren<QWidget*>()) {
    if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus) continue;
    if (widget->focusProxy() != nullptr || widget->objectName().startsWith(u"qt_")) continue;
    QAccessibleInterface* face = QAccessible::queryAccessibleInterface(widget);
    QVERIFY(face != nullptr);
    QVERIFY2(!face->text(QAccessible::Name).isEmpty(), widget->metaObject()->className());
    ++seen;
  }
  QVERIFY(seen > 15);
}

void TestShellWindow::tabReachesEverythingAndComesRound() {
  Shown shown;
  shown.window.question().showPage(QuestionPane::Checkpoints);
  QSet<QWidget*> wanted;
  for (QWidget* widget : shown.window.findChildren<QWidget*>()) {
    if (widget->isVisible() && takesTab(widget)) wanted.insert(widget);
  }
  shown.key(Qt::Key_Tab);
  QWidget* first = QApplication::focusWidget();
  QSet<QWidget*> reached;
  for (int i = 0; i < 300; ++i) {
    reached.insert(QApplication::focusWidget());
    shown.key(Qt::Key_Tab);
    if (QApplication::focusWidget() == first) break;
  }
  QCOMPARE(QApplication::focusWidget(), first);
  for (QWidget* widget : wanted) {
    QVERIFY2(reached.contains(widget),
             qPrintable(QString::fromLatin1(widget->metaObject()->className()) + u' ' +
                        widget->accessibleName()));
  }
}

void TestShellWindow::nothingIsCut() {
  QFETCH(QSize, size);
  Shown shown(size);
  shown.window.header().setRun(QStringLiteral("Run 14 · seed 42 · virtual time"),
                               QStringLiteral("Run 14"));
  for (int page = 0; page < 5; ++page) {
    shown.window.question().showPage(static_cast<QuestionPane::Page>(page));
    QCoreApplication::processEvents();
    for (QWidget* widget : shown.window.findChildren<QWidget*>()) {
      const auto* label = qobject_cast<QLabel*>(widget);
      const auto* button = qobject_cast<QAbstractButton*>(widget);
      if (!widget->isVisible() || (label == nullptr && button == nullptr)) continue;
      if (qobject_cast<ElidedLabel*>(widget) || qobject_cast<ChoiceCard*>(widget)) continue;
      if (qobject_cast<QLineEdit*>(widget->parentWidget())) continue;  // Its clear button.
      if (button != nullptr && widget->sizePolicy().horizontalPolicy() == QSizePolicy::Ignored) {
        continue;  // Gives way on purpose; its tool tip has the whole.
      }
      const bool wraps = label != nullptr && label->wordWrap();
      const QSize wants =
          wraps ? QSize(0, label->heightForWidth(label->width())) : widget->sizeHint();
      QVERIFY2(widget->width() >= wants.width() && widget->height() + 1 >= wants.height(),
               qPrintable(QStringLiteral("%1 '%2' is %3x%4 and wants %5x%6")
                              .arg(QString::fromLatin1(widget->metaObject()->className()),
                                   label != nullptr ? label->text() : button->text())
                              .arg(widget->width())
                              .arg(widget->height())
                              .arg(wants.width())
                              .arg(wants.height())));
    }
  }
  for (const ChoiceCard* card : shown.window.question().checkpoints().choices()->cards()) {
    QVERIFY(card->height() >= card->heightFor(card->width()) || !card->isVisible());
  }
}

QTEST_MAIN(TestShellWindow)
#include "tst_shell_window.moc"
