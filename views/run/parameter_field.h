// ParameterField: the exact value of one parameter, in the control that fits its kind.
//
// Model     Numbers and durations are text that lab::parse reads ("250us", "1M"), with the unit
//           behind it; a choice is a list, a toggle a box. Text is committed by Enter or by leaving
//           the field; what cannot be read stays, marked, and complaint() says what is allowed.
//           Esc puts the last value back.
// Threads   GUI thread.
#pragma once

#include <QWidget>

#include "engine/lab/parameter.h"

class QCheckBox;
class QComboBox;
class QLineEdit;

namespace ringside::views {

// The last words of a refusal, without the key that the label already names.
QString refusalText(const lab::ParameterSpec& spec, const Error& error);

// Wheel events over a control without focus scroll the panel instead of turning the control.
void leaveWheelToPanel(QWidget* control);

class ParameterField : public QWidget {
  Q_OBJECT

 public:
  explicit ParameterField(const lab::ParameterSpec& spec, QWidget* parent = nullptr);

  void setValue(double value);  // Silent; drops text that could not be read.
  // Takes another range or initial value, which a field still at its initial value follows.
  // REQUIRES: the kind and the choices stay.
  void setSpec(const lab::ParameterSpec& spec);
  [[nodiscard]] double value() const { return value_; }
  // False while the text cannot be read.
  [[nodiscard]] bool isValid() const { return valid_; }
  [[nodiscard]] QWidget* control() const;

 Q_SIGNALS:
  void edited(double value);
  void complaint(const QString& sentence);  // Empty once the text is right.

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void makeText();
  void makeChoice();
  void makeToggle();
  void commit();
  void setValid(bool valid, const QString& sentence);

  lab::ParameterSpec spec_;
  QLineEdit* text_ = nullptr;
  QComboBox* choice_ = nullptr;
  QCheckBox* toggle_ = nullptr;
  double value_;
  bool valid_ = true;
};

}  // namespace ringside::views
