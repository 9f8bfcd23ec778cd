// SidePicker: one side of a comparison: a preset and the knobs that differ from it.
//
// Model     The changes are words NAME=VALUE, as on the command line; what is wrong in them is said
//           under the field as it is typed.
// Threads   GUI thread.
#pragma once

#include <QWidget>

#include <optional>

#include "engine/lab/lab.h"
#include "engine/run/plan.h"

class QComboBox;
class QLabel;
class QLineEdit;

namespace ringside::views {

class SidePicker : public QWidget {
  Q_OBJECT

 public:
  // `name` is "A" or "B".
  SidePicker(const QString& name, const lab::LabInfo& info, QWidget* parent = nullptr);

  void set(const QString& preset, const QString& changes);
  // Empty where the changes are wrong; the field then says why.
  [[nodiscard]] std::optional<run::RunPlan> plan() const;

 Q_SIGNALS:
  void changed();

 private:
  void validate();

  lab::LabInfo info_;
  QComboBox* preset_;
  QLineEdit* changes_;
  QLabel* error_;
};

}  // namespace ringside::views
