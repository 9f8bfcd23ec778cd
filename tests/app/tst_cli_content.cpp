#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QtTest>

#include "tests/app/cli_process.h"

using namespace ringside::cli;

namespace {

// A scenario with one claim about a small run; `value` decides whether it holds.
QByteArray scenario(const QByteArray& value) {
  const QByteArray text = R"json({
    "id": "small", "title": "Small", "group": "Tests", "difficulty": 1,
    "lab": {"lab": "payment-gateway", "preset": "corrected"},
    "question": "How many?", "answer": [{"title": "Few", "body": "Few."}],
    "experiments": {"few": {"lab": "payment-gateway", "set": {"tps": "2k"}, "seed": 1,
                            "for": "50ms"}},
    "claims": [{"id": "C1", "text": "Few arrive.", "experiment": "few",
                "metric": "value(inflight)", "is": "<=", "value": "VALUE",
                "why": "Two a millisecond."}],
    "checkpoints": [
      {"id": "Q1", "prompt": "How many a second?",
       "numeric": {"answer": 2000, "tolerance": 0, "unit": "1/s"}, "explanation": "As set."}]
  })json";
  return QByteArray(text).replace("VALUE", value);
}

}  // namespace

class TestCliContent : public QObject {
  Q_OBJECT

 private slots:
  void init() {
    dir_ = std::make_unique<QTemporaryDir>();
    QVERIFY(QDir(dir_->path()).mkpath("scenarios"));
  }

  void agreesWithAClaimThatHolds() {
    write("small.json", scenario("1000000"));
    const Said said = call({"verify", "--json"}, dir_->path());
    QVERIFY2(said.status == 0, qPrintable(said.error + said.out));
    const QJsonObject claim = said.json()["claims"].toArray().at(0).toObject();
    QCOMPARE(claim["id"].toString(), "C1");
    QCOMPARE(claim["verdict"].toString(), "holds");
    QVERIFY(claim["as_content_says"].toBool());
    QVERIFY(claim["measured"].isDouble());
  }

  void failsOnAClaimThatDoesNotHold() {
    write("small.json", scenario("-1"));
    const Said said = call({"verify"}, dir_->path());
    QCOMPARE(said.status, 1);
    QVERIFY(said.out.contains("NO\n"));
    QVERIFY(said.out.contains("1 claims, 0 as the content says"));
  }

  void judgesTheClaimsOfARun() {
    write("small.json", scenario("-1"));
    const Said same = call(smallRun({"--json"}), dir_->path());
    QCOMPARE(same.status, 1);
    QCOMPARE(same.json()["claims"].toArray().size(), qsizetype{1});
    QVERIFY2(same.error.startsWith("ringside-cli: claim C1 of small: fails"),
             qPrintable(same.error));
    const Said other = call(smallRun({"--json", "--set", "tps=3k"}), dir_->path());
    QCOMPARE(other.status, 0);
    QVERIFY(other.json()["claims"].toArray().isEmpty());
  }

  void reportsFilesThatCannotBeReadAndVerifiesTheOthers() {
    write("small.json", scenario("1000000"));
    write("broken.json", "{\"id\": ");
    const Said said = call({"verify", "--json"}, dir_->path());
    QCOMPARE(said.status, 2);
    QVERIFY2(said.error.contains("broken.json"), qPrintable(said.error));
    QCOMPARE(said.json()["as_content_says"].toInt(), 1);
    QCOMPARE(said.json()["content_errors"].toArray().size(), qsizetype(said.error.count('\n')));
  }

  void verifiesOnlyTheLabsAskedFor() {
    write("small.json", scenario("-1"));
    const Said said = call({"verify", "tier-availability", "--json"}, dir_->path());
    QCOMPARE(said.status, 0);
    QCOMPARE(said.json()["claims_checked"].toInt(), 0);
  }

  void saysWhereItLookedForScenarios() {
    const Said said = call({"verify"}, dir_->path() + "/none");
    QCOMPARE(said.status, 2);
    QCOMPARE(said.out, QString());
    QVERIFY2(said.error.contains("RINGSIDE_CONTENT"), qPrintable(said.error));
  }

 private:
  void write(const QString& name, const QByteArray& text) const {
    QFile file(dir_->path() + "/scenarios/" + name);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
  }

  std::unique_ptr<QTemporaryDir> dir_;
};

QTEST_GUILESS_MAIN(TestCliContent)
#include "tst_cli_content.moc"
