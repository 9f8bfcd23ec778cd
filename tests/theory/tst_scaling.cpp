// The universal scalability law: what it gives, and that fitting finds it again.
#include <QtTest>

#include <cmath>
#include <vector>

#include "engine/base/distributions.h"
#include "engine/theory/scaling.h"

using namespace ringside;
using namespace ringside::theory;

namespace {

std::vector<ScalingPoint> pointsOf(const Usl& law, std::initializer_list<double> workers) {
  std::vector<ScalingPoint> points;
  for (const double n : workers) points.push_back({n, law.throughput(n)});
  return points;
}

}  // namespace

class TestScaling : public QObject {
  Q_OBJECT

 private slots:
  void withoutLossesItIsLinear() {
    QCOMPARE((Usl{0, 0, 3}.throughput(7)), 21.0);
    QVERIFY(!Usl{}.peak());
  }

  void withoutCoherencyItIsAmdahl() {
    const Usl law{0.05, 0, 1};
    for (const double n : {1.0, 4.0, 100.0, 1e6}) {
      QVERIFY(std::abs(law.throughput(n) - 1 / (0.05 + 0.95 / n)) < 1e-9);
    }
    QVERIFY(!law.peak());
  }

  void throughputFallsBeyondThePeak() {
    const Usl law{0.02, 0.0005, 1000};
    const double peak = *law.peak();
    QVERIFY(std::abs(peak - std::sqrt(0.98 / 0.0005)) < 1e-9);
    QVERIFY(law.throughput(peak) > law.throughput(peak * 0.9));
    QVERIFY(law.throughput(peak) > law.throughput(peak * 1.1));
  }

  void fittingFindsTheLawAgain() {
    Rng rng(3);
    for (int round = 0; round < 100; ++round) {
      const Usl law{rng.uniform01() * 0.2, rng.uniform01() * 0.01, 1 + rng.uniform01() * 1000};
      const auto fitted = fitUsl(pointsOf(law, {1, 2, 4, 8, 16, 32}));
      QVERIFY(fitted.has_value());
      QVERIFY(std::abs(fitted->alpha - law.alpha) < 1e-8);
      QVERIFY(std::abs(fitted->beta - law.beta) < 1e-8);
      QVERIFY(std::abs(fitted->single / law.single - 1) < 1e-8);
    }
  }

  void coefficientsNeverComeOutNegative() {
    Rng rng(4);
    for (int round = 0; round < 200; ++round) {
      auto points = pointsOf({0.01, 0, 100}, {1, 2, 3, 4, 6, 8});
      for (ScalingPoint& point : points) point.throughput *= normal(rng, 1, 0.05);
      const auto fitted = fitUsl(points);
      QVERIFY(fitted.has_value());
      QVERIFY(fitted->alpha >= 0);
      QVERIFY(fitted->beta >= 0);
    }
  }

  void whatCannotBeFittedIsRefused() {
    QVERIFY(!fitUsl({}));
    QVERIFY(!fitUsl(pointsOf({}, {1, 2, 2})));
    const std::vector<ScalingPoint> still{{1, 1}, {2, 0}, {3, 1}};
    QCOMPARE(fitUsl(still).error().message,
             std::string("a scaling point has workers and throughput above 0"));
  }
};

QTEST_GUILESS_MAIN(TestScaling)
#include "tst_scaling.moc"
