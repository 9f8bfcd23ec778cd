// The world of a lab: its grid ticks where it should, whatever the slices, and looking changes
// nothing.
#include <QTest>

#include <vector>

#include "engine/lab/world.h"
#include "engine/runtime/sleep.h"

using namespace ringside;
using namespace ringside::lab;
using namespace std::chrono_literals;

namespace {

// Counts in steps of a third and a whole of the grid, so that some fall on a tick and some do not.
struct Bench {
  explicit Bench(Duration length = 1s) : world(3, length, nullptr) {
    world.recorder().poll({"level", metrics::Unit::None, "", {}}, [this] {
      ticks.push_back({world.now(), level});
      return level;
    });
    world.chart({.id = "level", .title = "Level", .lines = {{"level", "level"}}});
    world.runtime().spawn(count(Duration(1ms) / 3), world.runtime().actor("thirds"));
    world.runtime().spawn(count(1ms), world.runtime().actor("wholes"));
  }
  Task<> count(Duration gap) {
    for (;;) {
      co_await sleepFor(world.runtime(), gap);
      ++level;
    }
  }

  World world;
  double level = 0;
  std::vector<std::pair<Instant, double>> ticks;
};

}  // namespace

class TestWorld : public QObject {
  Q_OBJECT

 private slots:
  void readsItsInstrumentsOnTheGridAfterAllThatHappensThere();
  void readsTheSameWhateverTheSlices_data();
  void readsTheSameWhateverTheSlices();
  void reachesTheTimeAskedForOnlyWithNothingLeft();
  void changesNothingWhenItIsShown();
  void keepsNotesWithTheirPlace();
};

void TestWorld::readsItsInstrumentsOnTheGridAfterAllThatHappensThere() {
  Bench b;
  b.world.advance(Instant(10ms), ~std::uint64_t{0});
  QVERIFY(b.ticks.size() >= 10);
  for (const auto& [at, level] : b.ticks) {
    const std::int64_t ns = at.time_since_epoch().count();
    QCOMPARE(ns % 1'000'000, 0);
    QCOMPARE(level, static_cast<double>(ns / 333'333 + ns / 1'000'000));
  }
}

void TestWorld::readsTheSameWhateverTheSlices_data() {
  QTest::addColumn<quint64>("events");
  QTest::addColumn<qint64>("step");
  for (const quint64 events : {1ULL, 2ULL, 3ULL, 5ULL, 1000ULL}) {
    for (const qint64 step : {1'000'000LL, 333'333LL, 700'000LL, 1'000'000'000LL}) {
      QTest::addRow("%llu events, %lld ns", events, step) << events << step;
    }
  }
}

void TestWorld::readsTheSameWhateverTheSlices() {
  QFETCH(quint64, events);
  QFETCH(qint64, step);
  Bench whole;
  const std::uint64_t all = whole.world.advance(Instant(50ms), ~std::uint64_t{0});
  Bench sliced;
  std::uint64_t done = 0;
  while (sliced.world.now() < Instant(50ms) || done < all) {
    const Instant until = std::min(sliced.world.now() + Duration(step), Instant(50ms));
    done += sliced.world.advance(until, events);
  }
  sliced.world.advance(Instant(50ms), 0);
  QCOMPARE(done, all);
  QCOMPARE(sliced.ticks, whole.ticks);
  QCOMPARE(sliced.world.runtime().fingerprint(), whole.world.runtime().fingerprint());
}

void TestWorld::reachesTheTimeAskedForOnlyWithNothingLeft() {
  Bench b;
  QCOMPARE(b.world.advance(Instant(1ms), 4), 4U);  // Two starts, two thirds.
  QVERIFY(b.world.now() < Instant(1ms));
  QCOMPARE(b.world.advance(Instant(1ms), ~std::uint64_t{0}), 2U);
  QCOMPARE(b.world.now(), Instant(1ms));
  b.world.advance(Instant(1'000'001ns), ~std::uint64_t{0});
  QCOMPARE(b.world.now(), Instant(1'000'001ns));
}

void TestWorld::changesNothingWhenItIsShown() {
  Bench plain;
  Bench watched;
  for (int i = 1; i <= 20; ++i) {
    plain.world.advance(Instant(i * 777us), ~std::uint64_t{0});
    watched.world.advance(Instant(i * 777us), ~std::uint64_t{0});
    Frame frame;
    watched.world.show(frame);
    QCOMPARE(frame.now, Instant(i * 777us));
    QCOMPARE(frame.events, watched.world.runtime().events());
  }
  QCOMPARE(watched.world.runtime().fingerprint(), plain.world.runtime().fingerprint());
  Frame one;
  Frame two;
  plain.world.show(one);
  watched.world.show(two);
  QCOMPARE(one.charts[0].series[0].points.size(), two.charts[0].series[0].points.size());
  for (std::size_t i = 0; i < one.charts[0].series[0].points.size(); ++i) {
    QCOMPARE(one.charts[0].series[0].points[i].high, two.charts[0].series[0].points[i].high);
  }
}

void TestWorld::keepsNotesWithTheirPlace() {
  Bench b;
  b.world.advance(Instant(5ms), ~std::uint64_t{0});
  b.world.note("thing", "it moved", metrics::Severity::Warning);
  Frame frame;
  b.world.show(frame);
  QCOMPARE(frame.eventTail.size(), 1U);
  QCOMPARE(frame.eventTail[0].at, Instant(5ms));
  QCOMPARE(frame.eventTail[0].number, b.world.runtime().events());
  QCOMPARE(frame.eventTail[0].text, std::string("it moved"));
}

QTEST_GUILESS_MAIN(TestWorld)
#include "tst_world.moc"
