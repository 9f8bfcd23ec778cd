// TimelinePane: the timeline of a session, painted or (F2) as a table of its events.
#pragma once

#include <QStackedWidget>

#include "engine/lab/frame.h"

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
  void take(const lab::Frame& frame);
  void fillTable();

  RunSession& session_;
  TimelineView* view_;
  QTableView* table_;
  RowsModel* rows_;
  std::size_t actsRead_ = 0;  // Journal entries the phases were made from.
};

}  // namespace ringside::views
