// BoundedQueue against std::deque; Station against a simulation of every event and against M/D/1.
#include <QtTest>

#include <cmath>
#include <deque>
#include <memory>

#include "engine/gateway/bounded_queue.h"
#include "engine/gateway/station.h"
#include "tests/gateway/steps.h"

namespace ringside::gateway {

using test::at;
using test::Steps;

class TestStation : public QObject {
  Q_OBJECT

 private slots:
  void queueKeepsOrderAndSaysNoWhenFull();
  void queueLeavesARejectedItemWithTheCaller();
  void queueAgreesWithADeque();
  void finishesJobsOneAfterAnother();
  void refusesWhenTheStationIsFullOrTheWaitTooLong();
  void keepsItsPromisesWhenSlowedOrShrunk();
  void agreesWithASimulationOfEveryEvent();
  void waitsAsTheFormulaForMD1Says();
};

namespace {

// One server, one event at a time: a departure ends the job in service and starts the next.
class SlowStation {
 public:
  void run(Instant until) {
    while (serving_ && serviceEnd_ <= until) depart();
    now_ = std::max(now_, until);
  }

  bool offer(Instant now, Duration service, std::size_t limit, Duration longestWait) {
    run(now);
    if (jobs() >= limit || work() > longestWait) return false;
    waiting_.push_back(service);
    if (!serving_) startNext(now_);
    return true;
  }

  [[nodiscard]] std::size_t jobs() const { return waiting_.size() + (serving_ ? 1 : 0); }
  [[nodiscard]] Duration work() const {
    Duration sum = serving_ ? serviceEnd_ - now_ : Duration(0);
    for (const Duration service : waiting_) sum += service;
    return sum;
  }
  [[nodiscard]] Duration busy() const {
    return served_ + (serving_ ? now_ - serviceStart_ : Duration(0));
  }
  [[nodiscard]] const std::vector<Instant>& finishes() const { return finishes_; }

 private:
  void startNext(Instant now) {
    serving_ = true;
    serviceStart_ = now;
    serviceEnd_ = now + waiting_.front();
    waiting_.pop_front();
  }

  void depart() {
    serving_ = false;
    served_ += serviceEnd_ - serviceStart_;
    finishes_.push_back(serviceEnd_);
    if (!waiting_.empty()) startNext(serviceEnd_);
  }

  std::deque<Duration> waiting_;
  bool serving_ = false;
  Instant serviceStart_{};
  Instant serviceEnd_{};
  Instant now_{};
  Duration served_{0};
  std::vector<Instant> finishes_;
};

}  // namespace

void TestStation::queueKeepsOrderAndSaysNoWhenFull() {
  BoundedQueue<int> queue(3);
  for (int i = 0; i < 3; ++i) QVERIFY(queue.tryPush(i));
  QVERIFY(!queue.tryPush(3));
  QCOMPARE(queue.rejected(), 1u);
  QCOMPARE(queue.highWater(), std::size_t{3});
  QCOMPARE(queue.tryPop(), std::optional(0));
  QVERIFY(queue.tryPush(4));
  QCOMPARE(queue.front(), 1);
  QCOMPARE(queue.accepted(), 4u);
  QVERIFY_EXCEPTION_THROWN((void)BoundedQueue<int>(1).front(), Bug);
}

void TestStation::queueLeavesARejectedItemWithTheCaller() {
  BoundedQueue<std::unique_ptr<int>> queue(0);
  auto item = std::make_unique<int>(5);
  QVERIFY(!queue.tryPush(std::move(item)));
  QVERIFY(item != nullptr);
}

void TestStation::queueAgreesWithADeque() {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    Steps steps(seed);
    std::size_t limit = 50;
    BoundedQueue<int> queue(limit);
    std::deque<int> model;
    for (int i = 0; i < 2000; ++i) {
      if (steps.oneIn(100)) {
        limit = static_cast<std::size_t>(steps.between(0, 80));
        queue.setLimit(limit);
      }
      if (steps.oneIn(2)) {
        const bool room = model.size() < limit;
        if (room) model.push_back(i);
        QCOMPARE(queue.tryPush(i), room);
      } else {
        const auto popped = queue.tryPop();
        QCOMPARE(popped.has_value(), !model.empty());
        if (!popped) continue;
        QCOMPARE(*popped, model.front());
        model.pop_front();
      }
      QCOMPARE(queue.size(), model.size());
    }
  }
}

