// The look: contrast of the tokens, icons that exist and follow the theme, small pieces.
#include <QApplication>
#include <QDir>
#include <QSignalSpy>
#include <QSvgRenderer>
#include <QTest>
#include <QToolButton>

#include <algorithm>
#include <cmath>

#include "views/shell/card.h"
#include "views/shell/theme.h"
#include "views/shell/widgets.h"

using namespace ringside::views;

namespace {

double channel(double c) { return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); }

double luminance(const QColor& c) {
  return 0.2126 * channel(c.redF()) + 0.7152 * channel(c.greenF()) + 0.0722 * channel(c.blueF());
}

// Contrast ratio of WCAG 2, 1 to 21.
double contrast(const QColor& a, const QColor& b) {
  const double first = luminance(a);
  const double second = luminance(b);
  const auto [low, high] = std::minmax(first, second);  // References: not to temporaries.
  return (high + 0.05) / (low + 0.05);
}

QColor someInk(const QPixmap& pixmap) {
  const QImage image = pixmap.toImage();
  for (int y = 0; y < image.height(); ++y) {
    for (int x = 0; x < image.width(); ++x) {
      if (image.pixelColor(x, y).alpha() == 255) return image.pixelColor(x, y);
    }
  }
  return {};
}

}  // namespace

class TestTheme : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not support)")));
  }

  void textStandsOutFromEveryGroundItIsPutOn_data();
  void textStandsOutFromEveryGroundItIsPutOn();
  void dataAndFocusAreSeenOnThePanel_data() { themes(); }
  void dataAndFocusAreSeenOnThePanel();
  void everyIconDrawsSomethingInTheColourAskedFor_data();
  void everyIconDrawsSomethingInTheColourAskedFor();
  void anIconFollowsAChangeOfTheme();
  void aChangeReachesPaletteAndPainters();
  void aCardAsksToBeMaximizedByHeaderAndButton();
  void elidedTextIsCountedAndToldInTheToolTip();
  void aBannerRunsItsActionAndGoesWhenDismissed();

 private:
  static void themes() {
    QTest::addColumn<const Tokens*>("tokens");
    QTest::newRow("dark") << &darkTokens();
    QTest::newRow("light") << &lightTokens();
    QTest::newRow("high contrast") << &highContrastTokens();
  }
};

Q_DECLARE_METATYPE(const ringside::views::Tokens*)

void TestTheme::textStandsOutFromEveryGroundItIsPutOn_data() {
  QTest::addColumn<QColor>("ink");
  QTest::addColumn<QColor>("ground");
  for (const auto& [theme, t] : {std::pair{"dark", &darkTokens()},
                                 {"light", &lightTokens()},
                                 {"contrast", &highContrastTokens()}}) {
    const auto row = [name = theme](const char* what, const QColor& ink, const QColor& ground) {
      QTest::addRow("%s: %s", name, what) << ink << ground;
    };
    row("text on window", t->text, t->window);
    row("text on panel", t->text, t->panel);
    row("text on raised", t->text, t->raised);
    row("text on accent soft", t->text, t->accentSoft);
    row("text 2 on window", t->text2, t->window);
    row("text 2 on panel", t->text2, t->panel);
    row("text 2 on raised", t->text2, t->raised);
    row("text 2 on accent soft", t->text2, t->accentSoft);
    row("text 3 on window", t->text3, t->window);
    row("text 3 on panel", t->text3, t->panel);
    row("on accent", t->onAccent, t->accent);
    row("accent on panel", t->accent, t->panel);
    row("accent on accent soft", t->accent, t->accentSoft);
    row("ok on ok soft", t->ok, t->okSoft);
    row("ok on panel", t->ok, t->panel);
    row("warn on warn soft", t->warn, t->warnSoft);
    row("warn on panel", t->warn, t->panel);
    row("error on error soft", t->error, t->errorSoft);
    row("error on panel", t->error, t->panel);
  }
}

void TestTheme::textStandsOutFromEveryGroundItIsPutOn() {
  QFETCH(QColor, ink);
  QFETCH(QColor, ground);
  const double ratio = contrast(ink, ground);
  QVERIFY2(ratio >= 4.5, qPrintable(QStringLiteral("ratio %1").arg(ratio)));
}

void TestTheme::dataAndFocusAreSeenOnThePanel() {
  QFETCH(const Tokens*, tokens);
  for (const QColor& colour : tokens->data) {
    QVERIFY2(contrast(colour, tokens->panel) >= 3, qPrintable(colour.name()));
  }
  QVERIFY(contrast(tokens->focus, tokens->panel) >= 3);
  QVERIFY(contrast(tokens->focus, tokens->window) >= 3);
  QVERIFY(contrast(tokens->borderStrong, tokens->panel) >= 3);
}

