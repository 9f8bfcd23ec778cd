// Histogram against sorted values, and against a recorded output of the C HdrHistogram library.
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>

#include "engine/base/distributions.h"
#include "engine/metrics/histogram.h"

using namespace ringside;
using namespace ringside::metrics;

namespace {

// The values behind tests/data/hdr_golden_c.txt, in microseconds; it prints milliseconds.
void fillGolden(Histogram& histogram) {
  for (int value = 10; value <= 10'000; value += 10) histogram.record(value);
  for (int i = 0; i < 3; ++i) histogram.record(123'456);
  histogram.record(5'000'000);
}

std::vector<std::string> goldenLines(const std::string& from, const std::string& to) {
  std::ifstream file(RINGSIDE_TEST_DATA "/hdr_golden_c.txt");
  std::vector<std::string> lines;
  bool inside = false;
  for (std::string line; std::getline(file, line);) {
    if (!to.empty() && line.starts_with(to)) inside = false;
    if (inside && !line.empty()) lines.push_back(line);
    if (line.find(from) != std::string::npos) inside = true;
  }
  return lines;
}

std::string printed(const char* format, const char* lastFormat, const PercentileRow& row) {
  char line[128];
  const double value = static_cast<double>(row.value) / 1000;
  const auto count = static_cast<long>(row.cumulative);
  if (row.percentile == 100) {
    std::snprintf(line, sizeof line, lastFormat, value, 1.0, count);
  } else {
    const double fraction = row.percentile / 100;
    std::snprintf(line, sizeof line, format, value, fraction, count, 1 / (1 - fraction));
  }
  return line;
}

std::vector<std::int64_t> manyValues(std::uint64_t seed, int count) {
  Rng rng(seed);
  const Lognormal law(1e6, 3);
  std::vector<std::int64_t> values;
  for (int i = 0; i < count; ++i) {
    values.push_back(rng.chance(0.2) ? static_cast<std::int64_t>(rng.below(5000))
                                     : static_cast<std::int64_t>(law.sample(rng)));
  }
  return values;
}

}  // namespace

class TestHistogram : public QObject {
  Q_OBJECT

 private slots:
  void percentilesAreThoseOfTheCLibrary() {
    Histogram histogram;
    fillGolden(histogram);
    QCOMPARE(histogram.count(), std::uint64_t{1004});
    const std::vector<std::string> lines = goldenLines("mean=", "       Value");
    QVERIFY(lines.size() >= 9);
    for (const std::string& line : lines) {
      double percent = -1;
      long value = -1;
      QCOMPARE(std::sscanf(line.c_str(), "p%lf %ld", &percent, &value), 2);
      QCOMPARE(histogram.percentile(percent), std::int64_t{value});
    }
  }

  void percentileRowsAreThoseOfTheCLibrary() {
    Histogram histogram;
    fillGolden(histogram);
    const auto compare = [&](int ticks, const std::vector<std::string>& lines, const char* format,
                             const char* lastFormat) {
      const std::vector<PercentileRow> rows = histogram.percentileRows(ticks);
      QCOMPARE(rows.size(), lines.size());
      for (std::size_t i = 0; i < rows.size(); ++i) {
        QCOMPARE(printed(format, lastFormat, rows[i]), lines[i]);
      }
    };
    compare(5, goldenLines("Percentile   TotalCount", "#[Mean"), "%12.3f %12f %12ld %12.2f",
            "%12.3f %12f %12ld          inf");
    compare(1, goldenLines("Value,Percentile", ""), "%.3f,%f,%ld,%.2f", "%.3f,%f,%ld,inf");
  }

  void bucketsAreThoseOfTheCLibrary() {
    // Its mean and deviation are those of the buckets' middles: wrong buckets would change them.
    Histogram histogram;
    fillGolden(histogram);
    double mean = 0;
    double square = 0;
    const auto middle = [](const Histogram::Bucket& bucket) {
      return static_cast<double>(bucket.low + (bucket.high - bucket.low + 1) / 2);
    };
    for (const auto& bucket : histogram.buckets()) {
      mean += static_cast<double>(bucket.count) * middle(bucket) / 1004;
    }
    for (const auto& bucket : histogram.buckets()) {
      const double offset = middle(bucket) - mean;
      square += static_cast<double>(bucket.count) * offset * offset / 1004;
    }
    QCOMPARE(QString::number(mean, 'f', 6), QString("10334.094622"));
    QCOMPARE(QString::number(std::sqrt(square), 'f', 6), QString("157683.684250"));
  }

  void sumsAreExact() {
    Histogram histogram;
    fillGolden(histogram);
    QCOMPARE(histogram.sum(), 5'005'000.0 + 3 * 123'456 + 5'000'000);
    QCOMPARE(histogram.max(), std::int64_t{5'000'000});
    QCOMPARE(histogram.min(), std::int64_t{10});
    QCOMPARE(histogram.mean(), histogram.sum() / 1004);
  }

  void aSmallDeviationOfLargeValuesSurvives() {
    Histogram histogram;
    for (int i = 0; i < 1000; ++i) histogram.record(3'600'000'000'000 + i % 2);
    QCOMPARE(histogram.deviation(), 0.5);
    Histogram constant;
    for (int i = 0; i < 1000; ++i) constant.record(5'000'003);
    QVERIFY(constant.deviation() == 0);
  }

  void agreesWithSortedValues() {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      Histogram histogram;
      std::vector<std::int64_t> values = manyValues(seed, 5000);
      for (const std::int64_t value : values) histogram.record(value);
      std::sort(values.begin(), values.end());
      double mean = 0;
      double square = 0;
      for (const std::int64_t value : values) mean += static_cast<double>(value) / 5000;
      for (const std::int64_t value : values) {
        square += (static_cast<double>(value) - mean) * (static_cast<double>(value) - mean) / 5000;
      }
      QVERIFY(std::fabs(histogram.mean() / mean - 1) < 1e-12);
      QVERIFY(std::fabs(histogram.deviation() / std::sqrt(square) - 1) < 1e-9);
      QCOMPARE(histogram.min(), values.front());
      QCOMPARE(histogram.max(), values.back());
      for (const double percent : {0.0, 1.0, 25.0, 50.0, 90.0, 99.0, 99.9, 100.0}) {
        const auto rank = static_cast<std::size_t>(std::max(1.0, std::ceil(percent * 50)));
        const std::int64_t exact = values[rank - 1];
        const std::int64_t got = histogram.percentile(percent);
        QVERIFY(got >= exact);
        QVERIFY(got - exact <= exact / 1024);
      }
    }
  }

  void mergingIsRecordingTogether() {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      Histogram parts[3];
      Histogram together;
      const std::vector<std::int64_t> values = manyValues(seed, 3000);
      for (std::size_t i = 0; i < values.size(); ++i) {
        parts[i % 3].record(values[i]);
        together.record(values[i]);
      }
      Histogram merged;
      for (const int i : {2, 0, 1}) merged.merge(parts[i]);
      QCOMPARE(merged.count(), together.count());
      QVERIFY(merged.mean() == together.mean());
      QVERIFY(merged.deviation() == together.deviation());
      QCOMPARE(merged.min(), together.min());
      QCOMPARE(merged.max(), together.max());
      const auto mine = merged.buckets();
      const auto theirs = together.buckets();
      QCOMPARE(mine.size(), theirs.size());
      for (std::size_t i = 0; i < mine.size(); ++i) {
        QCOMPARE(mine[i].low, theirs[i].low);
        QCOMPARE(mine[i].count, theirs[i].count);
      }
    }
  }

  void bucketsTouchEachOtherAndHoldTheirValues() {
    for (int bit = 0; bit < 56; ++bit) {
      for (const std::int64_t offset : {-1, 0, 1}) {
        const std::int64_t value = (std::int64_t{1} << bit) + offset;
        if (value > Histogram::kLargest) continue;
        Histogram histogram;
        histogram.record(value);
        const auto bucket = histogram.buckets().at(0);
        QVERIFY(bucket.low <= value && value <= bucket.high);
        QVERIFY(bucket.high - bucket.low <= value / 1024);
        histogram.record(std::min(bucket.high + 1, Histogram::kLargest));
        if (bucket.high < Histogram::kLargest) {
          QCOMPARE(histogram.buckets().at(1).low, bucket.high + 1);
        }
      }
    }
  }

  void countsPastThirtyTwoBitsByMergingWithItself() {
    Histogram histogram;
    histogram.record(77);
    for (int i = 0; i < 40; ++i) histogram.merge(histogram);
    QCOMPARE(histogram.count(), std::uint64_t{1} << 40);
    QCOMPARE(histogram.buckets().at(0).count, std::uint64_t{1} << 40);
    QCOMPARE(histogram.percentile(50), std::int64_t{77});
    for (int i = 0; i < 31; ++i) histogram.record(78);
    QCOMPARE(histogram.buckets().at(1).count, std::uint64_t{31});
    histogram.reset();
    QVERIFY(histogram.buckets().empty());
  }

  void countsPastThirtyTwoBitsByRecording() {
    Histogram histogram;
    for (int i = 0; i < 32; ++i) {
      histogram.merge(histogram);
      histogram.record(77);
    }
    QCOMPARE(histogram.buckets().at(0).count, (std::uint64_t{1} << 32) - 1);
    histogram.record(77);
    QCOMPARE(histogram.buckets().at(0).count, std::uint64_t{1} << 32);
    histogram.record(77);
    QCOMPARE(histogram.buckets().at(0).count, (std::uint64_t{1} << 32) + 1);
    QCOMPARE(histogram.count(), (std::uint64_t{1} << 32) + 1);
  }

  void clipsAndSaysSo() {
    Histogram histogram;
    histogram.record(Histogram::kLargest);
    QCOMPARE(histogram.clipped(), std::uint64_t{0});
    histogram.record(Histogram::kLargest + 1);
    histogram.record(std::numeric_limits<std::int64_t>::max());
    QCOMPARE(histogram.clipped(), std::uint64_t{2});
    QCOMPARE(histogram.max(), Histogram::kLargest);
    QVERIFY_EXCEPTION_THROWN(histogram.record(-1), Bug);
    QCOMPARE(histogram.count(), std::uint64_t{3});
  }

  void emptyHasNothingToSay() {
    const Histogram histogram;
    QCOMPARE(histogram.percentile(99), std::int64_t{0});
    QCOMPARE(histogram.mean(), 0.0);
    QCOMPARE(histogram.deviation(), 0.0);
    QCOMPARE(histogram.min(), std::int64_t{0});
    QVERIFY(histogram.percentileRows().empty());
  }

  void staysSmallUntilItNeedsMore() {
    Histogram histogram;
    for (int i = 0; i < 1000; ++i) histogram.record(i);
    QVERIFY(histogram.bytes() < 6 * 1024);
    for (int bit = 0; bit < 56; ++bit) histogram.record(std::int64_t{1} << bit);
    QVERIFY(histogram.bytes() <= Histogram::maxBytes());
    QVERIFY(Histogram::maxBytes() <= 190 * 1024);
  }

  void aRankThatIsWholeIsNotRoundedUp() {
    Histogram histogram;
    for (int i = 1; i <= 1000; ++i) histogram.record(i);
    QCOMPARE(histogram.percentile(99.9), std::int64_t{999});
    QCOMPARE(histogram.percentile(99.91), std::int64_t{1000});
    QCOMPARE(histogram.percentile(0), std::int64_t{1});
  }
};

QTEST_GUILESS_MAIN(TestHistogram)
#include "tst_histogram.moc"
