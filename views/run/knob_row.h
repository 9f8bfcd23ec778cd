// KnobRow: one knob: its name, a slider for feeling, a field for exactness, and what is amiss.
//
// Model     Shows what it is told by show(); asks for turns. A drag, or a spell of key presses on
//           the slider, is one gesture. A changed value has a dot, a stronger name and a reset.
#pragma once

#include <QWidget>

#include "views/run/knob_scale.h"

class QLabel;
class QSlider;
class QToolButton;
class QVBoxLayout;

namespace ringside::views {

class KnobSheet;
class ParameterField;
class Theme;

class KnobRow : public QWidget {
  Q_OBJECT

 public:
  KnobRow(const lab::ParameterSpec& spec, const Theme& theme, QWidget* parent = nullptr);

  void show(const KnobSheet& knobs);
  using QWidget::show;
  [[nodiscard]] const lab::ParameterSpec& spec() const { return spec_; }
  [[nodiscard]] bool isChanged() const { return changed_; }
  [[nodiscard]] bool matches(const QString& search) const;
  [[nodiscard]] bool hasError() const;

 Q_SIGNALS:
  void turned(const QString& key, double value, int gesture);

 protected:
  void paintEvent(QPaintEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void makeHead(QVBoxLayout* column);
  void makeBody(QVBoxLayout* column);
  void makeSlider();
  void complain(const QString& sentence);
  void ask(double value, int gesture);

  lab::ParameterSpec spec_;
  const Theme& theme_;
  KnobScale scale_;
  QLabel* name_ = nullptr;
  QLabel* nextRun_ = nullptr;
  QToolButton* reset_ = nullptr;
  QSlider* slider_ = nullptr;
  ParameterField* field_ = nullptr;
  QLabel* error_ = nullptr;
  QVBoxLayout* column_ = nullptr;
  double preset_ = 0;
  int gesture_ = 0;
  bool changed_ = false;
};

}  // namespace ringside::views
