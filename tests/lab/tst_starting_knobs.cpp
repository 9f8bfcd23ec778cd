#include <QtTest>

#include "engine/lab/starting_knobs.h"

using namespace ringside;
using namespace ringside::lab;

namespace {

ParameterSpec knob(std::string key, double initial, double maximum) {
  ParameterSpec spec;
  spec.key = std::move(key);
  spec.kind = ParameterKind::Integer;
  spec.initial = initial;
  spec.maximum = maximum;
  return spec;
}

LabInfo sample() {
  LabInfo info;
  info.id = "sample";
  info.knobs = {knob("shards", 8, 64), knob("banks", 3, 10), knob("queue", 100, 1000)};
  info.presets = {{"small", "", "", {{"shards", "2"}, {"queue", "10"}}},
                  {"stray", "", "", {{"nodes", "2"}}},
                  {"wide", "", "", {{"shards", "65"}}}};
  return info;
}

std::string refusal(std::string_view preset, const std::vector<ParameterValue>& changes) {
  const auto values = startingKnobs(sample(), preset, changes);
  return values ? "accepted" : values.error().message;
}

}  // namespace

class TestStartingKnobs : public QObject {
  Q_OBJECT

 private slots:
  void takesInitialThenPresetThenChanges() {
    using Values = std::vector<ParameterValue>;
    QCOMPARE(*startingKnobs(sample(), "", {}),
             (Values{{"shards", 8}, {"banks", 3}, {"queue", 100}}));
    QCOMPARE(*startingKnobs(sample(), "small", {}),
             (Values{{"shards", 2}, {"banks", 3}, {"queue", 10}}));
    QCOMPARE(*startingKnobs(sample(), "small", {{"queue", 20}, {"banks", 1}, {"queue", 30}}),
             (Values{{"shards", 2}, {"banks", 1}, {"queue", 30}}));
  }

  void saysWhatIsWrong() {
    QCOMPARE(refusal("tiny", {}),
             std::string("unknown preset 'tiny' of lab sample; there are: small, stray, wide"));
    QCOMPARE(refusal("", {{"nodes", 1}}),
             std::string("unknown knob 'nodes' of lab sample; 'describe sample' lists them"));
    QCOMPARE(refusal("stray", {}),
             std::string("unknown knob 'nodes' of lab sample; 'describe sample' lists them"));
    QCOMPARE(refusal("wide", {}), std::string("shards: '65' is out of range; allowed: 0 to 64"));
    QCOMPARE(refusal("", {{"shards", 1.5}}),
             std::string("shards: 1.5 is not allowed; allowed is 0 to 64"));
  }
};

QTEST_GUILESS_MAIN(TestStartingKnobs)
#include "tst_starting_knobs.moc"
