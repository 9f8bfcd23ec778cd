// Every write, sync, truncation and deletion fails once, or for good, or is the last thing that the
// process does: what was committed is there, and a run is in the file as a whole or not at all.
#include <QTemporaryDir>
#include <QtTest>

#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/store/faulty_vfs.h"
#include "tests/store/store_sample.h"

using namespace ringside;
using namespace ringside::store;
using Seeds = std::vector<std::uint64_t>;
using What = FaultPlan::What;

namespace {

StoreFile faultyFile(const QString& folder) {
  StoreFile file = fileAt(folder);
  file.vfs = faultyVfs();
  return file;
}

void keepFirst(const QString& folder) {
  RunStore store(fileAt(folder));
  if (!store.keep(smallRecord(1), kNow).inFile) qFatal("the first run is not kept");
}

// What the file holds, read without faults, and that it is sound.
Seeds seedsAfter(const QString& folder) {
  setFaults({});
  if (ask(folder + "/runs.db", "PRAGMA integrity_check") != "ok") qFatal("not sound");
  RunStore store(fileAt(folder));
  if (!store.message().empty()) qFatal("%s", store.message().c_str());
  return seedsIn(store);
}

// Changes that keeping one more run and closing makes.
int changesOfAKeep() {
  QTemporaryDir dir(quickFolder());
  keepFirst(dir.path());
  setFaults({});
  {
    RunStore store(faultyFile(dir.path()));
    store.keep(smallRecord(2), kNow + 1);
  }
  return changesCounted();
}

}  // namespace

class TestStoreFaults : public QObject {
  Q_OBJECT

 private slots:
  void keepsWhatIsCommittedWhateverFails_data() {
    QTest::addColumn<int>("code");
    QTest::addColumn<int>("what");
    const std::pair<const char*, int> codes[] = {{"full", SQLITE_FULL},
                                                 {"write error", SQLITE_IOERR_WRITE},
                                                 {"sync error", SQLITE_IOERR_FSYNC},
                                                 {"read only", SQLITE_READONLY}};
    for (const auto& [name, code] : codes) {
      QTest::addRow("%s once", name) << code << static_cast<int>(What::FailOnce);
    }
    QTest::addRow("full from then on") << SQLITE_FULL << static_cast<int>(What::FailOn);
  }
  void keepsWhatIsCommittedWhateverFails() {
    QFETCH(int, code);
    QFETCH(int, what);
    const int changes = changesOfAKeep();
    QVERIFY(changes > 5);
    int lost = 0;
    for (int at = 1; at <= changes; ++at) {
      QTemporaryDir dir(quickFolder());
      keepFirst(dir.path());
      bool inFile = false;
      {
        setFaults({static_cast<What>(what), at, code});
        RunStore store(faultyFile(dir.path()));
        const auto kept = store.keep(smallRecord(2), kNow + 1);
        inFile = kept.inFile;
        QVERIFY(kept.id != 0);
        // Said once, in a sentence: when it was opened, or now.
        if (!inFile) QVERIFY(!kept.message.empty() || !store.message().empty());
        const auto seen = store.search({});
        if (seen) QVERIFY(!seen->empty() && seen->front().seed == 2);
      }
      const Seeds seeds = seedsAfter(dir.path());
      // When the last sync of a commit fails, what was written may yet be whole.
      const bool there = seeds == Seeds{2, 1};
      QVERIFY2(there || (!inFile && seeds == Seeds{1}), qPrintable(QString::number(at)));
      lost += there ? 0 : 1;
    }
    QVERIFY(lost > 0);  // Else nothing was tested.
  }

