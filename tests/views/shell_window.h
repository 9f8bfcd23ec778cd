// The window over the sample library, shown and active: for the tests of the shell.
#pragma once

#include <QApplication>
#include <QTest>

#include "tests/views/shell_samples.h"
#include "views/models/progress.h"
#include "views/models/scenario_model.h"
#include "views/shell/card.h"
#include "views/shell/main_window.h"
#include "views/shell/theme.h"
#include "views/shell/widgets.h"

namespace ringside::views::samples {

// Panes without a run, for tests of what is around them.
inline RunPanes emptyPanes(const Theme& theme) {
  const auto empty = [&theme](const char* icon) {
    return new EmptyState(theme, QString::fromLatin1(icon), QStringLiteral("No run is open"),
                          QStringLiteral("Choose a scenario: what its lab does shows here."));
  };
  const auto card = [&](const char* icon, const char* title) {
    auto* made = new Card(theme, QString::fromLatin1(icon), QString::fromLatin1(title));
    made->setContent(empty(icon));
    return made;
  };
  return {.canvas = card("service", "Architecture"),
          .internals = card("chip", "Internals"),
          .charts = card("chart", "Charts"),
          .parameters = empty("sliders"),
          .inspector = empty("inspect"),
          .claims = empty("scales"),
          .transport = new QWidget,
          .timeline = new QWidget,
          .status = textLabel({}, "tertiary", nullptr)};
}

struct ShownWindow {
  Theme theme;
  Progress progress;
  study::Library library = samples::library();
  ScenarioModel model{library, progress};
  MainWindow window{theme, model, progress, emptyPanes(theme)};

  explicit ShownWindow(QSize size = {1600, 1000}, Theme::Mode mode = Theme::Mode::Dark) {
    theme.setMode(mode);
    window.resize(size);
    window.show();
    window.openScenario(QStringLiteral("gateway"));
    window.activateWindow();
    if (!QTest::qWaitForWindowActive(&window)) qFatal("The window does not become active.");
    QCoreApplication::processEvents();
  }

  void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
    QWidget* focus = QApplication::focusWidget();
    QTest::keyClick(focus != nullptr ? focus : &window, key, modifiers);
  }

  template <class T>
  T* child(const char* name = "") {
    return window.findChild<T*>(QString::fromLatin1(name));
  }
};

}  // namespace ringside::views::samples
