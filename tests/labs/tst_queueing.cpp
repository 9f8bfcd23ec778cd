// The queueing lab against theory: by replications, whose mean must be within its 99 % interval.
//
// Method   Thirty runs of 60 s each with seeds 1 to 30; their means make a Student interval at
//          99 %. A run begins empty, which lowers its mean wait by some relaxation time over its
//          length: at utilisation 0.8 that is 20 ms of 60 s for M/M/1, below a hundredth of the
//          interval. The seeds are fixed, so the verdict is; each row would fail for one choice of
//          seeds in a hundred. A wrong formula is seen: the last test of them says so.
#include <QTest>

#include <cmath>

#include "engine/run/outcome.h"
#include "engine/run/parallel.h"
#include "engine/stats/interval.h"
#include "engine/theory/queues.h"
#include "tests/labs/lab_run.h"

using namespace ringside;
using namespace std::chrono_literals;
using Knobs = std::vector<std::pair<std::string, std::string>>;

namespace {

constexpr int kReplications = 30;

stats::Interval measured(const std::string& preset, const Knobs& knobs, const char* expression,
                         Duration length = 60s) {
  std::vector<double> values(kReplications);
  run::forEachIndex(kReplications, 2, [&](std::size_t i) {
    run::RunPlan plan = test::labPlan("queueing", preset, knobs, length);
    plan.seed = 1 + i;
    values[i] = test::read(*test::finished(plan), expression);
  });
  return *stats::meanInterval(std::span<const double>(values), 0.99);
}

const lab::TheoryLine& lineOf(const lab::Frame& frame, const std::string& id) {
  for (const auto& line : frame.theory) {
    if (line.id == id) return line;
  }
  qFatal("no theory %s", id.c_str());
}

lab::Frame endOf(const std::string& preset, const Knobs& knobs = {},
                 const std::vector<std::string>& faults = {}) {
  return test::finished(test::labPlan("queueing", preset, knobs, 10s, faults))->frame();
}

}  // namespace

class TestQueueing : public QObject {
  Q_OBJECT

 private slots:
  void theoryIsWithinTheInterval_data() {
    QTest::addColumn<QString>("preset");
    QTest::addColumn<QString>("expression");
    QTest::addColumn<double>("theory");
    const double rate = 800;
    const double s = 1e-3;
    const auto row = [](const char* name, const char* preset, const char* what, double theory) {
      QTest::newRow(name) << QString(preset) << QString(what) << theory;
    };
    row("M/M/1 wait", "mm1", "mean(station-1.wait)", theory::mm1(rate, s)->wait * 1e9);
    row("M/M/1 present", "mm1", "mean(present)", theory::mm1(rate, s)->present);
    row("M/M/4 wait", "mm4", "mean(station-1.wait)", theory::mmc(4 * rate, s, 4)->wait * 1e9);
    row("M/M/4 delayed", "mm4", "station-1.delayed", theory::erlangC(3.2, 4));
    row("M/D/1 wait", "md1", "mean(station-1.wait)", theory::md1(rate, s)->wait * 1e9);
    row("M/G/1 wait", "mg1", "mean(station-1.wait)", theory::mg1(rate, s, 2)->wait * 1e9);
    row("Erlang B", "loss", "station-1.loss", theory::erlangB(8, 10));
    row("tandem, station 2", "tandem", "mean(station-2.wait)", theory::mm1(rate, s)->wait * 1e9);
    row("tandem, station 3", "tandem", "mean(station-3.wait)", theory::mm1(rate, s)->wait * 1e9);
    row("tandem sojourn", "tandem", "mean(sojourn)", 3 * theory::mm1(rate, s)->sojourn * 1e9);
  }
  void theoryIsWithinTheInterval() {
    QFETCH(QString, preset);
    QFETCH(QString, expression);
    QFETCH(double, theory);
    const auto interval = measured(preset.toStdString(), {}, expression.toUtf8().constData());
    QVERIFY2(interval.covers(theory),
             qPrintable(
                 QString("%1 +- %2 is not %3").arg(interval.mean).arg(interval.half).arg(theory)));
    QVERIFY(interval.half < 0.1 * interval.mean);  // Else anything would be within it.
  }

  // Insensitivity: the loss depends on the mean of service alone.
  void erlangBHoldsForAnyService() {
    for (const char* service : {"fixed", "lognormal"}) {
      const auto interval = measured("loss", {{"service", service}}, "station-1.loss", 20s);
      QVERIFY(interval.covers(theory::erlangB(8, 10)));
    }
  }

  void wrongTheoryIsNotWithinTheInterval() {
    const auto interval = measured("mm4", {}, "mean(station-1.wait)");
    QVERIFY(!interval.covers(theory::mm1(800, 1e-3)->wait * 1e9));
    QVERIFY(!interval.covers(theory::ggc(3200, 1e-3, 4, 1, 0.8)->wait * 1e9));
  }

