// Inspector: the chosen component, or the chosen request, in figures.
//
// Model     The component's facts follow the newest frame. When a step begins, what is shown is
//           noted; values that the step changed are strong and say what they were.
// Threads   GUI thread.
#pragma once

#include <QHash>
#include <QWidget>

#include "engine/lab/frame.h"

class QComboBox;
class QLabel;
class QStackedWidget;
class QTabBar;
class QTableView;

namespace ringside::views {

class Pill;
class RequestPane;
class RowsModel;
class RunSession;
class Theme;

class Inspector : public QWidget {
  Q_OBJECT

 public:
  enum Page { Component, Request };

  Inspector(RunSession& session, const Theme& theme, QWidget* parent = nullptr);

  // Shows a component; quiet, so that linked views can call it in turn.
  void select(const QString& nodeId);
  void setPage(Page page);
  [[nodiscard]] QString component() const { return component_; }
  [[nodiscard]] RequestPane* requests() const { return requests_; }

 Q_SIGNALS:
  void selected(const QString& nodeId);  // Chosen here.

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  QWidget* makeComponentPage();
  void noteBefore();
  void refresh();
  void refreshChoices(const lab::Frame& frame);
  void refreshFacts(const lab::Frame& frame);
  void fitValues();

  RunSession& session_;
  const Theme& theme_;
  QTabBar* tabs_;
  QStackedWidget* pages_;
  QStackedWidget* componentPages_ = nullptr;
  QComboBox* choice_ = nullptr;
  Pill* health_ = nullptr;
  QLabel* legend_ = nullptr;
  QTableView* table_ = nullptr;
  RowsModel* facts_ = nullptr;
  RequestPane* requests_ = nullptr;
  QString component_;
  QString fitted_;                  // The component whose values the column was fitted to.
  QHash<QString, QString> before_;  // Values as they were when the step began; empty: no step.
};

}  // namespace ringside::views
