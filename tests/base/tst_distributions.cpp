// Laws and their samples: goodness of fit at a significance of 1e-6, moments, tails, recorded bits.
#include <QtTest>

#include <cmath>
#include <limits>

#include "engine/base/distributions.h"
#include "engine/base/math.h"
#include "tests/base/goodness_of_fit.h"

using namespace ringside;
using namespace ringside::testing;

namespace {

template <class Draw>
std::vector<double> sampleOf(std::uint64_t seed, int count, Draw draw) {
  Rng rng(seed);
  std::vector<double> sample;
  for (int i = 0; i < count; ++i) sample.push_back(static_cast<double>(draw(rng)));
  return sample;
}

double normalCdf(double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }

constexpr int kSeeds = 5;
constexpr int kCount = 200'000;

}  // namespace

class TestDistributions : public QObject {
  Q_OBJECT

 private slots:
  void exponentialFits() {
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
      const auto sample = sampleOf(seed, kCount, [](Rng& rng) { return exponential(rng, 3); });
      QVERIFY(*std::min_element(sample.begin(), sample.end()) >= 0);
      QVERIFY(ksStatistic(sample, [](double x) { return 1 - std::exp(-x / 3); }) < kKsLimit);
      const Moments moments = momentsOf(sample);
      QVERIFY(std::fabs(moments.mean - 3) < 5 * 3 / std::sqrt(kCount));
      QVERIFY(std::fabs(moments.deviation - 3) < 5 * 3 * std::sqrt(2.0 / kCount));
    }
  }

  void normalFits() {
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
      const auto sample = sampleOf(seed, kCount, [](Rng& rng) { return normal(rng, 2, 0.5); });
      QVERIFY(ksStatistic(sample, [](double x) { return normalCdf((x - 2) / 0.5); }) < kKsLimit);
      QVERIFY(std::fabs(momentsOf(sample).mean - 2) < 5 * 0.5 / std::sqrt(kCount));
    }
  }

  // The ziggurat's tail is separate code that a fit of the whole would hardly see.
  void tailsHoldTheirShare() {
    Rng rng(77);
    const double draws = 20'000'000;
    double beyondExponential = 0;
    double aboveNormal = 0;
    double belowNormal = 0;
    for (int i = 0; i < static_cast<int>(draws); ++i) {
      beyondExponential += exponentialUnit(rng) > 9 ? 1 : 0;
      const double z = normalUnit(rng);
      aboveNormal += z > 3.8 ? 1 : 0;
      belowNormal += z < -3.8 ? 1 : 0;
    }
    const auto within = [draws](double seen, double p) {
      return std::fabs(seen - draws * p) < 5 * std::sqrt(draws * p);
    };
    QVERIFY(within(beyondExponential, std::exp(-9.0)));
    QVERIFY(within(aboveNormal, normalCdf(-3.8)));
    QVERIFY(within(belowNormal, normalCdf(-3.8)));
  }

  void lognormalFitsAndKeepsItsMean() {
    for (const double cv : {0.1, 0.3, 1.0, 2.0}) {
      const Lognormal law(5, cv);
      const double sigma = std::sqrt(std::log(1 + cv * cv));
      const auto sample = sampleOf(8, kCount, [&](Rng& rng) { return law.sample(rng); });
      const auto cdf = [&](double x) { return normalCdf(std::log(x / law.quantile50()) / sigma); };
      QVERIFY(ksStatistic(sample, cdf) < kKsLimit);
      QVERIFY(std::fabs(momentsOf(sample).mean - 5) < 5 * 5 * cv / std::sqrt(kCount));
    }
  }

  void lognormalWithoutSpreadIsConstant() {
    Rng rng(1);
    for (int i = 0; i < 100; ++i) {
      QVERIFY(std::fabs(Lognormal(5, 0).sample(rng) - 5) < 1e-14);
    }
  }

  void paretoFits() {
    const Pareto law(2, 1.5);
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
      const auto sample = sampleOf(seed, kCount, [&](Rng& rng) { return law.sample(rng); });
      QVERIFY(*std::min_element(sample.begin(), sample.end()) >= 2);
      QVERIFY(ksStatistic(sample, [](double x) { return 1 - std::pow(2 / x, 1.5); }) < kKsLimit);
    }
  }

  void poissonFits_data() {
    QTest::addColumn<double>("mean");
    QTest::newRow("rare") << 0.01;
    QTest::newRow("one") << 1.0;
    QTest::newRow("last mean that is searched") << 9.999;
    QTest::newRow("first mean that is rejected from") << 10.0;
    QTest::newRow("middling") << 35.5;
    QTest::newRow("large") << 1000.0;
  }
  void poissonFits() {
    QFETCH(double, mean);
    const auto sample = sampleOf(21, kCount, [&](Rng& rng) { return poisson(rng, mean); });
    const auto cells = static_cast<std::size_t>(mean + 10 * std::sqrt(mean) + 20);
    std::vector<double> seen(cells);
    std::vector<double> expected(cells);
    for (const double k : sample) ++seen.at(static_cast<std::size_t>(k));
    for (std::size_t k = 0; k < cells; ++k) {
      const double at = static_cast<double>(k);
      expected[k] = kCount * std::exp(at * std::log(mean) - mean - std::lgamma(at + 1));
    }
    QVERIFY(chiSquareDeviate(seen, expected) < kDeviateLimit);
  }

  void poissonOfAHugeMeanIsNormal() {
    const double mean = 1e12;
    const auto sample = sampleOf(22, kCount, [&](Rng& rng) { return poisson(rng, mean); });
    const auto cdf = [&](double k) { return normalCdf((k + 0.5 - mean) / std::sqrt(mean)); };
    QVERIFY(ksStatistic(sample, cdf) < kKsLimit);
  }

  void poissonOfNothingIsNothing() {
    Rng rng(1);
    for (int i = 0; i < 1000; ++i) QCOMPARE(poisson(rng, 0), std::int64_t{0});
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(poisson(rng, -1)), Bug);
  }

  void empiricalSamplesComeBackInTheirShares() {
    const auto law = Empirical::fromSamples({4, 1, 1, 2});
    QVERIFY(law.has_value());
    QCOMPARE(law->mean(), 2.0);
    std::vector<double> seen(5);
    for (const double x : sampleOf(5, kCount, [&](Rng& rng) { return law->sample(rng); })) {
      ++seen.at(static_cast<std::size_t>(x));
    }
    const std::vector<double> expected = {0, kCount / 2.0, kCount / 4.0, 0, kCount / 4.0};
    QCOMPARE(seen[0] + seen[3], 0.0);
    QVERIFY(chiSquareDeviate(seen, expected) < kDeviateLimit);
  }

  void empiricalCurveIsInvertedBetweenItsPoints() {
    const auto law = Empirical::fromCdf({{1, 0.25}, {3, 0.75}, {10, 0.75}, {20, 1}});
    QVERIFY(law.has_value());
    QCOMPARE(law->quantile(0), 1.0);
    QCOMPARE(law->quantile(0.25), 1.0);
    QCOMPARE(law->quantile(0.5), 2.0);
    QCOMPARE(law->quantile(0.75), 3.0);
    QCOMPARE(law->quantile(0.875), 15.0);
    QCOMPARE(law->quantile(1), 20.0);
    QCOMPARE(law->mean(), 0.25 * 1 + 0.5 * 2 + 0.25 * 15);
  }

  void empiricalNamesWhatIsWrong_data() {
    QTest::addColumn<QList<double>>("points");
    QTest::addColumn<QString>("part");
    QTest::newRow("none") << QList<double>{} << "at least one";
    QTest::newRow("not finite") << QList<double>{std::nan(""), 1} << "point 0";
    QTest::newRow("falling") << QList<double>{1, 0.5, 2, 0.4, 3, 1} << "point 1";
    QTest::newRow("value falls") << QList<double>{2, 0.5, 1, 1} << "point 1";
    QTest::newRow("above one") << QList<double>{1, 1.5} << "up to 1";
    QTest::newRow("stops early") << QList<double>{1, 0.5} << "must be 1";
  }
  void empiricalNamesWhatIsWrong() {
    QFETCH(QList<double>, points);
    QFETCH(QString, part);
    std::vector<Empirical::CdfPoint> curve;
    for (qsizetype i = 0; i < points.size(); i += 2) curve.push_back({points[i], points[i + 1]});
    const auto law = Empirical::fromCdf(curve);
    QVERIFY(!law.has_value());
    QVERIFY(law.error().message.find(part.toStdString()) != std::string::npos);
    QVERIFY(!Empirical::fromSamples({}).has_value());
    QVERIFY(!Empirical::fromSamples({1, std::numeric_limits<double>::infinity()}).has_value());
  }

  void everyLawTakesExactlyOneDraw() {
    const Lognormal lognormal(5, 2);
    const Pareto pareto(1, 0.5);
    Rng used(31);
    Rng counted(31);
    for (int i = 0; i < 100'000; ++i) {
      exponential(used, 1);
      normal(used, 0, 1);
      QVERIFY(lognormal.sample(used) > 0);
      QVERIFY(pareto.sample(used) >= 1);
      QVERIFY(poisson(used, i % 2 == 0 ? 3.0 : 300.0) >= 0);
      for (int draw = 0; draw < 5; ++draw) counted.next();
    }
    QCOMPARE(used.next(), counted.next());
  }

  void theFitNoticesALawThatIsSlightlyOff() {
    const auto sample = sampleOf(1, kCount, [](Rng& rng) { return exponential(rng, 3.05); });
    QVERIFY(ksStatistic(sample, [](double x) { return 1 - std::exp(-x / 3); }) > kKsLimit);
  }

  // Part of every recorded run: a change of one bit must be noticed here first.
  void bitsAreTheRecordedOnes() {
    Rng rng = Rng::forStream(1, "golden");
    std::uint64_t fold = 0;
    const auto note = [&](double x) { fold = mix64(fold ^ std::bit_cast<std::uint64_t>(x)); };
    for (int i = 0; i < 10'000; ++i) {
      note(exponential(rng, 1));
      note(normal(rng, 0, 1));
      note(Lognormal(5, 0.3).sample(rng));
      note(Pareto(1, 1.5).sample(rng));
      note(static_cast<double>(poisson(rng, 4)));
      note(static_cast<double>(poisson(rng, 40)));
    }
    QCOMPARE(fold, std::uint64_t{10797698016638461222U});
    Rng first = Rng::forStream(1, "golden");
    QVERIFY(exponential(first, 1) == 0.35068213201292303);
    QVERIFY(normal(first, 0, 1) == 1.7092557464016913);
    QVERIFY(Lognormal(5, 0.3).sample(first) == 3.6026704736220929);
    QVERIFY(Pareto(1, 1.5).sample(first) == 3.0494076246718627);
    QCOMPARE(poisson(first, 4), std::int64_t{4});
    QCOMPARE(poisson(first, 40), std::int64_t{35});
  }
};

QTEST_GUILESS_MAIN(TestDistributions)
#include "tst_distributions.moc"
