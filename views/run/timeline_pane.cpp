#include "views/run/timeline_pane.h"

#include <QAction>
#include <QHeaderView>
#include <QTableView>

#include "views/run/rows_model.h"
#include "views/run/run_session.h"
#include "views/run/run_text.h"
#include "views/run/tables.h"
#include "views/run/timeline_view.h"

namespace ringside::views {
namespace {

QString word(lab::Severity severity) {
  switch (severity) {
    case lab::Severity::Info:
      return TimelinePane::tr("Info");
    case lab::Severity::Good:
      return TimelinePane::tr("Good");
    case lab::Severity::Warning:
      return TimelinePane::tr("Warning");
    case lab::Severity::Bad:
      return TimelinePane::tr("Bad");
  }
  return {};
}

}  // namespace

TimelinePane::TimelinePane(RunSession& session, const Theme& theme, QWidget* parent)
    : QStackedWidget(parent), session_(session) {
  view_ = new TimelineView(theme, this);
  rows_ = new RowsModel({tr("Time"), tr("Component"), tr("Severity"), tr("Event")}, -1, this);
  table_ = makeTable(rows_, tr("Events of the run"), this);
  table_->setColumnWidth(0, 110);
  table_->setColumnWidth(1, 140);
  table_->setColumnWidth(2, 80);
  addWidget(view_);
  addWidget(table_);
  auto* swap = new QAction(tr("Show the timeline as a table"), this);
  swap->setObjectName(QStringLiteral("timeline.table"));
  swap->setShortcut(QKeySequence(Qt::Key_F2));
  swap->setShortcutContext(Qt::WidgetWithChildrenShortcut);
  addAction(swap);
  connect(swap, &QAction::triggered, this, [this] { setTableShown(currentWidget() == view_); });
  connect(view_, &TimelineView::selected, this, &TimelinePane::selected);
  connect(view_, &TimelineView::toggleWanted, &session_, &RunSession::toggle);
  connect(table_, &QTableView::activated, this, [this](const QModelIndex& index) {
    Q_EMIT selected(index.data(RowsModel::kIdRole).toString());
  });
  connect(&session_, &RunSession::opened, this, [this] {
    actsRead_ = 0;
    view_->clear(session_.length());
    view_->setPhases(session_.info(), {});
    fillTable();
  });
  connect(&session_, &RunSession::frameReady, this,
          [this](const lab::FramePtr& frame) { take(*frame); });
}

void TimelinePane::setTableShown(bool shown) {
  if (shown) fillTable();
  QWidget* page = shown ? static_cast<QWidget*>(table_) : view_;
  setCurrentWidget(page);
  page->setFocus();
}

void TimelinePane::take(const lab::Frame& frame) {
  view_->show(frame);
  // A wish takes a moment to reach the journal, so it is read until it has caught up.
  if (session_.actsSoFar() > actsRead_) {
    const run::Journal journal = session_.journal();
    actsRead_ = journal.size();
    view_->setPhases(session_.info(), journal);
  }
  if (currentWidget() == table_) fillTable();
}

void TimelinePane::fillTable() {
  std::vector<Row> rows;
  for (const lab::EventLine& line : view_->log().events()) {
    rows.push_back({{durationText(line.at.time_since_epoch()), text(line.component),
                     word(line.severity), text(line.text)},
                    text(line.component),
                    {}});
  }
  rows_->set(std::move(rows));
}

}  // namespace ringside::views
