// OpenMetrics text read back by the rules of the standard; a rule broken is named.
#include <QtTest>

#include <cmath>
#include <map>
#include <set>
#include <sstream>

#include "engine/export/openmetrics.h"
#include "tests/export/sample_record.h"

using namespace ringside;
using namespace ringside::exports;

namespace {

struct Point {
  std::string value;
  double number = 0;
  double time = 0;
};

struct Reading {
  std::string trouble;                              // Empty when every rule was kept.
  std::map<std::string, std::string> types, units;  // By family.
  // By sample name, then by its labels as "key=value;".
  std::map<std::string, std::map<std::string, std::vector<Point>>> samples;
};

class Reader {
 public:
  Reading read(const std::string& text) {
    std::istringstream stream(text);
    bool ended = false;
    if (!text.ends_with("# EOF\n")) fail("no EOF");
    if (text.find('\r') != std::string::npos) fail("CR");
    for (std::string line; std::getline(stream, line);) {
      line_ = line;
      if (ended) fail("text after EOF");
      if (line.empty()) fail("blank line");
      if (line == "# EOF") {
        ended = true;
      } else if (line.starts_with("# ")) {
        metadata(line.substr(2));
      } else {
        sample(line);
      }
    }
    return out_;
  }

 private:
  void fail(const std::string& why) {
    if (out_.trouble.empty()) out_.trouble = why + ": " + line_.substr(0, 200);
  }

  static bool isName(const std::string& name) {
    if (name.empty() || !(std::isalpha(static_cast<unsigned char>(name[0])))) return false;
    return std::all_of(name.begin(), name.end(), [](char c) {
      return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
    });
  }

  void metadata(const std::string& line) {
    std::istringstream words(line);
    std::string what, name, rest;
    words >> what >> name;
    std::getline(words, rest);
    rest.erase(0, 1);
    if (!isName(name)) fail("bad family name");
    static const std::vector<std::string> order = {"TYPE", "UNIT", "HELP"};
    const auto place = std::find(order.begin(), order.end(), what) - order.begin();
    if (place == 3) fail("unknown metadata");
    if (what == "TYPE") {
      if (!seen_.insert(name).second) fail("family twice");
      family_ = name;
      place_ = 0;
      closed_.clear();
      current_.clear();
      out_.types[name] = rest;
      return;
    }
    if (name != family_ || place <= place_ || !current_.empty()) fail("metadata out of order");
    place_ = place;
    if (what == "UNIT") {
      out_.units[name] = rest;
      if (!name.ends_with("_" + rest)) fail("name lacks the unit");
    }
  }

  void sample(const std::string& line) {
    std::size_t i = 0;
    while (i < line.size() && line[i] != '{' && line[i] != ' ') ++i;
    const std::string name = line.substr(0, i);
    if (!isName(name)) fail("bad sample name");
    if (!name.starts_with(family_)) fail("sample outside its family");
    const std::string suffix = name.substr(std::min(family_.size(), name.size()));
    checkSuffix(suffix);
    std::string labels, grouping;
    std::set<std::string> keys;
    if (i < line.size() && line[i] == '{') {
      ++i;
      while (i < line.size() && line[i] != '}') {
        std::string key, value;
        while (i < line.size() && line[i] != '=') key += line[i++];
        if (!isName(key) || !keys.insert(key).second) fail("bad label name");
        if (line[++i] != '"') return fail("no quote");
        for (++i; i < line.size() && line[i] != '"'; ++i) {
          if (line[i] == '\\') {
            ++i;
            if (line[i] != 'n' && line[i] != '"' && line[i] != '\\') fail("bad escape");
            value += line[i] == 'n' ? '\n' : line[i];
          } else {
            value += line[i];
          }
        }
        if (!QString::fromUtf8(value.c_str()).toUtf8().isEmpty() &&
            QString::fromUtf8(value.c_str()).toStdString() != value) {
          fail("not UTF-8");
        }
        labels += key + "=" + value + ";";
        if (key != "le" && key != "quantile") grouping += key + "=" + value + ";";
        if (line[++i] == ',') ++i;
      }
      ++i;
    }
    std::istringstream rest(line.substr(i + 1));
    Point point;
    std::string time, extra;
    rest >> point.value >> time;
    if (rest >> extra) fail("too many fields");
    point.number = point.value == "NaN"    ? std::nan("")
                   : point.value == "+Inf" ? INFINITY
                   : point.value == "-Inf" ? -INFINITY
                                           : std::stod(point.value);
    point.time = std::stod(time);
    if (time.find('e') != std::string::npos) fail("time with exponent");
    order(grouping, labels + suffix, point);
    out_.samples[name][labels].push_back(point);
  }

  void checkSuffix(const std::string& suffix) {
    static const std::map<std::string, std::set<std::string>> allowed = {
        {"counter", {"_total"}},
        {"gauge", {""}},
        {"info", {"_info"}},
        {"summary", {"", "_count", "_sum"}},
        {"histogram", {"_bucket", "_count", "_sum"}}};
    const auto found = allowed.find(out_.types[family_]);
    if (found == allowed.end() || !found->second.contains(suffix)) fail("wrong suffix");
  }

