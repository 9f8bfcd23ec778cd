// Tiers in series: what is measured over the years is what the product says.
#include <QTest>

#include <cmath>

#include "engine/base/rng.h"
#include "tests/labs/lab_run.h"

using namespace ringside;
using namespace std::chrono_literals;
using test::finished;
using test::labPlan;
using test::read;

class TestTierAvailability : public QObject {
  Q_OBJECT

 private slots:
  void fiveTiersOfFourNinesAreUpThreeAndAHalf();
  void redundancyIsWorthEightNines();
  void theBankCapsItAll();
  void optionalTiersAreAllowedToBeDown();
  void measuresTheProduct_data();
  void measuresTheProduct();
};

void TestTierAvailability::fiveTiersOfFourNinesAreUpThreeAndAHalf() {
  const auto run = finished(labPlan("tier-availability", "series", {}, 24h * 365 * 50));
  const double theory = read(*run, "value(availability.theory)");
  QVERIFY(std::abs(theory - std::pow(0.9999, 5)) < 1e-12);
  QVERIFY(std::abs(theory - 0.9995) < 5e-6);
  QCOMPARE(test::verdict(*run, "product_law"), lab::Verdict::Holds);
  const double minutes = read(*run, "value(downtime_minutes_per_year)");
  QVERIFY2(std::abs(minutes - 262.7) < 15, qPrintable(QString::number(minutes)));
}

void TestTierAvailability::redundancyIsWorthEightNines() {
  const auto run = finished(labPlan("tier-availability", "redundant", {}, 24h * 365 * 50));
  QVERIFY(read(*run, "value(availability.theory)") >= 0.9999999);
  QVERIFY(read(*run, "value(availability)") >= 0.999999);
}

void TestTierAvailability::theBankCapsItAll() {
  const auto run = finished(
      labPlan("tier-availability", "redundant", {{"bank.availability", "0.999"}}, 24h * 365 * 50));
  QVERIFY(read(*run, "value(availability.theory)") <= 0.999);
  QVERIFY(std::abs(read(*run, "value(availability)") - 0.999) < 1e-4);
}

void TestTierAvailability::optionalTiersAreAllowedToBeDown() {
  const auto run =
      finished(labPlan("tier-availability", "series",
                       {{"degrade_optional", "1"}, {"tier.availability", "0.99"}}, 24h * 365 * 20));
  // Binomial: none or one of five down.
  const double expected = std::pow(0.99, 5) + 5 * 0.01 * std::pow(0.99, 4);
  QVERIFY(std::abs(read(*run, "value(availability.theory)") - expected) < 1e-12);
  QVERIFY(std::abs(read(*run, "value(availability)") - expected) < 3e-5);
}

void TestTierAvailability::measuresTheProduct_data() {
  QTest::addColumn<int>("seed");
  for (int seed = 1; seed <= 10; ++seed) QTest::addRow("seed %d", seed) << seed;
}

void TestTierAvailability::measuresTheProduct() {
  QFETCH(int, seed);
  Rng rng = Rng::forStream(static_cast<std::uint64_t>(seed), "tiers");
  run::RunPlan plan = labPlan("tier-availability", "", {}, 24h * 365 * 5);
  plan.seed = static_cast<std::uint64_t>(seed);
  const auto tiers = static_cast<double>(1 + rng.below(12));
  const double unit = 0.95 + 0.04 * rng.uniform01();
  const auto replicas = static_cast<double>(1 + rng.below(2));
  plan.knobs = {{"tiers", tiers}, {"tier.availability", unit}, {"replicas", replicas}};
  const auto run = finished(plan);
  const double expected = std::pow(1 - std::pow(1 - unit, replicas), tiers);
  QVERIFY(std::abs(read(*run, "value(availability.theory)") - expected) < 1e-9);
  QCOMPARE(test::verdict(*run, "product_law"), lab::Verdict::Holds);
}

QTEST_GUILESS_MAIN(TestTierAvailability)
#include "tst_tier_availability.moc"
