#include <QtTest>

#include "engine/run/run.h"

using namespace ringside;
using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t kAll = ~std::uint64_t{0};

run::RunPlan plan(const std::vector<lab::ParameterValue>& knobs) {
  run::RunPlan plan;
  plan.labId = "payment-gateway";
  plan.length = 5ms;
  plan.knobs = knobs;
  plan.knobs.push_back({"tps", 1000});
  return plan;
}

lab::FaultOrder killShard(double shard) { return {"kill_shard", {{"shard", shard}}, 1ms}; }
lab::FaultOrder killGateway(double number) {
  return {"kill_gateway", {{"gateway", number}}, lab::kForever};
}

std::string refusal(run::RunPlan plan, const lab::FaultOrder& order) {
  plan.faults = {{Instant(1ms), order}};
  const auto made = run::Run::make(plan);
  return made ? "accepted" : made.error().message;
}

std::string message(const Result<std::uint64_t>& injected) {
  return injected ? "accepted" : injected.error().message;
}

std::vector<std::string> down(const lab::Frame& frame) {
  std::vector<std::string> ids;
  for (const auto& node : frame.topology.nodes) {
    if (node.health == lab::Health::Down) ids.push_back(node.id);
  }
  return ids;
}

}  // namespace

// Faults strike parts that the run has, not those that the largest lab could have.
class TestRunFaults : public QObject {
  Q_OBJECT

 private slots:
  void refusesToPlanAFaultOfAPartThatIsNotThere_data() {
    QTest::addColumn<QString>("knob");
    QTest::addColumn<double>("count");
    QTest::addColumn<double>("lastShard");
    QTest::addColumn<double>("lastGateway");
    QTest::newRow("as the lab comes") << "" << 0.0 << 7.0 << 5.0;
    QTest::newRow("one shard") << "shards" << 1.0 << 0.0 << 5.0;
    QTest::newRow("all shards there can be") << "shards" << 64.0 << 63.0 << 5.0;
    QTest::newRow("two gateways") << "gws" << 2.0 << 7.0 << 2.0;
  }
  void refusesToPlanAFaultOfAPartThatIsNotThere() {
    QFETCH(QString, knob);
    QFETCH(double, count);
    QFETCH(double, lastShard);
    QFETCH(double, lastGateway);
    std::vector<lab::ParameterValue> knobs;
    if (!knob.isEmpty()) knobs.push_back({knob.toStdString(), count});
    for (const char* preset : {"common", "corrected"}) {
      run::RunPlan run = plan(knobs);
      run.preset = preset;
      QCOMPARE(refusal(run, killShard(lastShard)), std::string("accepted"));
      QCOMPARE(QString::fromStdString(refusal(run, killShard(lastShard + 1))),
               QStringLiteral("fault kill_shard: shard %1 is not there: 0 to %2")
                   .arg(lastShard + 1)
                   .arg(lastShard));
      QCOMPARE(refusal(run, killGateway(lastGateway)), std::string("accepted"));
      QCOMPARE(QString::fromStdString(refusal(run, killGateway(lastGateway + 1))),
               QStringLiteral("fault kill_gateway: gateway %1 is not there: 1 to %2")
                   .arg(lastGateway + 1)
                   .arg(lastGateway));
    }
  }

  void refusesToInjectAFaultOfAPartThatIsNotThere() {
    const auto run = run::Run::make(plan({{"shards", 3}, {"gws", 2}})).value().release();
    const std::unique_ptr<run::Run> owner(run);
    run->advance(Instant(1ms), kAll);
    QCOMPARE(message(run->inject(killShard(3))),
             std::string("fault kill_shard: shard 3 is not there: 0 to 2"));
    QCOMPARE(message(run->inject(killShard(-1))),
             std::string("fault kill_shard: shard -1 is not there: 0 to 2"));
    QCOMPARE(message(run->inject(killGateway(0))),
             std::string("fault kill_gateway: gateway 0 is not there: 1 to 2"));
    QVERIFY(run->journal().empty());
    QCOMPARE(message(run->inject(killShard(2))), std::string("accepted"));
    QCOMPARE(message(run->inject(killGateway(2))), std::string("accepted"));
    run->advance(run->end(), kAll);
    QCOMPARE(run->state(), lab::RunState::Finished);
    QCOMPARE(run->frame().faults.size(), 2U);
  }

  void strikesTheShardThatWasNamedAndNoOther() {
    for (int shard = 0; shard < 4; ++shard) {
      const auto run = run::Run::make(plan({{"shards", 4}}));
      QVERIFY((*run)->inject(killShard(shard)).has_value());
      (*run)->advance(Instant(1ms - 1ns), kAll);
      QCOMPARE(down((*run)->frame()), std::vector<std::string>{"shard-" + std::to_string(shard)});
    }
  }
};

QTEST_GUILESS_MAIN(TestRunFaults)
#include "tst_run_faults.moc"
