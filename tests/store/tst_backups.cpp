// Copies by day, and which of them stay.
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include "engine/store/backups.h"
#include "tests/store/store_sample.h"

using namespace ringside;
using namespace ringside::store;

class TestBackups : public QObject {
  Q_OBJECT

 private slots:
  void namesDays() {
    QCOMPARE(dayOf(0), std::string("1970-01-01"));
    QCOMPARE(dayOf(kDayMs - 1), std::string("1970-01-01"));
    QCOMPARE(dayOf(kDayMs), std::string("1970-01-02"));
    QCOMPARE(dayOf(1'709'164'800'000), std::string("2024-02-29"));
  }

  void keepsTheLastSevenDays() {
    QTemporaryDir dir;
    for (int day = 0; day < 12; ++day) {
      RunStore store(fileAt(dir.path(), kNow + day * kDayMs));
      QVERIFY2(store.message().empty(), store.message().c_str());
      store.keep(smallRecord(static_cast<std::uint64_t>(day)), kNow + day * kDayMs);
    }
    const QStringList names = QDir(dir.path() + "/backups").entryList(QDir::Files, QDir::Name);
    QCOMPARE(names.size(), 7);
    for (int i = 0; i < 7; ++i) {
      QCOMPARE(names[i].toStdString(), "runs-" + dayOf(kNow + (5 + i) * kDayMs) + ".db");
      const QString path = dir.path() + "/backups/" + names[i];
      QCOMPARE(ask(path, "SELECT count(*) FROM run"), QString::number(5 + i));
      QCOMPARE(ask(path, "PRAGMA integrity_check"), QStringLiteral("ok"));
    }
  }

  void makesOneADay() {
    QTemporaryDir dir;
    for (int hour = 0; hour < 3; ++hour) {
      RunStore store(fileAt(dir.path(), kNow));
      store.keep(smallRecord(1), kNow);
    }
    QCOMPARE(QDir(dir.path() + "/backups").entryList(QDir::Files).size(), 1);
  }

  void saysWhyThereIsNone() {
    QTemporaryDir dir;
    { RunStore store(fileAt(dir.path())); }
    QFile inTheWay(dir.path() + "/backups");
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    RunStore store(fileAt(dir.path()));
    QVERIFY(QString::fromStdString(store.message()).contains("the backup cannot be written"));
    QCOMPARE(store.holding(), Holding::File);
    QVERIFY(store.keep(smallRecord(1), kNow).inFile);
  }

  void passesOverADamagedOne() {
    QTemporaryDir dir;
    for (int day = 0; day < 3; ++day) {
      RunStore store(fileAt(dir.path(), kNow + day * kDayMs));
      store.keep(smallRecord(1), kNow);
    }
    const std::string path = dir.path().toStdString() + "/runs.db";
    const std::string newest = newestBackup(path).value();
    QVERIFY(newest.ends_with(dayOf(kNow + 2 * kDayMs) + ".db"));
    QFile file(QString::fromStdString(newest));
    QVERIFY(file.resize(5000));
    QVERIFY(newestBackup(path).value().ends_with(dayOf(kNow + kDayMs) + ".db"));
  }
};

QTEST_GUILESS_MAIN(TestBackups)
#include "tst_backups.moc"
