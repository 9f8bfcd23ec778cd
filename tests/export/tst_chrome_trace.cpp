#include <QtTest>

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "engine/export/chrome_trace.h"
#include "tests/export/sample_record.h"

using namespace ringside;
using namespace ringside::exports;
using Json = nlohmann::json;

namespace {

std::vector<Json> eventsOf(const RunRecord& record) {
  const Json trace = Json::parse(chromeTrace(record));
  return trace.at("traceEvents").get<std::vector<Json>>();
}

std::vector<Json> phase(const std::vector<Json>& events, std::string_view ph) {
  std::vector<Json> found;
  for (const Json& event : events) {
    if (event.at("ph") == ph) found.push_back(event);
  }
  return found;
}

std::int64_t nanosOf(const Json& micros) { return std::llround(micros.get<double>() * 1000); }

std::vector<RunRecord> manyRecords() {
  std::vector<RunRecord> records{sampleRecord(), RunRecord{}};
  for (std::uint64_t seed = 0; seed < 60; ++seed) records.push_back(randomRecord(seed));
  return records;
}

}  // namespace

class TestChromeTrace : public QObject {
  Q_OBJECT

 private slots:
  void pairsEveryBeginWithItsEnd() {
    for (const RunRecord& record : manyRecords()) {
      const auto events = eventsOf(record);
      std::map<std::string, std::int64_t> open;
      for (const Json& event : phase(events, "b")) {
        const std::string key = event.at("cat").get<std::string>() + event.at("id").dump();
        QVERIFY2(!open.contains(key), key.c_str());
        QVERIFY(std::stoull(event.at("id").get<std::string>(), nullptr, 16) < 1'000'000);
        open[key] = nanosOf(event.at("ts"));
      }
      for (const Json& event : phase(events, "e")) {
        const std::string key = event.at("cat").get<std::string>() + event.at("id").dump();
        QVERIFY2(open.contains(key), key.c_str());
        QVERIFY(open[key] <= nanosOf(event.at("ts")));
        open.erase(key);
      }
      QVERIFY(open.empty());
    }
  }

  void nestsSlicesOnEveryTrack() {
    for (const RunRecord& record : manyRecords()) {
      std::map<std::pair<int, int>, std::vector<std::pair<std::int64_t, std::int64_t>>> tracks;
      for (const Json& event : phase(eventsOf(record), "X")) {
        const std::int64_t start = nanosOf(event.at("ts"));
        tracks[{event.at("pid"), event.at("tid")}].emplace_back(start,
                                                                start + nanosOf(event.at("dur")));
      }
      for (auto& [track, slices] : tracks) QVERIFY(nests(slices));
    }
  }

  void usesNoTrackZeroAndNamesEveryTrack() {
    for (const RunRecord& record : manyRecords()) {
      const auto events = eventsOf(record);
      std::set<std::pair<int, int>> named;
      for (const Json& event : phase(events, "M")) {
        if (event.at("name") == "thread_name") named.emplace(event.at("pid"), event.at("tid"));
      }
      for (const Json& event : events) {
        if (!event.contains("tid")) continue;
        QVERIFY(event.at("tid").get<int>() > 0);
        QVERIFY(named.contains({event.at("pid"), event.at("tid")}));
      }
    }
  }

  void holdsAsManyEventsAsTheRun() {
    for (const RunRecord& record : manyRecords()) {
      const auto events = eventsOf(record);
      std::size_t requests = 0, slices = 0, waits = 0, points = 0;
      for (const PickedTrace& picked : pickedTraces(record.frame)) {
        ++requests;
        slices += picked.trace->steps.size();
        for (const auto& step : picked.trace->steps) {
          if (step.wait > Duration::zero()) ++waits;
        }
      }
      for (const auto& chart : record.frame.charts) {
        for (const auto& line : chart.series) points += line.points.size();
      }
      QCOMPARE(phase(events, "b").size(), requests + record.frame.faults.size());
      QCOMPARE(phase(events, "X").size(), slices + waits);
      QCOMPARE(phase(events, "i").size(), record.frame.eventTail.size());
      QCOMPARE(phase(events, "C").size(), points);
    }
  }

  void writesMicrosecondsWithThreeDecimals() {
    RunRecord record;
    lab::Trace trace;
    trace.id = 42;
    trace.start = at(1);
    trace.end = at(9'000'000'000'000'000'001);
    record.frame.sampled = {trace};
    const std::string text = chromeTrace(record);
    QVERIFY(text.find("\"ts\":0.001,") != std::string::npos);
    QVERIFY(text.find("\"ts\":9000000000000000.001}") != std::string::npos);
    QVERIFY(text.find("\"id\":\"0x2a\"") != std::string::npos);
  }

  void endsAFaultThatWasNotLiftedWithTheRun() {
    const auto ends = phase(eventsOf(sampleRecord()), "e");
    const auto last = std::ranges::find_if(ends, [](const Json& event) {
      return event.at("cat") == "fault" && event.at("id") == "0x2";
    });
    QVERIFY(last != ends.end());
    QCOMPARE(qint64{nanosOf(last->at("ts"))}, qint64{1'000'000'000});
  }

  void leavesOutWhatIsNotFinite() {
    RunRecord record = sampleRecord();
    const double nan = std::numeric_limits<double>::quiet_NaN();
    record.frame.charts[0].series[0].points.push_back({0.5, nan, nan});
    QCOMPARE(phase(eventsOf(record), "C").size(), std::size_t{4});
  }

  void survivesTextThatIsNotUtf8() {
    RunRecord record = sampleRecord();
    record.frame.sampled[1].label = "\xff\xfe\"\\\n";
    record.frame.eventTail[0].component = "\x80";
    QVERIFY(!eventsOf(record).empty());
  }

  void carriesTheRunAsMetadata() {
    const Json trace = Json::parse(chromeTrace(sampleRecord()));
    QCOMPARE(trace.at("metadata").at("seed").get<std::string>(), std::string("7"));
    QCOMPARE(trace.at("metadata").at("fingerprint").get<std::string>(),
             std::string("00a1b2c3d4e5f607"));
  }

 private:
  static bool nests(std::vector<std::pair<std::int64_t, std::int64_t>>& slices) {
    std::ranges::stable_sort(slices, [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first < b.first : a.second > b.second;
    });
    std::vector<std::int64_t> ends;
    for (const auto& [start, end] : slices) {
      while (!ends.empty() && ends.back() <= start) ends.pop_back();
      if (!ends.empty() && end > ends.back()) return false;
      ends.push_back(end);
    }
    return true;
  }
};

QTEST_GUILESS_MAIN(TestChromeTrace)
#include "tst_chrome_trace.moc"
