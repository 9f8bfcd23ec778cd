// CompareWindow: two runs of a lab side by side in lock-step, and what differs between them.
//
// Model     Above: the two sides, seed, length and replications. Below, once they run: both
//           canvases at the same virtual time, the charts of both overlaid under one legend and
//           cursor, the first event at which they part, and the table of differences, which gets
//           intervals when the replications are through.
// Keys      Enter in a field compares; Escape stops the work, and closes when none is under way.
// Threads   GUI thread; the work is a run::CompareWorker's.
#pragma once

#include <QDialog>
#include <QTimer>

#include <memory>

#include "engine/lab/lab.h"
#include "engine/run/compare_worker.h"

class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QSpinBox;
class QStackedWidget;

namespace ringside::views {

class Banner;
class CanvasPane;
class ChartStrip;
class RowsModel;
class SidePicker;
class Theme;

class CompareWindow : public QDialog {
  Q_OBJECT

 public:
  // `open` is the run that the main window has open: side A begins as it, side B as the first other
  // preset with the same changes.
  CompareWindow(const Theme& theme, const lab::LabInfo& info, const run::RunPlan& open,
                QWidget* parent = nullptr);
  ~CompareWindow() override;

  void start();
  [[nodiscard]] bool isBusy() const { return worker_ != nullptr; }

 Q_SIGNALS:
  void compared(bool complete);  // False: stopped or failed.

 protected:
  void reject() override;

 private:
  QWidget* makeSides();
  QWidget* makeOptions();
  QWidget* makeResult();
  void begin(const run::RunPlan& open);
  void validate();
  void look();
  void showState(const run::CompareState& state);
  void end(bool complete);
  [[nodiscard]] std::optional<run::CompareRequest> request() const;

  const Theme& theme_;
  lab::LabInfo info_;
  SidePicker* a_ = nullptr;
  SidePicker* b_ = nullptr;
  QLineEdit* seed_ = nullptr;
  QLineEdit* length_ = nullptr;
  QSpinBox* replications_ = nullptr;
  QLabel* error_ = nullptr;
  QPushButton* go_ = nullptr;
  QProgressBar* progress_ = nullptr;
  Banner* banner_ = nullptr;
  QStackedWidget* pages_ = nullptr;
  CanvasPane* canvasA_ = nullptr;
  CanvasPane* canvasB_ = nullptr;
  ChartStrip* charts_ = nullptr;
  QLabel* parting_ = nullptr;
  RowsModel* rows_ = nullptr;
  std::unique_ptr<run::CompareWorker> worker_;
  QTimer look_;
};

}  // namespace ringside::views
