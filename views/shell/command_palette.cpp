#include "views/shell/command_palette.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

#include "views/models/fuzzy.h"
#include "views/shell/theme.h"
#include "views/shell/widgets.h"

namespace ringside::views {
namespace {

enum Role { EntryRole = Qt::UserRole + 1, GroupRole, KeysRole, IconRole };

class EntryDelegate : public QStyledItemDelegate {
 public:
  EntryDelegate(const Theme& theme, QObject* parent) : QStyledItemDelegate(parent), theme_(theme) {}

  QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {0, 34}; }

  void paint(QPainter* painter, const QStyleOptionViewItem& option,
             const QModelIndex& index) const override {
    const Tokens& t = theme_.tokens();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    if (option.state.testFlag(QStyle::State_Selected)) {
      painter->setPen(Qt::NoPen);
      painter->setBrush(t.accentSoft);
      painter->drawRoundedRect(QRectF(option.rect).adjusted(2, 1, -2, -1), 6, 6);
    }
    QRect rect = option.rect.adjusted(12, 0, -12, 0);
    index.data(IconRole).value<QIcon>().paint(painter,
                                              QRect(rect.left(), rect.center().y() - 7, 16, 16));
    rect.setLeft(rect.left() + 28);
    const QString right = index.data(KeysRole).toString();
    painter->setFont(theme_.figures(12));
    const int rightWidth = painter->fontMetrics().horizontalAdvance(right);
    painter->setPen(t.text2);
    painter->drawText(rect, Qt::AlignVCenter | Qt::AlignRight, right);
    rect.setRight(rect.right() - rightWidth - 12);
    painter->setFont(theme_.text(13));
    painter->setPen(enabled ? t.text : t.text2);
    const QString title = elide(painter->fontMetrics(), index.data().toString(), rect.width());
    painter->drawText(rect, Qt::AlignVCenter, title);
    rect.setLeft(rect.left() + painter->fontMetrics().horizontalAdvance(title) + 10);
    painter->setFont(theme_.text(12));
    painter->setPen(option.state.testFlag(QStyle::State_Selected) ? t.text2 : t.text3);
    if (rect.width() > 24) {
      painter->drawText(
          rect, Qt::AlignVCenter,
          elide(painter->fontMetrics(), index.data(GroupRole).toString(), rect.width()));
    }
    painter->restore();
  }

 private:
  const Theme& theme_;
};

}  // namespace

CommandPalette::CommandPalette(const Theme& theme, QWidget* window)
    : Overlay(theme, window, Place::Top),
      theme_(theme),
      field_(new QLineEdit(panel())),
      list_(new QListWidget(panel())),
      none_(textLabel(tr("Nothing is called that. Try fewer letters."), "secondary", panel())) {
  setAccessibleName(tr("Command palette"));
  field_->setPlaceholderText(tr("Search scenarios and commands"));
  field_->setAccessibleName(tr("Search scenarios and commands"));
  field_->setObjectName(QStringLiteral("paletteField"));
  field_->addAction(theme.icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
  field_->installEventFilter(this);
  list_->setAccessibleName(tr("Matches"));
  list_->setItemDelegate(new EntryDelegate(theme, list_));
  list_->setFocusPolicy(Qt::NoFocus);
  list_->setUniformItemSizes(true);
  list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  none_->setAlignment(Qt::AlignCenter);
  none_->setMinimumHeight(48);
  auto* column = new QVBoxLayout(panel());
  column->setContentsMargins(8, 8, 8, 8);
  column->addWidget(field_);
  column->addWidget(none_);
  column->addWidget(list_, 1);
  list_->setMinimumSize(580, 374);
  connect(field_, &QLineEdit::textChanged, this, &CommandPalette::rank);
  connect(field_, &QLineEdit::returnPressed, this, [this] { perform(list_->currentItem()); });
  connect(list_, &QListWidget::itemClicked, this, &CommandPalette::perform);
}

void CommandPalette::openWith(std::vector<Entry> entries) {
  entries_ = std::move(entries);
  field_->clear();
  rank();
  open();
  field_->setFocus();
}

void CommandPalette::rank() {
  std::vector<std::pair<int, std::size_t>> hits;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const auto score = fuzzyScore(field_->text(), entries_[i].title);
    if (score) hits.emplace_back(-*score, i);
  }
  std::stable_sort(hits.begin(), hits.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  list_->clear();
  for (const auto& [score, i] : hits) {
    const Entry& entry = entries_[i];
    auto* item = new QListWidgetItem(entry.title, list_);
    item->setData(EntryRole, static_cast<int>(i));
    item->setData(GroupRole, entry.group);
    item->setData(KeysRole, entry.keys);
    item->setData(IconRole, entry.icon);
    item->setData(Qt::AccessibleTextRole,
                  QStringLiteral("%1, %2 %3").arg(entry.title, entry.group, entry.keys).trimmed());
    if (!entry.enabled) item->setFlags(item->flags() & ~Qt::ItemIsEnabled);
  }
  list_->setCurrentRow(0);
  none_->setVisible(hits.empty());
}

void CommandPalette::perform(const QListWidgetItem* item) {
  if (item == nullptr || !item->flags().testFlag(Qt::ItemIsEnabled)) return;
  const auto run = entries_[static_cast<std::size_t>(item->data(EntryRole).toInt())].run;
  close();
  run();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
  // The type first: while the field is being made, its panel already tells of it.
  if (event->type() == QEvent::KeyPress && watched == field_) {
    const auto* key = static_cast<QKeyEvent*>(event);
    const int page = key->key() == Qt::Key_PageDown || key->key() == Qt::Key_PageUp ? 8 : 1;
    const bool down = key->key() == Qt::Key_Down || key->key() == Qt::Key_PageDown;
    if (down || key->key() == Qt::Key_Up || key->key() == Qt::Key_PageUp) {
      const int row = list_->currentRow() + (down ? page : -page);
      list_->setCurrentRow(std::clamp(row, 0, std::max(0, list_->count() - 1)));
      return true;
    }
  }
  return Overlay::eventFilter(watched, event);
}

}  // namespace ringside::views
