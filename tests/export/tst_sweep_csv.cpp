// Files of sweeps: begun, gone on with, cut short, added up, and refused.
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <sys/resource.h>

#include "engine/export/sweep_csv.h"
#include "tests/labs/lab_run.h"

using namespace ringside;
using namespace ringside::exports;
using namespace std::chrono_literals;

namespace {

run::SweepRequest request(int replications = 2) {
  run::SweepRequest made;
  made.base = test::labPlan("queueing", "mm1", {}, 100ms);
  made.axes = {{"rho", {"0.5", "0.9"}}, {"service", {"exponential", "fixed"}}};
  made.replications = replications;
  return run::checked(made).value();
}

QByteArray contentOf(const QString& path) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) qFatal("%s", qPrintable(path));
  return file.readAll();
}

void writeTo(const QString& path, const QByteArray& content) {
  QFile file(path);
  if (!file.open(QIODevice::WriteOnly)) qFatal("%s", qPrintable(path));
  file.write(content);
}

// Runs what the file lacks; how many rows that were.
int fill(const QString& path, const run::SweepRequest& of) {
  auto file = SweepFile::open(path.toStdString(), of);
  if (!file) qFatal("%s", file.error().message.c_str());
  int rows = 0;
  run::Progress progress;
  const run::SweepWork work{[&](std::uint64_t row) { return file->has(row); },
                            [&](const run::SweepRow& row) {
                              ++rows;
                              return file->append(row);
                            }};
  const auto done = run::sweep(of, work, progress);
  if (!done) qFatal("%s", done.error().message.c_str());
  return rows;
}

QList<QByteArray> sortedLines(QByteArray text) {
  auto lines = text.split('\n');
  std::sort(lines.begin(), lines.end());
  lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
  return lines;
}

}  // namespace

class TestSweepCsv : public QObject {
  Q_OBJECT

 private slots:
  void init() { folder_ = std::make_unique<QTemporaryDir>(); }

  void rowsReadBackAsTheyWere() {
    QCOMPARE(fill(at("a.csv"), request()), 8);
    const auto table = readSweepTable(contentOf(at("a.csv")).toStdString());
    QVERIFY(table.has_value());
    QCOMPARE(table->rows.size(), std::size_t{8});
    const auto column = std::ranges::find(table->columns, "mean(station-1.wait)");
    QVERIFY(column != table->columns.end());
    const auto place = static_cast<std::size_t>(column - table->columns.begin());
    for (const auto& row : table->rows) {
      run::RunPlan plan =
          test::labPlan("queueing", "mm1", {{"rho", row[4]}, {"service", row[5]}}, 100ms);
      plan.seed = std::stoull(row[3]);
      const auto run = test::finished(plan);
      QCOMPARE(row[6], std::string("finished"));
      QCOMPARE(std::stod(row[place]), test::read(*run, "mean(station-1.wait)"));
    }
  }

  void nothingIsRunTwice() {
    QCOMPARE(fill(at("a.csv"), request()), 8);
    const QByteArray before = contentOf(at("a.csv"));
    QCOMPARE(fill(at("a.csv"), request()), 0);
    QCOMPARE(contentOf(at("a.csv")), before);
  }

  void aFileCutAnywhereIsMadeWholeAgain() {
    fill(at("whole.csv"), request(1));
    const QByteArray whole = contentOf(at("whole.csv"));
    for (qsizetype length = 0; length < whole.size(); length += 61) {
      writeTo(at("cut.csv"), whole.left(length));
      fill(at("cut.csv"), request(1));
      QCOMPARE(contentOf(at("cut.csv")), whole);
    }
  }

  void shardsAddUpByConcatenation() {
    fill(at("whole.csv"), request());
    QByteArray joined;
    for (std::uint64_t shard = 3; shard >= 1; --shard) {
      run::SweepRequest part = request();
      part.shard = shard;
      part.shards = 3;
      const QString path = at(QString("%1.csv").arg(shard));
      fill(path, part);
      joined += contentOf(path);
    }
    writeTo(at("joined.csv"), joined);
    QCOMPARE(fill(at("joined.csv"), request()), 0);
    QCOMPARE(sortedLines(joined), sortedLines(contentOf(at("whole.csv"))));
  }

