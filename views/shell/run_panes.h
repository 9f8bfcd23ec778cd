// RunPanes: the views of a run that the window gives room to, and their fillers.
//
// Model     The window knows each only as a widget in its place; run_panes.cpp is the one file that
//           knows what they are.
#pragma once

#include <QString>
#include <QWidget>

namespace ringside::views {

class Card;
class Theme;

struct RunPanes {
  QWidget* canvas = nullptr;
  QWidget* internals = nullptr;
  QWidget* charts = nullptr;
  QWidget* parameters = nullptr;
  QWidget* inspector = nullptr;
  QWidget* claims = nullptr;
  QWidget* transport = nullptr;
  QWidget* timeline = nullptr;
  QWidget* status = nullptr;
};

// Panes that say that no run is open; the window takes them over.
RunPanes makeEmptyPanes(const Theme& theme);

}  // namespace ringside::views
