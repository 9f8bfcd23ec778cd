// RunActions: the commands of a run as QActions, each with its key, icon, name and state.
//
// Model     The one source for the transport bar, menus, the command box and the key sheet. An
//           action is enabled exactly when its command would do something.
// Compare   run_session.h performs them.
#pragma once

#include <QAction>
#include <QObject>

#include <vector>

#include "engine/lab/frame.h"

namespace ringside::views {

class RunSession;
class Theme;

class RunActions : public QObject {
  Q_OBJECT

 public:
  RunActions(RunSession& session, const Theme& theme, QObject* parent = nullptr);

  QAction* toStart;
  QAction* run;  // Says Pause while running.
  QAction* pause;
  QAction* step;
  QAction* stepBack;
  QAction* fast;
  QAction* express;
  QAction* until;        // The transport bar opens the field.
  QAction* breakpoints;  // Likewise: the list.
  QAction* story;        // Likewise: branches and bookmarks.
  QAction* fork;
  QAction* mark;
  QAction* nextMark;
  QAction* cause;
  QAction* effect;
  QAction* restart;
  QAction* reseed;
  QAction* slower;
  QAction* faster;
  QAction* undo;
  QAction* redo;

  // In the order in which they are listed to a person.
  [[nodiscard]] std::vector<QAction*> all() const;

  // "Step one event (F4)": for tool tips.
  static QString withKey(const QAction& action);

 private:
  QAction* add(const char* id, const QString& name, const QString& icon, const QString& key);
  void makeRunning();
  void makeTravelling();
  void goToNextMark();
  void makeHistory();
  void reflect();

  RunSession& session_;
  const Theme& theme_;
};

}  // namespace ringside::views
