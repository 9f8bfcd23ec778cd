// The window for keyboards and screen readers, and at its smallest: names, tab order, nothing cut.
#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QTest>

#include "tests/views/shell_window.h"
#include "views/pages/checkpoint_page.h"
#include "views/pages/choice_cards.h"
#include "views/pages/question_pane.h"
#include "views/shell/header_bar.h"
#include "views/shell/widgets.h"

using namespace ringside;
using namespace ringside::views;
using Shown = samples::ShownWindow;

namespace {

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

class TestShellAccess : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { samples::failOnWarnings(); }

  void everythingThatTakesTheFocusHasAName_data() { sizes(); }
  void everythingThatTakesTheFocusHasAName();
  void tabReachesEverythingAndComesRound();
  void nothingIsCut_data() { sizes(); }
  void nothingIsCut();
};

void TestShellAccess::everythingThatTakesTheFocusHasAName() {
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

void TestShellAccess::tabReachesEverythingAndComesRound() {
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

void TestShellAccess::nothingIsCut() {
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

QTEST_MAIN(TestShellAccess)
#include "tst_shell_access.moc"
