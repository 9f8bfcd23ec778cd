// makeTable: a QTableView dressed as the panes have it: no grid numbers, one row a choice, the last
// column stretched, rows of one height.
#pragma once

#include <QString>

class QAbstractItemModel;
class QTableView;
class QWidget;

namespace ringside::views {

QTableView* makeTable(QAbstractItemModel* model, const QString& accessibleName, QWidget* parent);

}  // namespace ringside::views