void TestTheme::everyIconDrawsSomethingInTheColourAskedFor_data() {
  QTest::addColumn<QString>("name");
  const QStringList files = QDir(QStringLiteral(":/icons")).entryList();
  QVERIFY(files.size() >= 45);
  for (const QString& file : files) {
    QTest::newRow(qPrintable(file)) << QString(file).remove(QStringLiteral(".svg"));
  }
}

void TestTheme::everyIconDrawsSomethingInTheColourAskedFor() {
  QFETCH(QString, name);
  QVERIFY(QSvgRenderer(QStringLiteral(":/icons/%1.svg").arg(name)).isValid());
  Theme theme;
  const QImage image = theme.icon(name, Qt::red).pixmap(64, 64).toImage();
  QCOMPARE(image.size(), QSize(64, 64));
  int inked = 0;
  for (int y = 0; y < 64; ++y) {
    for (int x = 0; x < 64; ++x) inked += qAlpha(image.pixel(x, y)) > 128 ? 1 : 0;
  }
  QVERIFY2(inked > 40 && inked < 3200, qPrintable(QString::number(inked)));
  QCOMPARE(someInk(theme.icon(name, Qt::red).pixmap(64, 64)).red(), 255);
}

void TestTheme::anIconFollowsAChangeOfTheme() {
  Theme theme;
  theme.setMode(Theme::Mode::Dark);
  const QIcon icon = theme.icon(QStringLiteral("run"));
  QCOMPARE(someInk(icon.pixmap(32, 32)), darkTokens().text2);
  theme.setMode(Theme::Mode::Light);
  QCOMPARE(someInk(icon.pixmap(32, 32)), lightTokens().text2);
  QCOMPARE(someInk(icon.pixmap(32, 32, QIcon::Active)), lightTokens().text);
}

void TestTheme::aChangeReachesPaletteAndPainters() {
  Theme theme;
  QSignalSpy changed(&theme, &Theme::changed);
  theme.setMode(Theme::Mode::Light);
  QCOMPARE(qApp->palette().color(QPalette::Window), lightTokens().window);
  QVERIFY(qApp->styleSheet().contains(lightTokens().accent.name()));
  QVERIFY(!qApp->styleSheet().contains(u'@'));
  theme.setMode(Theme::Mode::HighContrast);
  QCOMPARE(&theme.tokens(), &highContrastTokens());
  QCOMPARE(changed.count(), 2);
}

void TestTheme::aCardAsksToBeMaximizedByHeaderAndButton() {
  Theme theme;
  Card card(theme, QStringLiteral("service"), QStringLiteral("Architecture"));
  card.setContent(new QWidget);
  card.resize(400, 300);
  card.show();
  QSignalSpy wanted(&card, &Card::maximizeWanted);
  QTest::mouseDClick(card.childAt(60, 20)->parentWidget(), Qt::LeftButton, {}, QPoint(60, 20));
  QCOMPARE(wanted.count(), 1);
  QCOMPARE(wanted.at(0).at(0).toBool(), true);
  card.setMaximized(true);
  auto* button = card.findChild<QToolButton*>();
  QCOMPARE(button->accessibleName(), QStringLiteral("Restore Architecture (Esc)"));
  QTest::mouseClick(button, Qt::LeftButton);
  QCOMPARE(wanted.at(1).at(0).toBool(), false);
}

void TestTheme::elidedTextIsCountedAndToldInTheToolTip() {
  ElidedLabel label;
  label.setText(QStringLiteral("a rather long text that cannot fit"));
  resetElidedTexts();
  label.resize(60, 20);
  label.grab();
  QCOMPARE(elidedTexts(), 1);
  QCOMPARE(label.toolTip(), label.text());
  label.resize(600, 20);
  label.grab();
  QCOMPARE(elidedTexts(), 1);
  QVERIFY(label.toolTip().isEmpty());
}

void TestTheme::aBannerRunsItsActionAndGoesWhenDismissed() {
  Theme theme;
  Banner banner(theme);
  QVERIFY(banner.isHidden());
  int runs = 0;
  banner.setAction(QStringLiteral("Retry"), [&runs] { ++runs; });
  banner.showMessage(Tone::Error, QStringLiteral("The disk is full."));
  QVERIFY(!banner.isHidden());
  QCOMPARE(banner.accessibleName(), QStringLiteral("The disk is full."));
  const auto buttons = banner.findChildren<QAbstractButton*>();
  for (QAbstractButton* button : buttons) {
    if (button->text() == QStringLiteral("Retry")) button->click();
  }
  QCOMPARE(runs, 1);
  banner.findChild<QToolButton*>()->click();
  QVERIFY(banner.isHidden());
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
