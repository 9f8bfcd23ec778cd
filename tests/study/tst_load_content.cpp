// The loader: what it reads, and what it says of everything that is wrong.
#include <QtTest>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "engine/study/load_content.h"

using namespace ringside::study;  // NOLINT: the test is about this namespace.
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

std::string sampleText() {
  std::ifstream stream(RINGSIDE_TEST_DATA "/study/sample.json", std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

void write(const fs::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

}  // namespace

class LoadContentTest : public QObject {
  Q_OBJECT

 private slots:
  void readsEveryFieldOfAGoodFile();
  void readsClaimsInBaseUnits();
  void readsEveryKindOfCheckpoint();
  void namesPlaceAndFinding_data();
  void namesPlaceAndFinding();
  void reportsEverythingWrongInOnePass();
  void saysWhereBrokenJsonBreaks();
  void refusesAKeyThatStandsTwice();
  void oneBadFileNeverHidesTheOthers();
  void theFirstOfTwoEqualIdsWins();
  void aMissingFolderIsAnError();
  void ordersByGroupThenTitle();
};

void LoadContentTest::readsEveryFieldOfAGoodFile() {
  std::vector<ContentError> errors;
  const auto scenario = parseScenario(sampleText(), "x/sample.json", errors);
  for (const auto& error : errors) qWarning("%s", describe(error).c_str());
  QVERIFY(scenario.has_value());
  QCOMPARE(scenario->id, "sample");
  QCOMPARE(scenario->title, "A queue with one server");
  QCOMPARE(scenario->group, "Queues");
  QCOMPARE(scenario->difficulty, 2);
  QCOMPARE(scenario->tags, (std::vector<std::string>{"queue", "little"}));
  QCOMPARE(scenario->lab.lab, "one-queue");
  QCOMPARE(scenario->lab.preset, "busy");
  QCOMPARE(scenario->figures.at(0).value, "800 per second");
  QCOMPARE(scenario->question, "How long is the queue?\n\nAnd **why**?");
  QCOMPARE(scenario->answer.at(0).title, "In short");
  QCOMPARE(scenario->followUps.at(0).answer, "Nine\nin all.");
  QCOMPARE(scenario->pitfalls.at(0).claim, "C1");
  QCOMPARE(scenario->file, "x/sample.json");
}

void LoadContentTest::readsClaimsInBaseUnits() {
  std::vector<ContentError> errors;
  const auto scenario = parseScenario(sampleText(), "sample.json", errors);
  QVERIFY(scenario.has_value());
  const Claim& near = scenario->claims.at(0);
  QVERIFY(near.comparator == Comparator::Near);
  QCOMPARE(near.value, 5e6);
  QCOMPARE(near.tolerance, 1e5);
  QCOMPARE(near.valueText, "5ms");
  QCOMPARE(near.toleranceText, "2%");
  QVERIFY(near.expected == Expectation::Holds);
  QCOMPARE(near.experiment.seed, 7U);
  QCOMPARE(near.experiment.length, "10s");
  QCOMPARE(near.experiment.set.at(1).second, "1ms");
  QCOMPARE(near.experiment.faults.at(0), "200ms slow_server factor=2 for 100ms");
  const Claim& quotient = scenario->claims.at(1);
  QVERIFY(quotient.base.has_value());
  QCOMPARE(quotient.base->preset, "busy");
  QVERIFY(quotient.expected == Expectation::Fails);
  QCOMPARE(scenario->claims.at(2).value, 0.9995);
}

void LoadContentTest::readsEveryKindOfCheckpoint() {
  std::vector<ContentError> errors;
  const auto scenario = parseScenario(sampleText(), "sample.json", errors);
  QVERIFY(scenario.has_value());
  const auto& numeric = std::get<Numeric>(scenario->checkpoints.at(0).kind);
  QCOMPARE(numeric.answer, 0.8);
  QCOMPARE(numeric.unit, "of 1");
  QCOMPARE(std::get<Choice>(scenario->checkpoints.at(1).kind).options.size(), 3U);
  QVERIFY(scenario->checkpoints.at(1).experiment.has_value());
  const auto& predict = std::get<Predict>(scenario->checkpoints.at(2).kind);
  QCOMPARE(predict.unitScale, 1e6);
  QVERIFY(predict.logarithmic);
  QCOMPARE(predict.base->preset, "idle");
}

void LoadContentTest::namesPlaceAndFinding_data() {
  QTest::addColumn<QString>("patch");  // RFC 6902, applied to the good file.
  QTest::addColumn<QString>("pointer");
  QTest::addColumn<QString>("expected");  // Must stand in the message.
  QTest::addColumn<QString>("found");     // As must this.
  const auto replace = [](const char* name, const char* at, const char* value, const char* expected,
                          const char* found) {
    QTest::newRow(name) << QString(R"([{"op":"replace","path":"%1","value":%2}])").arg(at, value)
                        << QString(at) << QString(expected) << QString(found);
  };
  const auto add = [](const char* name, const char* at, const char* value, const char* pointer,
                      const char* expected, const char* found) {
    QTest::newRow(name) << QString(R"([{"op":"add","path":"%1","value":%2}])").arg(at, value)
                        << QString(pointer) << QString(expected) << QString(found);
  };
  const auto remove = [](const char* name, const char* at, const char* pointer,
                         const char* expected) {
    QTest::newRow(name) << QString(R"([{"op":"remove","path":"%1"}])").arg(at) << QString(pointer)
                        << QString(expected) << "found none";
  };
  replace("number for text", "/title", "12", "a text", "12");
  replace("blank text", "/title", "\"  \"", "not blank", "the text");
  replace("list line is no text", "/question", "[\"a\", 1]", "list of lines", "a list of 2");
  replace("id with a space", "/claims/0/id", "\"C 1\"", "letters, digits", "C 1");
  replace("id is not the file's", "/id", "\"other\"", "\"sample\"", "other");
  replace("difficulty too high", "/difficulty", "6", "from 1 to 5", "6");
  replace("difficulty not whole", "/difficulty", "2.5", "whole number", "2.5");
  replace("object for list", "/answer", "{}", "a list of 1 to", "an object");
  replace("no answer at all", "/answer", "[]", "a list of 1 to", "a list of 0");
  replace("list for object", "/lab", "[]", "an object", "a list of 0");
  replace("null", "/group", "null", "a text", "null");
  replace("unknown comparator", "/claims/0/is", "\"=<\"", "one of ==, ~=", "=<");
  replace("unreadable value", "/claims/0/value", "\"5 parsecs\"", "a quantity", "parsecs");
  replace("value with a comma", "/claims/0/value", "\"85,000\"", "without commas", "85,000");
  replace("tolerance of another kind", "/claims/0/tolerance", "\"3MB\"", "a duration", "3MB");
  replace("tolerance of nothing", "/claims/0/tolerance", "\"0ms\"", "above 0", "0ms");
  replace("quotient with a unit", "/claims/1/value", "\"1ms\"", "\"base\"", "1ms");
  replace("unknown expectation", "/claims/1/expected", "\"maybe\"", "holds or fails", "maybe");
  replace("unknown experiment", "/claims/0/experiment", "\"bsuy\"", "(busy)", "bsuy");
  replace("negative seed", "/experiments/busy/seed", "-1", "at least 0", "-1");
  replace("knob that is no text", "/experiments/busy/set/arrivals", "800", "a text", "800");
  replace("answer key out of range", "/checkpoints/1/choice/answer", "3", "from 0 to 2", "3");
  replace("one option", "/checkpoints/1/choice/options", "[\"a\"]", "a list of 2 to 6", "1");
  replace("equal options", "/checkpoints/1/choice/options/1", "\"Little\"", "differ", "Little");
  replace("negative tolerance", "/checkpoints/0/numeric/tolerance", "-1", "from 0", "-1");
  replace("empty range", "/checkpoints/2/predict/high", "1", "more than \"low\"", "1");
  replace("logarithm of nothing", "/checkpoints/2/predict/low", "0", "logarithmic", "0");
  replace("toggle that is text", "/checkpoints/2/predict/logarithmic", "\"on\"", "true or false",
          "on");
  replace("pitfall without its claim", "/pitfalls/0/claim", "\"C9\"", "a claim in this file", "C9");
  remove("no title", "/title", "", "\"title\"");
  remove("no reason", "/claims/0/why", "/claims/0", "\"why\"");
  remove("near without tolerance", "/claims/0/tolerance", "/claims/0", "\"tolerance\"");
  remove("no kind", "/checkpoints/0/numeric", "/checkpoints/0", "exactly one of");
  add("unknown key", "/titel", "\"x\"", "/titel", "one of the keys id, title", "titel");
  add("unknown key below", "/claims/0/a~1b", "1", "/claims/0/a~1b", "one of the keys", "a/b");
  add("two kinds", "/checkpoints/0/choice", "{}", "/checkpoints/0", "exactly one",
      "choice, numeric");
  add("tolerance for ==", "/claims/1/tolerance", "\"1\"", "/claims/1/tolerance", "no tolerance",
      "1");
  add("claim id again", "/claims/1/id", "\"C1\"", "/claims/1", "of its own", "C1");
  add("checkpoint id again", "/checkpoints/2/id", "\"Q1\"", "/checkpoints/2", "of its own", "Q1");
}

void LoadContentTest::namesPlaceAndFinding() {
  QFETCH(QString, patch);
  QFETCH(QString, pointer);
  QFETCH(QString, expected);
  QFETCH(QString, found);
  const json broken = json::parse(sampleText()).patch(json::parse(patch.toStdString()));
  std::vector<ContentError> errors;
  QVERIFY(!parseScenario(broken.dump(), "sample.json", errors).has_value());
  QVERIFY(!errors.empty());
  const ContentError& error = errors.front();
  QCOMPARE(error.file, "sample.json");
  QCOMPARE(QString::fromStdString(error.pointer), pointer);
  const QString message = QString::fromStdString(error.message);
  QVERIFY2(message.contains(expected), qPrintable(message));
  QVERIFY2(message.contains(found), qPrintable(message));
}

void LoadContentTest::reportsEverythingWrongInOnePass() {
  json broken = json::parse(sampleText());
  broken["difficulty"] = 9;
  broken["claims"][0]["is"] = "about";
  broken["checkpoints"][1]["choice"]["answer"] = -1;
  std::vector<ContentError> errors;
  QVERIFY(!parseScenario(broken.dump(), "sample.json", errors).has_value());
  QCOMPARE(errors.size(), 3U);
  QCOMPARE(describe(errors.at(0)),
           "sample.json at /difficulty: expected a whole number from 1 to 5, found 9");
}

void LoadContentTest::saysWhereBrokenJsonBreaks() {
  std::vector<ContentError> errors;
  QVERIFY(!parseScenario("{\n  \"id\": nope\n}", "sample.json", errors).has_value());
  QCOMPARE(errors.size(), 1U);
  const QString message = QString::fromStdString(errors.at(0).message);
  QVERIFY2(message.contains("line 2, column"), qPrintable(message));
}

void LoadContentTest::refusesAKeyThatStandsTwice() {
  std::string text = sampleText();
  const std::string once = R"("metric": "length",)";
  text.replace(text.find(once), once.size(), once + R"( "metric": "depth",)");
  std::vector<ContentError> errors;
  QVERIFY(!parseScenario(text, "sample.json", errors).has_value());
  QCOMPARE(errors.size(), 1U);
  QCOMPARE(errors.at(0).pointer, "/claims/1/metric");
}

void LoadContentTest::oneBadFileNeverHidesTheOthers() {
  const QTemporaryDir dir;
  const fs::path folder = dir.path().toStdString();
  write(folder / "sample.json", sampleText());
  write(folder / "bad.json", "{");
  write(folder / "notes.txt", "not content");
  fs::create_directory(folder / "folder.json");
  const Library library = loadScenarios({folder});
  QCOMPARE(library.scenarios.size(), 1U);
  QCOMPARE(library.errors.size(), 2U);
  QCOMPARE(library.errors.at(0).file, (folder / "bad.json").string());
  QCOMPARE(library.errors.at(1).file, (folder / "folder.json").string());
}

void LoadContentTest::theFirstOfTwoEqualIdsWins() {
  const QTemporaryDir shipped;
  const QTemporaryDir personal;
  write(fs::path(shipped.path().toStdString()) / "sample.json", sampleText());
  write(fs::path(personal.path().toStdString()) / "sample.json", sampleText());
  const Library library =
      loadScenarios({shipped.path().toStdString(), personal.path().toStdString()});
  QCOMPARE(library.scenarios.size(), 1U);
  QVERIFY(library.scenarios.at(0).file.starts_with(shipped.path().toStdString()));
  QCOMPARE(library.errors.size(), 1U);
  QCOMPARE(library.errors.at(0).pointer, "/id");
}

void LoadContentTest::aMissingFolderIsAnError() {
  const QTemporaryDir dir;
  const Library library = loadScenarios({fs::path(dir.path().toStdString()) / "none"});
  QVERIFY(library.scenarios.empty());
  QCOMPARE(library.errors.size(), 1U);
}

void LoadContentTest::ordersByGroupThenTitle() {
  const QTemporaryDir dir;
  const fs::path folder = dir.path().toStdString();
  const auto place = [&](const char* id, const char* group, const char* title) {
    json copy = json::parse(sampleText());
    copy["id"] = id;
    copy["group"] = group;
    copy["title"] = title;
    write(folder / (std::string(id) + ".json"), copy.dump());
  };
  place("a", "Z", "A");
  place("b", "B", "Y");
  place("c", "B", "X");
  const Library library = loadScenarios({folder});
  QCOMPARE(library.scenarios.size(), 3U);
  QCOMPARE(library.scenarios.at(0).id, "c");
  QCOMPARE(library.scenarios.at(1).id, "b");
  QCOMPARE(library.scenarios.at(2).id, "a");
}

QTEST_GUILESS_MAIN(LoadContentTest)
#include "tst_load_content.moc"
