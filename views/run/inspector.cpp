#include "views/run/inspector.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QStackedWidget>
#include <QTabBar>
#include <QTableView>
#include <QVBoxLayout>

#include "views/run/component_facts.h"
#include "views/run/request_pane.h"
#include "views/run/run_session.h"
#include "views/run/run_text.h"
#include "views/run/tables.h"
#include "views/shell/theme.h"
#include "views/shell/widgets.h"

namespace ringside::views {
namespace {

constexpr int kSide = 12;

struct HealthLook {
  QString word;
  QString icon;
  Tone tone;
};

HealthLook lookOf(lab::Health health) {
  switch (health) {
    case lab::Health::Ok:
      return {Inspector::tr("ok"), QStringLiteral("check"), Tone::Ok};
    case lab::Health::Busy:
      return {Inspector::tr("busy"), QStringLiteral("queue"), Tone::Accent};
    case lab::Health::Degraded:
      return {Inspector::tr("degraded"), QStringLiteral("warning"), Tone::Warn};
    case lab::Health::Down:
      return {Inspector::tr("down"), QStringLiteral("cross"), Tone::Error};
  }
  return {};
}

}  // namespace

Inspector::Inspector(RunSession& session, const Theme& theme, QWidget* parent)
    : QWidget(parent),
      session_(session),
      theme_(theme),
      tabs_(new QTabBar(this)),
      pages_(new QStackedWidget(this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  tabs_->addTab(tr("Component"));
  tabs_->addTab(tr("Requests"));
  tabs_->setAccessibleName(tr("What to inspect"));
  tabs_->setExpanding(false);
  column->addWidget(tabs_);
  requests_ = new RequestPane(theme_, this);
  pages_->addWidget(makeComponentPage());
  pages_->addWidget(requests_);
  column->addWidget(pages_, 1);
  connect(tabs_, &QTabBar::currentChanged, pages_, &QStackedWidget::setCurrentIndex);
  connect(requests_, &RequestPane::selected, this, &Inspector::selected);
  connect(&session_, &RunSession::opened, this, [this] {
    before_.clear();
    requests_->clear();
    refresh();
  });
  connect(&session_, &RunSession::stepStarting, this, &Inspector::noteBefore);
  connect(&session_, &RunSession::frameReady, this, [this](const lab::FramePtr& frame) {
    if (frame->state == lab::RunState::Running) before_.clear();
    requests_->show(frame);
    if (isVisible()) refresh();
  });
  refresh();
}

void Inspector::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  refresh();
}

QWidget* Inspector::makeComponentPage() {
  componentPages_ = new QStackedWidget(this);
  componentPages_->addWidget(new EmptyState(theme_, QStringLiteral("inspect"),
                                            tr("Nothing to inspect yet"),
                                            tr("Open a lab to see its components."), this));
  auto* page = new QWidget(this);
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(0, 8, 0, 8);
  column->setSpacing(8);
  auto* head = new QHBoxLayout;
  head->setContentsMargins(kSide, 0, kSide, 0);
  head->setSpacing(8);
  choice_ = new QComboBox(page);
  choice_->setObjectName(QStringLiteral("component"));
  choice_->setAccessibleName(tr("Component"));
  choice_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  choice_->setMinimumContentsLength(6);
  health_ = new Pill(theme_, page);
  health_->setObjectName(QStringLiteral("health"));
  head->addWidget(choice_, 1);
  head->addWidget(health_);
  column->addLayout(head);
  facts_ = new RowsModel({tr("Fact"), tr("Value")}, 1, this);
  table_ = makeTable(facts_, tr("Facts of the component"), page);
  table_->setObjectName(QStringLiteral("facts"));
  table_->horizontalHeader()->setStretchLastSection(false);
  table_->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
  table_->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Fixed);
  column->addWidget(table_, 1);
  legend_ = textLabel({}, "tertiary", page);
  legend_->setObjectName(QStringLiteral("changedLegend"));
  legend_->setContentsMargins(kSide, 0, kSide, 0);
  legend_->setWordWrap(true);
  column->addWidget(legend_);
  componentPages_->addWidget(page);
  connect(choice_, &QComboBox::activated, this, [this](int index) {
    select(choice_->itemData(index).toString());
    Q_EMIT selected(component_);
  });
  return componentPages_;
}

void Inspector::setPage(Page page) { tabs_->setCurrentIndex(page); }

void Inspector::select(const QString& nodeId) {
  if (component_ != nodeId) before_.clear();
  component_ = nodeId;
  refresh();
}

void Inspector::noteBefore() {
  before_.clear();
  for (const Row& row : facts_->rows()) before_.insert(row.id, row.cells.value(1));
}

void Inspector::refresh() {
  const lab::Frame* frame = session_.frame().get();
  const bool any = frame != nullptr && !frame->topology.nodes.empty();
  componentPages_->setCurrentIndex(any ? 1 : 0);
  if (!any) return;
  refreshChoices(*frame);
  refreshFacts(*frame);
}

void Inspector::refreshChoices(const lab::Frame& frame) {
  const auto& nodes = frame.topology.nodes;
  bool same = choice_->count() == static_cast<int>(nodes.size());
  for (std::size_t i = 0; same && i < nodes.size(); ++i) {
    same = choice_->itemData(static_cast<int>(i)).toString() == text(nodes[i].id);
  }
  if (!same) {
    choice_->clear();
    for (const lab::TopologyNode& node : nodes) choice_->addItem(text(node.label), text(node.id));
  }
  if (componentOf(frame, component_) == nullptr) component_ = text(nodes.front().id);
  choice_->setCurrentIndex(choice_->findData(component_));
}

// Grows with the widest value and never shrinks on the way, so that figures do not dance.
void Inspector::fitValues() {
  const auto* view = static_cast<QAbstractItemView*>(table_);
  QHeaderView* header = table_->horizontalHeader();
  const int wanted = view->sizeHintForColumn(1);
  if (wanted > header->sectionSize(1) || fitted_ != component_) header->resizeSection(1, wanted);
  fitted_ = component_;
}

void Inspector::refreshFacts(const lab::Frame& frame) {
  const lab::TopologyNode& node = *componentOf(frame, component_);
  const HealthLook look = lookOf(node.health);
  health_->set(node.note.empty() ? look.word : text(node.note), look.tone, look.icon);
  std::vector<Row> rows = componentFacts(frame, node);
  int changed = 0;
  for (Row& row : rows) {
    if (!before_.contains(row.id) || before_.value(row.id) == row.cells[1]) continue;
    row.emphasis = tr("was %1 before the step").arg(before_.value(row.id));
    row.cells[0] += QStringLiteral(" \u2022");
    ++changed;
  }
  facts_->set(std::move(rows));
  fitValues();
  legend_->setVisible(!before_.isEmpty());
  legend_->setText(changed > 0 ? tr("\u2022 Changed by the last step")
                               : tr("The last step changed nothing here."));
}

}  // namespace ringside::views
