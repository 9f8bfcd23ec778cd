// Recorder: names, readings, the grid, and the budget.
#include <QtTest>

#include <cmath>
#include <limits>

#include "engine/base/distributions.h"
#include "engine/metrics/recorder.h"

using namespace ringside;
using namespace ringside::metrics;
using namespace std::chrono_literals;

namespace {

InstrumentSpec named(std::string name, Unit unit = Unit::Count) {
  return {std::move(name), unit, "For the test.", {}};
}

}  // namespace

class TestRecorder : public QObject {
  Q_OBJECT

 private slots:
  void namesCarryTheirLabels() {
    QCOMPARE(fullName(named("gateway.admitted")), std::string("gateway.admitted"));
    const InstrumentSpec labelled{
        "breaker.state", Unit::None, "", {{"method", "card"}, {"bank", "2"}}};
    QCOMPARE(fullName(labelled), std::string("breaker.state{method=card,bank=2}"));
  }

  void aNameIsTakenOnce() {
    Recorder recorder({});
    recorder.counter(named("a.b"));
    QVERIFY_EXCEPTION_THROWN(recorder.gauge(named("a.b")), Bug);
    QVERIFY_EXCEPTION_THROWN(recorder.counter(named("")), Bug);
    recorder.counter({"a.b", Unit::Count, "", {{"shard", "1"}}});
    recorder.counter({"a.b", Unit::Count, "", {{"shard", "2"}}});
    QCOMPARE(recorder.snapshot(Instant{}).size(), std::size_t{3});
  }

  void readsOutInOrderOfDeclaration() {
    Recorder recorder({});
    Counter& done = recorder.counter(named("z.done"));
    Distribution& latency = recorder.distribution(named("m.latency", Unit::Nanoseconds));
    Gauge& depth = recorder.gauge(named("a.depth"));
    done.add(500);
    for (int i = 1; i <= 1000; ++i) latency.record(Duration(i));
    depth.set(Instant{}, 4);
    depth.set(Instant(1s), 8);
    const auto values = recorder.snapshot(Instant(2s));
    QCOMPARE(values.size(), std::size_t{3});
    QCOMPARE(values[0].name, std::string("z.done"));
    QCOMPARE(values[0].rate.value(), 250.0);
    QCOMPARE(values[0].value.value(), 500.0);
    QVERIFY(!values[0].mean && !values[0].p50);
    QCOMPARE(values[1].p50.value(), 500.0);
    QCOMPARE(values[1].p999.value(), 999.0);
    QCOMPARE(values[1].mean.value(), 500.5);
    QVERIFY(values[1].unit == Unit::Nanoseconds && values[1].kind == MetricKind::Distribution);
    QCOMPARE(values[2].mean.value(), 6.0);
    QCOMPARE(values[2].value.value(), 8.0);
    QCOMPARE(values[2].max.value(), 8.0);
  }

  void saysNoPercentileThatTheSampleCannotSupport_data() {
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("fields");
    QTest::newRow("none") << 0 << 0;
    QTest::newRow("one short of p90") << 9 << 1;
    QTest::newRow("just p90") << 10 << 2;
    QTest::newRow("just p95") << 20 << 3;
    QTest::newRow("one short of p99") << 99 << 3;
    QTest::newRow("just p99") << 100 << 4;
    QTest::newRow("one short of p99.9") << 999 << 4;
    QTest::newRow("just p99.9") << 1000 << 5;
  }
  void saysNoPercentileThatTheSampleCannotSupport() {
    QFETCH(int, count);
    QFETCH(int, fields);
    Recorder recorder({});
    Distribution& latency = recorder.distribution(named("a.latency"));
    for (int i = 0; i < count; ++i) latency.record(i);
    const MetricValue value = recorder.find("a.latency", Instant(1s)).value();
    int present = 0;
    for (const auto* field : {&value.p50, &value.p90, &value.p95, &value.p99, &value.p999}) {
      present += field->has_value() ? 1 : 0;
    }
    QCOMPARE(present, fields);
    QCOMPARE(value.mean.has_value(), count > 0);
  }

