// NumericAnswer and PredictAnswer: a number typed with its unit; a prediction on a slider, to be
// committed before the run shows the value.
//
// Model     Both hold text until asked for a value; what is wrong with it stands under the field.
// Threads   GUI thread.
// Compare   choice_cards.h for options; models/judgement.h judges.
#pragma once

#include <QWidget>

#include <optional>

#include "engine/study/content.h"

class QLabel;
class QLineEdit;
class QSlider;

namespace ringside::views {

class Theme;

class NumericAnswer : public QWidget {
  Q_OBJECT

 public:
  explicit NumericAnswer(const Theme& theme, QWidget* parent = nullptr);

  void setUnit(const QString& unit);
  // The number typed; when it is none, says why under the field and gives nothing.
  [[nodiscard]] std::optional<double> value();
  void setValue(double value);
  void showVerdict(bool right, double answer);
  void clear();
  [[nodiscard]] QLineEdit* field() const { return field_; }
  [[nodiscard]] QString message() const;

 Q_SIGNALS:
  void edited();
  void submitted();  // Enter.

 private:
  void say(const char* role, const QString& text);

  QString unit_;
  QLineEdit* field_;
  QLabel* unitLabel_;
  QLabel* message_;
};

// The range with two marks on it: what was predicted (a triangle) and what was measured (a bar).
class PredictionTrack : public QWidget {
  Q_OBJECT

 public:
  PredictionTrack(const Theme& theme, QWidget* parent);
  void set(const study::Predict& predict, double predicted, std::optional<double> measured);
  QSize sizeHint() const override { return {200, 26}; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  const Theme& theme_;
  double predictedAt_ = 0;  // 0 to 1 along the range.
  std::optional<double> measuredAt_;
};

class PredictAnswer : public QWidget {
  Q_OBJECT

 public:
  explicit PredictAnswer(const Theme& theme, QWidget* parent = nullptr);

  void setPredict(const study::Predict& predict);
  [[nodiscard]] std::optional<double> value();
  void commit(double predicted);                   // Locks the slider and waits for the run.
  void reveal(double predicted, double measured);  // In the unit shown.
  void clear();
  [[nodiscard]] QSlider* slider() const { return slider_; }
  [[nodiscard]] NumericAnswer* number() const { return number_; }
  [[nodiscard]] QString message() const;

 Q_SIGNALS:
  void submitted();

 private:
  study::Predict predict_;
  QSlider* slider_;
  NumericAnswer* number_;
  QLabel* low_;
  QLabel* high_;
  PredictionTrack* track_;
  QLabel* outcome_;
};

}  // namespace ringside::views
