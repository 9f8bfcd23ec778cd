// Everything shipped under content/ loads and is complete; tst_content_labs.cpp holds it against
// the labs.
#include <QtTest>

#include <algorithm>
#include <filesystem>
#include <set>

#include "engine/run/claims.h"
#include "engine/study/load_content.h"

using namespace ringside;  // NOLINT: the test is about this project.
using study::Scenario;

namespace {

study::Library shipped() {
  return study::loadScenarios({RINGSIDE_SOURCE_DIR "/content/scenarios"});
}

std::size_t wordsIn(const std::string& text) {
  std::size_t words = 0;
  bool inside = false;
  for (const char c : text) {
    const bool letter = std::isspace(static_cast<unsigned char>(c)) == 0;
    words += letter && !inside ? 1 : 0;
    inside = letter;
  }
  return words;
}

std::size_t wordsOfAnswer(const Scenario& scenario) {
  std::size_t words = 0;
  for (const auto& section : scenario.answer) words += wordsIn(section.body);
  return words;
}

// Every text of the scenario that is Markdown.
std::vector<std::string> markdownOf(const Scenario& scenario) {
  std::vector<std::string> texts{scenario.question};
  for (const auto& section : scenario.answer) texts.push_back(section.body);
  for (const auto& followUp : scenario.followUps) texts.push_back(followUp.answer);
  for (const auto& checkpoint : scenario.checkpoints) {
    texts.push_back(checkpoint.prompt);
    texts.push_back(checkpoint.explanation);
  }
  for (const auto& pitfall : scenario.pitfalls) {
    texts.push_back(pitfall.said);
    texts.push_back(pitfall.measured);
  }
  return texts;
}

std::size_t occurrences(const std::string& text, const std::string& what) {
  std::size_t count = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + what.size())) {
    ++count;
  }
  return count;
}

}  // namespace

class ContentTest : public QObject {
  Q_OBJECT

 private slots:
  void everythingShippedLoads();
  void hasEveryPart_data();
  void hasEveryPart();
  void hasCheckpointsOfAllKinds_data() { scenarios(); }
  void hasCheckpointsOfAllKinds();
  void rightChoicesAreSpread_data() { scenarios(); }
  void rightChoicesAreSpread();
  void predictionsHaveTheirAnswerInReach_data() { scenarios(); }
  void predictionsHaveTheirAnswerInReach();
  void markdownIsWellFormed_data() { scenarios(); }
  void markdownIsWellFormed();
  void isOfSensibleLength_data() { scenarios(); }
  void isOfSensibleLength();
  void metricsAreWellFormed_data() { scenarios(); }
  void metricsAreWellFormed();

 private:
  static void scenarios();
  static Scenario current();
};

void ContentTest::scenarios() {
  QTest::addColumn<QString>("id");
  for (const Scenario& scenario : shipped().scenarios) {
    QTest::newRow(scenario.id.c_str()) << QString::fromStdString(scenario.id);
  }
}

Scenario ContentTest::current() {
  const study::Library library = shipped();
  const auto at =
      std::find_if(library.scenarios.begin(), library.scenarios.end(),
                   [](const Scenario& scenario) { return scenario.id == QTest::currentDataTag(); });
  return at == library.scenarios.end() ? Scenario{} : *at;
}

void ContentTest::everythingShippedLoads() {
  const study::Library library = shipped();
  for (const auto& error : library.errors) qWarning("%s", study::describe(error).c_str());
  QVERIFY(library.errors.empty());
  QVERIFY(library.scenarios.size() >= 3);
}

void ContentTest::hasEveryPart_data() { scenarios(); }

void ContentTest::hasEveryPart() {
  const Scenario scenario = current();
  QVERIFY(!scenario.figures.empty());
  QVERIFY(!scenario.tags.empty());
  QVERIFY(scenario.answer.size() >= 4);
  QVERIFY(scenario.followUps.size() >= 4);
  QVERIFY(scenario.pitfalls.size() >= 4);
  QVERIFY(scenario.claims.size() >= 5);
  const auto refuted = std::count_if(
      scenario.claims.begin(), scenario.claims.end(),
      [](const study::Claim& claim) { return claim.expected == study::Expectation::Fails; });
  QVERIFY2(refuted >= 1, "at least one common saying is put to the test");
}

