// RunSession: the one run the window has open, steered by commands and shown through signals.
//
// Model     Holds the plan, the wanted knob values, the newest frame and the undo stack. A start
//           uses the values as wanted, so what the panel shows is what the run starts with. While
//           nothing has run yet, a next-run knob rebuilds the run by itself; later it waits.
// Time      One 16 ms precise timer takes frames. It stops when nothing is under way or the window
//           is hidden, and express costs no more than looking into an empty mailbox.
// Threads   GUI thread. Outlives every widget that shows it.
// Compare   run_services.h is the seam to the engine; run_actions.h the keys.
#pragma once

#include <QObject>
#include <QTimer>
#include <QUndoStack>

#include <memory>

#include "views/run/knob_sheet.h"
#include "views/run/run_services.h"

namespace ringside::views {

class FaultBook;
struct KnobChange;

class RunSession : public QObject {
  Q_OBJECT

 public:
  enum class Then { Hold, GoOn };  // Stay at t = 0, or run at the pace last chosen.

  explicit RunSession(RunServices services, QObject* parent = nullptr);
  ~RunSession() override;

  // Opens a run at t = 0, paused. False with a complaint() when the plan is not possible; the run
  // open before then stays.
  bool open(const run::RunPlan& plan);
  bool load(const study::Experiment& experiment);
  // Opens a run with its branches, and goes to `place` on the present one.
  bool open(const run::RunPlan& plan, const run::Story& story, run::Position place);
  // The error is for the place where the file was chosen.
  Result<Done> openArrivals(const QString& path);

  [[nodiscard]] bool isOpen() const { return control_ != nullptr; }
  [[nodiscard]] const lab::LabInfo& info() const { return info_; }
  [[nodiscard]] const run::RunPlan& plan() const { return plan_; }
  [[nodiscard]] const lab::FramePtr& frame() const { return frame_; }  // Null before the first.
  [[nodiscard]] lab::RunState state() const;
  [[nodiscard]] Duration length() const;
  [[nodiscard]] const KnobSheet& knobs() const { return knobs_; }
  // What can be broken in the run as it was built.
  [[nodiscard]] std::vector<lab::FaultSpec> faults() const;
  [[nodiscard]] run::Pace pace() const { return pace_; }
  [[nodiscard]] double speed() const { return speed_; }
  [[nodiscard]] run::Journal journal() const;
  // Knobs turned and faults asked for since the start; a cheap way to see that the journal grew.
  [[nodiscard]] std::size_t actsSoFar() const { return acts_; }
  [[nodiscard]] const run::Story& story() const { return *story_; }
  // Null until the run is built.
  [[nodiscard]] std::shared_ptr<const run::ConditionNames> conditionNames() const;
  [[nodiscard]] const std::vector<run::Breakpoint>& breakpoints() const { return breakpoints_; }
  // How much of a journey is done, 0 to 1; empty when none is under way.
  [[nodiscard]] std::optional<double> travelled() const { return travelled_; }
  // Where the arrivals of the plan were read from; empty for the lab's own.
  [[nodiscard]] const QString& arrivalsFile() const { return arrivalsFile_; }
  void setArrivalsFile(const QString& path) { arrivalsFile_ = path; }
  [[nodiscard]] QUndoStack* undoStack() { return &undo_; }
  // Nobody laid hands on this run, so claims may be read off it.
  [[nodiscard]] bool untouched() const;
  [[nodiscard]] std::vector<run::ClaimOutcome> judge(const study::Scenario& scenario) const;
  // Calls `visitor` on the worker's thread, between slices; false when no run is open.
  bool visit(std::function<void(const run::Run&)> visitor);
  // False while the window cannot be seen.
  void setWatched(bool watched);
  [[nodiscard]] bool isPolling() const { return poll_.isActive(); }

  void start(run::Pace pace);
  void toggle();  // Runs or pauses; a run that is over starts anew.
  void pause();
  void step();
  void stepActor(const QString& actor);
  void stepToEffect();
  void runUntil(Instant time);
  void runUntilEvent(std::uint64_t number);
  void runUntilCondition(const QString& condition);
  void setBreakpoints(std::vector<run::Breakpoint> breakpoints);  // They outlive a restart.

  // Going to another time: what was done there stands in the panels again, and undo begins anew.
  void seek(run::Goal goal);
  void stepBack();
  void stepBackActor(const QString& actor);
  void stepToCause();
  void switchBranch(int branch);
  void seekOn(int branch, run::Goal goal);
  void fork(const QString& name);
  void mark(const QString& name);
  void unmark(std::size_t index);
  void renameBranch(int branch, const QString& name);
  void setSpeed(double virtualPerWall);
  void restart(Then then);
  void setSeed(std::uint64_t seed);
  void reseed();
  void choosePreset(const QString& id);
  void resetKnobs();
  // Turns of one knob with the same gesture (other than 0) are one entry in the undo stack.
  void turnKnob(const QString& key, double value, int gesture = 0);
  // The error says what is allowed, and is for the place where the fault was chosen.
  Result<Done> inject(const lab::FaultOrder& order);
  void lift(std::uint64_t faultId);

 Q_SIGNALS:
  void opened();  // A run was put at t = 0: views forget what they gathered.
  void frameReady(const ringside::lab::FramePtr& frame);
  void stateChanged(ringside::lab::RunState state);
  void ended(ringside::lab::RunState state);  // Finished or Failed.
  void knobsChanged();                        // Wanted values, preset, seed or what waits.
  void speedChanged(double virtualPerWall);
  void complaint(const QString& sentence);
  void storyChanged();  // Branches or bookmarks.
  void breakpointsChanged();
  void travelledChanged();  // A journey went on or ended.
  void stepStarting();      // Views note what they show, to mark what the step changed.

 private:
  friend class KnobCommand;
  enum class Direction { Redo, Undo };

  void poll();
  void take(const lab::FramePtr& frame);
  void begin(const run::Story& story);  // Builds the run of plan_ with the wanted knobs.
  void begin() { begin({}); }
  void rebuildIfDue();  // Brings a waiting rebuild forward.
  void command(bool willRun);
  void keepPolling();
  void apply(const KnobChange& change, Direction direction);
  void applyKnob(const lab::ParameterSpec& spec, double value);
  void forgetFaultsInUndo();
  void depart();  // To another time.
  void takeStory();
  void takeKnobs(const lab::Frame& frame);
  [[nodiscard]] const lab::ParameterSpec* specOf(std::string_view key) const;

  RunServices services_;
  lab::LabInfo info_;
  run::RunPlan plan_;
  KnobSheet knobs_;
  std::unique_ptr<RunControl> control_;
  std::unique_ptr<FaultBook> faults_;
  lab::FramePtr frame_;
  QTimer poll_;
  QTimer rebuild_;
  QUndoStack undo_;
  run::Pace pace_ = run::Pace::Paced;
  double speed_ = 0.01;
  std::shared_ptr<const run::Story> story_ = std::make_shared<const run::Story>();
  std::vector<run::Breakpoint> breakpoints_;
  std::optional<double> travelled_;
  QString arrivalsFile_;
  bool departed_ = false;  // Knobs are to be read off the next frame at rest.
  bool watched_ = true;
  bool begun_ = false;  // Something was asked of the run that a rebuild would lose.
  bool expectRunning_ = false;
  int quietPolls_ = 0;
  std::size_t acts_ = 0;
};

}  // namespace ringside::views
