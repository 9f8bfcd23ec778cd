#include "views/run/request_pane.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTabBar>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include "views/run/rows_model.h"
#include "views/run/run_text.h"
#include "views/run/tables.h"
#include "views/run/waterfall.h"
#include "views/shell/theme.h"
#include "views/shell/widgets.h"

namespace ringside::views {
namespace {

Tone toneOf(lab::Severity severity) {
  switch (severity) {
    case lab::Severity::Info:
      return Tone::Neutral;
    case lab::Severity::Good:
      return Tone::Ok;
    case lab::Severity::Warning:
      return Tone::Warn;
    case lab::Severity::Bad:
      return Tone::Error;
  }
  return Tone::Neutral;
}

QString iconOf(lab::Severity severity) {
  switch (severity) {
    case lab::Severity::Info:
      return QStringLiteral("info");
    case lab::Severity::Good:
      return QStringLiteral("check");
    case lab::Severity::Warning:
      return QStringLiteral("warning");
    case lab::Severity::Bad:
      return QStringLiteral("cross");
  }
  return {};
}

// One line that teaches the drawing: hatched is waiting, solid is service.
QString legendText() { return RequestPane::tr("Hatched: waiting. Solid: being served."); }

}  // namespace

RequestPane::RequestPane(const Theme& theme, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      which_(new QTabBar(this)),
      pages_(new QStackedWidget(this)),
      rows_(new RowsModel({tr("Request"), tr("Took")}, 1, this)),
      steps_(new RowsModel({tr("Step"), tr("Component"), tr("Start"), tr("Wait"), tr("Service")}, 2,
                           this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 4, 0, 0);
  column->setSpacing(4);
  which_->addTab(tr("Slowest"));
  which_->addTab(tr("Sampled"));
  which_->setAccessibleName(tr("Which requests"));
  which_->setExpanding(false);
  column->addWidget(which_);
  auto* empty = new EmptyState(theme_, QStringLiteral("clock"), tr("No request finished yet"),
                               tr("Run the lab; the slowest requests gather here."), this);
  pages_->addWidget(empty);
  auto* page = new QWidget(this);
  auto* inside = new QVBoxLayout(page);
  inside->setContentsMargins(0, 0, 0, 0);
  list_ = makeTable(rows_, tr("Sampled requests"), page);
  list_->setObjectName(QStringLiteral("requests"));
  list_->horizontalHeader()->setStretchLastSection(false);
  list_->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
  list_->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Fixed);
  list_->horizontalHeader()->resizeSection(1, 78);
  inside->addWidget(list_, 2);
  inside->addWidget(makeDetail(), 3);
  pages_->addWidget(page);
  column->addWidget(pages_, 1);
  connect(which_, &QTabBar::currentChanged, this, &RequestPane::fillList);
  connect(list_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          [this](const QModelIndex& current) { choose(current); });
  clear();
}

QWidget* RequestPane::makeDetail() {
  detailBox_ = new QWidget(this);
  auto* column = new QVBoxLayout(detailBox_);
  column->setContentsMargins(0, 0, 0, 8);
  column->setSpacing(4);
  auto* head = new QHBoxLayout;
  head->setContentsMargins(12, 4, 8, 0);
  total_ = textLabel({}, "strong", this);
  total_->setObjectName(QStringLiteral("requestTotal"));
  outcome_ = new Pill(theme_, this);
  outcome_->setObjectName(QStringLiteral("requestOutcome"));
  auto* table =
      iconButton(theme_, QStringLiteral("table"), tr("Show the steps as a table (F2)"), this);
  table->setObjectName(QStringLiteral("requestTable"));
  connect(table, &QToolButton::clicked, this, &RequestPane::swapDetail);
  head->addWidget(total_);
  head->addWidget(outcome_);
  head->addStretch(1);
  head->addWidget(table);
  column->addLayout(head);
  detail_ = new QStackedWidget(this);
  auto* scroll = new QScrollArea(this);
  scroll->setWidgetResizable(true);
  scroll->setFocusPolicy(Qt::NoFocus);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  waterfall_ = new Waterfall(theme_, this);
  scroll->setWidget(waterfall_);
  detail_->addWidget(scroll);
  auto* steps = makeTable(steps_, tr("Steps of the request"), this);
  steps->setObjectName(QStringLiteral("requestSteps"));
  detail_->addWidget(steps);
  connect(steps, &QTableView::activated, this, [this](const QModelIndex& index) {
    Q_EMIT selected(index.data(RowsModel::kIdRole).toString());
  });
  column->addWidget(detail_, 1);
  auto* legend = textLabel(legendText(), "tertiary", this);
  legend->setContentsMargins(12, 0, 12, 0);
  legend->setWordWrap(true);
  column->addWidget(legend);
  auto* swap = new QAction(this);
  swap->setShortcut(QKeySequence(Qt::Key_F2));
  swap->setShortcutContext(Qt::WidgetWithChildrenShortcut);
  addAction(swap);
  connect(swap, &QAction::triggered, this, &RequestPane::swapDetail);
  return detailBox_;
}

void RequestPane::swapDetail() { detail_->setCurrentIndex(1 - detail_->currentIndex()); }

void RequestPane::clear() {
  frame_ = nullptr;
  chosen_.reset();
  fillList();
  showChosen();
}

void RequestPane::show(const lab::FramePtr& frame) {
  frame_ = frame;
  if (isVisible()) fillList();
}

void RequestPane::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  fillList();
}

const std::vector<lab::Trace>& RequestPane::traces() const {
  static const std::vector<lab::Trace> none;
  if (!frame_) return none;
  return which_->currentIndex() == 0 ? frame_->slowest : frame_->sampled;
}

void RequestPane::fillList() {
  std::vector<Row> rows;
  for (const lab::Trace& trace : traces()) {
    rows.push_back({{text(trace.label), durationText(trace.end - trace.start)},
                    QString::number(quint64{trace.id}),
                    {}});
  }
  const bool empty = !frame_ || (frame_->slowest.empty() && frame_->sampled.empty());
  pages_->setCurrentIndex(empty ? 0 : 1);
  rows_->set(std::move(rows));
  markChosen();
}

// The list moves on with the run; the mark stays with the request, or goes with it.
void RequestPane::markChosen() {
  const QSignalBlocker blocker(list_->selectionModel());
  const QString id = chosen_ ? QString::number(quint64{chosen_->id}) : QString();
  for (int row = 0; row < rows_->rowCount(); ++row) {
    if (!chosen_ || rows_->rows()[static_cast<std::size_t>(row)].id != id) continue;
    if (list_->currentIndex().row() != row) list_->setCurrentIndex(rows_->index(row, 0));
    return;
  }
  list_->selectionModel()->clear();
}

void RequestPane::choose(const QModelIndex& index) {
  const auto row = static_cast<std::size_t>(index.row());
  if (!index.isValid() || row >= traces().size()) return;
  chosen_ = traces()[row];
  showChosen();
}

void RequestPane::showChosen() {
  detailBox_->setVisible(chosen_.has_value());
  if (!chosen_) return;
  const lab::Trace& trace = *chosen_;
  total_->setText(durationText(trace.end - trace.start));
  outcome_->set(text(trace.outcome), toneOf(trace.severity), iconOf(trace.severity));
  waterfall_->show(trace);
  std::vector<Row> rows;
  for (const lab::TraceStep& step : trace.steps) {
    rows.push_back({{text(step.name), text(step.component), durationText(step.start - trace.start),
                     durationText(step.wait), durationText(step.service)},
                    text(step.component),
                    {}});
  }
  steps_->set(std::move(rows));
}

}  // namespace ringside::views
