#include "tests/views/run_fixture.h"

#include <QLabel>
#include <QTest>

#include <algorithm>

#include "engine/lab/parts/arrival_trace.h"
#include "tests/support/sample_frame.h"

namespace ringside::test {
namespace {

using namespace std::chrono_literals;

QString number(double value) { return QString::number(value); }

views::RunServices fakeServices(FakeEngine& engine) {
  views::RunServices services;
  services.start = [&engine](run::RunPlan plan,
                             run::Story story) -> std::unique_ptr<views::RunControl> {
    return std::make_unique<FakeRun>(engine, std::move(plan), std::move(story));
  };
  services.describe = [](const std::string& id) -> Result<lab::LabInfo> {
    if (id == "payment-gateway") return sampleLab();
    return Error{"There is no lab '" + id + "'; there is: payment-gateway."};
  };
  services.planOf = [](const study::Experiment& experiment) -> Result<run::RunPlan> {
    if (experiment.lab != "payment-gateway") return Error{"Unknown lab " + experiment.lab + "."};
    run::RunPlan plan = samplePlan();
    plan.preset = experiment.preset;
    plan.seed = experiment.seed;
    return plan;
  };
  services.readArrivals = [](const std::string& path) -> Result<lab::ArrivalTrace> {
    if (path.ends_with("empty.csv")) return Error{"empty.csv has no rows."};
    lab::ArrivalTrace trace;
    trace.name = "arrivals.csv";
    return trace;
  };
  services.judge = [](const study::Scenario& scenario, const run::RunPlan&, const lab::Frame&) {
    run::ClaimOutcome outcome;
    outcome.scenario = scenario.id;
    outcome.id = "C1";
    outcome.expected = "\xE2\x89\xA4 100 ms";
    outcome.measured = 95.9e6;
    outcome.measuredText = "95.90 ms";
    outcome.verdict = lab::Verdict::Holds;
    outcome.asContentSays = true;
    outcome.evidence = "this run: payment-gateway, seed 7, 4,211,090 events";
    return std::vector<run::ClaimOutcome>{outcome};
  };
  return services;
}

}  // namespace

FakeRun::FakeRun(FakeEngine& engine, run::RunPlan plan, run::Story story)
    : engine_(engine),
      plan_(std::move(plan)),
      story_(std::make_shared<const run::Story>(std::move(story))) {
  run::ConditionNames names;
  names.nodes = {{"gateway-1", "gateway", "queue"}, {"shard-1", "shard", "queue"}};
  names.machines = {{"breaker.card", {"closed", "open", "half-open"}}};
  names.metrics = {
      {"payment.latency", metrics::MetricKind::Distribution, metrics::Unit::Nanoseconds}};
  names.faults = {"kill_shard"};
  names_ = std::make_shared<const run::ConditionNames>(std::move(names));
  engine_.run = this;
  engine_.plans.push_back(plan_);
  frame = *sampleFrame(SampleState::Idle);
  frame.state = lab::RunState::Idle;
  frame.seed = plan_.seed;
  frame.end = Instant(plan_.length);
  frame.preset = plan_.preset;
  frame.next = lab::NextEvent{Instant(12us), "payment-service", "arrival", 1};
  publish();
}

FakeRun::~FakeRun() {
  if (engine_.run == this) engine_.run = nullptr;
}

void FakeRun::log(const QString& wish) { engine_.wishes << wish; }
void FakeRun::publish() { mailbox_ = std::make_shared<const lab::Frame>(frame); }

void FakeRun::moveTo(Instant now, lab::RunState state) {
  const lab::Frame sample = *sampleFrame(SampleState::Running);
  const std::vector<lab::FaultWindow> faults = frame.faults;
  const Instant end = frame.end;
  const std::uint64_t seed = frame.seed;
  frame = sample;
  frame.faults = faults;
  frame.end = end;
  frame.seed = seed;
  frame.now = now;
  frame.state = state;
  frame.events = static_cast<std::uint64_t>(now.time_since_epoch() / 1us);
  frame.next = lab::NextEvent{now + 1us, "bank-0", "timeout", frame.events + 1};
  publish();
}

void FakeRun::run(run::Pace pace) {
  const QStringList names = {QStringLiteral("paced"), QStringLiteral("fast"),
                             QStringLiteral("express")};
  log(QStringLiteral("run ") + names[static_cast<int>(pace)]);
  frame.state = lab::RunState::Running;
  publish();
}

void FakeRun::pause() {
  log(QStringLiteral("pause"));
  frame.state = lab::RunState::Paused;
  publish();
}

void FakeRun::stepEvent() {
  log(QStringLiteral("step"));
  frame.state = lab::RunState::Paused;
  frame.now += 1us;
  ++frame.events;
  publish();
}

void FakeRun::stepActor(std::string actor) {
  log(QStringLiteral("step ") + QString::fromStdString(actor));
  frame.state = lab::RunState::Paused;
  frame.now += 5us;
  frame.events += 5;
  publish();
}

template <class Change>
void FakeRun::tell(Change change) {
  run::Story story = *story_;
  change(story);
  story_ = std::make_shared<const run::Story>(std::move(story));
  publish();
}

void FakeRun::runUntilCondition(std::string condition) {
  log(QStringLiteral("until ") + QString::fromStdString(condition));
  frame.state = lab::RunState::Running;
  publish();
}

void FakeRun::stepToEffect() { log(QStringLiteral("effect")); }

void FakeRun::setBreakpoints(std::vector<run::Breakpoint> breakpoints) {
  QStringList on;
  for (const run::Breakpoint& each : breakpoints) {
    if (each.on) on << QString::fromStdString(each.condition);
  }
  log(QStringLiteral("break at ") + on.join(QStringLiteral("; ")));
}

void FakeRun::seek(run::Goal goal) {
  if (goal.events) {
    log(QStringLiteral("seek event ") + QString::number(quint64{*goal.events}));
    return moveTo(Instant(*goal.events * 1us), lab::RunState::Paused);
  }
  log(QStringLiteral("seek ") + QString::number(goal.at->time_since_epoch().count()));
  moveTo(*goal.at, lab::RunState::Paused);
}

void FakeRun::stepBack() {
  log(QStringLiteral("step back"));
  moveTo(frame.now - 1us, lab::RunState::Paused);
}

void FakeRun::stepBackActor(std::string actor) {
  log(QStringLiteral("step back ") + QString::fromStdString(actor));
  moveTo(frame.now - 5us, lab::RunState::Paused);
}

void FakeRun::stepToCause() { log(QStringLiteral("cause")); }

void FakeRun::switchBranch(int branch) {
  log(QStringLiteral("branch ") + QString::number(branch));
  tell([branch](run::Story& story) { story.current = branch; });
}

void FakeRun::seekOn(int branch, run::Goal goal) {
  switchBranch(branch);
  seek(goal);
}

void FakeRun::fork(std::string name) {
  log(QStringLiteral("fork ") + QString::fromStdString(name));
  tell([&](run::Story& story) { story.fork({frame.events, frame.now}, journal_, name); });
}

void FakeRun::mark(std::string name) {
  log(QStringLiteral("mark ") + QString::fromStdString(name));
  tell([&](run::Story& story) { story.mark({story.current, {frame.events, frame.now}, name}); });
}

void FakeRun::unmark(std::size_t index) {
  log(QStringLiteral("unmark ") + QString::number(index));
  tell([&](run::Story& story) {
    story.bookmarks.erase(story.bookmarks.begin() + static_cast<std::ptrdiff_t>(index));
  });
}

void FakeRun::renameBranch(int branch, std::string name) {
  tell([&](run::Story& story) { story.branches[static_cast<std::size_t>(branch)].name = name; });
}

void FakeRun::runUntil(Instant time) {
  log(QStringLiteral("until ") + QString::number(time.time_since_epoch().count()));
  moveTo(time, lab::RunState::Paused);
}

void FakeRun::runUntilEvent(std::uint64_t number) {
  log(QStringLiteral("until event ") + QString::number(quint64{number}));
  moveTo(Instant(number * 1us), lab::RunState::Paused);
}

void FakeRun::setSpeed(double virtualPerWall) {
  log(QStringLiteral("speed ") + number(virtualPerWall));
}

void FakeRun::turnKnob(std::string key, double value) {
  log(QStringLiteral("knob %1 %2").arg(QString::fromStdString(key), number(value)));
  journal_.push_back({frame.now, frame.events, run::KnobTurned{key, value}});
  publish();
}

void FakeRun::inject(lab::FaultOrder order) {
  log(QStringLiteral("inject ") + QString::fromStdString(order.name));
  for (const lab::FaultWindow& window : frame.faults) lastFault_ = std::max(lastFault_, window.id);
  const std::uint64_t id = ++lastFault_;
  std::string words = order.name;
  if (!order.arguments.empty()) {
    words += " " + std::to_string(static_cast<int>(order.arguments.front().value));
  }
  const Instant to = order.duration == lab::kForever ? kNever : frame.now + order.duration;
  frame.faults.push_back({id, order.name, words, frame.now, to});
  journal_.push_back({frame.now, frame.events, run::FaultInjected{id, std::move(order)}});
  publish();
}

void FakeRun::lift(std::uint64_t faultId) {
  log(QStringLiteral("lift ") + QString::number(quint64{faultId}));
  for (lab::FaultWindow& window : frame.faults) {
    if (window.id == faultId) window.to = frame.now;
  }
  journal_.push_back({frame.now, frame.events, run::FaultLifted{faultId}});
  publish();
}

void FakeRun::wantFrame() { publish(); }
void FakeRun::visit(std::function<void(const run::Run&)>) { log(QStringLiteral("visit")); }

lab::FramePtr FakeRun::takeFrame() {
  return engine_.silent ? lab::FramePtr() : std::exchange(mailbox_, {});
}

std::string FakeRun::takeComplaint() { return std::exchange(engine_.complaint, {}); }

RunFixture::RunFixture(views::Theme::Mode mode) : session(fakeServices(engine)) {
  theme.setMode(mode);
}

void RunFixture::open() {
  QVERIFY(session.open(samplePlan()));
  QTRY_VERIFY(session.frame() != nullptr);
  engine.wishes.clear();
}

void RunFixture::settle() {
  run().publish();
  const lab::FramePtr before = session.frame();
  session.setWatched(false);
  session.setWatched(true);
  QTRY_VERIFY(session.frame() != before);
}

QStringList textsOf(const QWidget& widget) {
  QStringList texts;
  for (const auto* label : widget.findChildren<QLabel*>()) texts << label->text();
  return texts;
}

}  // namespace ringside::test
