// QuestionPane: everything there is to read and answer about a scenario, in one card.
//
// Model     Five pages behind tabs in the header: question, checkpoints, answer, follow-ups,
//           pitfalls. Folded, only the header stays. It speaks through signals: what an experiment
//           is and how a claim is judged is known elsewhere.
// Threads   GUI thread.
#pragma once

#include "engine/study/content.h"
#include "views/shell/card.h"
#include "views/shell/widgets.h"

class QStackedWidget;
class QTabBar;

namespace ringside::views {

class CheckpointPage;
class PitfallsPage;
class Progress;
class SectionsPage;
class StatementPage;

class QuestionPane : public Card {
  Q_OBJECT

 public:
  enum Page { Question, Checkpoints, Answer, FollowUps, Pitfalls };

  QuestionPane(const Theme& theme, Progress& progress, QWidget* parent = nullptr);

  // `scenario` outlives its showing.
  void setScenario(const study::Scenario& scenario);
  [[nodiscard]] const study::Scenario* scenario() const { return scenario_; }
  void showPage(Page page);
  void setFolded(bool folded);
  [[nodiscard]] bool isFolded() const { return folded_; }
  [[nodiscard]] CheckpointPage& checkpoints() const { return *checkpoints_; }
  void setClaimVerdict(const std::string& claim, Tone tone, const QString& text,
                       const QString& evidence);
  void revealMeasured(double value);

  static constexpr int kUsualHeight = 190;
  static constexpr int kCompactHeight = 156;

 Q_SIGNALS:
  void experimentWanted(const ringside::study::Experiment& experiment);
  void predictionCommitted(const ringside::study::Predict& predict);
  void foldedChanged(bool folded);

 private:
  void refreshTabs();
  void describe();

  Progress& progress_;
  const Theme& theme_;
  const study::Scenario* scenario_ = nullptr;
  bool folded_ = false;
  QTabBar* tabs_;
  QToolButton* fold_;
  QStackedWidget* pages_;
  StatementPage* statement_;
  CheckpointPage* checkpoints_;
  SectionsPage* answer_;
  SectionsPage* followUps_;
  PitfallsPage* pitfalls_;
};

}  // namespace ringside::views
