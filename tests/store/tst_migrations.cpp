// Files of every earlier version, as they were written then, brought to the present one.
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <SQLiteCpp/Database.h>

#include "engine/store/backups.h"
#include "engine/store/migrations.h"
#include "tests/store/store_sample.h"

using namespace ringside;
using namespace ringside::store;

namespace {

// A database as its version's program left it: tests/data/store/vN.sql, from sqlite3's .dump.
void makeOld(const QString& folder, int version) {
  QFile dump(QStringLiteral(RINGSIDE_TEST_DATA "/store/v%1.sql").arg(version));
  if (!dump.open(QIODevice::ReadOnly)) qFatal("%s is missing", qPrintable(dump.fileName()));
  SQLite::Database database((folder + "/runs.db").toStdString(),
                            SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  database.exec(dump.readAll().toStdString());
  database.exec("PRAGMA user_version = " + std::to_string(version));
}

QString schemaOf(const QString& path) {
  return ask(path,
             "SELECT group_concat(sql, ';') FROM (SELECT sql FROM sqlite_master"
             " WHERE name NOT LIKE 'sqlite_%' ORDER BY name)")
      .simplified();
}

}  // namespace

class TestMigrations : public QObject {
  Q_OBJECT

 private slots:
  void bringsUpEveryEarlierVersion_data() {
    QTest::addColumn<int>("version");
    for (int version = 1; version < kSchemaVersion; ++version) {
      QTest::addRow("version %d", version) << version;
    }
  }
  void bringsUpEveryEarlierVersion() {
    QFETCH(int, version);
    QTemporaryDir old, fresh;
    makeOld(old.path(), version);
    RunStore store(fileAt(old.path()));
    QVERIFY2(store.message().empty(), store.message().c_str());
    QCOMPARE(store.holding(), Holding::File);
    QCOMPARE(ask(old.path() + "/runs.db", "PRAGMA user_version"), QString::number(kSchemaVersion));
    const auto runs = store.search({}).value();
    QCOMPARE(runs.size(), std::size_t{2});
    QCOMPARE(runs[0].seed, std::uint64_t{2});
    QCOMPARE(store.recipe(runs[1].id).value().journal.size(), std::size_t{3});
    if (version >= 2) {
      QCOMPARE(runs[0].tags, std::vector<std::string>{"exam"});
      QCOMPARE(runs[0].remark, std::string("kept by version 2"));
    }
    QVERIFY(store.setTags(runs[1].id, {"new"}).has_value());
    QVERIFY(store.keep(smallRecord(3), kNow + 10).inFile);
    { RunStore untouched(fileAt(fresh.path())); }
    QCOMPARE(schemaOf(old.path() + "/runs.db"), schemaOf(fresh.path() + "/runs.db"));
  }

  void backsUpBeforeIt() {
    QTemporaryDir dir;
    makeOld(dir.path(), 1);
    { RunStore store(fileAt(dir.path())); }
    const QString backup =
        dir.path() + "/backups/runs-" + QString::fromStdString(dayOf(kNow)) + "-before-v3.db";
    QVERIFY(QFile::exists(backup));
    QCOMPARE(ask(backup, "PRAGMA user_version"), QStringLiteral("1"));
    QCOMPARE(ask(backup, "SELECT count(*) FROM kept"), QStringLiteral("2"));
    QCOMPARE(ask(backup, "PRAGMA integrity_check"), QStringLiteral("ok"));
  }

  void leavesAFileAloneThatItCannotBackUp() {
    QTemporaryDir dir;
    makeOld(dir.path(), 1);
    QFile inTheWay(dir.path() + "/backups");
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    RunStore store(fileAt(dir.path()));
    QCOMPARE(store.holding(), Holding::Memory);
    QVERIFY(QString::fromStdString(store.message()).contains("not changed without a backup"));
    QCOMPARE(ask(dir.path() + "/runs.db", "PRAGMA user_version"), QStringLiteral("1"));
    QVERIFY(!store.keep(smallRecord(1), kNow).inFile);
    QCOMPARE(seedsIn(store), std::vector<std::uint64_t>{1});
  }

  void opensANewerFileToReadOnly() {
    QTemporaryDir dir;
    {
      RunStore store(fileAt(dir.path()));
      store.keep(smallRecord(1), kNow);
    }
    ask(dir.path() + "/runs.db", "PRAGMA user_version = 9");
    RunStore store(fileAt(dir.path()));
    QCOMPARE(store.holding(), Holding::ReadOnly);
    const auto message = QString::fromStdString(store.message());
    QVERIFY2(message.contains("newer Ringside (its version is 9, this program knows 3)"),
             qPrintable(message));
    QCOMPARE(seedsIn(store), std::vector<std::uint64_t>{1});
    const auto kept = store.keep(smallRecord(2), kNow + 1);
    QVERIFY(!kept.inFile);
    QCOMPARE(seedsIn(store), (std::vector<std::uint64_t>{2, 1}));
    QVERIFY(store.setRemark(kept.id, "in memory").has_value());
    QVERIFY(!store.setRemark(store.search({}).value()[1].id, "in the file").has_value());
    QCOMPARE(ask(dir.path() + "/runs.db", "SELECT count(*) FROM run"), QStringLiteral("1"));
    QCOMPARE(ask(dir.path() + "/runs.db", "PRAGMA user_version"), QStringLiteral("9"));
  }
};

QTEST_GUILESS_MAIN(TestMigrations)
#include "tst_migrations.moc"