  void anotherSweepsFileIsRefused_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("prose") << QByteArray("Dear diary,\n");
    QTest::newRow("prose without an end") << QByteArray("Dear diary");
    QTest::newRow("another header") << QByteArray("sweep,point,replication,seed,tps\n");
  }
  void anotherSweepsFileIsRefused() {
    QFETCH(QByteArray, content);
    writeTo(at("a.csv"), content);
    QVERIFY(!SweepFile::open(at("a.csv").toStdString(), request()));
    QCOMPARE(contentOf(at("a.csv")), content);  // Nothing of it was touched.
  }

  void aSweepOfOtherSeedsIsRefused() {
    fill(at("a.csv"), request());
    run::SweepRequest other = request();
    other.base.seed = 5;
    const auto opened = SweepFile::open(at("a.csv").toStdString(), other);
    QVERIFY(!opened);
    QVERIFY(opened.error().message.find("holds another sweep") != std::string::npos);
  }

  void aFileBeingWrittenIsRefused() {
    const auto first = SweepFile::open(at("a.csv").toStdString(), request());
    QVERIFY(first.has_value());
    const auto second = SweepFile::open(at("a.csv").toStdString(), request());
    QVERIFY(!second);
    QVERIFY(second.error().message.find("another sweep is writing it") != std::string::npos);
  }

  void aFolderThatIsNotThereIsNamed() {
    const auto opened = SweepFile::open(at("no/a.csv").toStdString(), request());
    QVERIFY(!opened);
    QVERIFY(opened.error().message.find("No such file") != std::string::npos);
  }

  // A limit on the size of files stands in for a full disk: both fail in the middle of a row.
  void aFullDiskLeavesNoHalfRow() {
    fill(at("whole.csv"), request());
    const QByteArray whole = contentOf(at("whole.csv"));
    const qsizetype three = whole.indexOf('\n', whole.size() / 3) + 1;
    writeTo(at("a.csv"), whole.left(three));
    auto file = SweepFile::open(at("a.csv").toStdString(), request());
    run::SweepRow row;
    row.row = 7;
    row.values = {"0.9", "fixed"};
    const auto before = std::signal(SIGXFSZ, SIG_IGN);
    rlimit usual{};
    getrlimit(RLIMIT_FSIZE, &usual);
    rlimit tight = usual;
    tight.rlim_cur = static_cast<rlim_t>(three) + 20;
    setrlimit(RLIMIT_FSIZE, &tight);
    const auto appended = file->append(row);
    setrlimit(RLIMIT_FSIZE, &usual);
    std::signal(SIGXFSZ, before);
    QVERIFY(!appended);
    QVERIFY(appended.error().message.find("too large") != std::string::npos);
    QCOMPARE(contentOf(at("a.csv")), whole.left(three));
    QVERIFY(!file->has(7));
  }

  void whatIsNoOrdinaryFileIsRefused() {
    const auto opened = SweepFile::open("/dev/full", request());
    QVERIFY(!opened);
    QCOMPARE(opened.error().message, std::string("/dev/full: is no ordinary file"));
  }

  void brokenLinesAreNumbered() {
    const auto table = readSweepTable("a,b\n1,2\na,b\n3\n");
    QVERIFY(!table);
    QCOMPARE(table.error().message, std::string("line 4: 1 cells where the header has 2"));
  }

  void quotesKeepCommasTogether() {
    const auto table = readSweepTable("a,\"b,\"\"c\"\"\"\n1,\"x,y\"\n");
    QVERIFY(table.has_value());
    QCOMPARE(table->columns[1], std::string("b,\"c\""));
    QCOMPARE(table->rows[0][1], std::string("x,y"));
  }

 private:
  [[nodiscard]] QString at(const QString& name) const { return folder_->filePath(name); }

  std::unique_ptr<QTemporaryDir> folder_;
};

QTEST_GUILESS_MAIN(TestSweepCsv)
#include "tst_sweep_csv.moc"
