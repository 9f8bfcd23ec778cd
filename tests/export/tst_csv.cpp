#include <QtTest>

#include <map>

#include "engine/export/csv.h"
#include "engine/lab/parts/csv_reader.h"
#include "tests/export/sample_record.h"

using namespace ringside;
using namespace ringside::exports;

namespace {

using Row = std::map<std::string, std::string>;

// Reads a table back; every row must have as many cells as the header.
std::vector<Row> rowsOf(const std::string& csv) {
  std::vector<Row> rows;
  std::vector<std::string> header;
  lab::CsvReader reader(csv);
  while (reader.next()) {
    const auto& fields = reader.fields();
    if (header.empty()) {
      header.assign(fields.begin(), fields.end());
      continue;
    }
    if (fields.size() != header.size()) qFatal("ragged row in line %d", int(reader.line()));
    Row& row = rows.emplace_back();
    for (std::size_t i = 0; i < fields.size(); ++i) row[header[i]] = fields[i];
  }
  return rows;
}

using Writer = std::string (*)(const RunRecord&);
constexpr Writer kWriters[] = {seriesCsv,  seriesWideCsv, percentilesCsv,
                               metricsCsv, eventsCsv,     tracesCsv};

}  // namespace

class TestCsv : public QObject {
  Q_OBJECT

 private slots:
  void beginsEveryRowWithTheRun() {
    for (const Writer writer : kWriters) {
      const auto rows = rowsOf(writer(sampleRecord()));
      QVERIFY(!rows.empty());
      for (Row row : rows) {
        QCOMPARE(row["run_id"], std::string("payment-gateway-7-00a1b2c3d4e5f607"));
        QCOMPARE(row["seed"], std::string("7"));
        QCOMPARE(row["lab"], std::string("payment-gateway"));
        QCOMPARE(row["engine_version"], std::string(engineVersion()));
      }
    }
  }

  void writesSeriesInLongForm() {
    auto rows = rowsOf(seriesCsv(sampleRecord()));
    QCOMPARE(rows.size(), std::size_t{8});
    QCOMPARE(rows[2]["t_ns"], std::string("1000000"));
    QCOMPARE(rows[2]["series"], std::string("queues"));
    QCOMPARE(rows[2]["labels"], std::string("line=shard-1;stat=min;unit="));
    QCOMPARE(rows[2]["value"], std::string("2"));
    QCOMPARE(rows[3]["labels"], std::string("line=shard-1;stat=max;unit="));
    QCOMPARE(rows[7]["value"], std::string("3.5"));
  }

  void alignsSeriesInWideForm() {
    auto rows = rowsOf(seriesWideCsv(sampleRecord()));
    QCOMPARE(rows.size(), std::size_t{3});
    QCOMPARE(rows[0]["t_ns"], std::string("0"));
    QCOMPARE(rows[0]["queues/shard-2 max"], std::string());
    QCOMPARE(rows[1]["queues/shard-1 max"], std::string("7"));
    QCOMPARE(rows[1]["queues/shard-2 min"], std::string("1"));
    QCOMPARE(rows[2]["queues/shard-1 min"], std::string());
    QCOMPARE(rows[2]["queues/shard-2 max"], std::string("3.5"));
  }

  void leavesCellsEmptyWhereNothingApplies() {
    auto rows = rowsOf(metricsCsv(sampleRecord()));
    QCOMPARE(rows.size(), std::size_t{2});
    QCOMPARE(rows[0]["name"], std::string("payment.latency"));
    QCOMPARE(rows[0]["kind"], std::string("distribution"));
    QCOMPARE(rows[0]["unit"], std::string("ns"));
    QCOMPARE(rows[0]["count"], std::string("1234"));
    QCOMPARE(rows[0]["p99"], std::string("143000000"));
    QCOMPARE(rows[0]["p999"], std::string());
    QCOMPARE(rows[1]["name"], std::string("breaker.state{method=card,bank=\"a\"}"));
    QCOMPARE(rows[1]["value"], std::string());
    QCOMPARE(rows[1]["max"], std::string());
  }

  void guardsAgainstFormulas() {
    auto rows = rowsOf(eventsCsv(sampleRecord()));
    QCOMPARE(rows.size(), std::size_t{2});
    QCOMPARE(rows[0]["text"], std::string("shard 2: up -> down"));
    QCOMPARE(rows[0]["severity"], std::string("bad"));
    QCOMPARE(rows[1]["text"], std::string("'=cmd()"));
  }

  void writesARowForEachStep() {
    auto rows = rowsOf(tracesCsv(sampleRecord()));
    QCOMPARE(rows.size(), std::size_t{3});
    QCOMPARE(rows[0]["picked"], std::string("both"));
    QCOMPARE(rows[0]["label"], std::string("payment 7, \"card\""));
    QCOMPARE(rows[1]["step"], std::string("write"));
    QCOMPARE(rows[1]["wait_ns"], std::string("2000"));
    QCOMPARE(rows[2]["trace"], std::string("8"));
    QCOMPARE(rows[2]["picked"], std::string("sampled"));
  }

  void countsAgreeWithTheRun() {
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
      const RunRecord record = randomRecord(seed);
      std::size_t steps = 0;
      for (const PickedTrace& picked : pickedTraces(record.frame)) {
        steps += std::max<std::size_t>(1, picked.trace->steps.size());
      }
      QCOMPARE(rowsOf(tracesCsv(record)).size(), steps);
    }
  }

  void writesHeadersForAnEmptyRun() {
    for (const Writer writer : kWriters) {
      const std::string text = writer(RunRecord{});
      QVERIFY(text.starts_with("run_id,seed,lab,engine_version,"));
      QVERIFY(text.ends_with('\n'));
      QVERIFY(rowsOf(text).empty());
    }
  }
};

QTEST_GUILESS_MAIN(TestCsv)
#include "tst_csv.moc"
