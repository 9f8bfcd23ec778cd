// The .hgrm writer against what the C HdrHistogram library printed, and read back by its columns.
#include <QtTest>

#include <fstream>
#include <sstream>

#include "engine/base/rng.h"
#include "engine/export/hgrm.h"
#include "tests/export/sample_record.h"

using namespace ringside;
using namespace ringside::exports;

namespace {

// The part of the golden file that hdr_percentiles_print() wrote.
std::string goldenTable() {
  std::ifstream file(RINGSIDE_TEST_DATA "/hdr_golden_c.txt");
  std::string table;
  bool inside = false;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("       Value")) inside = true;
    if (line.starts_with("---")) inside = false;
    if (inside) table += line + "\n";
  }
  return table;
}

metrics::Histogram goldenValues() {
  metrics::Histogram histogram;
  for (int value = 10; value <= 10'000; value += 10) histogram.record(value);
  for (int i = 0; i < 3; ++i) histogram.record(123'456);
  histogram.record(5'000'000);
  return histogram;
}

}  // namespace

class TestHgrm : public QObject {
  Q_OBJECT

 private slots:
  void writesWhatTheCLibraryWrites() {
    const HistogramValue value = histogramOf("latency", metrics::Unit::Nanoseconds, goldenValues());
    const std::string table = hgrm(value, {.unit = 1000, .largest = 3'600'000'000});
    const QStringList lines = QString::fromStdString(table).split('\n');
    const QStringList golden = QString::fromStdString(goldenTable()).split('\n');
    for (int i = 0; i < qMin(lines.size(), golden.size()); ++i) QCOMPARE(lines[i], golden[i]);
    QCOMPARE(lines.size(), golden.size());
  }

  void hasTheRowsOfTheHistogramItself() {
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
      Rng rng(seed);
      metrics::Histogram histogram;
      for (std::uint64_t i = rng.below(3000); i > 0; --i) {
        histogram.record(static_cast<std::int64_t>(rng.below(20'000'000)));
      }
      const auto rows = histogram.percentileRows();
      const auto again = percentileRows(histogramOf("x", metrics::Unit::Count, histogram));
      QCOMPARE(again.size(), rows.size());
      for (std::size_t i = 0; i < rows.size(); ++i) {
        QCOMPARE(again[i].value, rows[i].value);
        QCOMPARE(again[i].percentile, rows[i].percentile);
        QCOMPARE(again[i].cumulative, rows[i].cumulative);
      }
    }
  }

  // As the plotter reads it: four columns after the header, the rest are comments.
  void readsBackByItsColumns() {
    const auto files = hgrmFiles(sampleRecord());
    QCOMPARE(files.size(), std::size_t{1});
    QCOMPARE(files[0].name, "payment.latency.hgrm");
    std::istringstream text(files[0].content);
    std::string line;
    std::getline(text, line);
    QVERIFY(line.find("Percentile") != std::string::npos);
    double before = -1;
    int rows = 0;
    long last = 0;
    while (std::getline(text, line)) {
      if (line.empty() || line[0] == '#') continue;
      double value = 0, percentile = 0;
      char inverse[32];
      QCOMPARE(std::sscanf(line.c_str(), "%lf %lf %ld %31s", &value, &percentile, &last, inverse),
               4);
      QVERIFY(percentile > before);
      before = percentile;
      ++rows;
    }
    QVERIFY(rows >= 3);
    QCOMPARE(before, 1.0);
    QCOMPARE(last, 1234L);
  }

  void writesNoRowsWhereNothingWasRecorded() {
    const std::string table = hgrm(HistogramValue{}, {});
    QVERIFY(table.find("Total count    =            0]") != std::string::npos);
    QVERIFY(table.find("nan") == std::string::npos);
    QCOMPARE(hgrmFiles(RunRecord{}).size(), std::size_t{0});
  }

  void keepsFilesOfLikeNamesApart() {
    RunRecord record;
    record.histograms = {{"a/b", metrics::Unit::None, {{0, 1, 1}}, 0, 0},
                         {"a\\b", metrics::Unit::None, {{0, 1, 1}}, 0, 0}};
    const auto files = hgrmFiles(record);
    QCOMPARE(files[0].name, "a_b.hgrm");
    QCOMPARE(files[1].name, "a_b-2.hgrm");
  }
};

QTEST_GUILESS_MAIN(TestHgrm)
#include "tst_hgrm.moc"
