// Claims: reading a metric by its expression, and judging a claim by what was measured.
#include <QtTest>

#include <limits>

#include "engine/run/claims.h"

using namespace ringside;  // NOLINT: the test is about this project.
using lab::Verdict;
using metrics::MetricKind;
using metrics::MetricValue;
using study::Comparator;
using study::Expectation;

namespace {

std::vector<MetricValue> sample() {
  MetricValue latency;
  latency.name = "payment.latency";
  latency.kind = MetricKind::Distribution;
  latency.unit = metrics::Unit::Nanoseconds;
  latency.count = 120;
  latency.rate = 60;
  latency.mean = 96e6;
  latency.stddev = 1e6;
  latency.min = 90e6;
  latency.max = 105e6;
  latency.p50 = 95e6;
  latency.p90 = 100e6;
  latency.p95 = 102e6;
  latency.p99 = 104e6;
  MetricValue calls;
  calls.name = "breaker.trips{method=card}";
  calls.kind = MetricKind::Counter;
  calls.count = 12;
  calls.value = 12;
  calls.rate = 6;
  return {latency, calls};
}

study::Claim claim(Comparator comparator, double value, const std::string& valueText,
                   double tolerance = 0) {
  study::Claim made;
  made.id = "C1";
  made.metric = "mean(payment.latency)";
  made.comparator = comparator;
  made.value = value;
  made.valueText = valueText;
  made.tolerance = tolerance;
  return made;
}

constexpr double kNext = std::numeric_limits<double>::epsilon();

}  // namespace

class ClaimsTest : public QObject {
  Q_OBJECT

 private slots:
  void readsFunctionsOfMetrics_data();
  void readsFunctionsOfMetrics();
  void saysWhatIsUnknown_data();
  void saysWhatIsUnknown();
  void comparesAtTheBoundary_data();
  void comparesAtTheBoundary();
  void aRefutedSayingIsAsTheContentSays();
  void writesValuesInTheUnitOfTheClaim();
  void whatWasNotMeasuredIsNotReached();
};

void ClaimsTest::readsFunctionsOfMetrics_data() {
  QTest::addColumn<double>("value");
  QTest::newRow("mean(payment.latency)") << 96e6;
  QTest::newRow("stddev(payment.latency)") << 1e6;
  QTest::newRow("min(payment.latency)") << 90e6;
  QTest::newRow("max(payment.latency)") << 105e6;
  QTest::newRow("p50(payment.latency)") << 95e6;
  QTest::newRow("p90(payment.latency)") << 100e6;
  QTest::newRow("p95(payment.latency)") << 102e6;
  QTest::newRow(" p99( payment.latency ) ") << 104e6;
  QTest::newRow("count(payment.latency)") << 120.0;
  QTest::newRow("rate(payment.latency)") << 60.0;
  QTest::newRow("breaker.trips{method=card}") << 12.0;
  QTest::newRow("value(breaker.trips{method=card})") << 12.0;
  QTest::newRow("rate(breaker.trips{method=card})") << 6.0;
}

void ClaimsTest::readsFunctionsOfMetrics() {
  QFETCH(double, value);
  const auto read = run::readMetric(sample(), QTest::currentDataTag());
  QVERIFY2(read.has_value(), read ? "" : read.error().message.c_str());
  QCOMPARE(*read, value);
}

void ClaimsTest::saysWhatIsUnknown_data() {
  QTest::addColumn<QString>("expression");
  QTest::addColumn<QString>("message");
  const auto row = [](const char* expression, const char* message) {
    QTest::newRow(expression) << expression << message;
  };
  row("p99(payment.latancy)", "the nearest are payment.latency");
  row("median(payment.latency)", "no function \"median\" of a metric; there are count, value");
  row("payment.latency", "is a distribution and has no single value");
  row("p999(payment.latency)", "from 120 values");
  row("p99(breaker.trips{method=card})", "a counter");
  row("p99(payment.latency", "names no metric");
  row("p99()", "names no metric");
  row("(payment.latency)", "names no metric");
  row("p99(mean(payment.latency))", "names no metric");
  row(")", "no metric");
  QTest::newRow("nothing") << ""
                           << "names no metric";
  QTest::newRow("blanks") << "   "
                          << "names no metric";
}

