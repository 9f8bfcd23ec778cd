// Quantities as content writes them.
#include <QtTest>

#include "engine/study/value_text.h"

using namespace ringside::study;  // NOLINT: the test is about this namespace.

class ValueTextTest : public QObject {
  Q_OBJECT

 private slots:
  void readsNumberPrefixAndUnit_data();
  void readsNumberPrefixAndUnit();
  void refusesWhatIsNoQuantity_data();
  void refusesWhatIsNoQuantity();
};

void ValueTextTest::readsNumberPrefixAndUnit_data() {
  QTest::addColumn<double>("value");
  QTest::addColumn<int>("measure");
  const auto row = [](const char* text, double value, Measure measure) {
    QTest::newRow(text) << value << static_cast<int>(measure);
  };
  row("0", 0, Measure::Number);
  row("1.25", 1.25, Measure::Number);
  row("-3", -3, Measure::Number);
  row("1e6", 1e6, Measure::Number);
  row("706k", 706e3, Measure::Number);
  row("1M", 1e6, Measure::Number);
  row("706k/s", 706e3, Measure::PerSecond);
  row("706 k/s", 706e3, Measure::PerSecond);
  row("3/s", 3, Measure::PerSecond);
  row("250ns", 250, Measure::Time);
  row("96ms", 96e6, Measure::Time);
  row("96 ms", 96e6, Measure::Time);
  row("1.5s", 1.5e9, Measure::Time);
  row("2m", 120e9, Measure::Time);
  row("1h", 3600e9, Measure::Time);
  row("365d", 365 * 86400e9, Measure::Time);
  row("99.95%", 0.9995, Measure::Ratio);
  row("99.99%", 0.9999, Measure::Ratio);
  row("512B", 512, Measure::Bytes);
  row("86.4TB", 86.4e12, Measure::Bytes);
  row("1KiB", 1024, Measure::Bytes);
  row("2GiB", 2147483648.0, Measure::Bytes);
  row("1GB/s", 1e9, Measure::BytesPerSecond);
  row("8Gbit/s", 8e9, Measure::BitsPerSecond);
}

void ValueTextTest::readsNumberPrefixAndUnit() {
  QFETCH(double, value);
  QFETCH(int, measure);
  const auto quantity = parseQuantity(QTest::currentDataTag());
  QVERIFY(quantity.has_value());
  QCOMPARE(quantity->value, value);
  QCOMPARE(static_cast<int>(quantity->measure), measure);
}

void ValueTextTest::refusesWhatIsNoQuantity_data() {
  QTest::addColumn<QString>("text");
  for (const char* text : {"ms", "85,000", "1 000",  "0x10", "1Kms", "5kms",    "1K",
                           "KB", "1KB",    "1KiB/x", "nan",  "inf",  "1e999",   "1e308P",
                           "1 ", "1  s",   "+1",     "%",    "1%/s", "1parsec", "1Kibit/s"}) {
    QTest::newRow(text) << text;
  }
  QTest::newRow("nothing") << "";
}

void ValueTextTest::refusesWhatIsNoQuantity() {
  QFETCH(QString, text);
  const auto quantity = parseQuantity(text.toStdString());
  QVERIFY(!quantity.has_value());
  QVERIFY(quantity.error().message.find(text.toStdString()) != std::string::npos);
}

QTEST_GUILESS_MAIN(ValueTextTest)
#include "tst_value_text.moc"
