// StoryPopup: the branches of a run as a tree, with the bookmarks on each.
//
// Model     A branch hangs under the one it left. Choosing a branch goes to the same time on it,
//           choosing a bookmark to its place.
// Keys      Up, Down, Left and Right move, Enter goes there, F2 renames a branch, Delete removes a
//           bookmark.
#pragma once

#include "views/run/popup_card.h"

class QTreeWidget;
class QTreeWidgetItem;

namespace ringside::views {

class RunSession;

class StoryPopup : public PopupCard {
  Q_OBJECT

 public:
  StoryPopup(RunSession& session, const Theme& theme, QWidget* parent);

  void openAbove(QWidget* anchor);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void fill();
  void go(QTreeWidgetItem* item);
  [[nodiscard]] QString nameOf(int branch) const;

  RunSession& session_;
  QTreeWidget* tree_;
  bool filling_ = false;
};

}  // namespace ringside::views
