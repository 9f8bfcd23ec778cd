// Where shadows are held: within the budget, near the present, and never far from any place.
#include <QTest>

#include <algorithm>

#include "engine/base/rng.h"
#include "engine/run/shadow_plan.h"

using namespace ringside;
using run::ShadowNeeds;
using run::shadowPlan;

class TestShadowPlan : public QObject {
  Q_OBJECT

 private slots:
  void holdsNothingForAShortRun();
  void staysBelowThePresentAndWithinTheBudget();
  void isNeverFarFromAnyPlaceWhereThereIsRoom();
  void keepsTwoCloseBehind();
  void staysPutWhileThePresentMovesALittle();
  void learnsWhatARunTakes();
};

void TestShadowPlan::holdsNothingForAShortRun() {
  QVERIFY(shadowPlan({}).empty());
  QVERIFY(shadowPlan({.present = 65'536, .eventsPerSecond = 1e6, .budgetBytes = 1 << 30}).empty());
  QVERIFY(!shadowPlan({.present = 65'538, .eventsPerSecond = 1e6, .budgetBytes = 1 << 30}).empty());
}

void TestShadowPlan::staysBelowThePresentAndWithinTheBudget() {
  Rng draws = Rng::forStream(1, "needs");
  for (int i = 0; i < 20'000; ++i) {
    ShadowNeeds needs;
    needs.present = draws.below(std::uint64_t{1} << (1 + draws.below(34)));
    needs.eventsPerSecond = static_cast<double>(1 + draws.below(20'000'000));
    needs.presentBytes = draws.below(std::size_t{1} << (1 + draws.below(32)));
    needs.budgetBytes = draws.below(std::size_t{1} << (1 + draws.below(32)));
    const auto places = shadowPlan(needs);
    std::size_t bytes = 0;
    QVERIFY(places.size() <= run::kMostShadows);
    for (std::size_t k = 0; k < places.size(); ++k) {
      QVERIFY(places[k] > 0 && places[k] < needs.present);
      QVERIFY(std::find(places.begin(), places.begin() + static_cast<std::ptrdiff_t>(k),
                        places[k]) == places.begin() + static_cast<std::ptrdiff_t>(k));
      bytes += run::estimatedBytes(needs, places[k]);
    }
    QVERIFY(bytes <= needs.budgetBytes);
  }
}

void TestShadowPlan::isNeverFarFromAnyPlaceWhereThereIsRoom() {
  for (std::uint64_t present = 100'000; present < 12'000'000; present += 77'777) {
    auto places = shadowPlan({.present = present,
                              .eventsPerSecond = 1e6,
                              .presentBytes = std::size_t{100} << 20,
                              .budgetBytes = std::size_t{1} << 30});
    places.push_back(0);
    places.push_back(present);
    std::ranges::sort(places);
    for (std::size_t i = 1; i < places.size(); ++i) {
      QVERIFY(places[i] - places[i - 1] <= 2'100'000);  // About two seconds at the most.
    }
  }
}

void TestShadowPlan::keepsTwoCloseBehind() {
  for (std::uint64_t present = 200'000; present < 300'000; present += 777) {
    const auto places = shadowPlan({.present = present,
                                    .eventsPerSecond = 1e6,
                                    .presentBytes = std::size_t{400} << 20,
                                    .budgetBytes = std::size_t{1} << 30});
    QVERIFY(places.size() >= 2);
    QVERIFY(present - places[0] <= 32'768);
    QVERIFY(present - places[1] <= 65'536);
  }
}

void TestShadowPlan::staysPutWhileThePresentMovesALittle() {
  const auto at = [](std::uint64_t present) {
    return shadowPlan(
        {.present = present, .eventsPerSecond = 1e6, .budgetBytes = std::size_t{1} << 30});
  };
  QVERIFY(at(1'000'000) == at(1'010'000));
}

void TestShadowPlan::learnsWhatARunTakes() {
  ShadowNeeds needs{.present = 1000, .presentBytes = 100 << 20, .budgetBytes = 1 << 30};
  const std::size_t before = run::estimatedBytes(needs, 500);
  run::learn(needs, {400, std::size_t{900} << 20});
  QVERIFY(run::estimatedBytes(needs, 500) == std::size_t{900} << 20);
  QVERIFY(run::estimatedBytes(needs, 300) < before);
  for (std::uint64_t events = 1; events < 1000; ++events) run::learn(needs, {events, events});
  QVERIFY(needs.measured.size() <= 64);
  QVERIFY(std::ranges::is_sorted(needs.measured, {}, &run::MeasuredRun::events));
}

QTEST_GUILESS_MAIN(TestShadowPlan)
#include "tst_shadow_plan.moc"