void ContentTest::hasCheckpointsOfAllKinds() {
  const Scenario scenario = current();
  QVERIFY(scenario.checkpoints.size() >= 5);
  std::set<std::size_t> kinds;
  for (const auto& checkpoint : scenario.checkpoints) kinds.insert(checkpoint.kind.index());
  QCOMPARE(kinds.size(), 3U);
}

void ContentTest::rightChoicesAreSpread() {
  std::set<int> places;
  std::size_t choices = 0;
  for (const auto& checkpoint : current().checkpoints) {
    if (const auto* choice = std::get_if<study::Choice>(&checkpoint.kind)) {
      ++choices;
      places.insert(choice->answer);
      QVERIFY(choice->answer >= 0 && choice->answer < static_cast<int>(choice->options.size()));
    }
  }
  QVERIFY2(choices < 2 || places.size() > 1, "not always the same letter");
}

// Where a claim reads the same number as a prediction, the slider must be able to show it.
void ContentTest::predictionsHaveTheirAnswerInReach() {
  const Scenario scenario = current();
  for (const auto& checkpoint : scenario.checkpoints) {
    const auto* predict = std::get_if<study::Predict>(&checkpoint.kind);
    if (predict == nullptr) continue;
    for (const auto& claim : scenario.claims) {
      const bool same = claim.metric == predict->metric &&
                        claim.experiment.set == predict->experiment.set &&
                        claim.experiment.faults == predict->experiment.faults &&
                        claim.base.has_value() == predict->base.has_value() &&
                        claim.comparator == study::Comparator::Near;
      const double shown = claim.value / predict->unitScale;
      QVERIFY2(!same || (shown > predict->low && shown < predict->high), checkpoint.id.c_str());
    }
  }
}

void ContentTest::markdownIsWellFormed() {
  for (const std::string& text : markdownOf(current())) {
    QVERIFY(!text.empty());
    QVERIFY2(occurrences(text, "```") % 2 == 0, text.c_str());
    QVERIFY2(occurrences(text, "`") % 2 == 0, text.c_str());
    QVERIFY2(occurrences(text, "**") % 2 == 0, text.c_str());
    QVERIFY2(text.find("TODO") == std::string::npos, text.c_str());
    QVERIFY2(text.find('\t') == std::string::npos, text.c_str());
  }
}

void ContentTest::isOfSensibleLength() {
  const Scenario scenario = current();
  const std::size_t words = wordsOfAnswer(scenario);
  QVERIFY2(words >= 500 && words <= 3000, qPrintable(QString::number(words)));
  QVERIFY(wordsIn(scenario.question) >= 25 && wordsIn(scenario.question) <= 250);
  QVERIFY(scenario.title.size() <= 70);
  for (const auto& section : scenario.answer) {
    const std::size_t own = wordsIn(section.body);
    QVERIFY2(own >= 40 && own <= 450, section.title.c_str());
  }
  for (const auto& checkpoint : scenario.checkpoints) {
    QVERIFY2(wordsIn(checkpoint.explanation) >= 8, checkpoint.id.c_str());
    QVERIFY2(wordsIn(checkpoint.prompt) <= 90, checkpoint.id.c_str());
  }
  for (const auto& claim : scenario.claims) {
    QVERIFY2(wordsIn(claim.text) <= 40, claim.id.c_str());
  }
}

// A name that no run has is found by verify; here only the grammar can be known.
void ContentTest::metricsAreWellFormed() {
  const Scenario scenario = current();
  std::vector<std::string> expressions;
  for (const auto& claim : scenario.claims) expressions.push_back(claim.metric);
  for (const auto& checkpoint : scenario.checkpoints) {
    if (const auto* predict = std::get_if<study::Predict>(&checkpoint.kind)) {
      expressions.push_back(predict->metric);
    }
  }
  for (const std::string& expression : expressions) {
    const auto read = run::readMetric({}, expression);
    QVERIFY(!read.has_value());
    QVERIFY2(read.error().message.starts_with("there is no metric"), read.error().message.c_str());
  }
}

QTEST_GUILESS_MAIN(ContentTest)
#include "tst_content.moc"
