// Knobs: typed fields that know their spec and never hold what it does not allow.
#include <QTest>

#include "engine/lab/knob.h"

using namespace ringside;
using namespace ringside::lab;
using namespace std::chrono_literals;

namespace {

enum class Shape { Round, Square };

ParameterSpec spec(std::string key, double initial, double minimum, double maximum) {
  ParameterSpec made;
  made.key = std::move(key);
  made.initial = initial;
  made.minimum = minimum;
  made.maximum = maximum;
  return made;
}

ParameterSpec choice() {
  ParameterSpec made = spec("shape", 1, 0, 0);
  made.choices = {"round", "square"};
  return made;
}

struct Knobs : KnobSet {
  RealKnob rate{*this, spec("rate", 2.5, 0, 10)};
  IntegerKnob count{*this, spec("count", 3, 1, 100)};
  DurationKnob time{*this, spec("time", 5e6, 0, 1e9)};
  ToggleKnob on{*this, spec("on", 1, 0, 0)};
  ChoiceKnob<Shape> shape{*this, choice()};
};

}  // namespace

class TestKnob : public QObject {
  Q_OBJECT

 private slots:
  void readsAsItsType();
  void listsItsSpecsInOrderOfDeclaration();
  void completesTheSpecOfItsKind();
  void refusesWhatItsSpecDoesNotAllow();
  void refusesAnInitialValueOutOfRange();
  void isFoundByItsKey();
};

void TestKnob::readsAsItsType() {
  Knobs knobs;
  QCOMPARE(static_cast<double>(knobs.rate), 2.5);
  QCOMPARE(static_cast<std::int64_t>(knobs.count), 3);
  QCOMPARE(knobs.count.as<std::uint8_t>(), std::uint8_t{3});
  QCOMPARE(static_cast<Duration>(knobs.time), Duration(5ms));
  QVERIFY(knobs.on);
  QVERIFY(static_cast<Shape>(knobs.shape) == Shape::Square);
  knobs.on.set(0);
  knobs.shape.set(0);
  knobs.time.set(7);
  QVERIFY(!knobs.on);
  QVERIFY(static_cast<Shape>(knobs.shape) == Shape::Round);
  QCOMPARE(static_cast<Duration>(knobs.time), Duration(7ns));
}

void TestKnob::listsItsSpecsInOrderOfDeclaration() {
  const Knobs knobs;
  QStringList keys;
  for (const auto& each : knobs.specs()) keys << QString::fromStdString(each.key);
  QCOMPARE(keys, (QStringList{"rate", "count", "time", "on", "shape"}));
}

void TestKnob::completesTheSpecOfItsKind() {
  const Knobs knobs;
  QVERIFY(knobs.rate.spec().kind == ParameterKind::Real);
  QVERIFY(knobs.count.spec().kind == ParameterKind::Integer);
  QVERIFY(knobs.time.spec().unit == metrics::Unit::Nanoseconds);
  QCOMPARE(knobs.on.spec().maximum, 1.0);
  QCOMPARE(knobs.shape.spec().maximum, 1.0);
}

void TestKnob::refusesWhatItsSpecDoesNotAllow() {
  Knobs knobs;
  knobs.rate.set(10);
  knobs.rate.set(0);
  QVERIFY_EXCEPTION_THROWN(knobs.rate.set(10.5), Bug);
  QVERIFY_EXCEPTION_THROWN(knobs.count.set(2.5), Bug);
  QVERIFY_EXCEPTION_THROWN(knobs.count.set(0), Bug);
  QVERIFY_EXCEPTION_THROWN(knobs.on.set(2), Bug);
  QVERIFY_EXCEPTION_THROWN(knobs.shape.set(2), Bug);
  QCOMPARE(knobs.rate.value(), 0.0);
  QCOMPARE(knobs.count.value(), 3.0);
}

void TestKnob::refusesAnInitialValueOutOfRange() {
  KnobSet set;
  QVERIFY_EXCEPTION_THROWN(RealKnob(set, spec("x", 11, 0, 10)), Bug);
  QVERIFY(set.specs().empty());
}

void TestKnob::isFoundByItsKey() {
  Knobs knobs;
  knobs.at("rate").set(4);
  QCOMPARE(static_cast<double>(knobs.rate), 4.0);
  QVERIFY_EXCEPTION_THROWN((void)knobs.at("nothing"), Bug);
}

QTEST_GUILESS_MAIN(TestKnob)
#include "tst_knob.moc"