void ClaimsTest::saysWhatIsUnknown() {
  QFETCH(QString, expression);
  QFETCH(QString, message);
  const auto read = run::readMetric(sample(), expression.toStdString());
  QVERIFY(!read.has_value());
  QVERIFY2(QString::fromStdString(read.error().message).contains(message),
           read.error().message.c_str());
  QVERIFY(!run::readMetric({}, "x").has_value());
}

void ClaimsTest::comparesAtTheBoundary_data() {
  QTest::addColumn<int>("comparator");
  QTest::addColumn<double>("measured");
  QTest::addColumn<bool>("holds");
  const auto row = [](const char* name, Comparator comparator, double measured, bool holds) {
    QTest::newRow(name) << static_cast<int>(comparator) << measured << holds;
  };
  row("equal at", Comparator::Equal, 1, true);
  row("equal but for rounding", Comparator::Equal, 1 + kNext, true);
  row("equal past rounding", Comparator::Equal, 1 + 1e-8, false);
  row("near at the edge", Comparator::Near, 1.25, true);
  row("near at the lower edge", Comparator::Near, 0.75, true);
  row("near past the edge", Comparator::Near, 1.2500001, false);
  row("less just below", Comparator::Less, 1 - kNext, true);
  row("less at", Comparator::Less, 1, false);
  row("at most, at", Comparator::LessOrEqual, 1, true);
  row("at most, just above", Comparator::LessOrEqual, 1 + kNext, false);
  row("more just above", Comparator::Greater, 1 + kNext, true);
  row("more at", Comparator::Greater, 1, false);
  row("at least, at", Comparator::GreaterOrEqual, 1, true);
  row("at least, just below", Comparator::GreaterOrEqual, 1 - kNext, false);
}

void ClaimsTest::comparesAtTheBoundary() {
  QFETCH(int, comparator);
  QFETCH(double, measured);
  QFETCH(bool, holds);
  const auto outcome =
      run::judge({}, claim(static_cast<Comparator>(comparator), 1, "1", 0.25), measured, "");
  QCOMPARE(outcome.verdict == Verdict::Holds, holds);
  QCOMPARE(outcome.asContentSays, holds);
}

void ClaimsTest::aRefutedSayingIsAsTheContentSays() {
  study::Claim saying = claim(Comparator::Less, 1, "1");
  saying.expected = Expectation::Fails;
  QVERIFY(run::judge({}, saying, 2, "").asContentSays);
  QVERIFY(run::judge({}, saying, 2, "").verdict == Verdict::Fails);
  QVERIFY(!run::judge({}, saying, 0.5, "").asContentSays);
}

void ClaimsTest::writesValuesInTheUnitOfTheClaim() {
  study::Scenario scenario;
  scenario.id = "gateway";
  const auto outcome =
      run::judge(scenario, claim(Comparator::Near, 96e6, "96ms", 1e6), 95.5e6, "seed 1");
  QCOMPARE(outcome.scenario, "gateway");
  QCOMPARE(outcome.id, "C1");
  QCOMPARE(outcome.comparator, "~=");
  QCOMPARE(outcome.expected, "~= 96.00 ms ± 1.00 ms");
  QCOMPARE(outcome.measuredText, "95.50 ms");
  QCOMPARE(outcome.evidence, "seed 1");
  const auto rate = run::judge({}, claim(Comparator::LessOrEqual, 706e3, "706k/s"), 705.9e3, "");
  QCOMPARE(rate.expected, "<= 706.0 k/s");
  const auto ratio = run::judge({}, claim(Comparator::Less, 0.9995, "99.95%"), 0.99952, "");
  QCOMPARE(ratio.measuredText, "99.952 %");
}

void ClaimsTest::whatWasNotMeasuredIsNotReached() {
  for (const auto& measured :
       {std::optional<double>{}, std::optional<double>{std::numeric_limits<double>::quiet_NaN()}}) {
    study::Claim saying = claim(Comparator::Less, 1, "1");
    saying.expected = Expectation::Fails;
    const auto outcome = run::judge({}, saying, measured, "no such knob");
    QVERIFY(outcome.verdict == Verdict::NotReached);
    QVERIFY(!outcome.asContentSays);
    QVERIFY(!outcome.measured.has_value());
    QCOMPARE(outcome.evidence, "no such knob");
  }
}

QTEST_GUILESS_MAIN(ClaimsTest)
#include "tst_claims.moc"
