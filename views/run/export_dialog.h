// ExportDialog: which formats, which folder, how far it is, and where the files went.
//
// Model     Form, then progress with a cancel, then the result or the error with a way on. What is
//           written is up to `work`, which the composition gives.
// Threads   GUI thread; `work` runs on a thread of its own and leaves how far it is under a lock,
//           where a timer looks. It is cancelled and joined when the dialog is destroyed.
#pragma once

#include <QDialog>
#include <QTimer>

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "engine/base/result.h"

class QCheckBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace ringside::views {

class Banner;
class Theme;

struct ExportFormat {
  std::string name;  // "csv".
  QString label;     // "CSV tables".
  QString help;      // "series, percentiles, metrics, events, requests".
};

struct ExportWish {
  std::vector<std::string> formats;
  std::string folder;
};

struct ExportOutcome {
  std::vector<std::string> files;
  bool cancelled = false;
};

// Told how far it is, 0 to 1; false asks to stop.
using ExportTold = std::function<bool(double)>;
using ExportWork = std::function<Result<ExportOutcome>(const ExportWish&, const ExportTold&)>;

class ExportDialog : public QDialog {
  Q_OBJECT

 public:
  ExportDialog(const Theme& theme, std::vector<ExportFormat> formats, ExportWork work,
               QWidget* parent = nullptr);
  ~ExportDialog() override;

  void setFolder(const QString& folder);
  [[nodiscard]] QString folder() const;
  [[nodiscard]] bool isBusy() const { return worker_.joinable(); }

 Q_SIGNALS:
  void exported(const QString& folder);

 protected:
  void reject() override;  // Cancels a running export first.

 private:
  void makeForm();
  void makeButtons();
  void browse();
  void validate();
  void start();
  void look();
  void finish(const Result<ExportOutcome>& result);
  void openFolder();
  void setBusy(bool busy);
  void fit();

  const Theme& theme_;
  std::vector<ExportFormat> formats_;
  ExportWork work_;
  std::vector<QCheckBox*> boxes_;
  QWidget* form_ = nullptr;
  QLineEdit* folder_ = nullptr;
  QLabel* error_ = nullptr;
  QProgressBar* progress_ = nullptr;
  Banner* result_ = nullptr;
  QPushButton* cancel_ = nullptr;
  QPushButton* go_ = nullptr;
  // What the two threads share.
  struct Shared {
    std::mutex mutex;
    bool stop = false;
    double part = 0;
    std::optional<Result<ExportOutcome>> result;
  };
  void askToStop();

  Shared shared_;
  QTimer look_;
  std::thread worker_;
};

}  // namespace ringside::views
