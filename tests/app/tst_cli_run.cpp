#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QtTest>

#include "tests/app/cli_process.h"

using namespace ringside::cli;

class TestCliRun : public QObject {
  Q_OBJECT

 private slots:
  void listsLabs() {
    const Said table = call({"labs"});
    QCOMPARE(table.status, 0);
    QVERIFY(table.out.contains("payment-gateway"));
    QCOMPARE(table.error, QString());
    const Said json = call({"labs", "--json"});
    QCOMPARE(json.status, 0);
    QCOMPARE(json.json()["labs"].toArray().at(0).toObject()["id"].toString(), "payment-gateway");
  }

  void describesALab() {
    const Said table = call({"describe", "payment-gateway"});
    QCOMPARE(table.status, 0);
    for (const char* part : {"PARAMETER", "tps", "FAULT", "kill_shard", "METRIC", "CLAIM"}) {
      QVERIFY2(table.out.contains(part), part);
    }
    const Said json = call({"describe", "payment-gateway", "--json"});
    QCOMPARE(json.status, 0);
    for (const char* part : {"parameters", "faults", "metrics", "claims", "presets"}) {
      QVERIFY2(!json.json()[part].toArray().isEmpty(), part);
    }
  }

  void printsOneObjectAndNothingElse() {
    const Said said = call(smallRun({"--json", "--seed", "7"}));
    QCOMPARE(said.status, 0);
    QCOMPARE(said.error, QString());
    const QJsonObject json = said.json();
    for (const char* key :
         {"lab", "seed", "mode", "fingerprint", "virtual_seconds", "wall_seconds", "events",
          "events_per_second", "parameters", "metrics", "claims", "checks", "arrivals"}) {
      QVERIFY2(json.contains(key), key);
    }
    QCOMPARE(json["lab"].toString(), "payment-gateway");
    QCOMPARE(json["seed"].toInt(), 7);
    QCOMPARE(json["virtual_seconds"].toDouble(), 0.05);
    QVERIFY(json["events"].toInt() > 100);
    QCOMPARE(json["parameters"]["tps"]["value"].toDouble(), 2000.0);
    QVERIFY(json["arrivals"].isNull());
    QVERIFY(!json["metrics"].toObject().isEmpty());
  }

  void printsATableForAPerson() {
    const Said said = call(smallRun());
    QCOMPARE(said.status, 0);
    QCOMPARE(said.error, QString());
    for (const char* part : {"fingerprint", "DISTRIBUTION", "COUNTER", "CHECK", "virtual time"}) {
      QVERIFY2(said.out.contains(part), part);
    }
  }

  void keepsQuiet() {
    const Said said = call(smallRun({"--quiet"}));
    QCOMPARE(said.status, 0);
    QCOMPARE(said.out + said.error, QString());
  }

  void repeatsARunOfTheSameSeed() {
    const auto fingerprint = [](const char* seed) {
      return call(smallRun({"--json", "--seed", seed})).json()["fingerprint"].toString();
    };
    const QString first = fingerprint("7");
    QCOMPARE(first.size(), qsizetype{16});
    QCOMPARE(fingerprint("7"), first);
    QVERIFY(fingerprint("8") != first);
    QVERIFY(fingerprint("18446744073709551615") != first);
  }

  void changesTheRunWithPresetParameterAndFault() {
    const auto fingerprint = [](const QStringList& more) {
      return call(smallRun(QStringList{"--json"} + more)).json()["fingerprint"].toString();
    };
    const QString plain = fingerprint({});
    QVERIFY(!plain.isEmpty());
    QVERIFY(fingerprint({"--set", "tps=3k"}) != plain);
    const auto longer = [](const QStringList& more) {
      // Until the first answers of banks are back: before that the presets do not differ.
      const auto said = call(fewPayments({"--json", "--for", "300ms"}) + more);
      return said.json()["fingerprint"].toString();
    };
    QVERIFY(longer({"--preset", "common"}) != longer({}));
    QVERIFY(fingerprint({"--fault", "5ms kill_shard shard=1 for 10ms"}) != plain);
  }

  void reportsFaults() {
    const auto json =
        call(smallRun({"--json", "--fault", "5ms kill_shard shard=1 for 10ms"})).json();
    const QJsonObject fault = json["faults"].toArray().at(0).toObject();
    QCOMPARE(fault["name"].toString(), "kill_shard");
    QCOMPARE(fault["from_ns"].toInt(), 5'000'000);
    QCOMPARE(fault["to_ns"].toInt(), 15'000'000);
  }

  void stopsAtAnEvent() {
    const Said said = call(fewPayments({"--json", "--until", "123"}));
    QCOMPARE(said.status, 0);
    QCOMPARE(said.json()["events"].toInt(), 123);
  }

  void stopsAtATime() {
    const Said said = call(fewPayments({"--json", "--until", "20ms"}));
    QCOMPARE(said.status, 0);
    QCOMPARE(said.json()["virtual_seconds"].toDouble(), 0.02);
  }

