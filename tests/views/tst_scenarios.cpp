// Scenarios: the tree, what narrows it, how the browser shows it, the progress kept on disk, and
// the words and numbers that are typed.
#include <QAbstractItemModelTester>
#include <QFile>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

#include "tests/views/shell_samples.h"
#include "views/models/fuzzy.h"
#include "views/models/judgement.h"
#include "views/models/progress.h"
#include "views/models/scenario_filter.h"
#include "views/models/scenario_model.h"
#include "views/pages/scenario_browser.h"
#include "views/shell/theme.h"

using namespace ringside;
using namespace ringside::views;

namespace {

QStringList titles(const QAbstractItemModel& model) {
  QStringList all;
  for (int g = 0; g < model.rowCount(); ++g) {
    const QModelIndex group = model.index(g, 0);
    for (int r = 0; r < model.rowCount(group); ++r) {
      all << model.index(r, 0, group).data(ScenarioModel::IdRole).toString();
    }
  }
  return all;
}

}  // namespace

class TestScenarios : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { samples::failOnWarnings(); }

  void groupsScenariosInTheOrderOfTheLibrary();
  void saysEachRowAloud();
  void followsProgressRowByRow();
  void narrowsByWordsTagAndDifficulty_data();
  void narrowsByWordsTagAndDifficulty();
  void aFruitlessSearchOffersToClearItself();
  void choosesByMouseAndByEnter();
  void isDoneOnceEveryCheckpointWasRight();
  void keepsProgressOverARestart();
  void movesAnUnreadableFileAside_data();
  void movesAnUnreadableFileAside();
  void saysWhenProgressCannotBeSaved();
  void ranksStartsOfWordsAndRunsOfLettersFirst();
  void numbersAreReadAsPeopleWriteThem_data();
  void numbersAreReadAsPeopleWriteThem();
};

void TestScenarios::groupsScenariosInTheOrderOfTheLibrary() {
  const study::Library library = samples::library();
  Progress progress;
  ScenarioModel model(library, progress);
  const QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
  QCOMPARE(model.rowCount(), 2);
  QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("System design"));
  QCOMPARE(titles(model), (QStringList{QStringLiteral("gateway"), QStringLiteral("pipeline"),
                                       QStringLiteral("ring")}));
  QCOMPARE(model.totalCount(), 9);
  QCOMPARE(model.allTags(), (QStringList{QStringLiteral("capacity"), QStringLiteral("gateway"),
                                         QStringLiteral("pipeline"), QStringLiteral("ring")}));
}

void TestScenarios::saysEachRowAloud() {
  const study::Library library = samples::library();
  Progress progress;
  const ScenarioModel model(library, progress);
  QCOMPARE(model.indexOf(QStringLiteral("ring")).data(Qt::AccessibleTextRole).toString(),
           QStringLiteral("Consistent hashing, not started, 0 of 3 checkpoints right, difficulty 2 "
                          "of 5"));
  QCOMPARE(model.index(0, 0).data(Qt::AccessibleTextRole).toString(),
           QStringLiteral("System design, 0 of 6 checkpoints right"));
}

void TestScenarios::followsProgressRowByRow() {
  const study::Library library = samples::library();
  Progress progress;
  ScenarioModel model(library, progress);
  QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
  progress.setAnswer(QStringLiteral("ring"), QStringLiteral("Q1"), QStringLiteral("B"), true);
  QCOMPARE(changes.count(), 2);  // The scenario and its group.
  QCOMPARE(model.indexOf(QStringLiteral("ring")).data(ScenarioModel::DoneRole).toInt(), 1);
  QCOMPARE(model.doneCount(), 1);
}

void TestScenarios::narrowsByWordsTagAndDifficulty_data() {
  QTest::addColumn<QString>("words");
  QTest::addColumn<QString>("tag");
  QTest::addColumn<int>("difficulty");
  QTest::addColumn<QStringList>("left");
  const QString g = QStringLiteral("gateway");
  const QString p = QStringLiteral("pipeline");
  const QString r = QStringLiteral("ring");
  QTest::newRow("nothing asked") << QString() << QString() << 0 << QStringList{g, p, r};
  QTest::newRow("word of a title, any case") << "HASHING" << QString() << 0 << QStringList{r};
  QTest::newRow("word of a text") << "million payments" << QString() << 0 << QStringList{g};
  QTest::newRow("every word must be there") << "million hashing" << QString() << 0 << QStringList{};
  QTest::newRow("tag") << QString() << "capacity" << 0 << QStringList{g, r};
  QTest::newRow("tag and difficulty") << QString() << "capacity" << 2 << QStringList{r};
  QTest::newRow("difficulty nobody has") << QString() << QString() << 1 << QStringList{};
}

