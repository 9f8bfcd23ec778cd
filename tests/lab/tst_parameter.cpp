#include <QtTest>

#include <bit>
#include <cmath>
#include <limits>
#include <random>

#include "engine/lab/fault.h"
#include "engine/lab/parameter.h"

using namespace ringside;
using namespace ringside::lab;

namespace {

ParameterSpec specOf(ParameterKind kind, double minimum, double maximum) {
  ParameterSpec spec;
  spec.key = "bank.value";
  spec.kind = kind;
  spec.minimum = minimum;
  spec.maximum = maximum;
  return spec;
}

ParameterSpec named(const QString& kind) {
  if (kind == "integer") return specOf(ParameterKind::Integer, 1, 1e9);
  if (kind == "real") return specOf(ParameterKind::Real, -10, 1e15);
  if (kind == "duration") return specOf(ParameterKind::Duration, 0, 1e13);
  if (kind == "toggle") return specOf(ParameterKind::Toggle, 0, 1);
  ParameterSpec spec = specOf(kind == "ratio" ? ParameterKind::Real : ParameterKind::Choice, 0, 1);
  if (kind == "ratio") spec.unit = metrics::Unit::Ratio;
  if (kind == "choice") spec.choices = {"fixed", "lognormal", "exponential"};
  return spec;
}

std::string messageOf(const Result<double>& result) {
  return result ? "accepted as " + std::to_string(*result) : result.error().message;
}

// Any finite double, in every magnitude.
double anyDouble(std::mt19937_64& rng) {
  for (;;) {
    const double value = std::bit_cast<double>(rng());
    if (std::isfinite(value)) return value;
  }
}

}  // namespace

class TestParameter : public QObject {
  Q_OBJECT

 private slots:
  void reads_data() {
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("expected");
    QTest::newRow("plain") << "integer"
                           << "42" << 42.0;
    QTest::newRow("mega") << "integer"
                          << "1M" << 1e6;
    QTest::newRow("kilo with fraction") << "integer"
                                        << "0.25k" << 250.0;
    QTest::newRow("giga") << "integer"
                          << "1G" << 1e9;
    QTest::newRow("exponent") << "integer"
                              << "1e6" << 1e6;
    QTest::newRow("exponent and suffix") << "integer"
                                         << "1e3k" << 1e6;
    QTest::newRow("plus sign") << "real"
                               << "+3.5" << 3.5;
    QTest::newRow("negative") << "real"
                              << "-0.5" << -0.5;
    QTest::newRow("negative zero is zero") << "real"
                                           << "-0" << 0.0;
    QTest::newRow("no whole part") << "real"
                                   << ".5" << 0.5;
    QTest::newRow("no fraction") << "real"
                                 << "5." << 5.0;
    QTest::newRow("per cent") << "ratio"
                              << "30%" << 0.3;
    QTest::newRow("ratio as number") << "ratio"
                                     << "0.3" << 0.3;
    QTest::newRow("upper bound") << "ratio"
                                 << "100%" << 1.0;
    QTest::newRow("microseconds") << "duration"
                                  << "250us" << 250e3;
    QTest::newRow("minutes") << "duration"
                             << "2m" << 120e9;
    QTest::newRow("zero with unit") << "duration"
                                    << "0s" << 0.0;
    QTest::newRow("choice") << "choice"
                            << "lognormal" << 1.0;
    QTest::newRow("on") << "toggle"
                        << "on" << 1.0;
    QTest::newRow("off") << "toggle"
                         << "off" << 0.0;
  }
  void reads() {
    QFETCH(QString, kind);
    QFETCH(QString, text);
    QFETCH(double, expected);
    const auto value = parse(named(kind), text.toStdString());
    QVERIFY2(value.has_value(), messageOf(value).c_str());
    QCOMPARE(std::bit_cast<std::uint64_t>(*value), std::bit_cast<std::uint64_t>(expected));
  }