  // The samples of one metric stand together, in the order of time.
  void order(const std::string& metric, const std::string& series, const Point& point) {
    if (current_ != metric + "|") {
      if (!current_.empty()) closed_.insert(current_);
      current_ = metric + "|";
      if (closed_.contains(current_)) fail("metrics interleaved");
      times_.clear();
    }
    const auto [at, fresh] = times_.emplace(series, point.time);
    if (!fresh && point.time <= at->second) fail("time does not rise");
    at->second = point.time;
  }

  Reading out_;
  std::string line_, family_, current_;
  std::set<std::string> seen_, closed_;
  std::map<std::string, double> times_;
  std::ptrdiff_t place_ = 0;
};

Reading readingOf(const RunRecord& record) { return Reader().read(openMetrics(record)); }

}  // namespace

class TestOpenMetrics : public QObject {
  Q_OBJECT

 private slots:
  void keepsTheRules() {
    for (const RunRecord& record : {RunRecord{}, sampleRecord(), hostileRecord()}) {
      const Reading reading = readingOf(record);
      QVERIFY2(reading.trouble.empty(), reading.trouble.c_str());
    }
  }

  void namesTheRun() {
    const Reading reading = readingOf(sampleRecord());
    const std::string labels = reading.samples.at("ringside_run_info").begin()->first;
    QVERIFY(labels.find("run_id=payment-gateway-7-00a1b2c3d4e5f607;") != std::string::npos);
    QVERIFY(labels.find("seed=7;") != std::string::npos);
    QVERIFY(labels.find("epoch_seconds=0;") != std::string::npos);
    QCOMPARE(reading.samples.at("ringside_run_events_total").at("")[0].value, "4321");
    QCOMPARE(reading.samples.at("ringside_run_events_total").at("")[0].time, 1.0);
  }

  void writesHistogramsWithRisingBuckets() {
    const Reading reading = readingOf(sampleRecord());
    const std::string family = "ringside_payment_latency_seconds";
    QCOMPARE(reading.types.at(family), "histogram");
    QCOMPARE(reading.units.at(family), "seconds");
    std::map<double, double> buckets;
    for (const auto& [labels, points] : reading.samples.at(family + "_bucket")) {
      const std::string bound = labels.substr(3, labels.size() - 4);
      QVERIFY(bound == "+Inf" || bound.find_first_of(".e") != std::string::npos);
      buckets[bound == "+Inf" ? INFINITY : std::stod(bound)] = points[0].number;
    }
    QCOMPARE(buckets, (std::map<double, double>{
                          {0.09, 617}, {0.143, 1221}, {0.144, 1234}, {INFINITY, 1234}}));
    QCOMPARE(reading.samples.at(family + "_count").at("")[0].value, "1234");
    QVERIFY(std::abs(reading.samples.at(family + "_sum").at("")[0].number - 0.0965 * 1234) < 1e-9);
  }

  void writesNotANumberAndInfinity() {
    const Reading reading = readingOf(sampleRecord());
    const std::string labels = "method=card;bank=\"a\";";
    QCOMPARE(reading.samples.at("ringside_breaker_state").at(labels)[0].value, "NaN");
    QCOMPARE(reading.samples.at("ringside_breaker_state_max").at(labels)[0].value, "+Inf");
  }

  void writesSummariesWhereThereIsNoHistogram() {
    RunRecord record = sampleRecord();
    record.histograms.clear();
    const Reading reading = readingOf(record);
    QVERIFY2(reading.trouble.empty(), reading.trouble.c_str());
    QCOMPARE(reading.types.at("ringside_payment_latency_seconds"), "summary");
    QCOMPARE(reading.samples.at("ringside_payment_latency_seconds").at("quantile=0.99;")[0].number,
             0.143);
  }

  void keepsOneColumnAMillisecond() {
    RunRecord record = sampleRecord();
    record.frame.charts[0].series = {
        {"a", metrics::Unit::None, {{0.0011, 1, 1}, {0.0012, 2, 9}, {0.0021, 3, 3}}, 3}};
    const Reading reading = readingOf(record);
    const auto& points = reading.samples.at("ringside_chart_queues").at("line=a;stat=max;");
    QCOMPARE(points.size(), std::size_t{2});
    QCOMPARE(points[0].time, 0.001);
    QCOMPARE(points[1].value, "3.0");
  }

  void movesToAnotherEpoch() {
    const std::string text = openMetricsAt(sampleRecord(), 1'767'225'600);
    const Reading reading = Reader().read(text);
    QVERIFY2(reading.trouble.empty(), reading.trouble.c_str());
    QVERIFY(text.find(" 4321 1767225601.000\n") != std::string::npos);
  }
};

QTEST_GUILESS_MAIN(TestOpenMetrics)
#include "tst_openmetrics.moc"
