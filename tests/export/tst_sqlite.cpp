// The SQLite export opened with SQLite's own interface: shape, references, values.
#include <QtTest>

#include <cmath>
#include <sqlite3.h>

#include "engine/export/sqlite.h"
#include "tests/export/sample_record.h"

using namespace ringside;
using namespace ringside::exports;

namespace {

class Opened {
 public:
  explicit Opened(const std::string& bytes) : bytes_(bytes) {
    sqlite3_open(":memory:", &handle_);
    auto* data = reinterpret_cast<unsigned char*>(bytes_.data());
    const auto size = static_cast<sqlite3_int64>(bytes_.size());
    sqlite3_deserialize(handle_, "main", data, size, size, SQLITE_DESERIALIZE_READONLY);
  }
  ~Opened() { sqlite3_close(handle_); }

  // Rows as text with '|' between cells, "NULL" for what is null.
  QStringList rows(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(handle_, sql, -1, &statement, nullptr) != SQLITE_OK) {
      return {sqlite3_errmsg(handle_)};
    }
    QStringList rows;
    while (sqlite3_step(statement) == SQLITE_ROW) {
      QStringList cells;
      for (int i = 0; i < sqlite3_column_count(statement); ++i) {
        const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, i));
        cells << (text == nullptr ? QStringLiteral("NULL") : QString::fromUtf8(text));
      }
      rows << cells.join('|');
    }
    sqlite3_finalize(statement);
    return rows;
  }

 private:
  std::string bytes_;
  sqlite3* handle_ = nullptr;
};

std::string fileOf(const RunRecord& record) { return sqliteFile(record).value(); }

}  // namespace

class TestSqlite : public QObject {
  Q_OBJECT

 private slots:
  void isSoundAndRefersToItself() {
    for (const RunRecord& record :
         {RunRecord{}, sampleRecord(), hostileRecord(), randomRecord(3)}) {
      Opened file(fileOf(record));
      QCOMPARE(file.rows("PRAGMA integrity_check"), QStringList{"ok"});
      QCOMPARE(file.rows("PRAGMA foreign_key_check"), QStringList{});
      QCOMPARE(file.rows("SELECT count(*), min(simtimeExp) FROM run"), QStringList{"1|-9"});
    }
  }

  void hasTheTablesThatOmnetToolsRead() {
    Opened file(fileOf(sampleRecord()));
    for (const char* table : {"run", "runAttr", "runItervar", "runConfig", "scalar", "scalarAttr",
                              "parameter", "parameterAttr", "statistic", "statisticAttr",
                              "histogramBin", "vector", "vectorAttr", "vectorData"}) {
      const auto sql =
          QStringLiteral("SELECT count(*) FROM sqlite_master WHERE name='%1'").arg(table);
      QCOMPARE(file.rows(sql.toUtf8().constData()), QStringList{"1"});
    }
  }

  void holdsTheRunItsKnobsAndScalars() {
    Opened file(fileOf(sampleRecord()));
    QCOMPARE(file.rows("SELECT runName FROM run"),
             QStringList{"payment-gateway-7-00a1b2c3d4e5f607"});
    QCOMPARE(file.rows("SELECT attrValue FROM runAttr WHERE attrName='fingerprint'"),
             QStringList{"00a1b2c3d4e5f607"});
    QCOMPARE(file.rows("SELECT itervarName, itervarValue FROM runItervar"),
             QStringList{"bank.latency|50000000"});
    QCOMPARE(file.rows("SELECT moduleName, scalarName, scalarValue FROM scalar ORDER BY scalarId"),
             (QStringList{"breaker|state{method=card,bank=\"a\"}|NULL",
                          "breaker|state{method=card,bank=\"a\"}:max|Inf"}));
  }

  void holdsStatisticsWithTheirBins() {
    Opened file(fileOf(sampleRecord()));
    QCOMPARE(
        file.rows("SELECT moduleName, statName, isHistogram, statCount, statMean FROM statistic"),
        QStringList{"payment|latency|1|1234|96500000.0"});
    QCOMPARE(file.rows("SELECT sum(binValue), min(lowerEdge), max(lowerEdge) FROM histogramBin"),
             QStringList{"1234|-Inf|144000001"});
    QCOMPARE(file.rows("SELECT attrValue FROM statisticAttr WHERE attrName='unit'"),
             QStringList{"ns"});
  }

  void holdsVectorsInWholeNanoseconds() {
    Opened file(fileOf(sampleRecord()));
    QCOMPARE(file.rows("SELECT simtimeRaw, value FROM vectorData JOIN vector USING(vectorId)"
                       " WHERE moduleName='queues' AND vectorName='shard-1:max'"
                       " ORDER BY simtimeRaw"),
             (QStringList{"0|0.0", "1000000|7.0"}));
    QCOMPARE(file.rows("SELECT vectorCount, vectorMin, vectorMax, vectorSum, endSimtimeRaw"
                       " FROM vector WHERE vectorName='shard-2:max'"),
             QStringList{"2|1.0|3.5|4.5|2000000"});
  }

  void holdsWhatHappened() {
    Opened file(fileOf(sampleRecord()));
    QCOMPARE(file.rows("SELECT component, severity, text FROM event WHERE eventNumber=900"),
             QStringList{"bank|good|=cmd()"});
    QCOMPARE(file.rows("SELECT text, fromSimtimeRaw FROM fault WHERE faultId=1"),
             QStringList{"Kill shard 2|200000000"});
    QCOMPARE(file.rows("SELECT checkId, verdict FROM checkResult"), QStringList{"money|holds"});
    QCOMPARE(file.rows("SELECT count(*) FROM traceStep"), QStringList{"3"});
  }

  void keepsNamesAsTheyAre() {
    const RunRecord record = hostileRecord();
    Opened file(fileOf(record));
    const QStringList found = file.rows(
        "SELECT length(scalarName) FROM scalar WHERE scalarName"
        " LIKE 'nnnnnnnn%'");
    QVERIFY(found.contains(QStringLiteral("20000")));
    QCOMPARE(file.rows("SELECT count(*) FROM vectorData WHERE value IS NULL"), QStringList{"1"});
  }
};

QTEST_GUILESS_MAIN(TestSqlite)
#include "tst_sqlite.moc"
