// RunPanes: the views of a run that the window gives room to.
//
// Model     The window knows each only as a widget in its place; who composes it knows what they
//           are, and hands them over.
#pragma once

class QWidget;

namespace ringside::views {

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

}  // namespace ringside::views
