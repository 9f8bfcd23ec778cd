// What the shipped content says of labs, presets, knobs and faults exists.
#include <QtTest>

#include <algorithm>
#include <functional>

#include "engine/labs/catalog.h"
#include "engine/run/claims.h"
#include "engine/study/load_content.h"

using namespace ringside;  // NOLINT: the test is about this project.
using study::Scenario;

namespace {

study::Library shipped() {
  return study::loadScenarios({RINGSIDE_SOURCE_DIR "/content/scenarios"});
}

// Calls `visit` with every experiment of the scenario and where it stands.
void forEachExperiment(const Scenario& scenario,
                       const std::function<void(const study::Experiment&, std::string)>& visit) {
  for (const study::Claim& claim : scenario.claims) {
    visit(claim.experiment, claim.id);
    if (claim.base) visit(*claim.base, claim.id + " base");
  }
  for (const study::Checkpoint& checkpoint : scenario.checkpoints) {
    if (checkpoint.experiment) visit(*checkpoint.experiment, checkpoint.id);
    if (const auto* predict = std::get_if<study::Predict>(&checkpoint.kind)) {
      visit(predict->experiment, checkpoint.id + " prediction");
      if (predict->base) visit(*predict->base, checkpoint.id + " base");
    }
  }
}

}  // namespace

class ContentLabsTest : public QObject {
  Q_OBJECT

 private slots:
  void labsAndPresetsExist_data() { scenarios(); }
  void labsAndPresetsExist();
  void experimentsArePossible_data() { scenarios(); }
  void experimentsArePossible();

 private:
  static void scenarios();
  static Scenario current();
};

void ContentLabsTest::scenarios() {
  QTest::addColumn<QString>("id");
  for (const Scenario& scenario : shipped().scenarios) {
    QTest::newRow(scenario.id.c_str()) << QString::fromStdString(scenario.id);
  }
}

Scenario ContentLabsTest::current() {
  for (const Scenario& scenario : shipped().scenarios) {
    if (scenario.id == QTest::currentDataTag()) return scenario;
  }
  return {};
}

void ContentLabsTest::labsAndPresetsExist() {
  const Scenario scenario = current();
  const auto made = labs::make(scenario.lab.lab);
  QVERIFY2(made.has_value(), made ? "" : made.error().message.c_str());
  const auto presets = (*made)->describe().presets;
  QVERIFY(scenario.lab.preset.empty() ||
          std::any_of(presets.begin(), presets.end(),
                      [&](const lab::Preset& preset) { return preset.id == scenario.lab.preset; }));
}

void ContentLabsTest::experimentsArePossible() {
  const Scenario scenario = current();
  forEachExperiment(scenario, [](const study::Experiment& experiment, const std::string& place) {
    const auto plan = run::planOf(experiment);
    const std::string problem = plan ? "" : place + ": " + plan.error().message;
    QVERIFY2(problem.empty(), problem.c_str());
  });
  for (const study::Claim& claim : scenario.claims) {
    const auto plan = run::planOf(claim.experiment);
    QVERIFY(plan.has_value());
    QCOMPARE(run::isExperimentOf(claim, *plan), !claim.base.has_value());
  }
}

QTEST_GUILESS_MAIN(ContentLabsTest)
#include "tst_content_labs.moc"
