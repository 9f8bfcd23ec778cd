#include "views/run/timeline_pane.h"

#include <QAction>
#include <QHeaderView>
#include <QLineEdit>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

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
  list_ = makeList();
  addWidget(view_);
  addWidget(list_);
  auto* swap = new QAction(tr("Show the timeline as a table"), this);
  swap->setObjectName(QStringLiteral("timeline.table"));
  swap->setShortcut(QKeySequence(Qt::Key_F2));
  swap->setShortcutContext(Qt::WidgetWithChildrenShortcut);
  addAction(swap);
  connect(swap, &QAction::triggered, this, [this] { setTableShown(currentWidget() == view_); });
  connectView();
  connect(&session_, &RunSession::opened, this, [this] {
    actsRead_ = 0;
    view_->clear(session_.length());
    view_->setPhases(session_.info(), {});
    fillTable();
  });
  connect(&session_, &RunSession::storyChanged, this, [this] {
    view_->setStory(session_.story());
    const run::Journal journal = session_.journal();
    actsRead_ = journal.size();
    view_->setPhases(session_.info(), journal);
  });
  connect(&session_, &RunSession::frameReady, this,
          [this](const lab::FramePtr& frame) { take(*frame); });
}

void TimelinePane::connectView() {
  connect(view_, &TimelineView::selected, this, &TimelinePane::selected);
  connect(view_, &TimelineView::toggleWanted, &session_, &RunSession::toggle);
  connect(view_, &TimelineView::timeWanted, &session_,
          [this](Instant at) { session_.seek(run::Goal::time(at)); });
  connect(view_, &TimelineView::eventWanted, &session_,
          [this](quint64 number) { session_.seek(run::Goal::event(number)); });
}

QWidget* TimelinePane::makeList() {
  rows_ = new RowsModel({tr("Time"), tr("Component"), tr("Severity"), tr("Event")}, -1, this);
  shown_ = new QSortFilterProxyModel(this);
  shown_->setSourceModel(rows_);
  shown_->setFilterKeyColumn(-1);
  shown_->setFilterCaseSensitivity(Qt::CaseInsensitive);
  auto* page = new QWidget(this);
  auto* layout = new QVBoxLayout(page);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(4);
  filter_ = new QLineEdit(page);
  filter_->setObjectName(QStringLiteral("eventFilter"));
  filter_->setAccessibleName(tr("Show only events that contain"));
  filter_->setPlaceholderText(tr("Filter: a component, a severity, a word"));
  filter_->setClearButtonEnabled(true);
  table_ = makeTable(shown_, tr("Events of the run: Enter goes to one"), page);
  table_->setColumnWidth(0, 110);
  table_->setColumnWidth(1, 140);
  table_->setColumnWidth(2, 80);
  layout->addWidget(filter_);
  layout->addWidget(table_);
  connect(filter_, &QLineEdit::textChanged, shown_, &QSortFilterProxyModel::setFilterFixedString);
  connect(table_, &QTableView::activated, this, [this](const QModelIndex& index) {
    const QStringList id = index.data(RowsModel::kIdRole).toString().split(u'\n');
    Q_EMIT selected(id.value(0));
    const quint64 number = id.value(1).toULongLong();
    if (session_.frame() && session_.frame()->events != number) {
      session_.seek(run::Goal::event(number));
    }
  });
  return page;
}

void TimelinePane::setTableShown(bool shown) {
  if (shown) fillTable();
  setCurrentWidget(shown ? list_ : view_);
  (shown ? static_cast<QWidget*>(table_) : view_)->setFocus();
}

void TimelinePane::take(const lab::Frame& frame) {
  view_->show(frame);
  // A wish takes a moment to reach the journal, so it is read until it has caught up.
  if (session_.actsSoFar() > actsRead_) {
    const run::Journal journal = session_.journal();
    actsRead_ = journal.size();
    view_->setPhases(session_.info(), journal);
  }
  if (currentWidget() == list_) fillTable();
}

// In order of events; a line of the log comes after the event that wrote it.
void TimelinePane::fillTable() {
  std::vector<std::pair<std::uint64_t, Row>> all;
  const auto idOf = [](const std::string& component, std::uint64_t number) {
    return text(component) + u'\n' + QString::number(quint64{number});
  };
  if (const lab::FramePtr& frame = session_.frame()) {
    for (const lab::EventStep& step : frame->recent) {
      const QString words =
          step.cause == 0
              ? tr("%1, event %2").arg(text(step.kind), countText(step.number))
              : tr("%1, event %2, caused by event %3")
                    .arg(text(step.kind), countText(step.number), countText(step.cause));
      all.push_back(
          {step.number,
           {{durationText(step.at.time_since_epoch()), text(step.actor), tr("Step"), words},
            idOf(step.actor, step.number),
            {}}});
    }
  }
  for (const lab::EventLine& line : view_->log().events()) {
    all.push_back({line.number,
                   {{durationText(line.at.time_since_epoch()), text(line.component),
                     word(line.severity), text(line.text)},
                    idOf(line.component, line.number),
                    {}}});
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Row> rows;
  for (auto& [number, row] : all) rows.push_back(std::move(row));
  rows_->set(std::move(rows));
}

}  // namespace ringside::views
