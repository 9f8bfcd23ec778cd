// TimelinePane: the timeline of a session, painted or (F2) as a list of its events with a filter.
//
// Model     The list holds the changes of state that the timeline shows and, while the run is at
//           rest, the last events it had, each with the event that caused it. Enter or a double
//           click goes to the event.
#pragma once

#include <QStackedWidget>

#include "engine/lab/frame.h"

class QLineEdit;
class QSortFilterProxyModel;
class QTableView;

namespace ringside::views {

class RowsModel;
class RunSession;
class Theme;
class TimelineView;

class TimelinePane : public QStackedWidget {
  Q_OBJECT

 public:
  TimelinePane(RunSession& session, const Theme& theme, QWidget* parent = nullptr);

  [[nodiscard]] TimelineView* view() const { return view_; }
  void setTableShown(bool shown);

 Q_SIGNALS:
  void selected(const QString& nodeId);

 private:
  QWidget* makeList();
  void connectView();
  void take(const lab::Frame& frame);
  void fillTable();

  RunSession& session_;
  TimelineView* view_;
  QWidget* list_;
  QLineEdit* filter_;
  QTableView* table_;
  QSortFilterProxyModel* shown_;
  RowsModel* rows_;
  std::size_t actsRead_ = 0;  // Journal entries the phases were made from.
};

}  // namespace ringside::views
