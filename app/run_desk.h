// RunDesk: the run that the window has open, with all its panes, wired to one another.
//
// Model     Makes the session, its actions and the panes before there is a window; attach() then
//           connects them to it: a scenario opened loads its lab, an experiment wanted loads it, a
//           prediction committed is measured, a component selected anywhere is selected everywhere.
// Threads   GUI thread; measuring and verifying go on in background jobs.
#pragma once

#include <QObject>

#include <optional>

#include "app/background_job.h"
#include "app/run_export.h"
#include "engine/export/saved_run.h"
#include "engine/study/content.h"
#include "views/run/run_actions.h"
#include "views/run/run_session.h"
#include "views/shell/run_panes.h"

namespace ringside::views {
class CanvasPane;
class Card;
class ChartStrip;
class ClaimsPanel;
class Inspector;
class InternalsView;
class KnobPanel;
class MainWindow;
class Pill;
class RunArchive;
class RunHistory;
class Theme;
class TimelinePane;
}  // namespace ringside::views

namespace ringside::app {

class RunDesk : public QObject {
  Q_OBJECT

 public:
  explicit RunDesk(views::Theme& theme);

  // For the window, which takes the panes over. To be called once.
  [[nodiscard]] views::RunPanes takePanes() const { return panes_; }
  void attach(views::MainWindow& window);

  // False with a notice in the window where the file is no run that can be had again.
  bool openRun(const QString& path);
  // From now on runs that end are kept there, and can be found. After attach(); the archive
  // outlives every run of this desk.
  void keepRuns(views::RunArchive& archive);

  [[nodiscard]] views::RunSession& session() { return session_; }

 private:
  views::Card* makeCanvas();
  views::Card* makeInternals();
  QWidget* makeParameters();
  void showFrame(const lab::FramePtr& frame);
  void select(const QString& nodeId);
  void openScenario(const study::Scenario& scenario);
  void loadClaim(const QString& id);
  void verifyAll();
  void measure(const study::Predict& predict);
  void openArrivals();
  void openExport();
  void chooseRun();
  void saveRun();
  void compareWithSaved(const lab::Frame& frame);
  void showMenu(const QPoint& position);
  void openCompare();
  void openSweep();
  void openExport(const GetRecord& record);
  [[nodiscard]] std::vector<run::ClaimOutcome> verdicts() const;
  [[nodiscard]] std::vector<exports::Question> questions() const;
  void keepRun(views::RunArchive& archive);
  void openAgain(const store::Recipe& recipe);
  void toggleTable();

  views::Theme& theme_;
  views::RunSession session_;
  views::RunActions actions_;
  views::RunPanes panes_;
  views::CanvasPane* canvas_ = nullptr;
  views::InternalsView* internals_ = nullptr;
  views::ChartStrip* charts_ = nullptr;
  views::KnobPanel* knobs_ = nullptr;
  views::Inspector* inspector_ = nullptr;
  views::ClaimsPanel* claims_ = nullptr;
  views::TimelinePane* timeline_ = nullptr;
  views::Pill* health_ = nullptr;
  views::MainWindow* window_ = nullptr;
  views::RunHistory* history_ = nullptr;
  const study::Scenario* scenario_ = nullptr;
  std::optional<exports::SavedRun> opened_;  // Until the run is where it was saved.
  BackgroundJob verification_;
  BackgroundJob measurement_;
};

}  // namespace ringside::app
