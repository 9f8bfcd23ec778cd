// MainWindow: header, workbench and overlays put together, and the window's own actions.
//
// Model     Holds no run: the panes of a run are handed in, and scenarioOpened() tells who loads
//           the lab. It closes over nothing global; its state is taken and given as a value.
// Threads   GUI thread.
// Compare   workbench.h arranges; actions.h names what can be done.
#pragma once

#include <QMainWindow>

#include <array>

#include "engine/study/content.h"
#include "views/shell/actions.h"
#include "views/shell/run_panes.h"
#include "views/shell/workbench_sizes.h"

namespace ringside::views {

class Banner;
class CommandPalette;
class FrameHud;
class HeaderBar;
class Progress;
class QuestionPane;
class ScenarioBrowser;
class ScenarioModel;
class ShortcutSheet;
class Theme;
class Tour;
class Workbench;

// What of the window is worth remembering.
struct WindowState {
  QByteArray geometry;
  Perspective perspective = Perspective::Study;
  std::array<QByteArray, kPerspectives> layouts;
  QString scenario;  // Open when last closed.
  bool tourSeen = false;
};

class MainWindow : public QMainWindow {
  Q_OBJECT

 public:
  // All but the panes outlive the window.
  MainWindow(views::Theme& theme, ScenarioModel& model, Progress& progress, const RunPanes& panes);

  void openScenario(const QString& id);
  [[nodiscard]] WindowState state() const;
  void setState(const WindowState& state);
  void startTour();
  // A message about the window as a whole: content that could not be read, progress not saved.
  void showNotice(const QString& text);

  [[nodiscard]] Actions& actions() const { return *actions_; }
  [[nodiscard]] HeaderBar& header() const { return *header_; }
  [[nodiscard]] QuestionPane& question() const { return *question_; }
  [[nodiscard]] Workbench& workbench() const { return *workbench_; }

 Q_SIGNALS:
  void scenarioOpened(const ringside::study::Scenario& scenario);
  void tourFinished();
  void closing();

 protected:
  void closeEvent(QCloseEvent* event) override;

 private:
  void wireStudy();
  void wireView();
  void openPalette();
  void back();
  void savePicture();
  void nextTheme();

  views::Theme& theme_;
  ScenarioModel& model_;
  Progress& progress_;
  RunPanes panes_;
  Actions* actions_;
  HeaderBar* header_;
  Banner* notice_;
  ScenarioBrowser* browser_;
  QuestionPane* question_;
  Workbench* workbench_;
  CommandPalette* palette_;
  ShortcutSheet* sheet_;
  Tour* tour_;
  FrameHud* hud_;
  bool tourSeen_ = false;
};

}  // namespace ringside::views