  void keepsWhatIsCommittedWhereverItIsKilled_data() {
    QTest::addColumn<int>("what");
    QTest::newRow("before a change") << static_cast<int>(What::Kill);
    QTest::newRow("midway in a write") << static_cast<int>(What::KillMidway);
  }
  void keepsWhatIsCommittedWhereverItIsKilled() {
    QFETCH(int, what);
    const int changes = changesOfAKeep();
    int killed = 0;
    for (int at = 1; at <= changes; ++at) {
      QTemporaryDir dir(quickFolder());
      keepFirst(dir.path());
      int ends[2];
      QCOMPARE(::pipe(ends), 0);
      const pid_t child = ::fork();
      if (child == 0) {
        setFaults({static_cast<What>(what), at, 0});
        {
          RunStore store(faultyFile(dir.path()));
          const char answer = store.keep(smallRecord(2), kNow + 1).inFile ? 'y' : 'n';
          if (::write(ends[1], &answer, 1) != 1) ::_exit(2);
        }
        ::_exit(0);
      }
      ::close(ends[1]);
      char answer = '-';
      if (::read(ends[0], &answer, 1) != 1) answer = '-';
      ::close(ends[0]);
      int status = 0;
      ::waitpid(child, &status, 0);
      killed += WIFSIGNALED(status) ? 1 : 0;
      const Seeds seeds = seedsAfter(dir.path());
      const bool there = seeds == Seeds{2, 1};
      QVERIFY2(there || seeds == Seeds{1}, qPrintable(QString::number(at)));
      if (answer == 'y') QVERIFY2(there, qPrintable(QString::number(at)));
    }
    QVERIFY(killed > 3);
  }

  void goesOnAfterAFullDisk() {
    QTemporaryDir dir(quickFolder());
    setFaults({});
    RunStore store(faultyFile(dir.path()));
    QVERIFY(store.keep(smallRecord(1), kNow).inFile);
    setFaults({What::FailOn, 1, SQLITE_FULL});
    const auto kept = store.keep(smallRecord(2), kNow + 1);
    QVERIFY(!kept.inFile);
    QVERIFY(QString::fromStdString(kept.message)
                .endsWith("cannot be written: the disk is full; this run is kept in memory only"));
    QVERIFY(store.setTags(kept.id, {"in memory"}).has_value());
    const auto refused = store.setTags(1, {"x"});
    QVERIFY(!refused);
    QCOMPARE(refused.error().message, std::string("the tags cannot be kept: the disk is full"));
    QCOMPARE(seedsIn(store), (Seeds{2, 1}));
    setFaults({});
    QVERIFY(store.keep(smallRecord(3), kNow + 2).inFile);
    QCOMPARE(seedsIn(store), (Seeds{3, 2, 1}));
  }

  void leavesAnOldFileWholeWhereverItsMigrationFails() {
    const auto makeOld = [](const QString& folder) {
      keepFirst(folder);
      // Back to version 2, which had no removals.
      ask(folder + "/runs.db", "DROP INDEX keptByDate");
      ask(folder + "/runs.db", "ALTER TABLE kept DROP COLUMN removedAtMs");
      ask(folder + "/runs.db", "PRAGMA user_version = 2");
    };
    int changes = 0;
    {
      QTemporaryDir dir(quickFolder());
      makeOld(dir.path());
      setFaults({});
      { RunStore store(faultyFile(dir.path())); }
      changes = changesCounted();
      QCOMPARE(ask(dir.path() + "/runs.db", "PRAGMA user_version"), QStringLiteral("3"));
    }
    for (int at = 1; at <= changes; ++at) {
      QTemporaryDir dir(quickFolder());
      makeOld(dir.path());
      {
        setFaults({What::FailOn, at, SQLITE_FULL});
        RunStore store(faultyFile(dir.path()));
        QVERIFY(store.keep(smallRecord(2), kNow + 1).id != 0);
      }
      const Seeds seeds = seedsAfter(dir.path());
      QVERIFY(!seeds.empty() && seeds.back() == 1);
    }
  }
};

QTEST_GUILESS_MAIN(TestStoreFaults)
#include "tst_store_faults.moc"
