// SweepWindow: the open run's lab over a grid of one or two parameters, while one watches.
//
// Model     Axes, replications and length; then progress with a stop, and the chosen statistic of
//           what has come so far as a line with intervals or a heat map, and as a table. What was
//           stopped stays on show.
// Keys      Enter in a field begins; Escape stops the work, and closes when none is under way.
// Threads   GUI thread; the work is a run::SweepWorker's.
// Compare   ringside-cli sweep writes a file that can be gone on with, and takes any number of
//           axes.
#pragma once

#include <QDialog>
#include <QTimer>

#include <array>
#include <memory>
#include <optional>

#include "engine/lab/lab.h"
#include "engine/run/sweep_worker.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QSpinBox;

namespace ringside::views {

class RowsModel;
class SweepPlot;
class Theme;

class SweepWindow : public QDialog {
  Q_OBJECT

 public:
  // Preset, changed knobs, seed and length of `open` hold at every point.
  SweepWindow(const Theme& theme, const lab::LabInfo& info, const run::RunPlan& open,
              QWidget* parent = nullptr);
  ~SweepWindow() override;

  void start();
  [[nodiscard]] bool isBusy() const { return worker_ != nullptr; }

 Q_SIGNALS:
  void swept(bool complete);  // False: stopped or failed.

 protected:
  void reject() override;

 private:
  struct AxisFields {
    QComboBox* key = nullptr;
    QLineEdit* values = nullptr;
  };

  QWidget* makeAxes();
  QWidget* makeOptions();
  QWidget* makeResult();
  AxisFields makeAxis(const QString& number, bool optional);
  void validate();
  void look();
  void showResult();
  void end(bool complete);
  [[nodiscard]] Result<run::SweepRequest> request() const;

  const Theme& theme_;
  lab::LabInfo info_;
  run::RunPlan base_;
  std::array<AxisFields, 2> axes_;
  QLineEdit* length_ = nullptr;
  QSpinBox* replications_ = nullptr;
  QLabel* error_ = nullptr;
  QPushButton* go_ = nullptr;
  QProgressBar* progress_ = nullptr;
  QComboBox* statistic_ = nullptr;
  SweepPlot* plot_ = nullptr;
  RowsModel* rows_ = nullptr;
  run::SweepRequest swept_;
  std::vector<run::SweepRow> measured_;
  std::unique_ptr<run::SweepWorker> worker_;
  QTimer look_;
};

}  // namespace ringside::views
