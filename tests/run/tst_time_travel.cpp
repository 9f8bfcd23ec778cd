// Going back in a run: wherever it goes, by whatever way, it is what a fresh run is there.
#include <QTest>

#include <algorithm>
#include <map>

#include "engine/base/rng.h"
#include "engine/run/time_travel.h"
#include "tests/run/sample_lab.h"

using namespace ringside;
using namespace std::chrono_literals;
using run::Goal;
using run::Journal;
using run::Position;
using run::Run;
using run::RunPlan;
using run::TimeTravel;

namespace {

RunPlan planOf(std::uint64_t seed, Duration length = 60ms) {
  RunPlan plan;
  plan.labId = "sample";
  plan.seed = seed;
  plan.length = length;
  plan.faults = {{Instant(5ms), {"jolt", {{"by", 3}}, 8ms}},
                 {Instant(20ms), {"jolt", {{"by", 1}}}}};
  return plan;
}

RunPlan gatewayPlan(std::uint64_t seed) {
  RunPlan plan;
  plan.labId = "payment-gateway";
  plan.seed = seed;
  plan.knobs = {{"tps", 5000}, {"merchants", 100}, {"l2.capacity", 10'000}};
  plan.length = 300ms;
  return plan;
}

std::unique_ptr<Run> freshRun(const RunPlan& plan, Journal journal = {}) {
  auto made = plan.labId == "sample"
                  ? Run::of(std::make_unique<test::SampleLab>(), plan, std::move(journal))
                  : Run::replay(plan, std::move(journal));
  if (!made) qFatal("%s", made.error().message.c_str());
  return std::move(*made);
}

std::unique_ptr<TimeTravel> travelOf(const RunPlan& plan, TimeTravel::Config config = {}) {
  auto made = TimeTravel::of([plan]() -> Result<std::unique_ptr<Run>> { return freshRun(plan); },
                             std::move(config));
  if (!made) qFatal("%s", made.error().message.c_str());
  return std::move(*made);
}

// Everything measured, as text: equal where two runs are the same.
std::string tellOf(const Run& run) {
  std::string all = std::to_string(run.events()) + " " + std::to_string(run.fingerprint()) + " " +
                    std::to_string(run.now().time_since_epoch().count());
  for (const auto& metric : run.metrics()) {
    all += " " + metric.name + "=" + std::to_string(metric.count) + "/" +
           std::to_string(metric.value.value_or(-1)) + "/" +
           std::to_string(metric.mean.value_or(-1));
  }
  const lab::Frame frame = run.frame();
  for (const auto& fault : frame.faults) {
    all += " " + fault.text + "@" + std::to_string(fault.from.time_since_epoch().count()) + "-" +
           std::to_string(fault.to.time_since_epoch().count());
  }
  for (const auto& line : frame.eventTail) all += " " + line.text;
  for (const auto& knob : frame.knobs) all += " " + std::to_string(knob.value);
  return all;
}

// What a fresh run of the same plan and journal is at the same place.
std::string oracle(const RunPlan& plan, const Run& at) {
  auto fresh = freshRun(plan, at.journal());
  run::travel(*fresh, Goal::place(at.position()), ~std::uint64_t{0});
  return tellOf(*fresh);
}

// Goes on to the end of the journey; the sentence of one that came to nothing.
std::string arrive(TimeTravel& travel, std::uint64_t slice = 1000) {
  for (;;) {
    const auto onTheWay = travel.travelOn(slice);
    if (!onTheWay) return onTheWay.error().message;
    if (!*onTheWay) return {};
  }
}

void awaitRest(const TimeTravel& travel) {
  QVERIFY(QTest::qWaitFor([&] { return travel.shadows().atRest(); }, 30'000));
}

}  // namespace

class TestTimeTravel : public QObject {
  Q_OBJECT

 private slots:
  void isAFreshRunAtEveryPlaceOfARandomWalk_data();
  void isAFreshRunAtEveryPlaceOfARandomWalk();
  void stepsBackThroughEveryEvent();
  void goesBackFromTheEnd();
  void repeatsTheActsAhead();
  void forksWhereSomethingElseIsDone();
  void keepsTheFutureWhenAnActIsRefused();
  void goesBetweenBranches();
  void findsThePreviousEventOfAnActor();
  void findsItBeyondWhatTheTraceHolds();
  void saysWhenAnActorHasNoEarlierEvent();
  void goesToTheCauseOfAnEvent();
  void staysWhereItIsWhenAJourneyIsGivenUp();
  void usesWhatIsHeld();
  void staysWithinItsBudget();
  void keepsBookmarksInOrder();
};

void TestTimeTravel::isAFreshRunAtEveryPlaceOfARandomWalk_data() {
  QTest::addColumn<QString>("lab");
  QTest::addColumn<int>("seed");
  for (int seed = 1; seed <= 25; ++seed) {
    QTest::addRow("sample, seed %d", seed) << QStringLiteral("sample") << seed;
  }
  for (int seed = 1; seed <= 4; ++seed) {
    QTest::addRow("gateway, seed %d", seed) << QStringLiteral("payment-gateway") << seed;
  }
}

// Steps, goes back, jumps and acts at random, on all branches, with shadows built meanwhile.
void TestTimeTravel::isAFreshRunAtEveryPlaceOfARandomWalk() {
  QFETCH(const QString, lab);
  QFETCH(const int, seed);
  const bool sample = lab == QStringLiteral("sample");
  const RunPlan plan = sample ? planOf(static_cast<std::uint64_t>(seed))
                              : gatewayPlan(static_cast<std::uint64_t>(seed));
  const auto travel = travelOf(plan);
  Rng draws = Rng::forStream(static_cast<std::uint64_t>(seed), "walk");
  const auto below = [&draws](std::uint64_t limit) { return draws.below(limit); };
  for (int move = 0; move < (sample ? 60 : 25); ++move) {
    Run& here = travel->present();
    const std::uint64_t events = here.events();
    switch (below(9)) {
      case 0:
        (void)here.advance(here.end(), 1 + below(sample ? 40 : 5000));
        break;
      case 1:
        (void)here.advance(here.now() + Duration(static_cast<std::int64_t>(below(5'000'000))),
                           ~std::uint64_t{0});
        break;
      case 2:
        (void)travel->stepBack();
        break;
      case 3:
        (void)travel->seek(Goal::event(below(events + 30)));
        break;
      case 4:
        (void)travel->seek(
            Goal::time(Instant(Duration(static_cast<std::int64_t>(below(70'000'000))))));
        break;
      case 5:
        (void)travel->turnKnob(sample ? "gap" : "step.bank",
                               sample ? 4e5 + 1e3 * static_cast<double>(below(1000))
                                      : 1e6 * static_cast<double>(20 + below(100)));
        break;
      case 6:
        if (sample) {
          (void)travel->inject({"jolt", {{"by", static_cast<double>(1 + below(9))}}, 3ms});
        } else {
          (void)travel->inject({"kill_l2", {}, 30ms});
        }
        break;
      case 7:
        (void)travel->switchTo(static_cast<int>(below(travel->story().branches.size())));
        break;
      case 8:
        (void)travel->backToActor(sample ? "beater 1" : "clients");
        break;
    }
    (void)arrive(*travel, 1 + below(3000));
    // Small strides, so that even short runs have shadows.
    travel->settle(sample ? 100 : 1e4);
    const QString told = QString::fromStdString(tellOf(travel->present()));
    QCOMPARE(told, QString::fromStdString(oracle(plan, travel->present())));
    QVERIFY(travel->present().isOn(travel->story().branch().journal));
  }
}

void TestTimeTravel::stepsBackThroughEveryEvent() {
  const RunPlan plan = planOf(3, 20ms);
  std::map<std::uint64_t, std::uint64_t> expected;
  const auto fresh = freshRun(plan);
  for (expected[0] = fresh->fingerprint(); fresh->step();) {
    expected[fresh->events()] = fresh->fingerprint();
  }
  const auto travel = travelOf(plan);
  travel->present().advance(travel->present().end(), ~std::uint64_t{0});
  QCOMPARE(travel->present().events(), expected.rbegin()->first);
  for (std::uint64_t n = travel->present().events(); n > 0; --n) {
    QVERIFY(travel->stepBack());
    QCOMPARE(arrive(*travel), std::string());
    QCOMPARE(travel->present().events(), n - 1);
    QCOMPARE(travel->present().fingerprint(), expected[n - 1]);
  }
  const auto beyond = travel->stepBack();
  QVERIFY(!beyond);
  QCOMPARE(beyond.error().message,
           std::string("the run is at its start: nothing has happened yet"));
}

void TestTimeTravel::goesBackFromTheEnd() {
  const RunPlan plan = planOf(1);
  const auto travel = travelOf(plan);
  travel->present().advance(travel->present().end(), ~std::uint64_t{0});
  const std::string last = tellOf(travel->present());
  QCOMPARE(travel->present().state(), lab::RunState::Finished);
  QVERIFY(travel->seek(Goal::time(Instant(30ms))));
  arrive(*travel);
  QCOMPARE(travel->present().state(), lab::RunState::Paused);
  QCOMPARE(travel->present().now(), Instant(30ms));
  QVERIFY(travel->seek(Goal::time(kNever)));
  arrive(*travel);
  QCOMPARE(tellOf(travel->present()), last);
}

void TestTimeTravel::repeatsTheActsAhead() {
  const RunPlan plan = planOf(9);
  const auto travel = travelOf(plan);
  travel->present().advance(Instant(10ms), ~std::uint64_t{0});
  QVERIFY(travel->turnKnob("gap", 2e5));
  travel->present().advance(Instant(25ms), ~std::uint64_t{0});
  QVERIFY(travel->inject({"jolt", {{"by", 50}}, 5ms}));
  travel->present().advance(Instant(40ms), ~std::uint64_t{0});
  travel->settle(1e6);
  const std::string there = tellOf(travel->present());
  QVERIFY(travel->seek(Goal::time(Instant(9ms))));
  arrive(*travel);
  QVERIFY(travel->present().journal().empty());
  travel->present().advance(Instant(40ms), ~std::uint64_t{0});
  QCOMPARE(tellOf(travel->present()), there);
  QCOMPARE(travel->present().journal().size(), std::size_t{2});
  QCOMPARE(travel->story().branches.size(), std::size_t{1});
}

void TestTimeTravel::forksWhereSomethingElseIsDone() {
  const RunPlan plan = planOf(9);
  const auto travel = travelOf(plan);
  travel->present().advance(Instant(10ms), ~std::uint64_t{0});
  QVERIFY(travel->turnKnob("gap", 2e5));
  travel->present().advance(Instant(40ms), ~std::uint64_t{0});
  travel->settle(1e6);
  const std::string old = tellOf(travel->present());
  QVERIFY(travel->seek(Goal::time(Instant(20ms))));
  arrive(*travel);
  const Position here = travel->present().position();
  QVERIFY(travel->turnKnob("gap", 9e5));
  const run::Story& story = travel->story();
  QCOMPARE(story.branches.size(), std::size_t{2});
  QCOMPARE(story.current, 1);
  QCOMPARE(story.branches[1].parent, 0);
  QVERIFY(story.branches[1].forked == here);
  QCOMPARE(story.branches[0].journal.size(), std::size_t{1});
  QCOMPARE(story.branches[1].journal.size(), std::size_t{2});
  QCOMPARE(story.branches[0].reached.at, Instant(40ms));
  travel->present().advance(Instant(40ms), ~std::uint64_t{0});
  QVERIFY(tellOf(travel->present()) != old);
  QCOMPARE(tellOf(travel->present()), oracle(plan, travel->present()));
}

void TestTimeTravel::keepsTheFutureWhenAnActIsRefused() {
  const auto travel = travelOf(planOf(2));
  travel->present().advance(Instant(10ms), ~std::uint64_t{0});
  QVERIFY(travel->turnKnob("gap", 2e5));
  travel->present().advance(Instant(20ms), ~std::uint64_t{0});
  travel->settle(1e6);
  QVERIFY(travel->seek(Goal::time(Instant(5ms))));
  arrive(*travel);
  QVERIFY(!travel->turnKnob("gap", 1));
  QVERIFY(!travel->inject({"quake", {}}));
  QVERIFY(!travel->lift(77));
  QCOMPARE(travel->story().branches.size(), std::size_t{1});
  travel->present().advance(Instant(20ms), ~std::uint64_t{0});
  QCOMPARE(travel->present().journal().size(), std::size_t{1});
}

void TestTimeTravel::goesBetweenBranches() {
  const RunPlan plan = planOf(5);
  const auto travel = travelOf(plan);
  travel->present().advance(Instant(30ms), ~std::uint64_t{0});
  travel->settle(1e6);
  const std::string first = tellOf(travel->present());
  QVERIFY(travel->seek(Goal::time(Instant(12ms))));
  arrive(*travel);
  travel->fork("what if");
  QCOMPARE(travel->story().branch().name, std::string("what if"));
  QVERIFY(travel->turnKnob("gap", 3e5));
  QCOMPARE(travel->story().branches.size(), std::size_t{2});
  travel->present().advance(Instant(30ms), ~std::uint64_t{0});
  const std::string second = tellOf(travel->present());
  QVERIFY(travel->switchTo(0));
  arrive(*travel);
  QCOMPARE(tellOf(travel->present()), first);
  QVERIFY(travel->switchTo(1));
  arrive(*travel);
  QCOMPARE(tellOf(travel->present()), second);
  const auto unknown = travel->switchTo(7);
  QCOMPARE(unknown.error().message, std::string("there is no branch 8; there are 2"));
}

void TestTimeTravel::findsThePreviousEventOfAnActor() {
  const auto travel = travelOf(planOf(4));
  Run& run = travel->present();
  std::vector<std::uint64_t> expected;
  for (;;) {
    const auto next = run.next();
    if (!next || next->at > Instant(20ms)) break;
    if (next->actor == "beater 2") expected.push_back(next->number);
    run.step();
  }
  for (; !expected.empty(); expected.pop_back()) {
    if (expected.back() == travel->present().events()) continue;
    QVERIFY(travel->backToActor("beater 2"));
    QCOMPARE(arrive(*travel), std::string());
    QCOMPARE(travel->present().events(), expected.back());
  }
}

// The gateway's arrivals and a fault: a run longer than its trace, whose actor had one early event.
void TestTimeTravel::findsItBeyondWhatTheTraceHolds() {
  RunPlan plan = gatewayPlan(1);
  plan.knobs[0].value = 60'000;
  plan.length = 1s;
  const auto fresh = freshRun(plan);
  std::map<std::string, std::uint64_t> lastOfActor;
  for (int i = 0; i < 3000; ++i) {
    const auto next = fresh->next();
    lastOfActor[next->actor] = next->number;
    fresh->step();
  }
  std::map<std::string, std::uint64_t> later;
  while (fresh->events() < 200'000) {
    const auto next = fresh->next();
    later[next->actor] = next->number;
    fresh->step();
  }
  const auto travel = travelOf(plan);
  const auto goTo200k = [&] {
    QVERIFY(travel->seek(Goal::event(200'000)));
    arrive(*travel, 10'000);
  };
  for (const auto& [actor, number] : later) lastOfActor[actor] = number;
  int early = 0;
  for (const auto& [actor, number] : lastOfActor) {
    if (number == 200'000) continue;
    goTo200k();
    QVERIFY(travel->backToActor(actor));
    QCOMPARE(arrive(*travel, 10'000), std::string());
    QCOMPARE(travel->present().events(), number);
    early += number < 200'000 - TimeTravel::kTraceEvents ? 1 : 0;
  }
  QVERIFY(early > 0);
}

void TestTimeTravel::saysWhenAnActorHasNoEarlierEvent() {
  const auto travel = travelOf(planOf(4));
  travel->present().advance(Instant(20ms), ~std::uint64_t{0});
  const Position here = travel->present().position();
  const auto departed = travel->backToActor("nobody");
  const std::string said = departed ? arrive(*travel) : departed.error().message;
  QCOMPARE(said, std::string("there is no earlier event of nobody"));
  QVERIFY(travel->present().position() == here);
  QVERIFY(!travel->isTravelling());
}

void TestTimeTravel::goesToTheCauseOfAnEvent() {
  const auto travel = travelOf(planOf(4));
  travel->present().advance(Instant(20ms), ~std::uint64_t{0});
  const std::uint64_t last = travel->present().events();
  const std::uint64_t cause = travel->present().trace()->at(last).cause;
  QVERIFY(cause > 0 && cause < last);
  QVERIFY(travel->toCause());
  arrive(*travel);
  QCOMPARE(travel->present().events(), cause);
  while (travel->toCause()) arrive(*travel);
  QVERIFY(travel->present().events() <= 3);
}

void TestTimeTravel::staysWhereItIsWhenAJourneyIsGivenUp() {
  const auto travel = travelOf(planOf(4));
  travel->present().advance(Instant(20ms), ~std::uint64_t{0});
  const std::string here = tellOf(travel->present());
  QVERIFY(travel->seek(Goal::event(travel->present().events() - 1)));
  const auto onTheWay = travel->travelOn(3);
  QVERIFY(onTheWay && *onTheWay);
  QVERIFY(travel->partTravelled() > 0 && travel->partTravelled() < 1);
  travel->giveUp();
  QVERIFY(!travel->isTravelling());
  QCOMPARE(tellOf(travel->present()), here);
}

void TestTimeTravel::usesWhatIsHeld() {
  const RunPlan plan = gatewayPlan(1);
  const auto travel = travelOf(plan);
  travel->present().advance(Instant(250ms), ~std::uint64_t{0});
  const std::uint64_t here = travel->present().events();
  travel->settle(2e4);
  awaitRest(*travel);
  QVERIFY(travel->shadows().places().size() > 4);
  for (const Position place : travel->shadows().places()) QVERIFY(place.events < here);
  QVERIFY(travel->stepBack());
  // No more than half a stride lies before the goal.
  const auto slices = run::strideOf(2e4) / 2;
  const auto onTheWay = travel->travelOn(slices);
  QVERIFY(onTheWay);
  QVERIFY(!*onTheWay);
  QCOMPARE(travel->present().events(), here - 1);
}

void TestTimeTravel::staysWithinItsBudget() {
  const RunPlan plan = gatewayPlan(1);
  for (const std::size_t budget : {std::size_t{0}, std::size_t{12} << 20, std::size_t{40} << 20}) {
    const auto travel = travelOf(plan, {.budgetBytes = budget});
    travel->present().advance(Instant(250ms), ~std::uint64_t{0});
    travel->settle(2e4);
    awaitRest(*travel);
    QVERIFY(travel->shadows().bytes() <= budget);
    if (budget == 0) QVERIFY(travel->shadows().places().empty());
    QVERIFY(travel->seek(Goal::event(100)));
    arrive(*travel);
    QCOMPARE(travel->present().events(), 100U);
  }
}

void TestTimeTravel::keepsBookmarksInOrder() {
  const auto travel = travelOf(planOf(4));
  travel->present().advance(Instant(20ms), ~std::uint64_t{0});
  travel->mark("late");
  QVERIFY(travel->seek(Goal::time(Instant(5ms))));
  arrive(*travel);
  travel->mark("early");
  const auto& marks = travel->story().bookmarks;
  QCOMPARE(marks.size(), std::size_t{2});
  QCOMPARE(marks[0].name, std::string("early"));
  QCOMPARE(marks[1].name, std::string("late"));
  QVERIFY(travel->seek(Goal::place(marks[1].position)));
  arrive(*travel);
  QVERIFY(travel->present().position() == marks[1].position);
  QVERIFY(!travel->unmark(2));
  QVERIFY(travel->unmark(0));
  QCOMPARE(travel->story().bookmarks.front().name, std::string("late"));
}

QTEST_GUILESS_MAIN(TestTimeTravel)
#include "tst_time_travel.moc"