void TestStation::finishesJobsOneAfterAnother() {
  Station station({});
  QCOMPARE(station.offer(at(10), Duration(5)), std::optional(at(15)));
  QCOMPARE(station.offer(at(12), Duration(5)), std::optional(at(20)));
  QCOMPARE(station.jobs(at(14)), std::size_t{2});
  QCOMPARE(station.jobs(at(15)), std::size_t{1});
  QCOMPARE(station.backlog(at(16)), Duration(4));
  QCOMPARE(station.busyTime(at(16)), Duration(6));
  QCOMPARE(station.offer(at(30), Duration(5)), std::optional(at(35)));
  QCOMPARE(station.totalWait(), Duration(3));
  QCOMPARE(station.utilisation(at(40)), 15.0 / 40.0);
}

void TestStation::refusesWhenTheStationIsFullOrTheWaitTooLong() {
  Station station({.limit = 2, .longestWait = Duration(10)});
  QVERIFY(station.offer(at(0), Duration(11)));
  QVERIFY(!station.offer(at(0), Duration(1)));
  QVERIFY(station.offer(at(1), Duration(1)));
  QVERIFY(!station.offer(at(10), Duration(1)));
  QVERIFY(station.offer(at(11), Duration(1)));
  QCOMPARE(station.refused(), 2u);
  QCOMPARE(station.highWater(), std::size_t{2});
}

void TestStation::keepsItsPromisesWhenSlowedOrShrunk() {
  Station station({.limit = 3});
  for (int i = 0; i < 3; ++i) QVERIFY(station.offer(at(0), Duration(10)));
  station.setSlowdown(2.5);
  station.setLimit(2);
  QCOMPARE(station.jobs(at(5)), std::size_t{3});
  QVERIFY(!station.offer(at(10), Duration(10)));
  QCOMPARE(station.offer(at(20), Duration(10)), std::optional(at(55)));
  station.setSlowdown(1.0);
  QCOMPARE(station.offer(at(30), Duration(10)), std::optional(at(65)));
  QVERIFY_EXCEPTION_THROWN(station.setSlowdown(0.0), Bug);
}

void TestStation::agreesWithASimulationOfEveryEvent() {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    Steps steps(seed);
    std::size_t limit = 10;
    const Duration longestWait = steps.oneIn(2) ? Duration(300) : Duration::max();
    Station station({.limit = limit, .longestWait = longestWait});
    SlowStation slow;
    std::vector<Instant> promised;
    Instant now{};
    for (int i = 0; i < 1000; ++i) {
      now += Duration(steps.between(0, 100));
      if (steps.oneIn(50)) {
        limit = static_cast<std::size_t>(steps.between(1, 15));
        station.setLimit(limit);
      }
      const Duration service(steps.between(0, 110));
      const auto finish = station.offer(now, service);
      QCOMPARE(finish.has_value(), slow.offer(now, service, limit, longestWait));
      if (finish) promised.push_back(*finish);
      const Instant later = now + Duration(steps.between(0, 5));
      slow.run(later);
      now = later;
      QCOMPARE(station.jobs(now), slow.jobs());
      QCOMPARE(station.backlog(now), slow.work());
      QCOMPARE(station.busyTime(now), slow.busy());
    }
    slow.run(now + std::chrono::hours(1));
    QCOMPARE(promised, slow.finishes());
  }
}

void TestStation::waitsAsTheFormulaForMD1Says() {
  constexpr double kService = 1000.0;
  for (const double load : {0.3, 0.8}) {
    Steps steps(11);
    Station station({.limit = 1'000'000});
    double clock = 0;
    constexpr int kJobs = 1'000'000;
    for (int i = 0; i < kJobs; ++i) {
      clock -= std::log(1.0 - steps.unit()) * kService / load;
      QVERIFY(station.offer(at(static_cast<std::int64_t>(clock)), Duration(1000)));
    }
    const double mean = static_cast<double>(station.totalWait().count()) / kJobs;
    const double expected = kService * load / (2 * (1 - load));
    QVERIFY(std::abs(mean - expected) < 0.02 * expected);
    const double utilisation = station.utilisation(at(static_cast<std::int64_t>(clock)));
    QVERIFY(std::abs(utilisation - load) < 0.01 * load);
  }
}

}  // namespace ringside::gateway

QTEST_GUILESS_MAIN(ringside::gateway::TestStation)
#include "tst_station.moc"
