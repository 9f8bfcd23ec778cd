// OMNeT++ files read back by the rules of the manual: lines of tokens, quotes, order, times.
#include <QtTest>

#include <cmath>
#include <map>
#include <sstream>

#include "engine/export/omnet.h"
#include "tests/export/sample_record.h"

using namespace ringside;
using namespace ringside::exports;

namespace {

using Tokens = std::vector<std::string>;

// Blanks part tokens; a quoted one knows \" \\ \n \t \r and \xhh.
Tokens tokensOf(const std::string& line) {
  Tokens tokens;
  std::size_t i = 0;
  while (i < line.size()) {
    if (line[i] == ' ' || line[i] == '\t') {
      ++i;
      continue;
    }
    std::string& token = tokens.emplace_back();
    if (line[i] != '"') {
      while (i < line.size() && line[i] != ' ' && line[i] != '\t') token += line[i++];
      continue;
    }
    for (++i; i < line.size() && line[i] != '"'; ++i) {
      if (line[i] != '\\') {
        token += line[i];
        continue;
      }
      switch (line[++i]) {
        case 'n':
          token += '\n';
          break;
        case 't':
          token += '\t';
          break;
        case 'r':
          token += '\r';
          break;
        case 'x':
          token += static_cast<char>(std::stoi(line.substr(i + 1, 2), nullptr, 16));
          i += 2;
          break;
        default:
          token += line[i];
      }
    }
    if (i >= line.size()) qFatal("a quote is not closed: %s", line.c_str());
    ++i;
  }
  return tokens;
}

std::vector<Tokens> linesOf(const std::string& text) {
  std::vector<Tokens> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(tokensOf(line));
  return lines;
}

double numberOf(const std::string& token) {
  std::size_t used = 0;
  const double value = std::stod(token, &used);
  if (used != token.size()) qFatal("not a number: %s", token.c_str());
  return value;
}

}  // namespace

class TestOmnet : public QObject {
  Q_OBJECT

 private slots:
  void beginsWithVersionRunAndAttributes() {
    for (const std::string& text : {omnetScalars(sampleRecord()), omnetVectors(sampleRecord())}) {
      const auto lines = linesOf(text);
      QCOMPARE(lines[0], (Tokens{"version", "3"}));
      QCOMPARE(lines[1], (Tokens{"run", "payment-gateway-7-00a1b2c3d4e5f607"}));
      std::map<std::string, std::string> attributes;
      std::size_t i = 2;
      for (; i < lines.size() && lines[i][0] == "attr"; ++i) attributes[lines[i][1]] = lines[i][2];
      QCOMPARE(attributes["fingerprint"], std::string("00a1b2c3d4e5f607"));
      QCOMPARE(attributes["configname"], std::string("common"));
      QCOMPARE(attributes["simtime"], std::string("1.000000000"));
      QCOMPARE(lines[i], (Tokens{"itervar", "bank.latency", "50000000"}));
    }
  }

  void readsBackScalarsAndStatistics() {
    std::map<std::string, double> scalars, fields;
    double counted = 0, edge = -1e300;
    bool first = true;
    for (const Tokens& line : linesOf(omnetScalars(sampleRecord()))) {
      if (line[0] == "scalar") scalars[line[1] + "|" + line[2]] = numberOf(line[3]);
      if (line[0] == "field") fields[line[1]] = numberOf(line[2]);
      if (line[0] == "statistic") QCOMPARE(line, (Tokens{"statistic", "payment", "latency"}));
      if (line[0] != "bin") continue;
      if (std::exchange(first, false)) QCOMPARE(line[1], std::string("-INF"));
      const double lower = line[1] == "-INF" ? -1e299 : numberOf(line[1]);
      QVERIFY(lower > edge);
      edge = lower;
      counted += numberOf(line[2]);
    }
    QCOMPARE(fields["count"], 1234.0);
    QCOMPARE(fields["mean"], 96.5e6);
    QCOMPARE(counted, 1234.0);
    QCOMPARE(edge, 144e6 + 1);  // The overflow bin.
    QVERIFY(std::isnan(scalars["breaker|state{method=card,bank=\"a\"}"]));
    QVERIFY(std::isinf(scalars["breaker|state{method=card,bank=\"a\"}:max"]));
  }

  void readsBackVectors() {
    std::map<std::string, std::string> names;
    std::map<std::string, std::vector<std::pair<double, double>>> data;
    for (const Tokens& line : linesOf(omnetVectors(sampleRecord()))) {
      if (line[0] == "vector") {
        QCOMPARE(line.size(), std::size_t{5});
        QCOMPARE(line[4], std::string("TV"));
        names[line[1]] = line[2] + "|" + line[3];
      } else if (line[0][0] >= '0' && line[0][0] <= '9') {
        QVERIFY(names.count(line[0]) == 1);  // Declared before its data.
        data[names[line[0]]].emplace_back(numberOf(line[1]), numberOf(line[2]));
      }
    }
    QCOMPARE(names.size(), std::size_t{4});
    QCOMPARE(data["queues|shard-1:max"],
             (std::vector<std::pair<double, double>>{{0, 0}, {0.001, 7}}));
    QCOMPARE(data["queues|shard-2:min"],
             (std::vector<std::pair<double, double>>{{0.001, 1}, {0.002, 3}}));
  }

  void quotesWhatMustBe() {
    const RunRecord record = hostileRecord();
    bool metric = false, chart = false;
    for (const Tokens& line : linesOf(omnetScalars(record))) {
      if (line[0] == "attr" && line[1] == "configname") QCOMPARE(line[2], record.plan.preset);
      if (line[0] == "scalar") QCOMPARE(line.size(), std::size_t{4});
      metric = metric || (line[0] == "attr" && line[1] == "title" && line[2] == record.plan.preset);
    }
    QVERIFY(metric);
    for (const Tokens& line : linesOf(omnetVectors(record))) {
      if (line[0] != "vector") continue;
      QCOMPARE(line.size(), std::size_t{5});
      chart = chart || line[3] == record.plan.preset + ":min";
    }
    QVERIFY(chart);
  }

  void writesAnEmptyRun() {
    QCOMPARE(linesOf(omnetVectors(RunRecord{}))[0], (Tokens{"version", "3"}));
    for (const Tokens& line : linesOf(omnetScalars(RunRecord{}))) {
      QVERIFY(line[0] == "version" || line[0] == "run" || line[0] == "attr");
    }
  }
};

QTEST_GUILESS_MAIN(TestOmnet)
#include "tst_omnet.moc"
