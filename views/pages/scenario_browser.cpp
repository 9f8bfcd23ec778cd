#include "views/pages/scenario_browser.h"

#include <QAction>
#include <QActionGroup>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include "views/pages/scenario_delegate.h"
#include "views/shell/theme.h"
#include "views/shell/widgets.h"

namespace ringside::views {

ScenarioBrowser::ScenarioBrowser(const Theme& theme, ScenarioModel& model, QWidget* parent)
    : Card(theme, QStringLiteral("target"), tr("Scenarios"), parent),
      theme_(theme),
      model_(model),
      count_(new Pill(theme, this)),
      tree_(new QTreeView),
      empty_(new EmptyState(theme, QStringLiteral("search"), tr("No scenario matches"),
                            tr("Try fewer words, or another tag or difficulty."))),
      stack_(new QStackedWidget) {
  setMaximizable(false);
  addHeaderWidget(count_);
  filter_.setSourceModel(&model);
  tree_->setModel(&filter_);
  tree_->setItemDelegate(new ScenarioDelegate(theme, tree_));
  tree_->setHeaderHidden(true);
  tree_->setIndentation(0);
  tree_->setRootIsDecorated(false);
  tree_->setMouseTracking(true);
  tree_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  tree_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  tree_->setAccessibleName(tr("Scenarios"));
  tree_->setObjectName(QStringLiteral("scenarioTree"));
  tree_->expandAll();
  connect(tree_, &QTreeView::clicked, this, [this](const QModelIndex& index) {
    if (!index.parent().isValid()) tree_->setExpanded(index, !tree_->isExpanded(index));
    choose(index);
  });
  connect(tree_, &QTreeView::activated, this, &ScenarioBrowser::choose);
  empty_->setAction(tr("Clear search"), [this] { clearFilter(); });

  auto* body = new QWidget;
  auto* column = new QVBoxLayout(body);
  column->setContentsMargins(8, 0, 8, 8);
  column->setSpacing(6);
  column->addWidget(makeSearchRow());
  active_ = textButton(QString(), "quiet", body);
  active_->setIcon(theme.icon(QStringLiteral("cross")));
  active_->hide();
  connect(active_, &QPushButton::clicked, this, &ScenarioBrowser::clearFilter);
  column->addWidget(active_);
  stack_->addWidget(tree_);
  stack_->addWidget(empty_);
  column->addWidget(stack_, 1);
  setContent(body);

  connect(&model, &QAbstractItemModel::dataChanged, this, &ScenarioBrowser::refreshCount);
  refreshCount();
}

QWidget* ScenarioBrowser::makeSearchRow() {
  auto* row = new QWidget;
  auto* layout = new QHBoxLayout(row);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(4);
  search_ = new QLineEdit(row);
  search_->setPlaceholderText(tr("Search scenarios (Ctrl+F)"));
  search_->setAccessibleName(tr("Search scenarios"));
  search_->setObjectName(QStringLiteral("scenarioSearch"));
  search_->setClearButtonEnabled(true);
  search_->addAction(theme_.icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
  connect(search_, &QLineEdit::textChanged, this, &ScenarioBrowser::applyFilter);
  connect(search_, &QLineEdit::returnPressed, this, [this] {
    const QModelIndex first = filter_.index(0, 0, filter_.index(0, 0));
    if (first.isValid()) choose(first);
  });
  filterButton_ =
      iconButton(theme_, QStringLiteral("filter"), tr("Filter by tag and difficulty"), row);
  filterButton_->setObjectName(QStringLiteral("scenarioFilter"));
  filterButton_->setPopupMode(QToolButton::InstantPopup);
  filterButton_->setMenu(makeFilterMenu());
  layout->addWidget(search_, 1);
  layout->addWidget(filterButton_);
  return row;
}

QMenu* ScenarioBrowser::makeFilterMenu() {
  auto* menu = new QMenu(this);
  QMenu* difficulty = menu->addMenu(tr("Difficulty"));
  auto* levels = new QActionGroup(menu);
  for (int level = 0; level <= 5; ++level) {
    QAction* action = difficulty->addAction(level == 0 ? tr("Any") : tr("%1 of 5").arg(level));
    action->setCheckable(true);
    action->setChecked(level == 0);
    levels->addAction(action);
    connect(action, &QAction::triggered, this, [this, level] {
      filter_.setDifficulty(level);
      applyFilter();
    });
  }
  QMenu* tags = menu->addMenu(tr("Tag"));
  auto* names = new QActionGroup(menu);
  QStringList all = model_.allTags();
  all.prepend(QString());
  for (const QString& tag : all) {
    QAction* action = tags->addAction(tag.isEmpty() ? tr("Any") : tag);
    action->setCheckable(true);
    action->setChecked(tag.isEmpty());
    names->addAction(action);
    connect(action, &QAction::triggered, this, [this, tag] {
      filter_.setTag(tag);
      applyFilter();
    });
  }
  return menu;
}

void ScenarioBrowser::applyFilter() {
  filter_.setWords(search_->text());
  QStringList parts;
  if (!filter_.tag().isEmpty()) parts << filter_.tag();
  if (filter_.difficulty() != 0) parts << tr("difficulty %1").arg(filter_.difficulty());
  active_->setText(parts.join(QStringLiteral(" · ")));
  active_->setAccessibleName(tr("Clear the filter %1").arg(active_->text()));
  active_->setVisible(!parts.isEmpty());
  filterButton_->setIcon(
      theme_.icon(QStringLiteral("filter"), parts.isEmpty() ? QColor() : theme_.tokens().accent));
  stack_->setCurrentIndex(filter_.rowCount() == 0 ? 1 : 0);
  tree_->expandAll();
  setCurrent(current_);
}

void ScenarioBrowser::clearFilter() {
  filter_.setTag({});
  filter_.setDifficulty(0);
  for (QAction* each : filterButton_->menu()->actions()) {
    if (each->menu() != nullptr) each->menu()->actions().front()->setChecked(true);
  }
  search_->clear();
  applyFilter();
}

void ScenarioBrowser::refreshCount() {
  count_->set(QStringLiteral("%1 / %2").arg(model_.doneCount()).arg(model_.totalCount()),
              Tone::Accent);
  count_->setToolTip(tr("Checkpoints answered right, of all there are"));
}

void ScenarioBrowser::choose(const QModelIndex& index) {
  const QString id = index.data(ScenarioModel::IdRole).toString();
  if (id.isEmpty()) return;
  current_ = id;
  Q_EMIT scenarioChosen(id);
}

void ScenarioBrowser::setCurrent(const QString& scenario) {
  current_ = scenario;
  const QModelIndex index = filter_.mapFromSource(model_.indexOf(scenario));
  if (index.isValid()) {
    tree_->setCurrentIndex(index);
  } else {
    tree_->selectionModel()->clear();
  }
}

void ScenarioBrowser::focusSearch() {
  search_->setFocus(Qt::ShortcutFocusReason);
  search_->selectAll();
}

void ScenarioBrowser::showGroup(int row) {
  const QModelIndex group = filter_.index(row, 0);
  if (!group.isValid()) return;
  tree_->expand(group);
  tree_->scrollTo(group, QAbstractItemView::PositionAtTop);
  tree_->setFocus();
}

}  // namespace ringside::views