  void refuses_data() {
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("message");
    const auto row = [](const char* name, const char* kind, const char* text, const char* why) {
      QTest::newRow(name) << kind << text << why;
    };
    row("empty", "integer", "", "bank.value: '' is not a number; allowed: 1 to 1G");
    row("word", "real", "fast", "bank.value: 'fast' is not a number; allowed: -10 to 1000000G");
    row("suffix", "integer", "5x",
        "bank.value: '5x' ends in 'x', which is no suffix; "
        "allowed: 1 to 1G");
    row("space inside", "integer", "5 k",
        "bank.value: '5 k' ends in ' k', which is no suffix; "
        "allowed: 1 to 1G");
    row("fraction of an integer", "integer", "1.5",
        "bank.value: '1.5' is not a whole number; allowed: 1 to 1G");
    row("below", "integer", "0", "bank.value: '0' is out of range; allowed: 1 to 1G");
    row("above", "ratio", "101%", "bank.value: '101%' is out of range; allowed: 0% to 100%");
    row("beyond double", "real", "1e999",
        "bank.value: '1e999' is out of range; allowed: -10 to 1000000G");
    row("nan", "real", "nan", "bank.value: 'nan' is not a number; allowed: -10 to 1000000G");
    row("inf", "real", "inf", "bank.value: 'inf' is not a number; allowed: -10 to 1000000G");
    row("bare duration", "duration", "50",
        "bank.value: '50' has no unit: ns, us, ms, s, m or h; allowed: 0s to 10000s");
    row("unknown unit", "duration", "5 ms",
        "bank.value: '5 ms' has unknown unit ' ms': use ns, us, ms, s, m or h; "
        "allowed: 0s to 10000s");
    row("half a nanosecond", "duration", "0.5ns",
        "bank.value: '0.5ns' is finer than a nanosecond; allowed: 0s to 10000s");
    row("too long", "duration", "10001s",
        "bank.value: '10001s' is out of range; allowed: 0s to 10000s");
    row("unknown choice", "choice", "uniform",
        "bank.value: 'uniform' is not a choice; allowed: one of fixed, lognormal, exponential");
    row("choice by index", "choice", "1",
        "bank.value: '1' is not a choice; allowed: one of fixed, lognormal, exponential");
    row("toggle", "toggle", "yes", "bank.value: 'yes' is neither; allowed: on or off");
  }
  void refuses() {
    QFETCH(QString, kind);
    QFETCH(QString, text);
    QFETCH(QString, message);
    const auto value = parse(named(kind), text.toStdString());
    QCOMPARE(QString::fromStdString(messageOf(value)), message);
  }

  void formats_data() {
    QTest::addColumn<QString>("kind");
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("text");
    QTest::newRow("million") << "integer" << 1e6 << "1M";
    QTest::newRow("quarter million") << "integer" << 250e3 << "250k";
    QTest::newRow("no shorter with suffix") << "integer" << 1500.0 << "1500";
    QTest::newRow("all digits count") << "integer" << 1234567.0 << "1234567";
    QTest::newRow("small") << "real" << 0.25 << "0.25";
    QTest::newRow("tiny") << "real" << 1.5e-20 << "1.5e-20";
    QTest::newRow("third") << "real" << 1.0 / 3.0 << "0.3333333333333333";
    QTest::newRow("ratio") << "ratio" << 0.3 << "30%";
    QTest::newRow("small ratio") << "ratio" << 0.001 << "0.1%";
    QTest::newRow("duration") << "duration" << 50e6 << "50ms";
    QTest::newRow("no duration") << "duration" << 0.0 << "0s";
    QTest::newRow("choice") << "choice" << 2.0 << "exponential";
    QTest::newRow("toggle") << "toggle" << 1.0 << "on";
  }
  void formats() {
    QFETCH(QString, kind);
    QFETCH(double, value);
    QFETCH(QString, text);
    QCOMPARE(QString::fromStdString(format(named(kind), value)), text);
  }

