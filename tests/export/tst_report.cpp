// The report read as XML: well-formed, self-contained, complete, and safe whatever the names.
#include <QXmlStreamReader>
#include <QtTest>

#include "engine/export/report.h"
#include "engine/export/svg_axis.h"
#include "engine/export/svg_chart.h"
#include "tests/export/sample_record.h"

using namespace ringside;
using namespace ringside::exports;

namespace {

struct Page {
  QString trouble;
  QString text;          // All character data.
  QStringList elements;  // Names, in order.
  QStringList attributes;
};

Page pageOf(const std::string& html) {
  Page page;
  QXmlStreamReader reader(QString::fromUtf8(html.c_str()));
  while (!reader.atEnd()) {
    reader.readNext();
    if (reader.isCharacters()) page.text += reader.text();
    if (!reader.isStartElement()) continue;
    page.elements << reader.name().toString();
    for (const auto& attribute : reader.attributes()) {
      page.attributes << attribute.name().toString() + '=' + attribute.value().toString();
    }
  }
  if (reader.hasError()) page.trouble = reader.errorString();
  return page;
}

}  // namespace

class TestReport : public QObject {
  Q_OBJECT

 private slots:
  void isWellFormedWhateverTheRun() {
    for (const RunRecord& record :
         {RunRecord{}, sampleRecord(), hostileRecord(), randomRecord(1)}) {
      const Page page = pageOf(reportHtml(record));
      QVERIFY2(page.trouble.isEmpty(), qPrintable(page.trouble));
    }
  }

  void needsNothingBesideIt() {
    for (const RunRecord& record : {sampleRecord(), hostileRecord()}) {
      const std::string html = reportHtml(record);
      const Page page = pageOf(html);
      for (const char* name : {"script", "link", "img", "iframe", "object", "b"}) {
        QVERIFY2(!page.elements.contains(QString::fromLatin1(name)), name);
      }
      for (const QString& attribute : page.attributes) {
        QVERIFY2(!attribute.startsWith("src=") && !attribute.startsWith("href=") &&
                     !attribute.startsWith("on"),
                 qPrintable(attribute));
      }
      QVERIFY(html.find("url(") == std::string::npos && html.find("@import") == std::string::npos);
    }
  }

  void saysWhatRanAndWhatCameOut() {
    RunRecord record = sampleRecord();
    record.questions = {{"One million a second", "How would you build it?"}};
    run::ClaimOutcome claim;
    claim.text = "The tail stays short.";
    claim.metric = "p99(payment.latency)";
    claim.expected = "<= 143ms";
    claim.measuredText = "143 ms";
    claim.verdict = lab::Verdict::Holds;
    record.claims = {claim};
    const Page page = pageOf(reportHtml(record));
    for (const char* words :
         {"Payment gateway", "00a1b2c3d4e5f607", "One million a second", "How would you build it?",
          "The tail stays short.", "p99(payment.latency) <= 143ms", "143 ms", "Kill shard 2",
          "Money is conserved.", "bank.latency", "60ms", "payment.latency", "Queue depth",
          "ringside-cli run payment-gateway --preset common --seed 7"}) {
      QVERIFY2(page.text.contains(QString::fromUtf8(words)), words);
    }
    QCOMPARE(page.elements.count(QStringLiteral("svg")), 2);
    QVERIFY(page.attributes.contains(QStringLiteral("class=holds")));
  }

  void marksTextAsText() {
    const Page page = pageOf(reportHtml(hostileRecord()));
    QVERIFY(page.text.contains(QStringLiteral("</pre><script>alert(1)</script>")));
    QVERIFY(page.text.contains(QStringLiteral("grüß")));
  }

  void handsChartsToAPrinter() {
    int asked = 0;
    const std::string html = printableReport(sampleRecord(), [&](const lab::Chart& chart) {
      ++asked;
      return "<img src=\"" + chart.id + "\"/>";
    });
    QCOMPARE(asked, 2);
    const Page page = pageOf(html);
    QVERIFY2(page.trouble.isEmpty(), qPrintable(page.trouble));
    QVERIFY(page.attributes.contains(QStringLiteral("src=queues")));
  }

  void drawsEveryLineWithinItsPicture() {
    for (const auto kind : {lab::ChartKind::Lines, lab::ChartKind::LogLines,
                            lab::ChartKind::Stacked, lab::ChartKind::Percentiles}) {
      RunRecord record = hostileRecord();
      for (lab::Chart& chart : record.frame.charts) {
        chart.kind = kind;
        const Page page = pageOf(svgChart(chart, record.frame));
        QVERIFY2(page.trouble.isEmpty(), qPrintable(page.trouble));
        for (const QString& attribute : page.attributes) {
          QVERIFY2(!attribute.contains("nan") && !attribute.contains("inf"), qPrintable(attribute));
        }
      }
    }
  }

  void stacksLinesThatShareInstants() {
    lab::Chart chart{"c", "c", lab::ChartKind::Stacked, metrics::Unit::Count, {}, {}};
    chart.series = {{"a", metrics::Unit::None, {{0, 1, 1}, {1, 1, 1}}, 1},
                    {"b", metrics::Unit::None, {{0, 3, 3}, {1, 3, 3}}, 3}};
    const std::string svg = svgChart(chart, lab::Frame{});
    // 4 is the top of an axis from 0 to 4, 1 a quarter of it: 14 and 155 of 14 to 202.
    QVERIFY(svg.find("M76.0 14.0L628.0 14.0") != std::string::npos);
    QVERIFY(svg.find("M76.0 155.0L628.0 155.0") != std::string::npos);
  }

  void choosesRoundTicks() {
    const auto labels = [](const SvgAxis& axis) {
      QStringList all;
      for (const SvgTick& tick : axis.ticks()) all << QString::fromStdString(tick.label);
      return all.join(' ');
    };
    QCOMPARE(labels(SvgAxis::linear(0, 7, metrics::Unit::Count)), QStringLiteral("0 2 4 6 8"));
    QCOMPARE(SvgAxis::linear(0, 7, metrics::Unit::Count).at(4), 0.5);
    QCOMPARE(SvgAxis::decades(2, 900, metrics::Unit::Count).at(10), 1.0 / 3);
    QVERIFY(std::isnan(SvgAxis::decades(2, 900, metrics::Unit::Count).at(0)));
    QVERIFY(!SvgAxis::linear(0, 0, metrics::Unit::Count).ticks().empty());
  }

  void writesTheCommandThatRunsItAgain() {
    RunRecord record = sampleRecord();
    record.plan.knobs = {{"bank.latency", 60e6}};
    record.plan.length = std::chrono::milliseconds(1500);
    record.plan.faults = {{at(1'000'000), {"kill_shard", {{"shard", 2}}, lab::kForever}}};
    QCOMPARE(QString::fromStdString(commandOf(record)),
             QStringLiteral("ringside-cli run payment-gateway --preset common"
                            " --set bank.latency=60ms --seed 7 --for 1.5s"
                            " --fault '1ms kill_shard shard=2'"));
  }
};

QTEST_GUILESS_MAIN(TestReport)
#include "tst_report.moc"
