// RunFixture: a session over a run that the test drives, for tests of the run's widgets.
//
// Model     FakeRun answers wishes at once, with the sample frame moved on: an event is a
//           microsecond. It journals as the engine does and numbers faults when they strike.
//           The engine's own worker is tested under tests/run.
#pragma once

#include <QStringList>

#include <memory>
#include <string>

#include "engine/lab/lab.h"
#include "engine/study/content.h"
#include "views/run/run_services.h"
#include "views/run/run_session.h"
#include "views/shell/theme.h"

namespace ringside::test {

// What the fakes of one fixture have in common, beyond the life of a single run.
struct FakeEngine {
  class FakeRun* run = nullptr;  // The one open; null before the first.
  std::vector<run::RunPlan> plans;
  QStringList wishes;  // "run fast", "knob bank.latency 2e+08", ...
  std::string complaint;
  bool silent = false;  // Publishes nothing, as an engine that is still building.
};

class FakeRun final : public views::RunControl {
 public:
  FakeRun(FakeEngine& engine, run::RunPlan plan, run::Story story = {});
  ~FakeRun() override;

  void run(run::Pace pace) override;
  void pause() override;
  void stepEvent() override;
  void stepActor(std::string actor) override;
  void runUntil(Instant time) override;
  void runUntilEvent(std::uint64_t number) override;
  void runUntilCondition(std::string condition) override;
  void stepToEffect() override;
  void setBreakpoints(std::vector<run::Breakpoint> breakpoints) override;
  void seek(run::Goal goal) override;
  void stepBack() override;
  void stepBackActor(std::string actor) override;
  void stepToCause() override;
  void switchBranch(int branch) override;
  void seekOn(int branch, run::Goal goal) override;
  void fork(std::string name) override;
  void mark(std::string name) override;
  void unmark(std::size_t index) override;
  void renameBranch(int branch, std::string name) override;
  void setSpeed(double virtualPerWall) override;
  void turnKnob(std::string key, double value) override;
  void inject(lab::FaultOrder order) override;
  void lift(std::uint64_t faultId) override;
  void wantFrame() override;
  void visit(std::function<void(const run::Run&)> visitor) override;
  lab::FramePtr takeFrame() override;
  std::string takeComplaint() override;
  [[nodiscard]] run::Journal journal() const override { return journal_; }
  [[nodiscard]] std::shared_ptr<const run::Story> story() const override { return story_; }
  [[nodiscard]] std::shared_ptr<const run::ConditionNames> names() const override { return names_; }
  [[nodiscard]] std::optional<double> travelled() const override { return part; }

  // The frame that the next publish() hands over.
  lab::Frame frame;
  std::optional<double> part;  // Of a journey under way.
  void publish();
  // Runs on to `now` in the state given, with the sample's measurements, and publishes.
  void moveTo(Instant now, lab::RunState state);

 private:
  void log(const QString& wish);
  template <class Change>
  void tell(Change change);

  FakeEngine& engine_;
  run::RunPlan plan_;
  run::Journal journal_;
  std::shared_ptr<const run::Story> story_;
  std::shared_ptr<const run::ConditionNames> names_;
  lab::FramePtr mailbox_;
  std::uint64_t lastFault_ = 0;
};

// About sixty knobs of every kind, two presets and four faults.
lab::LabInfo sampleLab();
run::RunPlan samplePlan();
study::Scenario sampleScenario();

class RunFixture {
 public:
  explicit RunFixture(views::Theme::Mode mode = views::Theme::Mode::Dark);

  // Opens the sample plan and waits for its first frame.
  void open();
  // Hands out what the fake run published.
  void settle();
  [[nodiscard]] FakeRun& run() { return *engine.run; }

  views::Theme theme;
  FakeEngine engine;
  views::RunSession session;
};

// What the labels within `widget` say.
QStringList textsOf(const QWidget& widget);

}  // namespace ringside::test
