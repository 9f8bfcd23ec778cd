#include "views/canvas/scene_table.h"

#include <QHeaderView>
#include <QPainter>

#include <algorithm>
#include <utility>

#include "views/canvas/painting.h"
#include "views/shell/theme.h"

namespace ringside::views {

bool SceneTableModel::sameShape(const TableData& other) const {
  const auto sameName = [](const QStringList& a, const QStringList& b) {
    return a.size() == b.size() && a.value(0) == b.value(0);
  };
  return table_.headers == other.headers && std::ranges::equal(table_.rows, other.rows, sameName);
}

void SceneTableModel::setTable(TableData table) {
  if (!sameShape(table)) {
    beginResetModel();
    table_ = std::move(table);
    endResetModel();
    return;
  }
  const int rows = static_cast<int>(table.rows.size());
  std::vector<bool> changed(table.rows.size());
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    changed[row] = table_.rows[row] != table.rows[row];
  }
  table_ = std::move(table);
  for (int row = 0; row < rows; ++row) {
    if (!changed[static_cast<std::size_t>(row)]) continue;
    const int first = row;
    while (row + 1 < rows && changed[static_cast<std::size_t>(row) + 1]) ++row;
    Q_EMIT dataChanged(index(first, 0), index(row, columnCount() - 1));
  }
}

int SceneTableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(table_.rows.size());
}

int SceneTableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(table_.headers.size());
}

QVariant SceneTableModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const QStringList& row = table_.rows[static_cast<std::size_t>(index.row())];
  const QString text = row.value(index.column());
  switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
      return text;
    case Qt::AccessibleTextRole:
      // A cell read on its own says what it is of.
      return index.column() == 0 ? text
                                 : QStringLiteral("%1, %2: %3")
                                       .arg(row.value(0), table_.headers[index.column()], text);
    case Qt::TextAlignmentRole:
      return QVariant((index.column() < table_.textColumns ? Qt::AlignLeft : Qt::AlignRight) |
                      Qt::AlignVCenter);
    default:
      return {};
  }
}

QVariant SceneTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::DisplayRole) return table_.headers.value(section);
  if (role == Qt::TextAlignmentRole) {
    return QVariant((section < table_.textColumns ? Qt::AlignLeft : Qt::AlignRight) |
                    Qt::AlignVCenter);
  }
  return {};
}

SceneTable::SceneTable(const Theme& theme, const QString& name, QWidget* parent)
    : QTableView(parent), theme_(theme), model_(new SceneTableModel(this)) {
  setModel(model_);
  setAccessibleName(name);
  setFrameShape(QFrame::NoFrame);
  setShowGrid(false);
  setAlternatingRowColors(true);
  setSelectionBehavior(SelectRows);
  setSelectionMode(SingleSelection);
  setTabKeyNavigation(false);
  setWordWrap(false);
  verticalHeader()->hide();
  verticalHeader()->setDefaultSectionSize(26);
  horizontalHeader()->setHighlightSections(false);
  horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  horizontalHeader()->setResizeContentsPrecision(40);
  const auto restyle = [this, &theme] { setFont(theme.figures(12)); };
  connect(&theme, &Theme::changed, this, restyle);
  restyle();
}

void SceneTable::paintEvent(QPaintEvent* event) {
  QTableView::paintEvent(event);
  if (model_->rowCount() > 0) return;
  QPainter painter(viewport());
  painter.setFont(theme_.text(12));
  painter.setPen(theme_.tokens().text2);
  paintText(painter, QRectF(viewport()->rect()), tr("Nothing to list yet"), Qt::AlignCenter);
}

void SceneTable::setTable(TableData table) {
  const bool first = model_->rowCount() == 0;
  model_->setTable(std::move(table));
  if (first && model_->rowCount() > 0) setCurrentIndex(model_->index(0, 0));
}

}  // namespace ringside::views
