// Actions: everything a person can do by name, in one table: text, keys, group, icon, scope.
//
// Model     The window's own actions come from the table; a part with actions of its own (the run)
//           hands them over with adopt(). Together they are the only source of menus, the command
//           palette, shortcuts and the key sheet. Whoever can do a thing connects to its QAction.
// Promise   No two actions share a key within reach of each other (tested).
// Threads   GUI thread.
#pragma once

#include <QAction>
#include <QHash>
#include <QKeySequence>
#include <QList>
#include <QObject>

#include <vector>

class QMenu;

namespace ringside::views {

class Theme;

enum class Do {
  PlayStage,
  ChooseA,
  ChooseB,
  ChooseC,
  ChooseD,
  ChooseE,
  ChooseF,
  CheckAnswer,
  Hint,
  LoadExperiment,
  NextCheckpoint,
  PreviousCheckpoint,
  Commands,
  Search,
  FoldScenarios,
  Study,
  Lab,
  Analyse,
  MaximizePane,
  Back,
  Table,
  ResetLayout,
  Theme,
  Hud,
  OpenRun,
  SaveRun,
  Compare,
  Sweep,
  OpenArrivals,
  Export,
  SavePicture,
  History,
  Quit,
  Keys,
  Tour,
};

// Where its keys are heard. A window-wide Space would steal it from focused buttons, so it is heard
// on the stage alone; what each pane hears by itself is in the table to be listed.
enum class KeyScope { Window, Stage, Pane };

struct ActionSpec {
  Do id;
  const char* name;   // Stable: "run.toggle"; the object name of the QAction.
  const char* text;   // Shown, translated: "Run or resume".
  const char* keys;   // "Ctrl+K; Ctrl+Shift+P", portable; may be empty.
  const char* group;  // Heading in menus and on the key sheet.
  const char* icon;
  KeyScope scope = KeyScope::Window;
};

// In the order in which they are listed.
const std::vector<ActionSpec>& actionTable();

class Actions : public QObject {
  Q_OBJECT

 public:
  // The actions belong to `window`, which hears their keys.
  Actions(const views::Theme& theme, QWidget* window);

  [[nodiscard]] QAction* operator[](Do id) const;
  // A part's actions under a heading of their own, listed first; the window hears their keys.
  void adopt(const QString& group, const std::vector<QAction*>& actions);
  [[nodiscard]] QList<QAction*> all() const { return adopted_ + actions_; }
  [[nodiscard]] QString groupOf(const QAction* action) const;
  [[nodiscard]] QStringList groups() const;
  // Can be done from a menu or the palette, wherever the focus is.
  [[nodiscard]] bool isCommand(const QAction* action) const;

  // One of Choose answer A to F.
  [[nodiscard]] bool choosesAnswer(const QAction* action) const;

  // The stage's keys are heard while `widget` or one of its children has the focus.
  void addStage(QWidget* widget);
  // One submenu a group, for the menu button.
  void fill(QMenu* menu) const;

 private:
  QWidget* window_;
  QList<QAction*> actions_;  // In table order.
  QList<QAction*> adopted_;
  QHash<const QAction*, QString> groups_;
};

// The keys of an action as a person reads them: "Ctrl+K, Ctrl+Shift+P".
QString keysText(const QAction* action);

}  // namespace ringside::views