  void readsArrivals() {
    QTemporaryDir dir;
    QFile file(dir.path() + "/day.csv");
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("time_s,key\n0,1\n0.001,2\nbad,3\n0.002,3\n");
    file.close();
    const Said said = call(smallRun({"--json", "--arrivals", file.fileName()}));
    QCOMPARE(said.status, 0);
    const QJsonObject arrivals = said.json()["arrivals"].toObject();
    QCOMPARE(arrivals["file"].toString(), "day.csv");
    QCOMPARE(arrivals["rows"].toInt(), 3);
    QCOMPARE(arrivals["bad_rows"].toInt(), 1);
    QCOMPARE(arrivals["first_bad"].toString(), "line 4: time_s 'bad' is not a number of seconds");
  }

  void exportsFiles() {
    QTemporaryDir dir;
    const QString folder = dir.path() + "/out";
    const Said said = call(smallRun({"--json", "--export", folder}));
    QCOMPARE(said.status, 0);
    const auto files = QDir(folder).entryList(QDir::Files);
    QCOMPARE(said.error, QString("%1 files exported to %2\n").arg(files.size()).arg(folder));
    for (const char* file : {"series.csv", "result.json", "trace.json", "run.sqlite", "metrics.om",
                             "result.sca", "result.vec", "report.html"}) {
      QVERIFY2(files.contains(file), file);
    }
    QVERIFY(!said.json().isEmpty());
    QFile result(folder + "/result.json");
    QVERIFY(result.open(QIODevice::ReadOnly));
    const QJsonObject written = QJsonDocument::fromJson(result.readAll()).object();
    QCOMPARE(written["fingerprint"], said.json()["fingerprint"]);
    QVERIFY(!written["series"].toArray().isEmpty());
    QFile trace(folder + "/trace.json");
    QVERIFY(trace.open(QIODevice::ReadOnly));
    QVERIFY(!QJsonDocument::fromJson(trace.readAll()).object()["traceEvents"].toArray().isEmpty());
  }

  void exportsOnlyTheFormatsAskedFor() {
    QTemporaryDir dir;
    QCOMPARE(call(smallRun({"--quiet", "--export", dir.path(), "--formats", "json"})).status, 0);
    QCOMPARE(QDir(dir.path()).entryList(QDir::Files), QStringList{"result.json"});
  }

  void stopsAtACondition() {
    const Said said = call(fewPayments({"--until", "value(offered) == 20", "--json"}));
    QCOMPARE(said.status, 0);
    QCOMPARE(said.json()["state"].toString(), "paused");
    const auto offered = said.json()["metrics"].toObject()["offered"].toObject();
    QCOMPARE(offered["count"].toInt(), 20);
  }

  void givesASavedRunAgainAndTellsWhenItIsAnother() {
    QTemporaryDir dir;
    const QString path = dir.path() + "/a.ringside";
    const Said first = call(
        smallRun({"--seed", "9", "--fault", "10ms kill_l2 for 9ms", "--save", path, "--json"}));
    QCOMPARE(first.status, 0);
    const Said again = call({"run", "--from", path, "--json"});
    QCOMPARE(again.status, 0);
    QCOMPARE(again.json()["fingerprint"], first.json()["fingerprint"]);
    QCOMPARE(again.json()["events"], first.json()["events"]);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QByteArray text = file.readAll();
    text.replace("\"seed\": 9", "\"seed\": 8");
    file.resize(0);
    file.seek(0);
    file.write(text);
    file.close();
    const Said other = call({"run", "--from", path, "--quiet"});
    QCOMPARE(other.status, 1);
    QVERIFY2(other.error.contains("the fingerprint differs: expected"), qPrintable(other.error));
  }

  void keepsARunAndListsIt() {
    QTemporaryDir data;
    const auto at = [&](const QStringList& words) { return call(words, {}, data.path()); };
    QCOMPARE(at({"runs", "--json"}).json()["runs"].toArray().size(), 0);
    const Said ran = at(smallRun({"--json", "--keep"}));
    QCOMPARE(ran.status, 0);
    QVERIFY(ran.error.contains("kept as run 1 in " + data.path()));
    const QJsonArray runs = at({"runs", "--json"}).json()["runs"].toArray();
    QCOMPARE(runs.size(), 1);
    QCOMPARE(runs[0].toObject()["fingerprint"], ran.json()["fingerprint"]);
    QCOMPARE(at({"runs", "--json", "--search", "nothing"}).json()["runs"].toArray().size(), 0);
    QVERIFY(at({"runs"}).out.contains(ran.json()["fingerprint"].toString()));
  }

  void saysThatItsResultWasLost() {
    QProcess process;
    process.setStandardOutputFile("/dev/full");
    process.start(RINGSIDE_CLI, {"labs"});
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitCode(), 1);
    QVERIFY(process.readAllStandardError().contains("standard output cannot be written"));
  }

  void helps() {
    for (const QStringList& words : {QStringList{"--help"}, {"run", "--help"}, {"--version"}}) {
      const Said said = call(words);
      QCOMPARE(said.status, 0);
      QVERIFY(!said.out.isEmpty());
      QCOMPARE(said.error, QString());
    }
    QVERIFY(call({"--help"}).out.contains("verify"));
  }
};

QTEST_GUILESS_MAIN(TestCliRun)
#include "tst_cli_run.moc"