void TestScenarios::narrowsByWordsTagAndDifficulty() {
  QFETCH(QString, words);
  QFETCH(QString, tag);
  QFETCH(int, difficulty);
  QFETCH(QStringList, left);
  const study::Library library = samples::library();
  Progress progress;
  ScenarioModel model(library, progress);
  ScenarioFilter filter;
  filter.setSourceModel(&model);
  filter.setWords(words);
  filter.setTag(tag);
  filter.setDifficulty(difficulty);
  QCOMPARE(titles(filter), left);
  if (left.isEmpty()) QCOMPARE(filter.rowCount(), 0);
}

void TestScenarios::aFruitlessSearchOffersToClearItself() {
  const study::Library library = samples::library();
  Progress progress;
  Theme theme;
  theme.setMode(Theme::Mode::Dark);
  ScenarioModel model(library, progress);
  ScenarioBrowser browser(theme, model);
  browser.resize(280, 600);
  browser.show();
  auto* search = browser.findChild<QLineEdit*>(QStringLiteral("scenarioSearch"));
  auto* tree = browser.findChild<QTreeView*>(QStringLiteral("scenarioTree"));
  QTest::keyClicks(search, QStringLiteral("zzz"));
  QVERIFY(!tree->isVisible());
  for (auto* button : browser.findChildren<QPushButton*>()) {
    if (button->isVisible() && button->text() == QStringLiteral("Clear search")) {
      QTest::mouseClick(button, Qt::LeftButton);
      break;
    }
  }
  QVERIFY(search->text().isEmpty());
  QVERIFY(tree->isVisible());
}

void TestScenarios::choosesByMouseAndByEnter() {
  const study::Library library = samples::library();
  Progress progress;
  Theme theme;
  ScenarioModel model(library, progress);
  ScenarioBrowser browser(theme, model);
  browser.resize(280, 600);
  browser.show();
  QSignalSpy chosen(&browser, &ScenarioBrowser::scenarioChosen);
  auto* tree = browser.findChild<QTreeView*>(QStringLiteral("scenarioTree"));
  const QModelIndex second = tree->model()->index(1, 0, tree->model()->index(0, 0));
  QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, tree->visualRect(second).center());
  QCOMPARE(chosen.takeFirst().at(0).toString(), QStringLiteral("pipeline"));
  auto* search = browser.findChild<QLineEdit*>(QStringLiteral("scenarioSearch"));
  QTest::keyClicks(search, QStringLiteral("hashing"));
  QTest::keyClick(search, Qt::Key_Return);
  QCOMPARE(chosen.takeFirst().at(0).toString(), QStringLiteral("ring"));
}

void TestScenarios::isDoneOnceEveryCheckpointWasRight() {
  const study::Scenario scenario = samples::library().scenarios[0];
  const QString id = QStringLiteral("gateway");
  Progress progress;
  QCOMPARE(progress.state(scenario), ScenarioState::NotStarted);
  progress.setOpened(id);
  QCOMPARE(progress.state(scenario), ScenarioState::InProgress);
  for (const char* checkpoint : {"Q1", "Q2", "Q3"}) {
    progress.setAnswer(id, QString::fromLatin1(checkpoint), QStringLiteral("x"), true);
  }
  QCOMPARE(progress.state(scenario), ScenarioState::Done);
  progress.setAnswer(id, QStringLiteral("Q1"), QStringLiteral("A"), false);
  QCOMPARE(progress.state(scenario), ScenarioState::Done);  // Once right stays learned.
  QCOMPARE(progress.answer(id, QStringLiteral("Q1"))->attempts, 2);
}

