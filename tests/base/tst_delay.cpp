// Delay: the mean it states, the shapes it knows, and one draw in each of them.
#include <QtTest>

#include <cmath>

#include "engine/base/delay.h"
#include "tests/base/goodness_of_fit.h"

using namespace ringside;
using namespace ringside::testing;
using namespace std::chrono_literals;

namespace {

std::vector<double> sampleOf(const Delay& delay, std::uint64_t seed, int count) {
  Rng rng(seed);
  std::vector<double> sample;
  for (int i = 0; i < count; ++i) {
    sample.push_back(static_cast<double>(delay.sample(rng).count()));
  }
  return sample;
}

constexpr int kCount = 400'000;

}  // namespace

class TestDelay : public QObject {
  Q_OBJECT

 private slots:
  void fixedIsExact() {
    const Delay delay(5ms);
    Rng rng(1);
    for (int i = 0; i < 100; ++i) QVERIFY(delay.sample(rng) == 5ms);
  }

  void keepsItsMeanAndSpread_data() {
    QTest::addColumn<int>("shape");
    QTest::addColumn<double>("cv");
    QTest::newRow("lognormal, default spread") << static_cast<int>(DelayShape::Lognormal) << 0.3;
    QTest::newRow("lognormal, wide") << static_cast<int>(DelayShape::Lognormal) << 1.0;
    QTest::newRow("exponential") << static_cast<int>(DelayShape::Exponential) << 1.0;
  }
  void keepsItsMeanAndSpread() {
    QFETCH(int, shape);
    QFETCH(double, cv);
    const Delay delay(8ms, static_cast<DelayShape>(shape), cv);
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
      const Moments moments = momentsOf(sampleOf(delay, seed, kCount));
      QVERIFY(std::fabs(moments.mean - 8e6) < 5 * 8e6 * cv / std::sqrt(kCount));
      QVERIFY(std::fabs(moments.deviation / (8e6 * cv) - 1) < 0.05);
    }
  }

  void everyShapeTakesOneDraw() {
    Rng fixed(4);
    Rng lognormal(4);
    Rng exponential(4);
    for (int i = 0; i < 100'000; ++i) {
      QVERIFY(Delay(1ms).sample(fixed) == 1ms);
      QVERIFY(Delay(1ms, DelayShape::Lognormal).sample(lognormal) > 0ns);
      QVERIFY(Delay(1ms, DelayShape::Exponential).sample(exponential) >= 0ns);
    }
    const std::uint64_t next = fixed.next();
    QCOMPARE(lognormal.next(), next);
    QCOMPARE(exponential.next(), next);
  }

  void twiceTheMeanIsTwiceEachSample() {
    Rng a(6);
    Rng b(6);
    const Delay once(1s, DelayShape::Exponential);
    const Delay twice(2s, DelayShape::Exponential);
    for (int i = 0; i < 1000; ++i) {
      const std::int64_t half = once.sample(a).count();
      QVERIFY(std::abs(twice.sample(b).count() - 2 * half) <= 1);
    }
  }

  void nothingTakesNoTimeInAnyShape() {
    Rng rng(1);
    for (const DelayShape shape :
         {DelayShape::Fixed, DelayShape::Lognormal, DelayShape::Exponential}) {
      for (int i = 0; i < 1000; ++i) QVERIFY(Delay(0ns, shape).sample(rng) == 0ns);
    }
  }

  void theLongestDelayDoesNotOverflow() {
    Rng rng(1);
    const Delay delay(Duration::max(), DelayShape::Exponential);
    for (int i = 0; i < 10'000; ++i) QVERIFY(delay.sample(rng) >= 0ns);
  }

  void refusesNegativeTime() { QVERIFY_EXCEPTION_THROWN(Delay(-1ns), Bug); }

  void delaysAreTheRecordedOnes() {
    Rng rng = Rng::forStream(1, "golden");
    QCOMPARE(Delay(5ms, DelayShape::Lognormal).sample(rng).count(), std::int64_t{4304047});
    QCOMPARE(Delay(5ms, DelayShape::Exponential).sample(rng).count(), std::int64_t{11624428});
  }
};

QTEST_GUILESS_MAIN(TestDelay)
#include "tst_delay.moc"