  void noPercentileExceedsTheMaximum() {
    Recorder recorder({});
    Distribution& latency = recorder.distribution(named("a.latency"));
    for (int i = 0; i < 2000; ++i) latency.record(5'000'000);
    const MetricValue value = recorder.find("a.latency", Instant(1s)).value();
    QCOMPARE(value.p999.value(), 5'000'000.0);
    QCOMPARE(value.max.value(), 5'000'000.0);
  }

  void beforeTimeHasPassedThereIsNoRate() {
    Recorder recorder({});
    recorder.counter(named("a.count")).add(3);
    const MetricValue value = recorder.find("a.count", Instant{}).value();
    QVERIFY(!value.rate.has_value());
    QCOMPARE(value.count, std::uint64_t{3});
    QVERIFY(!recorder.find("a.missing", Instant{}).has_value());
    QCOMPARE(recorder.series("a.missing"), nullptr);
    QCOMPARE(recorder.findDistribution("a.count"), nullptr);
  }

  void ratesBelongToTheCellTheyWereMadeIn() {
    Recorder recorder({});
    Counter& done = recorder.counter(named("a.done"));
    for (int cell = 0; cell < 10; ++cell) {
      done.add(static_cast<std::uint64_t>(cell));
      recorder.tick(recorder.nextTick());
    }
    const auto points = recorder.series("a.done")->window(Instant{}, kNever, 100);
    QCOMPARE(points.size(), std::size_t{10});
    for (int cell = 0; cell < 10; ++cell) {
      const auto i = static_cast<std::size_t>(cell);
      QVERIFY(points[i].start == Instant(cell * 1ms));
      QCOMPARE(points[i].summary.last, cell * 1000.0);
    }
  }

  void gaugesKeepThePeaksBetweenTicks() {
    Recorder recorder({});
    Gauge& depth = recorder.gauge(named("a.depth"));
    depth.set(Instant(100us), 1);
    depth.set(Instant(200us), 50);
    depth.set(Instant(300us), 2);
    recorder.tick(Instant(1ms));
    recorder.tick(Instant(2ms));
    const auto points = recorder.series("a.depth")->window(Instant{}, kNever, 100);
    QCOMPARE(points.size(), std::size_t{2});
    QCOMPARE(points[0].summary.high, 50.0);
    QCOMPARE(points[0].summary.last, 2.0);
    QCOMPARE(points[1].summary.high, 2.0);
  }

  void polledGaugesAreAskedAtTicks() {
    Recorder recorder({});
    double level = 5;
    int asked = 0;
    recorder.poll(named("a.level"), [&] {
      ++asked;
      return level;
    });
    recorder.tick(Instant(1ms));
    level = std::numeric_limits<double>::quiet_NaN();
    recorder.tick(Instant(2ms));
    level = 9;
    recorder.tick(Instant(3ms));
    recorder.tick(Instant(3ms));  // Not after the last one: of no effect.
    QCOMPARE(asked, 3);
    const auto points = recorder.series("a.level")->window(Instant{}, kNever, 100);
    QCOMPARE(points.size(), std::size_t{2});
    QCOMPARE(recorder.find("a.level", Instant(3ms))->value.value(), 9.0);
    QCOMPARE(recorder.find("a.level", Instant(3ms))->max.value(), 9.0);
  }

  void theGridDoublesAsTheRunOutgrowsIt() {
    Recorder::Config config;
    config.seriesCapacity = 64;
    Recorder recorder(config);
    recorder.counter(named("a.count"));
    int ticks = 0;
    while (recorder.nextTick() <= Instant(10s)) {
      const Instant next = recorder.nextTick();
      recorder.tick(next);
      ++ticks;
    }
    QVERIFY2(ticks < 64 * 9, qPrintable(QString::number(ticks)));
    QVERIFY(recorder.nextTick() > Instant(10s));
    QVERIFY(recorder.kept() <= 64);
  }

