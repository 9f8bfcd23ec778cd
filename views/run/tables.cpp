#include "views/run/tables.h"

#include <QHeaderView>
#include <QTableView>

namespace ringside::views {

QTableView* makeTable(QAbstractItemModel* model, const QString& accessibleName, QWidget* parent) {
  constexpr int kRowHeight = 24;
  auto* table = new QTableView(parent);
  table->setModel(model);
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
