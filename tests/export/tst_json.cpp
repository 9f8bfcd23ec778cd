#include <QtTest>

#include <nlohmann/json.hpp>

#include "engine/export/json.h"
#include "tests/export/sample_record.h"

using namespace ringside;
using namespace ringside::exports;
using Json = nlohmann::json;

class TestJson : public QObject {
  Q_OBJECT

 private slots:
  void holdsTheResultObject() {
    RunRecord record = sampleRecord();
    record.wallSeconds = 0.5;
    const Json json = Json::parse(runJson(record));
    for (const char* key :
         {"lab", "seed", "mode", "fingerprint", "virtual_seconds", "wall_seconds", "events",
          "events_per_second", "parameters", "metrics", "claims", "checks", "arrivals"}) {
      QVERIFY2(json.contains(key), key);
    }
    QCOMPARE(json["lab"].get<std::string>(), std::string("payment-gateway"));
    QCOMPARE(json["seed"].get<int>(), 7);
    QCOMPARE(json["mode"].get<std::string>(), std::string("virtual"));
    QCOMPARE(json["fingerprint"].get<std::string>(), std::string("00a1b2c3d4e5f607"));
    QCOMPARE(json["virtual_seconds"].get<double>(), 1.0);
    QCOMPARE(json["events"].get<int>(), 4321);
    QCOMPARE(json["events_per_second"].get<double>(), 8642.0);
    QCOMPARE(json["parameters"]["bank.latency"]["value"].get<double>(), 50e6);
    QCOMPARE(json["parameters"]["bank.latency"]["text"].get<std::string>(), std::string("50ms"));
    QCOMPARE(json["parameters"]["bank.latency"]["unit"].get<std::string>(), std::string("ns"));
    QVERIFY(json["arrivals"].is_null());
    QVERIFY(!json.contains("series"));
  }

  void writesTheFieldsThatApply() {
    const Json json = Json::parse(runJson(sampleRecord()));
    const Json& latency = json["metrics"]["payment.latency"];
    QCOMPARE(latency["count"].get<int>(), 1234);
    QCOMPARE(latency["p99"].get<double>(), 143e6);
    QCOMPARE(latency["unit"].get<std::string>(), std::string("ns"));
    QVERIFY(!latency.contains("p999"));
  }

  void writesNullForWhatIsNotFinite() {
    const std::string text = fileJson(sampleRecord());
    QVERIFY(text.find("nan") == std::string::npos);
    QVERIFY(text.find("inf\"") == std::string::npos);
    const Json json = Json::parse(text);
    const Json& gauge = json["metrics"]["breaker.state{method=card,bank=\"a\"}"];
    QVERIFY(gauge.contains("value") && gauge["value"].is_null());
    QVERIFY(gauge["max"].is_null());
    QVERIFY(json["wall_seconds"].is_null());
  }

  void reportsArrivals() {
    RunRecord record = sampleRecord();
    lab::ArrivalTrace trace;
    trace.name = "day.csv";
    trace.arrivals.resize(3);
    trace.badRows = 2;
    trace.firstBadRow = "line 4: key is empty";
    record.plan.arrivals = std::make_shared<lab::ArrivalTrace>(trace);
    const Json json = Json::parse(runJson(record))["arrivals"];
    QCOMPARE(json["file"].get<std::string>(), std::string("day.csv"));
    QCOMPARE(json["rows"].get<int>(), 3);
    QCOMPARE(json["bad_rows"].get<int>(), 2);
    QCOMPARE(json["first_bad"].get<std::string>(), std::string("line 4: key is empty"));
  }

  void addsJournalSeriesEventsAndTraces() {
    const Json json = Json::parse(fileJson(sampleRecord()));
    QCOMPARE(json["journal"].size(), std::size_t{3});
    QCOMPARE(json["journal"][0]["text"].get<std::string>(), std::string("60ms"));
    QCOMPARE(json["journal"][1]["text"].get<std::string>(), std::string("6ns kill_shard shard=2"));
    QCOMPARE(json["journal"][2]["act"].get<std::string>(), std::string("lift"));
    QCOMPARE(json["series"].size(), std::size_t{2});
    QCOMPARE(json["series"][0]["points"][1].dump(), std::string("[0.001,2.0,7.0]"));
    QCOMPARE(json["series"][1]["line"].get<std::string>(), std::string("shard-2"));
    QCOMPARE(json["percentiles"][0]["points"].size(), std::size_t{3});
    QCOMPARE(json["event_log"]["lines"].size(), std::size_t{2});
    QCOMPARE(json["traces"].size(), std::size_t{2});
    QCOMPARE(json["traces"][0]["steps"][1]["wait_ns"].get<int>(), 2000);
    QVERIFY(json["faults"][1]["to_ns"].is_null());
  }

  void writesOneClaimOfAList() {
    RunRecord record = sampleRecord();
    run::ClaimOutcome claim;
    claim.id = "C1";
    claim.measured = 143e6;
    claim.verdict = lab::Verdict::Holds;
    claim.asContentSays = true;
    record.claims = {claim};
    const Json json = Json::parse(runJson(record))["claims"];
    QVERIFY(json.is_array());
    QCOMPARE(json.size(), std::size_t{1});
    for (const char* key :
         {"id", "text", "metric", "comparator", "expected", "measured", "verdict"}) {
      QVERIFY2(json[0].contains(key), key);
    }
    const Json verified = Json::parse(verifyJson(record.claims, {"broken.json: oops"}));
    QCOMPARE(verified["as_content_says"].get<int>(), 1);
    QCOMPARE(verified["content_errors"].size(), std::size_t{1});
  }

  void listsAndDescribesLabs() {
    const Json labs = Json::parse(labsJson({sampleInfo()}));
    QCOMPARE(labs["labs"].size(), std::size_t{1});
    QCOMPARE(labs["labs"][0]["presets"][0]["values"]["bank.latency"].get<std::string>(),
             std::string("50ms"));
    const RunRecord record = sampleRecord();
    const Json lab = Json::parse(
        describeJson({record.info, record.metrics, {{"scenario", "C1", "text", "p99(x) < 1"}}}));
    QCOMPARE(lab["parameters"][0]["allowed"].get<std::string>(), std::string("0s to 5s"));
    QCOMPARE(lab["faults"][0]["arguments"][0]["key"].get<std::string>(), std::string("shard"));
    QCOMPARE(lab["metrics"].size(), std::size_t{2});
    QCOMPARE(lab["claims"][0]["statement"].get<std::string>(), std::string("p99(x) < 1"));
  }

  void mendsTextThatIsNotUtf8() {
    RunRecord record = sampleRecord();
    record.frame.eventTail[0].text = "\xff";
    QVERIFY(Json::accept(fileJson(record)));
  }

  void writesAnEmptyRun() { QVERIFY(Json::accept(fileJson(RunRecord{}))); }
};

QTEST_GUILESS_MAIN(TestJson)
#include "tst_json.moc"
