// Files cut short, overwritten, locked, or out of reach: nothing crashes, nothing is overwritten.
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <SQLiteCpp/Database.h>

#include "engine/base/rng.h"
#include "engine/store/backups.h"
#include "tests/store/store_sample.h"

using namespace ringside;
using namespace ringside::store;
using Seeds = std::vector<std::uint64_t>;

namespace {

QByteArray bytesOf(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString& path, const QByteArray& bytes) {
  QFile file(path);
  if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) qFatal("not written");
}

// A store of three runs, closed, so that all is in one file; with a backup of the first two.
QByteArray soundFile() {
  QTemporaryDir dir(quickFolder());
  RunStore store(fileAt(dir.path()));
  for (std::uint64_t seed = 1; seed <= 3; ++seed) store.keep(smallRecord(seed), kNow);
  ask(dir.path() + "/runs.db", "PRAGMA wal_checkpoint(TRUNCATE)");
  return bytesOf(dir.path() + "/runs.db");
}

QStringList asideIn(const QTemporaryDir& dir) {
  return QDir(dir.path()).entryList({"runs.db.damaged-*"}, QDir::Files, QDir::Name);
}

}  // namespace

class TestStoreDamage : public QObject {
  Q_OBJECT

 private slots:
  void setsAFileAsideThatWasCutAtAnyLength() {
    const QByteArray sound = soundFile();
    for (qsizetype length = 1; length < sound.size(); length += 1 + length / 7) {
      QTemporaryDir dir(quickFolder());
      write(dir.path() + "/runs.db", sound.left(length));
      {
        RunStore store(fileAt(dir.path()));
        QCOMPARE(store.holding(), Holding::File);
        QVERIFY2(QString::fromStdString(store.message()).contains("was damaged"),
                 qPrintable(QString::number(length)));
        QCOMPARE(seedsIn(store), Seeds{});
        QVERIFY(store.keep(smallRecord(9), kNow).inFile);
      }
      QCOMPARE(asideIn(dir).size(), 1);
      QCOMPARE(bytesOf(dir.path() + "/" + asideIn(dir)[0]), sound.left(length));
      RunStore again(fileAt(dir.path()));
      QCOMPARE(seedsIn(again), Seeds{9});
    }
  }

  void opensAWholeFileAsItIs() {
    QTemporaryDir dir(quickFolder());
    write(dir.path() + "/runs.db", soundFile());
    RunStore store(fileAt(dir.path()));
    QVERIFY2(store.message().empty(), store.message().c_str());
    QCOMPARE(seedsIn(store), (Seeds{3, 2, 1}));
  }

  void bringsBackTheBackup() {
    for (const QByteArray& damage : {QByteArray(), QByteArray(5000, 'x'), soundFile().left(9000)}) {
      QTemporaryDir dir(quickFolder());
      QDir(dir.path()).mkdir("backups");
      write(dir.path() + "/backups/runs-2026-11-01.db", soundFile());
      write(dir.path() + "/runs.db", damage);
      {
        RunStore store(fileAt(dir.path()));
        QVERIFY2(QString::fromStdString(store.message()).contains("were brought back"),
                 store.message().c_str());
        QCOMPARE(seedsIn(store), (Seeds{3, 2, 1}));
      }
      QCOMPARE(asideIn(dir).size(), 1);
      QCOMPARE(bytesOf(dir.path() + "/" + asideIn(dir)[0]), damage);
    }
  }

  void survivesScribblesAnywhere() {
    const QByteArray sound = soundFile();
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
      Rng rng(seed);
      QByteArray bytes = sound;
      for (int i = 0; i < 200; ++i) {
        bytes[static_cast<qsizetype>(rng.below(static_cast<std::uint64_t>(bytes.size())))] =
            static_cast<char>(rng.below(256));
      }
      QTemporaryDir dir(quickFolder());
      write(dir.path() + "/runs.db", bytes);
      RunStore store(fileAt(dir.path()));
      const auto kept = store.keep(smallRecord(9), kNow + 5);
      QVERIFY(kept.id != 0);
      QVERIFY(kept.inFile || !kept.message.empty() || !store.message().empty());
    }
  }

  void waitsForAnotherProgramAndThenGoesOnInMemory() {
    QTemporaryDir dir(quickFolder());
    StoreFile file = fileAt(dir.path());
    file.busyMs = 1;
    RunStore store(file);
    QVERIFY(store.keep(smallRecord(1), kNow).inFile);
    SQLite::Database other(file.path, SQLite::OPEN_READWRITE);
    other.exec("BEGIN IMMEDIATE");
    const auto kept = store.keep(smallRecord(2), kNow + 1);
    QVERIFY(!kept.inFile);
    QCOMPARE(QString::fromStdString(kept.message),
             QString::fromStdString(file.path) +
                 " cannot be written: another program holds it locked; this run is kept in memory "
                 "only");
    QCOMPARE(seedsIn(store), (Seeds{2, 1}));
    QVERIFY(!store.setRemark(1, "x").has_value());
    other.exec("COMMIT");
    QVERIFY(store.keep(smallRecord(3), kNow + 2).inFile);
    QCOMPARE(seedsIn(store), (Seeds{3, 2, 1}));
    QVERIFY(!store.find(kFirstMemoryId + 1).value().inFile);
    QVERIFY(store.recipe(kFirstMemoryId + 1).has_value());
  }

  void sharesAFileWithAnotherProgram() {
    QTemporaryDir dir(quickFolder());
    RunStore one(fileAt(dir.path())), two(fileAt(dir.path()));
    QVERIFY(one.keep(smallRecord(1), kNow).inFile);
    QVERIFY(two.keep(smallRecord(2), kNow + 1).inFile);
    QCOMPARE(seedsIn(one), (Seeds{2, 1}));
  }

  void livesInMemoryWhereNoFileCanBe() {
    QTemporaryDir dir(quickFolder());
    write(dir.path() + "/file", "x");
    RunStore store({.path = (dir.path() + "/file/below/runs.db").toStdString(), .nowMs = kNow});
    QCOMPARE(store.holding(), Holding::Memory);
    QVERIFY(QString::fromStdString(store.message())
                .endsWith("the file or its folder cannot be opened; the runs of this session are "
                          "kept in memory only"));
    const auto kept = store.keep(smallRecord(4), kNow);
    QVERIFY(!kept.inFile && kept.message.empty());  // Said once, when it was opened.
    QCOMPARE(seedsIn(store), Seeds{4});
  }

  void opensAFolderInTheWayInMemory() {
    QTemporaryDir dir(quickFolder());
    QDir(dir.path()).mkdir("runs.db");
    RunStore store(fileAt(dir.path()));
    QCOMPARE(store.holding(), Holding::Memory);
    QVERIFY(!store.message().empty());
  }
};

QTEST_GUILESS_MAIN(TestStoreDamage)
#include "tst_store_damage.moc"
