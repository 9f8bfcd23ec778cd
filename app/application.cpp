#include "app/application.h"

#include <QApplication>
#include <QDir>
#include <QPixmap>
#include <QStandardPaths>
#include <QTimer>

#include <cstdio>

#include "app/content_folder.h"
#include "engine/export/saved_run.h"
#include "engine/study/load_content.h"

namespace ringside::app {
namespace {

// Time for the first frames, the layout and the fonts to arrive before a picture is taken.
constexpr int kSettleMillis = 1200;

QString dataFolder() { return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation); }

QString idsOf(const study::Library& library) {
  QStringList ids;
  for (const study::Scenario& scenario : library.scenarios) {
    ids << QString::fromStdString(scenario.id);
  }
  return ids.join(QStringLiteral(", "));
}

}  // namespace

Application::Application(const Options& options)
    : options_(options),
      store_(options.settingsFile.isEmpty()
                 ? QDir(QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation))
                       .filePath(QStringLiteral("ringside.ini"))
                 : options.settingsFile,
             QSettings::IniFormat),
      settings_(Settings::load(store_)),
      library_(study::loadScenarios(scenarioFolders())) {
  theme_.setReducedMotion(settings_.reducedMotion);
  theme_.setMode(options.theme.isEmpty() ? settings_.theme : themeNamed(options.theme));
}

Application::~Application() = default;

QString Application::ownFolder() const {
  return options_.dataFolder.isEmpty() ? dataFolder() : options_.dataFolder;
}

Result<std::unique_ptr<Application>> Application::make(const Options& options) {
  std::unique_ptr<Application> application(new Application(options));
  const Result<Done> opened = application->open();
  if (!opened) return opened.error();
  return application;
}

Result<Done> Application::open() {
  if (library_.scenarios.empty()) {
    return Error{library_.errors.empty() ? noScenariosText()
                                         : study::describe(library_.errors.front())};
  }
  const QString trouble = progress_.open(ownFolder() + QStringLiteral("/progress.json"));
  model_ = std::make_unique<views::ScenarioModel>(library_, progress_);
  if (!options_.scenario.isEmpty() && model_->scenario(options_.scenario) == nullptr) {
    return Error{"there is no scenario '" + options_.scenario.toStdString() +
                 "'; there are: " + idsOf(library_).toStdString()};
  }
  desk_ = std::make_unique<RunDesk>(theme_);
  window_ = std::make_unique<views::MainWindow>(theme_, *model_, progress_, desk_->takePanes());
  desk_->attach(*window_);
  archive_ = std::make_unique<views::RunArchive>(ownFolder() + QStringLiteral("/runs.db"),
                                                 settings_.history);
  desk_->keepRuns(*archive_);
  QObject::connect(window_.get(), &views::MainWindow::closing, [this] { saveSettings(); });
  reportContent();
  if (!trouble.isEmpty()) window_->showNotice(trouble);
  return Done{};
}

void Application::reportContent() {
  if (library_.errors.empty()) return;
  QString text = QString::fromStdString(study::describe(library_.errors.front()));
  if (library_.errors.size() > 1) {
    text +=
        QStringLiteral(" (and %1 more; all are on the terminal)").arg(library_.errors.size() - 1);
  }
  for (const study::ContentError& error : library_.errors) {
    std::fprintf(stderr, "ringside: %s\n", study::describe(error).c_str());
  }
  window_->showNotice(text);
}

// The first scenario whose lab the saved run is of; `otherwise` where there is none.
QString Application::scenarioOf(const QString& run, const QString& otherwise) const {
  const auto saved = exports::readSavedRun(run.toStdString());
  if (!saved) return otherwise;  // What is wrong with it is told when it is opened.
  const study::Scenario* current = model_->scenario(otherwise);
  if (current != nullptr && current->lab.lab == saved->plan.labId) return otherwise;
  for (const study::Scenario& scenario : library_.scenarios) {
    if (scenario.lab.lab == saved->plan.labId) return QString::fromStdString(scenario.id);
  }
  return otherwise;
}

void Application::showWindow() {
  window_->resize(1600, 1000);
  window_->setState(settings_.window);
  if (!options_.size.isEmpty()) window_->resize(options_.size);
  QString first = options_.scenario;
  if (first.isEmpty() && model_->scenario(settings_.window.scenario) != nullptr) {
    first = settings_.window.scenario;
  }
  if (first.isEmpty()) first = QString::fromStdString(library_.scenarios.front().id);
  window_->show();
  if (!options_.run.isEmpty()) first = scenarioOf(options_.run, first);
  window_->openScenario(first);
  if (!options_.run.isEmpty()) desk_->openRun(options_.run);
  const bool welcome = !settings_.window.tourSeen && options_.screenshot.isEmpty();
  if (welcome) QTimer::singleShot(300, window_.get(), [this] { window_->startTour(); });
}

void Application::photographLater() {
  QTimer::singleShot(kSettleMillis, window_.get(), [this] {
    const bool saved = window_->grab().save(options_.screenshot);
    if (!saved) {
      std::fprintf(stderr, "ringside: the picture cannot be written to %s\n",
                   qUtf8Printable(options_.screenshot));
    }
    QCoreApplication::exit(saved ? 0 : 1);
  });
}

int Application::run() {
  showWindow();
  if (!options_.screenshot.isEmpty()) photographLater();
  return QApplication::exec();
}

// A session with its own theme or picture leaves the usual look alone.
void Application::saveSettings() {
  if (!options_.screenshot.isEmpty()) return;
  if (options_.theme.isEmpty()) settings_.theme = theme_.mode();
  settings_.reducedMotion = theme_.reducedMotion();
  settings_.window = window_->state();
  settings_.history = archive_->limits();
  settings_.save(store_);
}

}  // namespace ringside::app
