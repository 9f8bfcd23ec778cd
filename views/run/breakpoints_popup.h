// BreakpointsPopup: the conditions at which the run pauses, each to be switched on and off.
//
// Keys      Up and Down choose, Space switches, Delete removes; Enter in the field adds.
#pragma once

#include "views/run/popup_card.h"

class QLabel;
class QListWidget;
class QListWidgetItem;
class QPushButton;

namespace ringside::views {

class ConditionField;
class RunSession;

class BreakpointsPopup : public PopupCard {
  Q_OBJECT

 public:
  BreakpointsPopup(RunSession& session, const Theme& theme, QWidget* parent);

  void openAbove(QWidget* anchor);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void fill();
  void add();
  void removeCurrent();
  void commit();
  void validate();

  RunSession& session_;
  QListWidget* list_;
  ConditionField* field_;
  QLabel* message_;
  QPushButton* add_;
  bool filling_ = false;
};

}  // namespace ringside::views
