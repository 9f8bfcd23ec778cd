// ShortcutSheet: every key there is, by group, read off the actions themselves.
#pragma once

#include "views/shell/overlay.h"

namespace ringside::views {

class Actions;

class ShortcutSheet : public Overlay {
  Q_OBJECT

 public:
  ShortcutSheet(const Theme& theme, const Actions& actions, QWidget* window);
  void toggle();

 private:
  void fill();
  QWidget* makeGroup(const QString& name);

  const Theme& theme_;
  const Actions& actions_;
};

}  // namespace ringside::views
