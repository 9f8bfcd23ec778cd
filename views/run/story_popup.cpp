#include "views/run/story_popup.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <vector>

#include "engine/lab/fault.h"
#include "views/run/run_session.h"
#include "views/run/run_text.h"
#include "views/shell/theme.h"
#include "views/shell/widgets.h"

namespace ringside::views {
namespace {

constexpr int kWidth = 440;
constexpr int kTreeHeight = 220;
constexpr int kBranchRole = Qt::UserRole + 1;
constexpr int kMarkRole = Qt::UserRole + 2;

QString placeText(run::Position place) {
  return StoryPopup::tr("%1, event %2")
      .arg(durationText(place.at.time_since_epoch()), countText(place.events));
}

}  // namespace

StoryPopup::StoryPopup(RunSession& session, const Theme& theme, QWidget* parent)
    : PopupCard(theme, kWidth, parent), session_(session) {
  setAccessibleName(tr("Branches and bookmarks"));
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(12, 12, 12, 12);
  layout->setSpacing(8);
  layout->addWidget(textLabel(tr("Branches and bookmarks"), "strong", this));
  tree_ = new QTreeWidget(this);
  tree_->setObjectName(QStringLiteral("story"));
  tree_->setAccessibleName(tr("Branches and bookmarks: Enter goes there"));
  tree_->setColumnCount(2);
  tree_->setHeaderLabels({tr("Branch or bookmark"), tr("From, or at")});
  tree_->header()->resizeSection(0, 230);
  tree_->setFixedHeight(kTreeHeight);
  tree_->setEditTriggers(QAbstractItemView::EditKeyPressed);
  tree_->installEventFilter(this);
  layout->addWidget(tree_);
  auto* hint = textLabel(tr("Enter goes there, F2 renames a branch, Delete removes a bookmark. "
                            "Turning a knob in the past begins a branch by itself."),
                         "secondary", this);
  hint->setWordWrap(true);
  layout->addWidget(hint);
  connect(tree_, &QTreeWidget::itemActivated, this, &StoryPopup::go);
  connect(tree_, &QTreeWidget::itemChanged, this, [this](QTreeWidgetItem* item) {
    if (!filling_) session_.renameBranch(item->data(0, kBranchRole).toInt(), item->text(0));
  });
  connect(&session_, &RunSession::storyChanged, this, [this] {
    if (isVisible()) fill();
  });
}

void StoryPopup::openAbove(QWidget* anchor) {
  fill();
  showAbove(anchor);
  tree_->setFocus();
}

// A branch without a name of its own is called by what was done first on it.
QString StoryPopup::nameOf(int branch) const {
  const auto& branches = session_.story().branches;
  const run::Branch& own = branches[static_cast<std::size_t>(branch)];
  if (!own.name.empty()) return views::text(own.name);
  if (branch == 0) return tr("As first run");
  for (const run::JournalEntry& entry : own.journal) {
    if (entry.position() < own.forked) continue;
    const auto* turned = std::get_if<run::KnobTurned>(&entry.act);
    for (const lab::ParameterSpec& spec : session_.info().knobs) {
      if (turned == nullptr || spec.key != turned->key) continue;
      return views::text(spec.label + " " + lab::format(spec, turned->value));
    }
    const auto* injected = std::get_if<run::FaultInjected>(&entry.act);
    for (const lab::FaultSpec& spec : session_.info().faults) {
      if (injected != nullptr && spec.name == injected->order.name) return views::text(spec.label);
    }
  }
  return tr("Branch %1").arg(branch + 1);
}

void StoryPopup::fill() {
  filling_ = true;
  tree_->clear();
  const run::Story& story = session_.story();
  std::vector<QTreeWidgetItem*> items;
  for (std::size_t i = 0; i < story.branches.size(); ++i) {
    const run::Branch& branch = story.branches[i];
    const int index = static_cast<int>(i);
    const bool root = branch.parent == run::Branch::kNoParent;
    auto* item = root ? new QTreeWidgetItem(tree_)
                      : new QTreeWidgetItem(items[static_cast<std::size_t>(branch.parent)]);
    item->setText(0, nameOf(index));
    item->setText(1, root ? tr("the start") : placeText(branch.forked));
    item->setData(0, kBranchRole, index);
    item->setFlags(item->flags() | Qt::ItemIsEditable);
    if (index == story.current) {
      QFont strong = tree_->font();
      strong.setBold(true);
      item->setFont(0, strong);
      item->setToolTip(0, tr("The branch that is shown"));
      item->setData(0, Qt::AccessibleDescriptionRole, item->toolTip(0));
    }
    items.push_back(item);
  }
  for (std::size_t i = 0; i < story.bookmarks.size(); ++i) {
    const run::Bookmark& mark = story.bookmarks[i];
    auto* item = new QTreeWidgetItem(items[static_cast<std::size_t>(mark.branch)]);
    item->setIcon(0, theme_.icon(QStringLiteral("mark")));
    item->setText(0, mark.name.empty() ? tr("Bookmark %1").arg(i + 1) : views::text(mark.name));
    item->setText(1, placeText(mark.position));
    item->setData(0, kBranchRole, mark.branch);
    item->setData(0, kMarkRole, static_cast<int>(i));
  }
  tree_->expandAll();
  tree_->setCurrentItem(items[static_cast<std::size_t>(story.current)]);
  filling_ = false;
}

void StoryPopup::go(QTreeWidgetItem* item) {
  const QVariant mark = item->data(0, kMarkRole);
  const int branch = item->data(0, kBranchRole).toInt();
  if (mark.isValid()) {
    const auto& marks = session_.story().bookmarks;
    const auto index = static_cast<std::size_t>(mark.toInt());
    if (index >= marks.size()) return;
    const run::Position place = marks[index].position;
    hide();
    return session_.seekOn(branch, run::Goal::place(place));
  }
  hide();
  session_.switchBranch(branch);
}

bool StoryPopup::eventFilter(QObject* watched, QEvent* event) {
  if (watched == tree_ && event->type() == QEvent::KeyPress &&
      static_cast<QKeyEvent*>(event)->key() == Qt::Key_Delete && tree_->currentItem() != nullptr) {
    const QVariant mark = tree_->currentItem()->data(0, kMarkRole);
    if (mark.isValid()) session_.unmark(static_cast<std::size_t>(mark.toInt()));
    return true;
  }
  return PopupCard::eventFilter(watched, event);
}

}  // namespace ringside::views
