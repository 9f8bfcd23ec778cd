// Swarm: random legal knobs, faults, acts and seeds. Nothing fails, and every request has one end.
//
// More of it: RINGSIDE_SWARM=5000 build/release/tests/labs/tst_swarm
#include <QTest>

#include <cmath>

#include "engine/base/rng.h"
#include "engine/lab/starting_knobs.h"
#include "engine/labs/catalog.h"
#include "tests/labs/lab_run.h"

using namespace ringside;
using namespace std::chrono_literals;

namespace {

double draw(const lab::ParameterSpec& spec, Rng& rng) {
  double value = spec.minimum + (spec.maximum - spec.minimum) * rng.uniform01();
  if (spec.scale == lab::ParameterScale::Logarithmic && spec.minimum > 0) {
    value = spec.minimum * std::pow(spec.maximum / spec.minimum, rng.uniform01());
  }
  if (rng.chance(0.1)) value = rng.chance(0.5) ? spec.minimum : spec.maximum;
  const bool whole = spec.kind != lab::ParameterKind::Real;
  return std::clamp(whole ? std::floor(value + 0.5) : value, spec.minimum, spec.maximum);
}

lab::FaultOrder draw(const lab::FaultSpec& spec, Rng& rng, Duration length) {
  lab::FaultOrder order{.name = spec.name, .arguments = {}, .duration = lab::kForever};
  for (const auto& argument : spec.arguments) {
    order.arguments.push_back({argument.key, draw(argument, rng)});
  }
  if (rng.chance(0.7)) {
    order.duration =
        Duration(1 + static_cast<std::int64_t>(toSeconds(length) * 5e8 * rng.uniform01()));
  }
  return order;
}

run::RunPlan drawPlan(std::string_view labId, const lab::LabInfo& info, std::uint64_t seed) {
  Rng rng = Rng::forStream(seed, "swarm");
  const bool gateway = labId == "payment-gateway";
  run::RunPlan plan;
  plan.labId = std::string(labId);
  plan.seed = seed;
  plan.preset = info.presets[rng.below(info.presets.size())].id;
  plan.length =
      std::min(Duration(24h * 365 * 5), gateway ? Duration(200ms) : info.usualLength / 10);
  for (const auto& spec : info.knobs) {
    if (!rng.chance(0.3)) continue;
    double value = draw(spec, rng);
    // Small enough to be many: rates, tables and warm caches cost time and memory alone.
    if (spec.key == "tps") value = std::min(value, 20e3);
    if (spec.key == "service.mean") value = std::max(value, 1e6);
    if (spec.key == "servers") value = std::min(value, 20.0);
    if (spec.key == "merchants") value = std::min(value, 5e3);
    if (spec.key == "l2.capacity") value = std::min(value, 1e5);
    plan.knobs.push_back({spec.key, value});
  }
  const bool slow = std::ranges::none_of(plan.knobs, [](const auto& k) { return k.key == "tps"; });
  if (gateway && slow) plan.knobs.push_back({"tps", 10e3});
  const auto knobs = lab::startingKnobs(info, plan.preset, plan.knobs);
  const auto faults = lab::fitted(info.faults, knobs.value());
  for (std::uint64_t i = rng.below(5); i > 0 && !faults.empty(); --i) {
    const auto& spec = faults[rng.below(faults.size())];
    const auto at = static_cast<std::int64_t>(toSeconds(plan.length) * 1e9 * rng.uniform01());
    plan.faults.push_back({Instant(Duration(at)), draw(spec, rng, plan.length)});
  }
  return plan;
}

// What the command line takes to do the same again.
std::string replayLine(const run::RunPlan& plan, const lab::LabInfo& info) {
  std::string line = "ringside-cli run " + plan.labId + " --preset " + plan.preset + " --seed " +
                     std::to_string(plan.seed) + " --for " + lab::formatDuration(plan.length);
  for (const auto& knob : plan.knobs) {
    for (const auto& spec : info.knobs) {
      if (spec.key == knob.key) line += " --set " + knob.key + "=" + format(spec, knob.value);
    }
  }
  for (const auto& fault : plan.faults) {
    line += " --fault '" + lab::formatFault(info.faults, fault) + "'";
  }
  return line;
}

}  // namespace

class TestSwarm : public QObject {
  Q_OBJECT

 private slots:
  void neverFails_data();
  void neverFails();
};

void TestSwarm::neverFails_data() {
  QTest::addColumn<QString>("lab");
  for (const std::string_view lab : labs::ids()) {
    QTest::newRow(std::string(lab).c_str()) << QString::fromStdString(std::string(lab));
  }
}

void TestSwarm::neverFails() {
  QFETCH(QString, lab);
  const std::string id = lab.toStdString();
  const lab::LabInfo info = (*labs::make(id))->describe();
  bool given = false;
  const int asked = qEnvironmentVariableIntValue("RINGSIDE_SWARM", &given);
  const int runs = given ? asked : 24;
  for (int i = 1; i <= runs; ++i) {
    const run::RunPlan plan = drawPlan(id, info, static_cast<std::uint64_t>(i));
    const std::string line = replayLine(plan, info);
    auto made = run::Run::make(plan);
    QVERIFY2(made.has_value(), line.c_str());
    run::Run& run = **made;
    Rng hands = Rng::forStream(plan.seed, "hands");
    while (!lab::isOver(run.state())) {
      run.advance(run.end(), 1 + hands.below(20'000));
      const auto& knob = info.knobs[hands.below(info.knobs.size())];
      const bool heavy = knob.key == "tps" || knob.key == "rho";
      if (!lab::isOver(run.state()) && hands.chance(0.3) && !heavy) {
        (void)run.turnKnob(knob.key, draw(knob, hands));
      }
      if (hands.chance(0.2)) (void)run.frame();
    }
    const lab::Frame frame = run.frame();
    QVERIFY2(frame.state == lab::RunState::Finished, (frame.note + "\n" + line).c_str());
    for (const auto& check : frame.checks) {
      if (check.id != "one_outcome") continue;
      QVERIFY2(check.verdict == lab::Verdict::Holds, (check.evidence + "\n" + line).c_str());
    }
    // The same again, in one piece, without being watched.
    if (i % 8 != 0) continue;
    auto again = run::Run::replay(plan, run.journal());
    (*again)->advance((*again)->end(), ~std::uint64_t{0});
    QVERIFY2((*again)->fingerprint() == run.fingerprint(), line.c_str());
  }
}

QTEST_GUILESS_MAIN(TestSwarm)
#include "tst_swarm.moc"
