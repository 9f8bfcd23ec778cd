#include "views/shell/actions.h"

#include <QMenu>
#include <QWidget>

#include "engine/base/check.h"
#include "views/shell/theme.h"

namespace ringside::views {
namespace {

constexpr const char* kRun = QT_TRANSLATE_NOOP("Actions", "Run");
constexpr const char* kStudy = QT_TRANSLATE_NOOP("Actions", "Study");
constexpr const char* kView = QT_TRANSLATE_NOOP("Actions", "View");
constexpr const char* kFile = QT_TRANSLATE_NOOP("Actions", "File");
constexpr const char* kHelp = QT_TRANSLATE_NOOP("Actions", "Help");

QString translated(const char* text) { return Actions::tr(text); }

}  // namespace

namespace {

std::vector<ActionSpec> runAndStudyActions() {
  return {
      {Do::PlayStage, "run.stage", QT_TRANSLATE_NOOP("Actions", "Run or pause on the stage"),
       "Space", kRun, "run", KeyScope::Stage},
      {Do::ChooseA, "study.a", QT_TRANSLATE_NOOP("Actions", "Choose answer A"), "A; 1", kStudy,
       "state-todo"},
      {Do::ChooseB, "study.b", QT_TRANSLATE_NOOP("Actions", "Choose answer B"), "B; 2", kStudy,
       "state-todo"},
      {Do::ChooseC, "study.c", QT_TRANSLATE_NOOP("Actions", "Choose answer C"), "C; 3", kStudy,
       "state-todo"},
      {Do::ChooseD, "study.d", QT_TRANSLATE_NOOP("Actions", "Choose answer D"), "D; 4", kStudy,
       "state-todo"},
      {Do::ChooseE, "study.e", QT_TRANSLATE_NOOP("Actions", "Choose answer E"), "5", kStudy,
       "state-todo"},
      {Do::ChooseF, "study.f", QT_TRANSLATE_NOOP("Actions", "Choose answer F"), "6", kStudy,
       "state-todo"},
      {Do::CheckAnswer, "study.check", QT_TRANSLATE_NOOP("Actions", "Check the answer"),
       "Ctrl+Return", kStudy, "check"},
      {Do::Hint, "study.hint", QT_TRANSLATE_NOOP("Actions", "Show a hint"), "Ctrl+H", kStudy,
       "bulb"},
      {Do::LoadExperiment, "study.load",
       QT_TRANSLATE_NOOP("Actions", "Load the checkpoint's experiment"), "Ctrl+L", kStudy, "flask"},
      {Do::NextCheckpoint, "study.next", QT_TRANSLATE_NOOP("Actions", "Next checkpoint"),
       "Alt+Right", kStudy, "chevron-right"},
      {Do::PreviousCheckpoint, "study.previous",
       QT_TRANSLATE_NOOP("Actions", "Previous checkpoint"), "Alt+Left", kStudy, "chevron-left"},
  };
}

std::vector<ActionSpec> viewActions() {
  return {
      {Do::Commands, "view.commands", QT_TRANSLATE_NOOP("Actions", "Search or run a command"),
       "Ctrl+K; Ctrl+Shift+P", kView, "command"},
      {Do::Search, "view.search", QT_TRANSLATE_NOOP("Actions", "Search scenarios"), "Ctrl+F", kView,
       "search"},
      {Do::FoldScenarios, "view.scenarios",
       QT_TRANSLATE_NOOP("Actions", "Show or fold the scenarios"), "Ctrl+B", kView, "sidebar"},
      {Do::Study, "view.study", QT_TRANSLATE_NOOP("Actions", "Study perspective"), "Ctrl+1", kView,
       "book"},
      {Do::Lab, "view.lab", QT_TRANSLATE_NOOP("Actions", "Lab perspective"), "Ctrl+2", kView,
       "flask"},
      {Do::Analyse, "view.analyse", QT_TRANSLATE_NOOP("Actions", "Analyse perspective"), "Ctrl+3",
       kView, "chart"},
      {Do::MaximizePane, "view.maximize",
       QT_TRANSLATE_NOOP("Actions", "Maximize the pane with the focus"), "F11", kView, "maximize"},
      {Do::Back, "view.back", QT_TRANSLATE_NOOP("Actions", "Back to the whole window"), "Esc",
       kView, "restore"},
      {Do::Table, "view.table",
       QT_TRANSLATE_NOOP("Actions", "Show the pane with the focus as a table"), "F2", kView,
       "table", KeyScope::Pane},
      {Do::ResetLayout, "view.reset", QT_TRANSLATE_NOOP("Actions", "Reset the layout"), "", kView,
       "layout"},
      {Do::Theme, "view.theme", QT_TRANSLATE_NOOP("Actions", "Next theme"), "Ctrl+T", kView,
       "theme-contrast"},
      {Do::Hud, "view.hud", QT_TRANSLATE_NOOP("Actions", "Show frame times"), "Ctrl+Shift+F12",
       kView, "clock"},
  };
}

std::vector<ActionSpec> fileAndHelpActions() {
  return {
      {Do::OpenRun, "file.openRun", QT_TRANSLATE_NOOP("Actions", "Open a saved run…"),
       "Ctrl+Shift+O", kFile, "open"},
      {Do::SaveRun, "file.saveRun", QT_TRANSLATE_NOOP("Actions", "Save the run…"), "Ctrl+S", kFile,
       "note"},
      {Do::Compare, "run.compare", QT_TRANSLATE_NOOP("Actions", "Compare two runs…"), "Ctrl+D",
       kRun, "compare"},
      {Do::Sweep, "run.sweep", QT_TRANSLATE_NOOP("Actions", "Sweep parameters…"), "Ctrl+Shift+D",
       kRun, "bars"},
      {Do::OpenArrivals, "file.arrivals", QT_TRANSLATE_NOOP("Actions", "Open recorded arrivals…"),
       "Ctrl+O", kFile, "open"},
      {Do::Export, "file.export", QT_TRANSLATE_NOOP("Actions", "Export the run…"), "Ctrl+E", kFile,
       "export"},
      {Do::SavePicture, "file.picture",
       QT_TRANSLATE_NOOP("Actions", "Save a picture of the pane with the focus…"), "Ctrl+Shift+S",
       kFile, "export"},
      {Do::History, "file.history", QT_TRANSLATE_NOOP("Actions", "Kept runs…"), "Ctrl+Shift+H",
       kFile, "clock"},
      {Do::Quit, "file.quit", QT_TRANSLATE_NOOP("Actions", "Quit"), "Ctrl+Q", kFile, "quit"},
      {Do::Keys, "help.keys", QT_TRANSLATE_NOOP("Actions", "Keyboard shortcuts"), "?; F1", kHelp,
       "keyboard"},
      {Do::Tour, "help.tour", QT_TRANSLATE_NOOP("Actions", "Take the tour again"), "", kHelp,
       "flag"},
  };
}

}  // namespace

const std::vector<ActionSpec>& actionTable() {
  static const std::vector<ActionSpec> table = [] {
    std::vector<ActionSpec> all = runAndStudyActions();
    for (const auto& part : {viewActions(), fileAndHelpActions()}) {
      all.insert(all.end(), part.begin(), part.end());
    }
    return all;
  }();
  return table;
}

Actions::Actions(const views::Theme& theme, QWidget* window) : QObject(window), window_(window) {
  for (const ActionSpec& spec : actionTable()) {
    RINGSIDE_CHECK(static_cast<int>(spec.id) == actions_.size());
    auto* action =
        new QAction(theme.icon(QString::fromLatin1(spec.icon)), translated(spec.text), this);
    action->setObjectName(QString::fromLatin1(spec.name));
    const QString portable = QString::fromLatin1(spec.keys);
    if (!portable.isEmpty()) action->setShortcuts(QKeySequence::listFromString(portable));
    if (spec.scope == KeyScope::Stage) {
      action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    } else if (spec.scope == KeyScope::Window) {
      window->addAction(action);
    }
    const QString keys = keysText(action);
    action->setToolTip(keys.isEmpty() ? action->text()
                                      : QStringLiteral("%1 (%2)").arg(action->text(), keys));
    actions_.append(action);
    groups_.insert(action, translated(spec.group));
  }
}

QAction* Actions::operator[](Do id) const { return actions_.at(static_cast<int>(id)); }

void Actions::adopt(const QString& group, const std::vector<QAction*>& actions) {
  for (QAction* action : actions) {
    adopted_.append(action);
    groups_.insert(action, group);
    window_->addAction(action);
  }
}

QString Actions::groupOf(const QAction* action) const { return groups_.value(action); }

bool Actions::isCommand(const QAction* action) const {
  const auto at = actions_.indexOf(action);
  return at < 0 || actionTable()[static_cast<std::size_t>(at)].scope == KeyScope::Window;
}

bool Actions::choosesAnswer(const QAction* action) const {
  const auto at = actions_.indexOf(action);
  return at >= static_cast<int>(Do::ChooseA) && at <= static_cast<int>(Do::ChooseF);
}

QStringList Actions::groups() const {
  QStringList names;
  for (const QAction* action : all()) names << groupOf(action);
  names.removeDuplicates();
  return names;
}

void Actions::addStage(QWidget* widget) {
  for (const ActionSpec& spec : actionTable()) {
    if (spec.scope == KeyScope::Stage) widget->addAction((*this)[spec.id]);
  }
}

void Actions::fill(QMenu* menu) const {
  for (const QString& group : groups()) {
    QMenu* sub = menu->addMenu(group);
    for (QAction* action : all()) {
      if (groupOf(action) == group && isCommand(action)) sub->addAction(action);
    }
  }
}

QString keysText(const QAction* action) {
  QStringList keys;
  for (const QKeySequence& key : action->shortcuts())
    keys << key.toString(QKeySequence::NativeText);
  return keys.join(QStringLiteral(", "));
}

}  // namespace ringside::views
