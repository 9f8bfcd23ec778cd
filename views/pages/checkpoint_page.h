// CheckpointPage: one checkpoint at a time: prompt, answer, hints, verdict, explanation.
//
// Model     Answering is choose or type, then check. A prediction is committed first and judged
//           when the run reveals the measured value. Answers go into the progress at once.
// Threads   GUI thread.
// Compare   question_pane.h holds it beside the reading pages.
#pragma once

#include <QWidget>

#include <optional>

#include "engine/study/content.h"

class QLabel;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace ringside::views {

class ChoiceCards;
class MarkdownView;
class NumericAnswer;
class PredictAnswer;
class Progress;
class Theme;

class CheckpointPage : public QWidget {
  Q_OBJECT

 public:
  CheckpointPage(const Theme& theme, Progress& progress, QWidget* parent = nullptr);

  // `scenario` outlives its showing; null shows nothing. Opens at the first checkpoint not yet
  // answered right.
  void setScenario(const study::Scenario* scenario);
  void showCheckpoint(int index);
  [[nodiscard]] int current() const { return index_; }
  [[nodiscard]] const study::Checkpoint* checkpoint() const;

  void choose(int option);
  void check();  // Checks an answer, commits a prediction, or opens the checkpoint again.
  void hint();
  void loadExperiment();
  void next();
  void previous();
  // The measured value of the metric of the committed prediction, in the metric's own unit.
  void revealMeasured(double value);
  // The prediction that waits for its run; null when none does.
  [[nodiscard]] const study::Predict* awaited() const;

  [[nodiscard]] ChoiceCards* choices() const { return choices_; }
  [[nodiscard]] NumericAnswer* numeric() const { return numeric_; }
  [[nodiscard]] PredictAnswer* predict() const { return predict_; }

 Q_SIGNALS:
  void experimentWanted(const ringside::study::Experiment& experiment);
  // A prediction was committed: run it (and its base), read the metric, call revealMeasured().
  void predictionCommitted(const ringside::study::Predict& predict);
  void checkpointChanged(int index);

 private:
  QWidget* makeLeft();
  QWidget* makeRight();
  void reopen();
  void settle(const QString& given, bool right);
  void showSettled(const QString& given, bool right);
  void checkChoice(const study::Choice& choice);
  void checkNumeric(const study::Numeric& numeric);
  void commitPrediction(const study::Predict& predict);
  void renderText();
  void refreshButtons();
  [[nodiscard]] QString scenarioId() const;
  [[nodiscard]] bool hasExperiment() const;

  enum class Stage { Open, Committed, Settled };

  const Theme& theme_;
  Progress& progress_;
  const study::Scenario* scenario_ = nullptr;
  int index_ = 0;
  int hintsShown_ = 0;
  Stage stage_ = Stage::Open;
  bool right_ = false;
  double predicted_ = 0;
  MarkdownView* text_;
  QLabel* verdict_;
  QPushButton* check_;
  QPushButton* hint_;
  QPushButton* load_;
  QToolButton* previous_;
  QToolButton* next_;
  QLabel* place_;
  QStackedWidget* answers_;
  ChoiceCards* choices_;
  NumericAnswer* numeric_;
  PredictAnswer* predict_;
};

}  // namespace ringside::views
