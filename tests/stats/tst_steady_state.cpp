// Warm-up, batch means and the verdict on a run's length, on processes whose mean is known.
#include <QtTest>

#include <cmath>
#include <vector>

#include "engine/base/distributions.h"
#include "engine/stats/batch_means.h"
#include "engine/stats/steady_state.h"
#include "engine/stats/warm_up.h"
#include "tests/stats/coverage.h"

using namespace ringside;
using namespace ringside::stats;

namespace {

// Each value remembers `memory` of the one before; the mean is `mean`.
std::vector<double> autoregressive(std::uint64_t seed, std::size_t length, double memory,
                                   double mean) {
  Rng rng = Rng::forStream(seed, "autoregressive");
  std::vector<double> values;
  double state = normal(rng, 0, 1 / std::sqrt(1 - memory * memory));
  for (std::size_t i = 0; i < length; ++i) {
    state = memory * state + normal(rng, 0, 1);
    values.push_back(mean + state);
  }
  return values;
}

// The plainest reading of MSER-5: every cut tried, each sum taken anew.
std::size_t slowCut(const std::vector<double>& series) {
  std::vector<double> means;
  for (std::size_t i = 0; i + 5 <= series.size(); i += 5) {
    means.push_back((series[i] + series[i + 1] + series[i + 2] + series[i + 3] + series[i + 4]) /
                    5);
  }
  std::size_t best = 0;
  double least = 1e300;
  for (std::size_t cut = 0; cut + 5 <= means.size(); ++cut) {
    const auto left = static_cast<double>(means.size() - cut);
    double mean = 0;
    for (std::size_t i = cut; i < means.size(); ++i) mean += means[i] / left;
    double squares = 0;
    for (std::size_t i = cut; i < means.size(); ++i) {
      squares += (means[i] - mean) * (means[i] - mean);
    }
    if (squares / (left * left) < least) {
      least = squares / (left * left);
      best = cut;
    }
  }
  return best * 5;
}

}  // namespace

class TestSteadyState : public QObject {
  Q_OBJECT

 private slots:
  void cutIsThatOfThePlainReading() {
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
      auto series = autoregressive(seed, 300 + seed, 0.6, 10);
      for (std::size_t i = 0; i < 60; ++i) {
        series[i] -= 40 * std::exp(-static_cast<double>(i) / 15);
      }
      QCOMPARE(findWarmUp(series).cut, slowCut(series));
    }
  }

  void aTransientIsCutOffAndNotMuchMore() {
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
      auto series = autoregressive(seed, 2000, 0.3, 10);
      for (std::size_t i = 0; i < 200; ++i) series[i] -= 30;
      const WarmUp warmUp = findWarmUp(series);
      QVERIFY(warmUp.settled);
      QVERIFY(warmUp.cut >= 195);
      QVERIFY(warmUp.cut <= 1000);
    }
  }

  void whatNeverMovesKeepsAll() {
    const WarmUp warmUp = findWarmUp(std::vector<double>(100, 3.0));
    QCOMPARE(warmUp.cut, std::size_t{0});
    QVERIFY(warmUp.settled);
  }

  void whatGoesOnRisingHasNotSettled() {
    std::vector<double> ramp;
    for (int i = 0; i < 1000; ++i) ramp.push_back(i);
    QVERIFY(!findWarmUp(ramp).settled);
    QCOMPARE(steadyState(ramp).why, std::string("still moving in its second half"));
  }

  void fewValuesTellNothing() {
    QVERIFY(!findWarmUp(std::vector<double>(kMserLeast - 1, 1.0)).settled);
    QVERIFY(findWarmUp(std::vector<double>(kMserLeast, 1.0)).settled);
    QVERIFY(!steadyState(std::vector<double>(10, 1.0)).enough);
    QVERIFY(!steadyState({}).enough);
  }

  void batchesOfDependentValuesCover() {
    constexpr int kTrials = 1000;
    int hits = 0;
    int naive = 0;
    for (int trial = 0; trial < kTrials; ++trial) {
      const auto values = autoregressive(static_cast<std::uint64_t>(trial), 4000, 0.7, 5);
      hits += batchMeans(values)->interval.covers(5) ? 1 : 0;
      naive += meanInterval(std::span<const double>(values))->covers(5) ? 1 : 0;
    }
    QVERIFY2(test::coverageIsAsPromised(hits, kTrials, 0.945), qPrintable(QString::number(hits)));
    QVERIFY2(naive < 750, qPrintable(QString::number(naive)));  // Why batches are needed.
  }

  void dependenceOfBatchesIsSeen() {
    int seenInLong = 0;
    int seenInShort = 0;
    for (std::uint64_t seed = 0; seed < 400; ++seed) {
      seenInLong += batchMeans(autoregressive(seed, 20'000, 0.5, 0))->independent ? 0 : 1;
      seenInShort += batchMeans(autoregressive(seed, 200, 0.95, 0))->independent ? 0 : 1;
    }
    // One in twenty by chance; most of the others.
    QVERIFY2(test::coverageIsAsPromised(seenInLong, 400, 0.05),
             qPrintable(QString::number(seenInLong)));
    QVERIFY2(seenInShort > 240, qPrintable(QString::number(seenInShort)));
  }

  void weightsCountEachRequestAlike() {
    std::vector<double> values;
    std::vector<double> weights;
    for (int i = 0; i < 60; ++i) {
      values.push_back(i % 2 == 0 ? 1 : 4);
      weights.push_back(i % 2 == 0 ? 3 : 1);
    }
    QCOMPARE(batchMeans(values, weights)->interval.mean, 1.75);
    QCOMPARE(batchMeans(values)->interval.mean, 2.5);
  }

  void batchesNeedTwoValuesEachAndSomeWeight() {
    QVERIFY(!batchMeans(std::vector<double>(39, 1.0)));
    QVERIFY(batchMeans(std::vector<double>(40, 1.0)).has_value());
    QVERIFY(!batchMeans(std::vector<double>(40, 1.0), std::vector<double>(40, 0.0)));
  }

  void aLongRunIsEnoughAndAWideOneIsNot() {
    const SteadyState good = steadyState(autoregressive(3, 20'000, 0.5, 50));
    QVERIFY2(good.enough, good.why.c_str());
    QVERIFY(good.interval.covers(50));
    const SteadyState wide = steadyState(autoregressive(3, 400, 0.3, 0.1));
    QVERIFY(!wide.enough);
    QCOMPARE(wide.why, std::string("the interval is wider than a tenth of the mean"));
  }
};

QTEST_GUILESS_MAIN(TestSteadyState)
#include "tst_steady_state.moc"
