// TransportBar: runs, steps and restarts the session; shows its clock, speed and seed.
//
// Model     Buttons are RunActions; the clock keeps its width whatever the time, so that nothing
//           beside it moves.
// Threads   GUI thread.
#pragma once

#include <QWidget>

#include "engine/lab/frame.h"

class QAction;
class QComboBox;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QToolButton;

namespace ringside::views {

class RunActions;
class RunSession;
class Theme;
class BreakpointsPopup;
class StoryPopup;
class UntilPopup;

class TransportBar : public QWidget {
  Q_OBJECT

 public:
  TransportBar(RunSession& session, RunActions& actions, const Theme& theme,
               QWidget* parent = nullptr);

 private:
  QHBoxLayout* makeButtons(RunActions& actions);
  QHBoxLayout* makeSettings(RunActions& actions);
  QToolButton* actionButton(QAction* action, const char* kind);
  void makeClock();
  void showClock();
  void showSpeed();
  void showSeed();
  void commitSeed();
  void restyle();

  RunSession& session_;
  const Theme& theme_;
  QToolButton* run_ = nullptr;
  QComboBox* speed_ = nullptr;
  QLineEdit* seed_ = nullptr;
  QLabel* clock_ = nullptr;
  QLabel* detail_ = nullptr;
  UntilPopup* until_ = nullptr;
  BreakpointsPopup* breakpoints_ = nullptr;
  StoryPopup* story_ = nullptr;
};

}  // namespace ringside::views
