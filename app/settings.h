// Settings: what the application remembers between sessions, as one struct.
//
// Model     load() reads every field, with its default where the file says nothing or nonsense;
//           save() writes them all. The keys are spelled here and nowhere else.
// Compare   Progress (views/models) keeps what was learned; this keeps how the window looks.
#pragma once

#include <QSettings>

#include "engine/store/run_store.h"
#include "views/shell/main_window.h"
#include "views/shell/theme.h"

namespace ringside::app {

struct Settings {
  views::Theme::Mode theme = views::Theme::Mode::System;
  bool reducedMotion = false;
  views::WindowState window;
  store::Limits history;  // How many runs are kept, and how much room they may take.

  static Settings load(const QSettings& store);
  void save(QSettings& store) const;
};

// "system", "dark", "light", "contrast".
QStringList themeNames();
views::Theme::Mode themeNamed(const QString& name);  // System for a name there is not.
QString nameOf(views::Theme::Mode mode);

}  // namespace ringside::app
