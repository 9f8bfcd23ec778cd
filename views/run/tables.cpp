#include "views/run/tables.h"

#include <QHeaderView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTableView>

#include "views/shell/widgets.h"

namespace ringside::views {
namespace {

// The style sheet's padding of an item moves its text but is not part of its size, so that a
// column fitted to its contents cuts them. Here both count.
class PaddedDelegate final : public QStyledItemDelegate {
 public:
  static constexpr int kPad = 8;
  using QStyledItemDelegate::QStyledItemDelegate;

  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    return {QFontMetrics(item.font).horizontalAdvance(item.text) + 2 * kPad + 2,
            QStyledItemDelegate::sizeHint(option, index).height()};
  }

  void paint(QPainter* painter, const QStyleOptionViewItem& option,
             const QModelIndex& index) const override {
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    if (item.state.testFlag(QStyle::State_Selected)) {
      painter->fillRect(item.rect, item.palette.highlight());  // Accent soft, by the style sheet.
    }
    const QRect inner = item.rect.adjusted(kPad, 0, -kPad, 0);
    painter->setFont(item.font);
    painter->setPen(item.palette.color(QPalette::Text));
    painter->drawText(inner, static_cast<int>(item.displayAlignment),
                      elide(QFontMetrics(item.font), item.text, inner.width()));
  }
};

}  // namespace

QTableView* makeTable(QAbstractItemModel* model, const QString& accessibleName, QWidget* parent) {
  constexpr int kRowHeight = 24;
  auto* table = new QTableView(parent);
  table->setModel(model);
  table->setItemDelegate(new PaddedDelegate(table));
  table->setAccessibleName(accessibleName);
  table->setSelectionBehavior(QAbstractItemView::SelectRows);
  table->setSelectionMode(QAbstractItemView::SingleSelection);
  table->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table->setTabKeyNavigation(false);  // Tab goes on to the next control.
  table->setShowGrid(false);
  table->setWordWrap(false);
  table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
  table->verticalHeader()->hide();
  table->verticalHeader()->setDefaultSectionSize(kRowHeight);
  table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  table->horizontalHeader()->setStretchLastSection(true);
  table->horizontalHeader()->setHighlightSections(false);
  return table;
}

}  // namespace ringside::views
