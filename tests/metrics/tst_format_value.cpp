// How numbers are written for people.
#include <QtTest>

#include <limits>

#include "engine/metrics/format_value.h"

using ringside::metrics::formatValue;
using ringside::metrics::Unit;

class FormatValueTest : public QObject {
  Q_OBJECT

 private slots:
  void writesWhatAPersonReads_data();
  void writesWhatAPersonReads();
  void mirrorsNegativeValues();
  void neverWritesAThousandOfAPrefix();
};

void FormatValueTest::writesWhatAPersonReads_data() {
  QTest::addColumn<double>("value");
  QTest::addColumn<int>("unit");
  QTest::addColumn<QString>("text");
  const auto row = [](const char* name, double value, Unit unit, const char* text) {
    QTest::newRow(name) << value << static_cast<int>(unit) << QString::fromLatin1(text);
  };
  row("latency", 95.99e6, Unit::Nanoseconds, "95.99 ms");
  row("zero time", 0, Unit::Nanoseconds, "0 s");
  row("whole nanoseconds", 250, Unit::Nanoseconds, "250 ns");
  row("just below a second", 999.4e6, Unit::Nanoseconds, "999.4 ms");
  row("rounds up to a second", 999.96e6, Unit::Nanoseconds, "1.00 s");
  row("one second", 1e9, Unit::Nanoseconds, "1.00 s");
  row("one minute", 60e9, Unit::Nanoseconds, "1.00 min");
  row("fifty years", 50 * 365 * 86400e9, Unit::Nanoseconds, "50.00 y");
  row("a million a second", 1e6, Unit::PerSecond, "1.00 M/s");
  row("whole thousands a second", 85000, Unit::PerSecond, "85.00 k/s");
  row("fractional thousands", 705882.35, Unit::PerSecond, "705.9 k/s");
  row("a year's downtime", 52.56, Unit::None, "52.56");
  row("small factor", 0.00123, Unit::None, "0.00123");
  row("count", 85000, Unit::Count, "85,000");
  row("largest grouped count", 999999, Unit::Count, "999,999");
  row("million", 1e6, Unit::Count, "1.00 M");
  row("availability", 0.9995, Unit::Ratio, "99.95 %");
  row("five nines and more", 0.999987, Unit::Ratio, "99.9987 %");
  row("certainty", 1, Unit::Ratio, "100 %");
  row("never", 0, Unit::Ratio, "0 %");
  row("rare", 0.000012, Unit::Ratio, "0.0012 %");
  row("half", 0.5, Unit::Ratio, "50.00 %");
  row("storage", 3.6864e12, Unit::Bytes, "3.69 TB");
  row("bytes", 512, Unit::Bytes, "512 B");
  row("kilobytes", 128000, Unit::Bytes, "128.0 kB");
  row("link", 8e9, Unit::BitsPerSecond, "8.00 Gbit/s");
  row("money", 123456, Unit::Amount, "1,234.56");
  row("not a number", std::numeric_limits<double>::quiet_NaN(), Unit::Count, "n/a");
  row("infinite", std::numeric_limits<double>::infinity(), Unit::Nanoseconds, "n/a");
}

void FormatValueTest::writesWhatAPersonReads() {
  QFETCH(double, value);
  QFETCH(int, unit);
  QFETCH(QString, text);
  QCOMPARE(QString::fromStdString(formatValue(value, static_cast<Unit>(unit))), text);
}

void FormatValueTest::mirrorsNegativeValues() {
  QCOMPARE(formatValue(-95.99e6, Unit::Nanoseconds), "-95.99 ms");
  QCOMPARE(formatValue(-0.0, Unit::Count), "0");
}

void FormatValueTest::neverWritesAThousandOfAPrefix() {
  for (double value = 1.37; value < 1e15; value *= 1.0007) {
    for (const Unit unit : {Unit::Nanoseconds, Unit::Bytes, Unit::PerSecond}) {
      const QString text = QString::fromStdString(formatValue(value, unit));
      const QString number = text.section(' ', 0, 0).remove(',');
      const bool scaled = !text.contains(',') && unit != Unit::Nanoseconds;
      QVERIFY2(!scaled || number.toDouble() < 1000, qPrintable(text));
      QVERIFY2(number.toDouble() >= 1, qPrintable(text));
    }
  }
}

QTEST_GUILESS_MAIN(FormatValueTest)
#include "tst_format_value.moc"