void TestScenarios::keepsProgressOverARestart() {
  const QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("deep/down/progress.json"));
  const QDateTime when = QDateTime::currentDateTimeUtc();
  {
    Progress progress;
    QCOMPARE(progress.open(path), QString());
    progress.setAnswer(QStringLiteral("ring"), QStringLiteral("Q2"), QStringLiteral("52 min"), true,
                       when);
    progress.setOpened(QStringLiteral("pipeline"));
  }
  Progress again;
  QCOMPARE(again.open(path), QString());
  const auto answer = again.answer(QStringLiteral("ring"), QStringLiteral("Q2"));
  QVERIFY(answer.has_value());
  QCOMPARE(answer->given, QStringLiteral("52 min"));
  QVERIFY(answer->right && answer->everRight);
  QCOMPARE(answer->when.toMSecsSinceEpoch(), when.toMSecsSinceEpoch());
  QCOMPARE(again.state(samples::library().scenarios[1]), ScenarioState::InProgress);
  QCOMPARE(again.state(samples::library().scenarios[0]), ScenarioState::NotStarted);
}

void TestScenarios::movesAnUnreadableFileAside_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::newRow("cut off") << QByteArray(R"({"version": 1, "scenarios": {"ring")");
  QTest::newRow("empty") << QByteArray();
  QTest::newRow("no object") << QByteArray("[1]");
  QTest::newRow("of a newer version") << QByteArray(R"({"version": 2, "scenarios": {}})");
  QTest::newRow("no scenarios") << QByteArray(R"({"version": 1})");
}

void TestScenarios::movesAnUnreadableFileAside() {
  QFETCH(QByteArray, text);
  const QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("progress.json"));
  QFile file(path);
  QVERIFY(file.open(QIODevice::WriteOnly));
  file.write(text);
  file.close();
  Progress progress;
  const QString message = progress.open(path);
  QVERIFY(message.contains(QStringLiteral("progress.json.unreadable-1")));
  QFile aside(path + QStringLiteral(".unreadable-1"));
  QVERIFY(aside.open(QIODevice::ReadOnly));
  QCOMPARE(aside.readAll(), text);
  progress.setOpened(QStringLiteral("ring"));
  QVERIFY(QFile::exists(path));
  Progress again;
  QCOMPARE(again.open(path), QString());
}

void TestScenarios::saysWhenProgressCannotBeSaved() {
  const QTemporaryDir folder;
  QFile blocker(folder.filePath(QStringLiteral("file")));
  QVERIFY(blocker.open(QIODevice::WriteOnly));
  blocker.close();
  Progress progress;
  QSignalSpy failed(&progress, &Progress::saveFailed);
  progress.open(folder.filePath(QStringLiteral("file/progress.json")));
  progress.setOpened(QStringLiteral("ring"));
  QCOMPARE(failed.count(), 1);
  QCOMPARE(progress.state(samples::library().scenarios[2]), ScenarioState::InProgress);
}

void TestScenarios::ranksStartsOfWordsAndRunsOfLettersFirst() {
  const auto score = [](const char* pattern, const char* text) {
    return fuzzyScore(QString::fromLatin1(pattern), QString::fromLatin1(text));
  };
  QVERIFY(!score("xyz", "Export the run").has_value());
  QCOMPARE(score("", "Export the run"), std::optional<int>(0));
  QVERIFY(score("exp", "Export the run") > score("exp", "Run in express mode"));
  QVERIFY(score("sh", "Search scenarios") < score("sh", "Show frame times"));
  QVERIFY(score("rn", "Restart with a new seed").has_value());
}

void TestScenarios::numbersAreReadAsPeopleWriteThem_data() {
  QTest::addColumn<QString>("text");
  QTest::addColumn<double>("value");
  QTest::newRow("plain") << "96" << 96.0;
  QTest::newRow("grouped") << "1,000,000" << 1e6;
  QTest::newRow("exponent") << "1e6" << 1e6;
  QTest::newRow("suffix") << "1.5M" << 1.5e6;
  QTest::newRow("suffix after a space") << "250 k" << 250e3;
  QTest::newRow("unit") << " 12.5 ms " << 12.5;
  QTest::newRow("negative") << "-3" << -3.0;
}

void TestScenarios::numbersAreReadAsPeopleWriteThem() {
  QFETCH(QString, text);
  QFETCH(double, value);
  const auto read = readNumber(text, QStringLiteral("ms"));
  QVERIFY(bool(read));
  QCOMPARE(*read, value);
  for (const char* bad : {"", "  ", "ms", "1e999", "nan", "12 apples"}) {
    QVERIFY2(!readNumber(QString::fromLatin1(bad), QStringLiteral("ms")), bad);
  }
}

QTEST_MAIN(TestScenarios)
#include "tst_scenarios.moc"
