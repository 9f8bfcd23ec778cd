// compare and sweep of the built ringside-cli, as a stranger would call them.
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

#include "tests/app/cli_process.h"

using namespace ringside::cli;

namespace {

QStringList comparison(const QStringList& more = {}) {
  return QStringList{"compare", "queueing",   "--a",   "preset=mm1",
                     "--b",     "preset=md1", "--for", "2s"} +
         more;
}

QString contentOf(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

}  // namespace

class TestCliCompare : public QObject {
  Q_OBJECT

 private slots:
  void printsIntervals() {
    const Said said = call(comparison({"--replications", "5"}));
    QCOMPARE(said.status, 0);
    QVERIFY2(said.error.isEmpty(), qPrintable(said.error));
    QVERIFY(said.out.contains("A: preset mm1"));
    QVERIFY(said.out.contains("95 % INTERVAL"));
    QVERIFY(said.out.contains("parts from A at event "));
    QVERIFY(said.out.contains("mean(station-1.wait)"));
  }

  void thePaymentPresetsCompare() {
    const Said said =
        call({"compare", "payment-gateway", "--a", "preset=common", "--b", "preset=corrected",
              "--replications", "3", "--set", "tps=2k", "--for", "200ms", "--json"});
    QCOMPARE(said.status, 0);
    const auto json = said.json();
    QCOMPARE(json["replications"].toInt(), 3);
    QCOMPARE(json["sides"].toArray()[0].toObject()["preset"].toString(), QString("common"));
    const auto comparison = json["comparisons"].toArray()[0].toObject();
    QVERIFY(comparison["first_difference"].toObject()["event"].toDouble() > 0);
    bool intervals = false;
    for (const auto& value : comparison["statistics"].toArray()) {
      const auto statistic = value.toObject();
      QVERIFY(statistic["interval"].isObject());
      QCOMPARE(statistic["interval"].toObject()["count"].toInt(),
               static_cast<int>(statistic["a_values"].toArray().size()));
      intervals = intervals || statistic["significant"].toBool();
    }
    QVERIFY(intervals);
  }

  void threadsDoNotMatter() {
    const Said one = call(comparison({"--replications", "4", "--threads", "1", "--json"}));
    const Said many = call(comparison({"--replications", "4", "--threads", "4", "--json"}));
    QCOMPARE(one.status, 0);
    QCOMPARE(one.out, many.out);
  }

  void moreSidesMayBeCompared() {
    const Said said = call(comparison({"--also", "preset=mg1 rho=0.5", "--json"}));
    QCOMPARE(said.status, 0);
    QCOMPARE(said.json()["comparisons"].toArray().size(), 2);
  }

  void badInputIsOneLine_data() {
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("part");
    QTest::newRow("no side") << QStringList{"compare", "queueing", "--a", "x=1"} << "--b";
    QTest::newRow("unknown knob") << QStringList{"compare", "queueing", "--a",
                                                 "x=1",     "--b",      "rho=1"}
                                  << "--a: 'x' is not a parameter of queueing";
    QTest::newRow("unknown preset")
        << QStringList{"compare", "queueing", "--a", "rho=1", "--b", "preset=x"}
        << "--b: 'x' is not a preset of queueing";
    QTest::newRow("no replications") << comparison({"--replications", "0"})
                                     << "--replications: '0' is not a whole number of 1 or more";
    QTest::newRow("threads") << comparison({"--threads", "many"}) << "--threads: 'many'";
    QTest::newRow("grid without values")
        << QStringList{"sweep", "queueing", "--grid", "rho", "--out", "x.csv"}
        << "--grid: 'rho' is not NAME=V1,V2,..";
    QTest::newRow("empty value") << QStringList{"sweep",    "queueing", "--grid",
                                                "rho=0.5,", "--out",    "x.csv"}
                                 << "--grid: rho";
    QTest::newRow("shard") << QStringList{"sweep", "queueing", "--grid",  "rho=0.5",
                                          "--out", "x.csv",    "--shard", "3/2"}
                           << "--shard: '3/2' is not I/N";
    QTest::newRow("folder that is not there")
        << QStringList{"sweep", "queueing", "--grid", "rho=0.5", "--out", "no/where.csv"}
        << "--out: no/where.csv: No such file";
  }
  void badInputIsOneLine() {
    QFETCH(QStringList, words);
    QFETCH(QString, part);
    const Said said = call(words);
    QCOMPARE(said.status, 2);
    QVERIFY(said.out.isEmpty());
    QCOMPARE(said.error.count('\n'), 1);
    QVERIFY2(said.error.contains(part), qPrintable(said.error));
  }

  void sweepsGoOnAndAddUp() {
    const QTemporaryDir folder;
    const QStringList words{"sweep",       "queueing", "--grid", "rho=0.5,0.8", "--grid",
                            "servers=1,2", "--for",    "500ms",  "--out"};
    const QString whole = folder.filePath("whole.csv");
    QCOMPARE(call(words + QStringList{whole}).status, 0);
    QCOMPARE(contentOf(whole).count('\n'), 5);
    const Said again = call(words + QStringList{whole});
    QCOMPARE(again.status, 0);
    QVERIFY(again.error.contains("4 rows are in"));
    QVERIFY(again.error.contains("0 of them new"));
    QStringList lines;
    for (const char* shard : {"2/2", "1/2"}) {
      const QString path = folder.filePath(QString(shard).left(1));
      QCOMPARE(call(words + QStringList{path, "--shard", shard}).status, 0);
      lines += contentOf(path).split('\n');
    }
    lines.removeDuplicates();
    lines.sort();
    QStringList expected = contentOf(whole).split('\n');
    expected.sort();
    QCOMPARE(lines, expected);
  }

  void runsTellTheTheory() {
    const Said said = call({"run", "queueing", "--preset", "md1", "--for", "5s", "--json"});
    QCOMPARE(said.status, 0);
    const auto theory = said.json()["theory"].toArray();
    QVERIFY(!theory.isEmpty());
    bool held = false;
    for (const auto& value : theory) {
      const auto line = value.toObject();
      if (line["law"] == "M/D/1") held = line["holds"].toBool();
      QVERIFY(!line["assumptions"].toArray().isEmpty());
    }
    QVERIFY(held);
    const auto steady = said.json()["steady_state"].toObject()["station-1.wait"].toObject();
    QVERIFY(steady.contains("half_width"));
  }
};

QTEST_GUILESS_MAIN(TestCliCompare)
#include "tst_cli_compare.moc"