  void theGridEndsWhereTimeEnds() {
    Recorder::Config config;
    config.seriesCapacity = 64;
    Recorder recorder(config);
    Counter& done = recorder.counter(named("a.done"));
    int ticks = 0;
    for (; recorder.nextTick() != kNever && ticks < 100'000; ++ticks) {
      done.add();
      recorder.tick(recorder.nextTick());
    }
    QVERIFY(ticks < 100'000);
    QVERIFY(recorder.kept() <= 64);
    recorder.finish(kNever);
    QVERIFY(recorder.nextTick() == kNever);
  }

  void aRunThatEndsBetweenTicksIsReadToItsEnd() {
    Recorder recorder({});
    Distribution& latency = recorder.distribution(named("a.latency"));
    Counter& done = recorder.counter(named("a.done"));
    latency.record(70);
    done.add(5);
    recorder.finish(Instant(500us));
    const auto* intervals = recorder.findDistribution("a.latency")->intervals();
    QCOMPARE(intervals->line(IntervalPercentiles::Line::Max).latest().last, 70.0);
    QCOMPARE(recorder.series("a.done")->latest().last, 10'000.0);
  }

  void staysWithinTheBudgetOverALongRunOfManyInstruments() {
    Recorder::Config config;
    config.budgetBytes = std::size_t{8} << 20;
    Recorder recorder(config);
    std::vector<Counter*> counters;
    std::vector<Distribution*> latencies;
    for (int i = 0; i < 60; ++i) {
      counters.push_back(&recorder.counter(named("c." + std::to_string(i))));
      recorder.gauge(named("g." + std::to_string(i))).set(Instant{}, i);
      if (i % 5 != 0) continue;
      latencies.push_back(&recorder.distribution(named("d." + std::to_string(i))));
    }
    Rng rng(1);
    for (int tick = 0; tick < 5000; ++tick) {
      for (Counter* counter : counters) counter->add();
      for (Distribution* latency : latencies) {
        latency->record(static_cast<std::int64_t>(rng.next() >> rng.below(64) >> 8));
      }
      const Instant now((tick + 1) * 1ms);  // More often than the grid comes to ask for.
      recorder.events().record({now, 0, "c", "text", Severity::Info, 0});
      recorder.tick(now);
      if (tick % 500 == 0) QVERIFY(recorder.bytes() <= config.budgetBytes);
    }
    QVERIFY(recorder.bytes() <= config.budgetBytes);
    QVERIFY(recorder.dropped() > 0);
    QVERIFY(recorder.kept() > 0);
    for (Counter* counter : counters) QCOMPARE(counter->total(), std::uint64_t{5000});
  }

  void refusesInstrumentsThatCannotFit() {
    Recorder::Config config;
    config.budgetBytes = std::size_t{4} << 20;
    config.eventCapacity = 100;
    Recorder recorder(config);
    const auto declareTooMany = [&] {
      for (int i = 0; i < 100; ++i) recorder.distribution(named("d." + std::to_string(i)));
    };
    QVERIFY_EXCEPTION_THROWN(declareTooMany(), Bug);
  }

  void theDefaultBudgetHoldsALargeLab() {
    Recorder recorder({});
    for (int i = 0; i < 150; ++i) {
      recorder.counter(named("c." + std::to_string(i)));
      recorder.gauge(named("g." + std::to_string(i)));
      if (i % 10 == 0) recorder.distribution(named("d." + std::to_string(i)));
    }
    QCOMPARE(recorder.snapshot(Instant{}).size(), std::size_t{315});
  }
};

QTEST_GUILESS_MAIN(TestRecorder)
#include "tst_recorder.moc"