  void linesHoldWhereTheirAssumptionsDo() {
    const lab::Frame mm1 = endOf("mm1");
    QVERIFY(lineOf(mm1, "station-1.mmc").holds());
    QVERIFY(lineOf(mm1, "station-1.mg1").holds());
    QVERIFY(lineOf(mm1, "little").holds());
    QVERIFY(!lineOf(mm1, "station-1.loss").holds());
    const lab::Frame mm4 = endOf("mm4");
    QVERIFY(lineOf(mm4, "station-1.mmc").holds());
    QCOMPARE(lab::verdictOf(lineOf(mm4, "station-1.mg1")),
             std::string("does not hold: there are several servers"));
    const lab::Frame md1 = endOf("md1");
    QVERIFY(!lineOf(md1, "station-1.mmc").holds());
    QVERIFY(lineOf(md1, "station-1.mg1").holds());
    QCOMPARE(lineOf(md1, "station-1.mg1").law, std::string("M/D/1"));
    const lab::Frame bursty = endOf("bursty");
    QVERIFY(!lineOf(bursty, "station-1.mmc").holds());
    QVERIFY(lineOf(bursty, "station-1.ggc").holds());
    QVERIFY(lineOf(endOf("loss"), "station-1.loss").holds());
  }

  void departuresOfOtherServiceAreNotPoisson() {
    const lab::Frame frame = endOf("md1", {{"stations", "2"}});
    QVERIFY(lineOf(frame, "station-1.mg1").holds());
    QVERIFY(!lineOf(frame, "station-2.mg1").holds());
  }

  void overloadAndFaultsAreNamed() {
    const lab::TheoryLine over = lineOf(endOf("mm1", {{"rho", "1.2"}}), "station-1.mmc");
    QVERIFY(!over.holds());
    QVERIFY(!over.predicted);
    const lab::Frame hurt = endOf("mm1", {}, {"1s slow_servers factor=2 for 1s"});
    QVERIFY(!lineOf(hurt, "station-1.mmc").holds());
    QVERIFY(lab::verdictOf(lineOf(hurt, "station-1.mmc")).find("fault") != std::string::npos);
  }

  void infiniteVarianceHasNoMean() {
    const lab::Frame frame = endOf("mm1", {{"service", "pareto"}, {"service.alpha", "1.5"}});
    QVERIFY(!lineOf(frame, "station-1.mg1").predicted);
  }

  // Chance is shared: other servers leave the customers what they were.
  void moreServersServeTheSameCustomers() {
    const auto one = test::finished(test::labPlan("queueing", "mm1", {{"rho", "0.4"}}, 5s));
    const auto two =
        test::finished(test::labPlan("queueing", "mm1", {{"rho", "0.2"}, {"servers", "2"}}, 5s));
    QCOMPARE(test::read(*one, "arrived"), test::read(*two, "arrived"));
    QVERIFY(test::read(*two, "mean(station-1.wait)") < test::read(*one, "mean(station-1.wait)"));
  }

  void theLongRunIsJudged() {
    const auto run = test::finished(test::labPlan("queueing", "mm4", {}, 60s));
    const lab::Frame frame = run->frame();
    bool found = false;
    for (const lab::SteadyMetric& metric : frame.steady) {
      if (metric.name != "station-1.wait") continue;
      found = true;
      QVERIFY2(metric.enough, metric.why.c_str());
      QVERIFY(metric.interval.covers(theory::mmc(3200, 1e-3, 4)->wait * 1e9));
    }
    QVERIFY(found);
    const lab::Frame over = endOf("mm1", {{"rho", "1.3"}});
    for (const lab::SteadyMetric& metric : over.steady) {
      if (metric.name == "station-1.waiting") QVERIFY(!metric.enough);
    }
  }

  void steadyStateIsAskedOfFinishedRunsAlone() {
    auto run = run::Run::make(test::labPlan("queueing", "mm1", {}, 10s));
    (*run)->advance(Instant(5s), ~std::uint64_t{0});
    QVERIFY((*run)->frame().steady.empty());
  }

  void checksHold() {
    for (const char* preset : {"mm1", "mm4", "md1", "mg1", "loss", "tandem", "bursty"}) {
      const auto run = test::finished(test::labPlan("queueing", preset, {}, 5s));
      QCOMPARE(test::verdict(*run, "conserved"), lab::Verdict::Holds);
      QCOMPARE(test::verdict(*run, "little"), lab::Verdict::Holds);
    }
  }
};

QTEST_GUILESS_MAIN(TestQueueing)
#include "tst_queueing.moc"
