// ScenarioBrowser: the library at hand: search, tag and difficulty filters, topics and scenarios.
//
// Model     A card over ScenarioModel and ScenarioFilter. Choosing a row says so; what a choice
//           means is the window's business.
// Threads   GUI thread.
#pragma once

#include "views/models/scenario_filter.h"
#include "views/models/scenario_model.h"
#include "views/shell/card.h"

class QLineEdit;
class QMenu;
class QPushButton;
class QStackedWidget;
class QToolButton;
class QTreeView;

namespace ringside::views {

class EmptyState;
class Pill;

class ScenarioBrowser : public Card {
  Q_OBJECT

 public:
  ScenarioBrowser(const Theme& theme, ScenarioModel& model, QWidget* parent = nullptr);

  // Marks the row without saying that it was chosen.
  void setCurrent(const QString& scenario);
  void focusSearch();
  void showGroup(int row);

 Q_SIGNALS:
  void scenarioChosen(const QString& scenario);

 private:
  QWidget* makeSearchRow();
  QMenu* makeFilterMenu();
  void applyFilter();
  void clearFilter();
  void refreshCount();
  void choose(const QModelIndex& index);

  const Theme& theme_;
  ScenarioModel& model_;
  ScenarioFilter filter_;
  Pill* count_;
  QLineEdit* search_;
  QToolButton* filterButton_;
  QPushButton* active_;  // The tag and difficulty in force; a click clears them.
  QTreeView* tree_;
  EmptyState* empty_;
  QStackedWidget* stack_;
  QString current_;
};

}  // namespace ringside::views
