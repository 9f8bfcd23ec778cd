// Application: the composition root: loads content and settings, makes the window, wires them.
//
// Model     Owns everything that lives as long as the window, in the order in which it depends.
//           Nothing below knows of it.
// Threads   GUI thread; a QApplication exists.
#pragma once

#include <QSettings>
#include <QSize>
#include <QString>

#include <memory>

#include "app/run_desk.h"
#include "app/settings.h"
#include "engine/base/result.h"
#include "engine/study/content.h"
#include "views/models/progress.h"
#include "views/models/run_archive.h"
#include "views/models/scenario_model.h"
#include "views/shell/main_window.h"
#include "views/shell/theme.h"

namespace ringside::app {

struct Options {
  QString scenario;      // Opened first; empty: the one open last, or the first there is.
  QString run;           // A saved run, opened then; empty: none.
  QString theme;         // For this session; empty: as in the settings.
  QString screenshot;    // Written once the window has settled; then the program ends.
  QString settingsFile;  // Instead of the usual one.
  QString dataFolder;    // Likewise, for progress and kept runs.
  QSize size;            // Of the window; empty: as it was.
};

class Application {
 public:
  // The error is one line for the terminal.
  static Result<std::unique_ptr<Application>> make(const Options& options);
  ~Application();

  int run();  // Until the window is closed; the exit status.
  [[nodiscard]] views::MainWindow& window() const { return *window_; }
  [[nodiscard]] RunDesk& desk() const { return *desk_; }

 private:
  explicit Application(const Options& options);
  Result<Done> open();
  [[nodiscard]] QString scenarioOf(const QString& run, const QString& otherwise) const;
  void showWindow();
  void reportContent();
  [[nodiscard]] QString ownFolder() const;
  void photographLater();
  void saveSettings();

  Options options_;
  QSettings store_;
  Settings settings_;
  views::Theme theme_;
  study::Library library_;
  views::Progress progress_;
  std::unique_ptr<views::ScenarioModel> model_;
  std::unique_ptr<views::RunArchive> archive_;
  std::unique_ptr<RunDesk> desk_;
  std::unique_ptr<views::MainWindow> window_;
};

}  // namespace ringside::app
