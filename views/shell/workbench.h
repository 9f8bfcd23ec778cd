// Workbench: the arrangement of the panes: scenarios, question, stage, charts, parameters,
// transport.
//
// Model     Splitters hold the panes; a perspective is a set of sizes for them. What a person drags
//           is kept for each perspective. Under 1440 px wide the scenarios fold to a rail and open
//           as a drawer over the stage; under 900 px high the question is compact.
// Threads   GUI thread.
// Compare   workbench_sizes.h has the figures.
#pragma once

#include <QByteArray>
#include <QWidget>

#include <array>

#include "views/shell/run_panes.h"
#include "views/shell/workbench_sizes.h"

class QSplitter;
class QTabWidget;

namespace ringside::views {

class PaneStage;
class QuestionPane;
class ScenarioBrowser;
class ScenarioModel;
class ScenarioRail;
class Theme;

class Workbench : public QWidget {
  Q_OBJECT

 public:
  Workbench(const Theme& theme, ScenarioBrowser* browser, const ScenarioModel& model,
            QuestionPane* question, const RunPanes& panes, QWidget* parent = nullptr);

  void setPerspective(Perspective perspective);
  [[nodiscard]] Perspective perspective() const { return perspective_; }
  void resetLayout();
  // Opens or closes the drawer; where there is room for both, folds the browser.
  void toggleScenarios();
  bool closeDrawer();  // False when none was open.
  void revealScenarios(int group = -1);
  [[nodiscard]] PaneStage& stage() const { return *stage_; }
  void showInspector();

  // What a person dragged, for each perspective; for the settings.
  [[nodiscard]] std::array<QByteArray, kPerspectives> layouts();
  void setLayouts(const std::array<QByteArray, kPerspectives>& layouts);

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void showEvent(QShowEvent* event) override;

 private:
  QWidget* makeCentre(const RunPanes& panes);
  QWidget* makeRight(const RunPanes& panes);
  QWidget* makeBottom(const RunPanes& panes);
  void adapt();  // To the size of the window.
  void applyDefaults();
  void keepLayout();
  void applyLayout();
  void placeDrawer();
  void fitQuestion();

  const Theme& theme_;
  ScenarioBrowser* browser_;
  ScenarioRail* rail_;
  QuestionPane* question_;
  QSplitter* across_;
  QSplitter* down_;
  QSplitter* beside_;
  QTabWidget* right_;
  QWidget* top_;
  PaneStage* stage_;
  Perspective perspective_ = Perspective::Study;
  std::array<QByteArray, kPerspectives> layouts_;
  bool narrow_ = false;
  bool folded_ = false;  // The browser, by the person, in a wide window.
  bool laidOut_ = false;
};

}  // namespace ringside::views
