#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include "tests/app/cli_process.h"

using namespace ringside::cli;

class TestCliBadInput : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() {
    write("empty.csv", "");
    write("unsorted.csv", "time_s,key\n1,1\n0,2\n");
    write("columns.csv", "time,who\n1,1\n");
    write("file", "x");
  }

  void refusesInOneLine_data() {
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QStringList>("parts");
    const auto row = [](const char* name, const QStringList& words, const QStringList& parts) {
      QTest::newRow(name) << words << parts;
    };
    row("nothing", {}, {"labs, describe, run, compare, sweep, runs, verify"});
    row("unknown command", {"replay", "payment-gateway"}, {"'replay'", "labs, describe, run"});
    row("unknown option", {"run", "payment-gateway", "--live"}, {"run: ", "'--live'", "--until"});
    row("no lab", {"run"}, {"run: give the id of a lab, or --from FILE"});
    row("lab and file", {"run", "payment-gateway", "--from", path("x.ringside")},
        {"--from: cannot stand beside LAB"});
    row("no such run", {"run", "--from", path("none.ringside")}, {"--from: ", "cannot be read"});
    row("not a run", {"run", "--from", path("empty.csv")}, {"--from: ", "expected JSON"});
    row("unknown lab", {"run", "payment-gatewy"}, {"'payment-gatewy'", "payment-gateway"});
    row("lab to describe", {"describe", "nope"}, {"'nope'", "payment-gateway"});
    row("lab to verify", {"verify", "nope"}, {"'nope'", "payment-gateway"});
    row("stray word", {"run", "payment-gateway", "fast"}, {"'fast'"});
    row("option without value", {"run", "payment-gateway", "--seed"}, {"--seed"});
    const auto option = [&row](const char* name, const QStringList& words,
                               const QStringList& parts) {
      row(name, QStringList{"run", "payment-gateway"} + words, parts);
    };
    option("preset", {"--preset", "wrong"}, {"--preset", "'wrong'", "common"});
    option("no value", {"--set", "tps"}, {"--set", "'tps' is not NAME=VALUE"});
    option("parameter", {"--set", "tpx=1"}, {"--set", "'tpx' is not a parameter", "tps"});
    option("value", {"--set", "tps=fast"}, {"--set: tps: 'fast' is not a number; allowed:"});
    option("range", {"--set", "tps=-1"}, {"--set: tps: '-1' is out of range; allowed:"});
    option("seed", {"--seed", "x"}, {"--seed: 'x' is not a whole number"});
    option("long seed", {"--seed", "18446744073709551616"}, {"--seed", "2^64-1"});
    option("length", {"--for", "1"}, {"--for: '1' has no unit: ns, us, ms, s, m or h"});
    option("no length", {"--for", "0s"}, {"--for: '0s' is out of range; allowed: above 0"});
    option("both ends", {"--for", "1s", "--until", "1s"}, {"--until", "--for"});
    option("condition", {"--until", "breaker bank opens"},
           {"--until: there is no metric \"breaker bank opens\"", "a time such as 500ms"});
    option("event 0", {"--until", "0"}, {"--until: '0' is no event number"});
    option("fault", {"--fault", "1ms explode"}, {"--fault", "'explode'", "kill_shard"});
    option("shard", {"--fault", "100ms kill_shard shard=20"},
           {"--fault: fault '100ms kill_shard shard=20': shard 20 is not there: 0 to 7\n"});
    option("shard of four", {"--fault", "1ms slow_shard shard=4", "--set", "shards=4"},
           {"shard 4 is not there: 0 to 3\n"});
    option("shard of a preset", {"--fault", "1ms kill_shard shard=8", "--preset", "common"},
           {"shard 8 is not there: 0 to 7\n"});
    option("gateway", {"--fault", "1ms kill_gateway gateway=3", "--set", "gws=2"},
           {"gateway 3 is not there: 1 to 2\n"});
    option("share", {"--fault", "1ms hot_merchant share=1"}, {"share: '1' is out of range"});
    option("fault time", {"--fault", "kill_shard 1ms"}, {"--fault", "kill_shard"});
    option("formats alone", {"--formats", "csv"}, {"--formats: needs --export DIR"});
    option("format", {"--export", path("out"), "--formats", "xml"},
           {"--formats: 'xml' is not a format; allowed: csv, json, trace, sqlite"});
    option("export onto a file", {"--export", path("file")}, {"--export: ", "cannot be made"});
    option("export below a file", {"--export", path("file/x")}, {"--export: ", "Not a directory"});
    option("no file", {"--arrivals", path("none.csv")}, {"--arrivals: ", "No such file"});
    option("empty file", {"--arrivals", path("empty.csv")}, {"line 1: the file is empty"});
    option("unsorted", {"--arrivals", path("unsorted.csv")}, {"line 3: time_s goes back"});
    option("columns", {"--arrivals", path("columns.csv")}, {"line 1: column 'time_s' is missing"});
  }
  void refusesInOneLine() {
    QFETCH(QStringList, words);
    QFETCH(QStringList, parts);
    const Said said = call(words);
    QCOMPARE(said.status, 2);
    QCOMPARE(said.out, QString());
    QVERIFY2(said.error.startsWith("ringside-cli: "), qPrintable(said.error));
    QCOMPARE(said.error.count('\n'), qsizetype{1});
    for (const QString& part : parts) QVERIFY2(said.error.contains(part), qPrintable(said.error));
  }

 private:
  QString path(const char* name) const { return dir_.path() + "/" + name; }

  void write(const char* name, const char* text) const {
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
  }

  QTemporaryDir dir_;
};

QTEST_GUILESS_MAIN(TestCliBadInput)
#include "tst_cli_bad_input.moc"