  void readsBackExactlyWhatItWrites() {
    std::mt19937_64 rng(1);
    constexpr double kHuge = std::numeric_limits<double>::max();
    ParameterSpec real = specOf(ParameterKind::Real, -kHuge, kHuge);
    ParameterSpec ratio = real;
    ratio.unit = metrics::Unit::Ratio;
    const ParameterSpec whole = specOf(ParameterKind::Integer, -0x1p53, 0x1p53);
    const ParameterSpec duration = specOf(ParameterKind::Duration, -0x1p53, 0x1p53);
    for (int i = 0; i < 5000; ++i) {
      const double any = anyDouble(rng);
      const double unit = static_cast<double>(rng() >> 11) * 0x1p-53;
      const auto shift = static_cast<int>(rng() % 54);
      const double integer = static_cast<double>(rng() >> 11 >> shift);
      checkRoundTrip(real, any);
      checkRoundTrip(real, unit);
      checkRoundTrip(ratio, unit);
      checkRoundTrip(ratio, any);
      checkRoundTrip(whole, integer);
      checkRoundTrip(whole, -integer);
      checkRoundTrip(duration, integer);
      checkRoundTrip(duration, -integer);
    }
  }

  void readsPerCentAndDecimalAsTheSameNumber() {
    const ParameterSpec ratio = named("ratio");
    for (int i = 0; i <= 1000; ++i) {
      const auto percent =
          parse(ratio, std::to_string(i / 10) + "." + std::to_string(i % 10) + "%");
      const auto decimal = parse(ratio, std::to_string(i) + "e-3");
      QVERIFY(percent && decimal);
      QCOMPARE(std::bit_cast<std::uint64_t>(*percent), std::bit_cast<std::uint64_t>(*decimal));
    }
  }

  void allowsOnlyWholeValuesWhereWholeIsMeant() {
    QVERIFY(allows(named("integer"), 1));
    QVERIFY(!allows(named("integer"), 1.5));
    QVERIFY(!allows(named("integer"), 0));
    QVERIFY(allows(named("duration"), 1e13));
    QVERIFY(!allows(named("duration"), 1e13 + 1));
    QVERIFY(!allows(named("duration"), 0.5));
    QVERIFY(allows(named("choice"), 2));
    QVERIFY(!allows(named("choice"), 3));
    QVERIFY(!allows(named("choice"), -1));
    QVERIFY(!allows(named("toggle"), 0.5));
    for (const char* kind : {"integer", "real", "duration", "choice", "toggle"}) {
      QVERIFY(!allows(named(kind), std::numeric_limits<double>::quiet_NaN()));
      QVERIFY(!allows(named(kind), std::numeric_limits<double>::infinity()));
    }
  }

  void neverAcceptsOutOfRangeWhateverTheText() {
    std::mt19937_64 rng(7);
    const std::string alphabet = "0123456789.eE+-kMG%nusmh onf\t\0x";
    for (int i = 0; i < 20000; ++i) {
      std::string text(rng() % 10, ' ');
      for (char& c : text) c = alphabet[rng() % alphabet.size()];
      for (const char* kind : {"integer", "real", "ratio", "duration", "choice", "toggle"}) {
        const ParameterSpec spec = named(kind);
        if (const auto value = parse(spec, text)) QVERIFY(allows(spec, *value));
      }
    }
  }

  void survivesValuesItCannotShow() {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    for (const char* kind : {"integer", "real", "ratio", "duration", "choice", "toggle"}) {
      QCOMPARE(format(named(kind), nan), std::string("not a number"));
    }
    QCOMPARE(format(named("choice"), 7), std::string("7"));
    QVERIFY(!format(named("duration"), 1e300).empty());
  }

 private:
  static void checkRoundTrip(const ParameterSpec& spec, double value) {
    const std::string text = format(spec, value);
    const auto back = parse(spec, text);
    QVERIFY2(back.has_value(), (text + ": " + messageOf(back)).c_str());
    QVERIFY2(*back == value, text.c_str());
  }
};

QTEST_GUILESS_MAIN(TestParameter)
#include "tst_parameter.moc"
