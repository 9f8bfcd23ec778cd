#include <QtTest>

#include <limits>

#include "engine/base/digits.h"

using namespace ringside;

class TestDigits : public QObject {
  Q_OBJECT

 private slots:
  void groupsByThousands_data() {
    QTest::addColumn<qint64>("number");
    QTest::addColumn<QString>("text");
    QTest::newRow("zero") << qint64{0} << "0";
    QTest::newRow("three digits") << qint64{999} << "999";
    QTest::newRow("four digits") << qint64{1000} << "1,000";
    QTest::newRow("six digits") << qint64{123'456} << "123,456";
    QTest::newRow("seven digits") << qint64{1'234'567} << "1,234,567";
    QTest::newRow("negative, three digits") << qint64{-999} << "-999";
    QTest::newRow("negative, six digits") << qint64{-123'456} << "-123,456";
    QTest::newRow("negative, seven digits") << qint64{-1'234'567} << "-1,234,567";
    QTest::newRow("largest") << std::numeric_limits<qint64>::max() << "9,223,372,036,854,775,807";
    QTest::newRow("least") << std::numeric_limits<qint64>::min() << "-9,223,372,036,854,775,808";
  }
  void groupsByThousands() {
    QFETCH(qint64, number);
    QFETCH(QString, text);
    QCOMPARE(QString::fromStdString(grouped(std::int64_t{number})), text);
  }

  void leavesTheDigitsAsTheyAre() {
    for (std::uint64_t number = 1; number < std::uint64_t{1} << 62U; number *= 3) {
      const QString text = QString::fromStdString(grouped(number));
      QCOMPARE(QString(text).remove(','), QString::number(number));
      QCOMPARE(text.section(',', 1).size() % 4, text.contains(',') ? 3 : 0);
    }
  }
};

QTEST_GUILESS_MAIN(TestDigits)
#include "tst_digits.moc"
